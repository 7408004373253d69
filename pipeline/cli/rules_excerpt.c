#include "cli/rules_excerpt.h"

#include <inttypes.h>

#include "deidentify/code_points.h"

enum {
    TAB_WIDTH = 4,
    LEAD_WIDTH = 60,  /* columns shown before the caret where the line is cut there */
    ESCAPE_WIDTH = 4, /* \xNN */
    NUMBER_WIDTH = 9,
};

#define CUT "..."

/* A character of the line as it is shown. */
struct shown {
    size_t size;  /* bytes of the text */
    size_t width; /* columns */
    bool escaped; /* byte by byte */
};

/* The size of the line break at the front of the text; 0: there is none. */
static size_t break_size(struct span text)
{
    static const char *const breaks[] = {"\r\n",     "\r",           "\n",
                                         "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};

    for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
        const struct span one = span_of(breaks[i]);
        if (text.size >= one.size && memcmp(text.at, one.at, one.size) == 0)
            return one.size;
    }
    return 0;
}

static struct span behind(struct span text, size_t size)
{
    return (struct span){text.at + size, text.size - size};
}

/* Cuts a line off the front of the text. */
static struct span take_line(struct span *text)
{
    struct span line = {text->at, 0};
    size_t size = 0;

    while (text->size > 0 && (size = break_size(*text)) == 0) {
        *text = behind(*text, 1);
        line.size++;
    }
    if (text->size > 0)
        *text = behind(*text, size);
    return line;
}

static struct shown show(struct span text, size_t column)
{
    const struct glyph glyph = code_point_glyph(text);

    if (text.at[0] == '\t')
        return (struct shown){1, TAB_WIDTH - column % TAB_WIDTH, false};
    if (!glyph.printable)
        return (struct shown){glyph.size, ESCAPE_WIDTH * glyph.size, true};
    return (struct shown){glyph.size, glyph.columns, false};
}

static size_t width_of(struct span text)
{
    size_t width = 0;

    while (text.size > 0) {
        const struct shown shown = show(text, width);
        width += shown.width;
        text = behind(text, shown.size);
    }
    return width;
}

static void print_shown(struct span text, struct shown shown, FILE *stream)
{
    if (text.at[0] == '\t')
        fprintf(stream, "%*s", (int)shown.width, "");
    else if (!shown.escaped)
        fwrite(text.at, 1, shown.size, stream);
    else
        for (size_t i = 0; i < shown.size; i++)
            fprintf(stream, "\\x%02x", (unsigned)(unsigned char)text.at[i]);
}

/* Prints what lies from column `start` on. Gives the column at which it really begins. */
static size_t print_window(struct span line, size_t start, FILE *stream)
{
    size_t column = 0;
    size_t first = start;

    while (line.size > 0) {
        const struct shown shown = show(line, column);
        if (column < start)
            first = column + shown.width;
        else if (column + shown.width > start + EXCERPT_WIDTH)
            break;
        else
            print_shown(line, shown, stream);
        column += shown.width;
        line = behind(line, shown.size);
    }
    if (line.size > 0)
        fputs(CUT, stream);
    return first;
}

void rules_excerpt_print(struct span text, uint64_t line, uint64_t column, FILE *stream)
{
    struct span found = {NULL, 0};

    if (column == 0)
        return;
    for (uint64_t i = 0; i < line; i++) {
        if (text.size == 0)
            return;
        found = take_line(&text);
    }
    const size_t offset = column - 1 < found.size ? (size_t)column - 1 : found.size;
    const size_t caret = width_of((struct span){found.at, offset});
    const size_t start = caret > EXCERPT_WIDTH - sizeof(CUT) ? caret - LEAD_WIDTH : 0;

    fprintf(stream, "%*" PRIu64 " | %s", NUMBER_WIDTH, line, start > 0 ? CUT : "");
    const size_t first = print_window(found, start, stream);
    fprintf(stream, "\n%*s | %*s^\n", NUMBER_WIDTH, "",
            (int)(caret - first + (start > 0 ? strlen(CUT) : 0)), "");
}
