/*
 * The new value of one cell, where it gets one.
 *
 * A column can have several roles. The first of these that has something to say
 * decides: it refers to a dropped record; its field's technique; it is the
 * marker; it is a key that is replaced; it refers to a key that is replaced; it is
 * undeclared and cleared.
 */
#ifndef EFFACE_RUN_CELL_EDITOR_H
#define EFFACE_RUN_CELL_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "match/disposition.h"
#include "run/record_editor.h"

/* A record whose owners are known. */
struct record_editing {
    const struct file_plan *plan;
    const struct resolution *resolution;
    struct record_editor *editor; /* its view stands at the record */
    struct disposition disposition;
};

enum edit {
    EDIT_NONE,      /* the cell keeps its bytes */
    EDIT_VALUE,     /* it becomes `value` */
    EDIT_NULL,      /* it becomes the dialect's null */
    EDIT_LEAVE_OUT, /* its column is dropped */
    EDIT_FAILED,    /* memory or libcrypto failed */
};

struct cell_editing {
    struct record_editor *editor;
    size_t index; /* of the column */
    enum edit edit;
    struct span value; /* good until the next cell is edited */
    bool untaken;      /* the technique of its field could not take the value */
};

/* Decides the edit of the cell at cell->index; the rest of `cell` is zero. */
void edit_cell(const struct record_editing *record, struct cell_editing *cell);

#endif
