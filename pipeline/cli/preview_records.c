#include "cli/preview_records.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/value_shape.h"
#include "report/json_document.h"

enum { FIELD_WIDTH = 25 };

void preview_records_release(struct preview_records *records)
{
    buffer_release(&records->before);
    buffer_release(&records->after);
}

/* The value as it may be shown. */
static const char *shown(const struct preview_records *records, struct span value,
                         struct buffer *room)
{
    const bool made = records->in_clear ? value_text(room, value) : value_shape(room, value);

    return made ? room->at : "...";
}

static const char *after_words(struct preview_records *records, const struct seen_cell *cell)
{
    switch (cell->change) {
    case CELL_BECOMES_NULL:
        return "(null)";
    case CELL_LEFT_OUT:
        return "(column left out)";
    case CELL_BECOMES:
        break;
    }
    return cell->after.size ? shown(records, cell->after, &records->after) : "(empty)";
}

static void print_cell(struct preview_records *records, const struct seen_cell *cell)
{
    const char *before =
        cell->before.size ? shown(records, cell->before, &records->before) : "(empty)";

    printf("  %-*.*s %s -> %s\n", FIELD_WIDTH, (int)cell->field.size, cell->field.at, before,
           after_words(records, cell));
}

/* A line each. */
static void print_routes(struct span routes)
{
    while (routes.size) {
        const char *end = memmem(routes.at, routes.size, "; ", 2);
        const size_t size = end ? (size_t)(end - routes.at) : routes.size;
        const size_t taken = end ? size + 2 : size;

        printf("  %.*s\n", (int)size, routes.at);
        routes = (struct span){routes.at + taken, routes.size - taken};
    }
}

static void print_text(struct preview_records *records, const struct seen_record *record)
{
    printf("%s:%" PRIu64 ": %s\n", record->file, record->line, record->outcome);
    print_routes(record->route);
    for (size_t i = 0; i < record->cell_count; i++)
        print_cell(records, &record->cells[i]);
}

static void write_span(struct document *document, const char *key, struct span text,
                       struct buffer *room)
{
    buffer_clear(room);
    document_text(document, key,
                  buffer_append(room, text) && buffer_append_byte(room, '\0') ? room->at : NULL);
}

static void write_cell(struct preview_records *records, struct document *document,
                       const struct seen_cell *cell)
{
    static const char *const changes[] = {
        [CELL_BECOMES] = "value",
        [CELL_BECOMES_NULL] = "null",
        [CELL_LEFT_OUT] = "left out",
    };
    const bool becomes = cell->change == CELL_BECOMES;

    document_object(document, NULL);
    write_span(document, "field", cell->field, &records->before);
    document_text(document, "before", shown(records, cell->before, &records->before));
    document_text(document, "after", becomes ? shown(records, cell->after, &records->after) : NULL);
    document_text(document, "change", changes[cell->change]);
    document_end(document);
}

static void print_json(struct preview_records *records, const struct seen_record *record)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct document document;

    document_open_line(&document, STDOUT_FILENO);
    document_text(&document, "event", "record");
    document_text(&document, "file", record->file);
    document_count(&document, "line", record->line);
    document_text(&document, "entity", record->entity);
    document_text(&document, "outcome", record->outcome);
    write_span(&document, "route", record->route, &records->before);
    if (records->cells) {
        document_array(&document, "cells");
        for (size_t i = 0; i < record->cell_count; i++)
            write_cell(records, &document, &record->cells[i]);
        document_end(&document);
    }
    /* the summary, which comes last, tells whether the output took what it was given */
    if (document_close(&document, "standard output", &diagnostics) != STATUS_OK)
        diagnostics_release(&diagnostics);
}

void preview_records_print(struct preview_records *records, const struct seen_record *record)
{
    if (records->json)
        print_json(records, record);
    else
        print_text(records, record);
}
