#include "write/cell_writer.h"

#include <csv.h>
#include <stdint.h>

static bool is_trimmed_by_some(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool holds_syntax(struct span value, char delimiter)
{
    for (size_t i = 0; i < value.size; i++) {
        const char byte = value.at[i];
        if (byte == delimiter || byte == '"' || byte == '\r' || byte == '\n')
            return true;
    }
    return false;
}

static bool needs_quotes(struct span value, char delimiter, struct span null)
{
    return is_trimmed_by_some(value.at[0]) || is_trimmed_by_some(value.at[value.size - 1]) ||
           span_equal(value, null) || holds_syntax(value, delimiter);
}

static bool write_quoted(struct buffer *out, struct span value)
{
    if (value.size > (SIZE_MAX - 2) / 2)
        return false;

    const size_t room = 2 * value.size + 2; /* every byte a quote, and the two around it */
    if (!buffer_reserve(out, room))
        return false;
    out->size += csv_write2(out->at + out->size, room, value.at, value.size, '"');
    return true;
}

bool cell_write(struct buffer *out, struct span value, char delimiter, struct span null,
                bool was_quoted, bool only_field)
{
    if (value.size == 0)
        return !only_field || buffer_append(out, SPAN("\"\""));
    if (was_quoted || needs_quotes(value, delimiter, null))
        return write_quoted(out, value);
    return buffer_append(out, value);
}
