#include "report/report_text.h"

#include <stdint.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"

/* What stands at the head of a text: `size` bytes that are `code`, or ill-formed. */
struct sequence {
    size_t size;
    uint32_t code;
    bool well_formed;
};

/* The sequence's length by its first byte, and the range of the second: Unicode table 3-7. */
struct lead {
    size_t size;
    unsigned char second_low, second_high;
};

static struct lead lead_of(unsigned char byte)
{
    if (byte < 0x80)
        return (struct lead){1, 0, 0};
    if (byte >= 0xC2 && byte <= 0xDF)
        return (struct lead){2, 0x80, 0xBF};
    if (byte >= 0xE0 && byte <= 0xEF)
        return (struct lead){3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF};
    if (byte >= 0xF0 && byte <= 0xF4)
        return (struct lead){4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF};
    return (struct lead){0, 0, 0};
}

/* Reads the sequence at the head of a text that has at least a byte before its NUL. */
static struct sequence sequence_at(const unsigned char *text)
{
    const struct lead lead = lead_of(text[0]);
    if (lead.size <= 1)
        return (struct sequence){1, text[0], lead.size == 1};

    struct sequence sequence = {1, text[0] & (0x7FU >> lead.size), true};
    unsigned char low = lead.second_low, high = lead.second_high;
    for (; sequence.size < lead.size; sequence.size++) {
        const unsigned char byte = text[sequence.size];
        if (byte < low || byte > high) {
            sequence.well_formed = false;
            break;
        }
        sequence.code = sequence.code << 6 | (byte & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return sequence;
}

static bool is_printable(struct sequence sequence)
{
    const uint32_t code = sequence.code;
    const bool is_control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool is_noncharacter = (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);

    return sequence.well_formed && !is_control && !is_noncharacter;
}

/* How many bytes at the head of a text, `most` at most, are printable ASCII. */
static size_t plain_length(const char *text, size_t most)
{
    size_t length = 0;

    while (length < most && text[length] >= 0x20 && text[length] < 0x7F)
        length++;
    return length;
}

bool report_text_clean(struct buffer *clean, const char *text, size_t limit)
{
    size_t units = plain_length(text, limit); /* of UTF-16, written */
    size_t cut = units == limit && units > 0 ? units - 1 : units;

    buffer_clear(clean);
    if (!buffer_append(clean, (struct span){text, units}))
        return false;
    for (const char *at = text + units; *at != '\0';) {
        const struct sequence sequence = sequence_at((const unsigned char *)at);
        const bool printable = is_printable(sequence);
        units += printable && sequence.code > 0xFFFF ? 2 : 1;
        if (units > limit) {
            clean->size = cut;
            return buffer_append(clean, SPAN(ELLIPSIS "\0"));
        }
        if (!buffer_append(clean, printable ? (struct span){at, sequence.size} : SPAN(REPLACEMENT)))
            return false;
        if (units < limit)
            cut = clean->size;
        at += sequence.size;
    }
    return buffer_append_byte(clean, '\0');
}

bool report_text_is_clean(const char *text)
{
    while (*text != '\0') {
        const struct sequence sequence = sequence_at((const unsigned char *)text);
        if (!is_printable(sequence))
            return false;
        text += sequence.size;
    }
    return true;
}

void report_time_text(time_t time, char text[REPORT_TIME_SIZE])
{
    struct tm calendar;

    if (gmtime_r(&time, &calendar) == NULL ||
        strftime(text, REPORT_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &calendar) == 0)
        text[0] = '\0';
}
