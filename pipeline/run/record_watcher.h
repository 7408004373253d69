/*
 * The records that something would become of, as a preview tells of them.
 */
#ifndef EFFACE_RUN_RECORD_WATCHER_H
#define EFFACE_RUN_RECORD_WATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum cell_change { CELL_BECOMES, CELL_BECOMES_NULL, CELL_LEFT_OUT };

/* A cell, decoded. `after` is empty unless it becomes something. */
struct seen_cell {
    struct span field; /* the column's name */
    struct span before, after;
    enum cell_change change;
};

struct seen_record {
    const char *file; /* with the folder, as in messages */
    uint64_t line;    /* the record's first */
    const char *entity;
    const char *outcome; /* "anonymized" */
    struct span route;   /* in words; several with "; " between */
    const struct seen_cell *cells;
    size_t cell_count;
};

/* Who is told of records. All is borrowed for the call. */
struct record_watcher {
    void *context;
    void (*seen)(void *context, const struct seen_record *record); /* NULL: nobody watches */
    bool cells;                                                    /* of their cells, too */
};

#endif
