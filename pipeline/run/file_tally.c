#include "run/file_tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

bool file_tally_init(struct file_tally *tally, size_t columns)
{
    *tally = (struct file_tally){.column_count = columns};
    tally->columns = calloc(columns ? columns : 1, sizeof(*tally->columns));
    return tally->columns;
}

void file_tally_clear(struct file_tally *tally)
{
    const struct file_tally kept = *tally;

    memset(kept.columns, 0, kept.column_count * sizeof(*kept.columns));
    *tally = (struct file_tally){.columns = kept.columns,
                                 .column_count = kept.column_count,
                                 .left = kept.left,
                                 .left_room = kept.left_room};
}

void file_tally_release(struct file_tally *tally)
{
    free(tally->columns);
    free(tally->left);
    *tally = (struct file_tally){.columns = NULL};
}

bool file_tally_begin(struct file_tally *tally, size_t columns)
{
    if (tally->columns && tally->column_count == columns) {
        file_tally_clear(tally);
        return true;
    }
    file_tally_release(tally);
    return file_tally_init(tally, columns);
}

static bool append_left(struct file_tally *tally, const struct left_identifier *left)
{
    struct left_identifier *list =
        array_room(tally->left, tally->left_count + 1, &tally->left_room, sizeof(*list));

    if (!list)
        return false;
    tally->left = list;
    list[tally->left_count++] = *left;
    return true;
}

bool file_tally_leave(struct file_tally *tally, const struct left_identifier *left)
{
    tally->columns[left->column].leaks[left->kind]++;
    return append_left(tally, left);
}

bool file_tally_add(struct file_tally *to, const struct file_tally *from)
{
    to->records += from->records;
    to->unchanged += from->unchanged;
    to->anonymized += from->anonymized;
    to->unlinked += from->unlinked;
    to->dropped += from->dropped;
    to->already += from->already;
    to->mentions += from->mentions;
    to->changed += from->changed;
    to->orphans += from->orphans;
    for (size_t i = 0; i < from->column_count; i++) {
        to->columns[i].changed += from->columns[i].changed;
        to->columns[i].untaken += from->columns[i].untaken;
        to->columns[i].filled += from->columns[i].filled;
        for (size_t kind = 0; kind < IDENTIFIER_KINDS; kind++)
            to->columns[i].leaks[kind] += from->columns[i].leaks[kind];
    }
    for (size_t i = 0; i < from->left_count && to->left_count < LEFT_LIMIT; i++)
        if (!append_left(to, &from->left[i]))
            return false;
    return true;
}
