#include "base/diagnostics.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void free_item(struct diagnostic *item)
{
    free(item->path);
    free(item->text);
}

void diagnostics_release(struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->count; i++)
        free_item(&diagnostics->items[i]);
    free(diagnostics->items);
    *diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static bool make_room(struct diagnostics *diagnostics)
{
    if (diagnostics->count >= DIAGNOSTICS_LIMIT)
        return false;
    if (diagnostics->count < diagnostics->capacity)
        return true;

    const size_t capacity = diagnostics->capacity != 0 ? 2 * diagnostics->capacity : 8;
    struct diagnostic *items = realloc(diagnostics->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    diagnostics->items = items;
    diagnostics->capacity = capacity;
    return true;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether the very same message stands already: several rules can need one missing column. */
static bool is_known(const struct diagnostics *diagnostics, const struct diagnostic *item)
{
    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct diagnostic *other = &diagnostics->items[i];

        if (other->line == item->line && other->column == item->column &&
            other->severity == item->severity && same_text(other->path, item->path) &&
            same_text(other->text, item->text))
            return true;
    }
    return false;
}

/* Takes what the item owns. */
static void keep_or_drop(struct diagnostics *diagnostics, struct diagnostic item)
{
    if (is_known(diagnostics, &item)) {
        free_item(&item);
    } else if (make_room(diagnostics)) {
        diagnostics->items[diagnostics->count++] = item;
    } else {
        free_item(&item);
        diagnostics->dropped++;
    }
}

__attribute__((format(printf, 4, 0))) static void add(struct diagnostics *diagnostics,
                                                      enum severity severity, struct place place,
                                                      const char *format, va_list arguments)
{
    struct diagnostic item = {severity, NULL, place.line, place.column, NULL};

    if (severity == SEVERITY_ERROR)
        diagnostics->errors++;
    if (vasprintf(&item.text, format, arguments) < 0) {
        diagnostics->dropped++;
        return;
    }
    if (place.path != NULL && (item.path = strdup(place.path)) == NULL) {
        free(item.text);
        diagnostics->dropped++;
        return;
    }
    keep_or_drop(diagnostics, item);
}

void diagnostics_error(struct diagnostics *diagnostics, struct place place, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(diagnostics, SEVERITY_ERROR, place, format, arguments);
    va_end(arguments);
}

void diagnostics_warning(struct diagnostics *diagnostics, struct place place, const char *format,
                         ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(diagnostics, SEVERITY_WARNING, place, format, arguments);
    va_end(arguments);
}

bool is_failure_of_system(int reason)
{
    return reason == ENOMEM || reason == EMFILE || reason == ENFILE || reason == EIO;
}

enum status diagnostics_system(struct diagnostics *diagnostics, const char *path, const char *verb,
                               int error_number)
{
    diagnostics_error(diagnostics, (struct place){path, 0, 0}, "cannot %s: %s", verb,
                      strerror(error_number));
    return STATUS_SYSTEM;
}

enum status diagnostics_no_memory(struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "out of memory");
    return STATUS_SYSTEM;
}

enum status diagnostics_no_threads(struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                      "out of memory or of threads ('--jobs 1' takes none)");
    return STATUS_SYSTEM;
}

void diagnostics_move(struct diagnostics *to, struct diagnostics *from)
{
    to->errors += from->errors;
    to->dropped += from->dropped;
    for (size_t i = 0; i < from->count; i++)
        keep_or_drop(to, from->items[i]);
    free(from->items);
    *from = (struct diagnostics)DIAGNOSTICS_INIT;
}

static bool is_in(char byte, unsigned char low, unsigned char high)
{
    return (unsigned char)byte >= low && (unsigned char)byte <= high;
}

/*
 * How many bytes of UTF-8 at `text` make what nobody could see, or what could order the text
 * about: controls (U+0080 to U+009F), blanks that are no blank, marks of direction, a byte order
 * mark within. 0: none.
 */
static size_t unseen_size(const char *text)
{
    if (text[0] == '\xc2')
        return is_in(text[1], 0x80, 0xa0) || text[1] == '\xad' ? 2 : 0;
    if (text[0] == '\xe2' && text[1] == '\x80')
        return is_in(text[2], 0x80, 0x8f) || is_in(text[2], 0xa8, 0xaf) ? 3 : 0;
    if (text[0] == '\xe2' && text[1] == '\x81')
        return is_in(text[2], 0x9f, 0xaf) ? 3 : 0;
    return strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* A control character could end the line or command the terminal. */
static void print_neutralized(const char *text, FILE *stream)
{
    size_t unseen = 0; /* bytes to come of a character that is not seen */

    for (; *text != '\0'; text++) {
        const unsigned char byte = (unsigned char)*text;

        if (unseen == 0)
            unseen = unseen_size(text);
        if (byte < 0x20 || byte == 0x7f || unseen > 0)
            fprintf(stream, "\\x%02x", (unsigned)byte);
        else
            putc(byte, stream);
        unseen -= unseen > 0;
    }
}

static void print_place(const struct diagnostic *item, FILE *stream)
{
    if (item->path == NULL)
        return;
    print_neutralized(item->path, stream);
    if (item->line != 0)
        fprintf(stream, ":%" PRIu64, item->line);
    if (item->line != 0 && item->column != 0)
        fprintf(stream, ":%" PRIu64, item->column);
    fputs(": ", stream);
}

void diagnostic_print(const struct diagnostic *diagnostic, FILE *stream)
{
    print_place(diagnostic, stream);
    fputs(diagnostic->severity == SEVERITY_ERROR ? "error: " : "warning: ", stream);
    print_neutralized(diagnostic->text, stream);
    putc('\n', stream);
}

void diagnostics_print_dropped(const struct diagnostics *diagnostics, FILE *stream)
{
    if (diagnostics->dropped != 0)
        fprintf(stream, "warning: %zu more message%s not kept\n", diagnostics->dropped,
                diagnostics->dropped == 1 ? " was" : "s were");
}

void diagnostics_print(const struct diagnostics *diagnostics, FILE *stream)
{
    for (size_t i = 0; i < diagnostics->count; i++)
        diagnostic_print(&diagnostics->items[i], stream);
    diagnostics_print_dropped(diagnostics, stream);
}
