#include "run/file_tally.h"

#include <stdlib.h>
#include <string.h>

bool file_tally_init(struct file_tally *tally, size_t columns)
{
    *tally = (struct file_tally){.column_count = columns};
    tally->columns = calloc(columns ? columns : 1, sizeof(*tally->columns));
    return tally->columns;
}

void file_tally_clear(struct file_tally *tally)
{
    struct column_tally *columns = tally->columns;
    size_t count = tally->column_count;

    memset(columns, 0, count * sizeof(*columns));
    *tally = (struct file_tally){.columns = columns, .column_count = count};
}

void file_tally_release(struct file_tally *tally)
{
    free(tally->columns);
    *tally = (struct file_tally){.columns = NULL};
}

void file_tally_add(struct file_tally *to, const struct file_tally *from)
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
        for (size_t kind = 0; kind < IDENTIFIER_KINDS; kind++)
            to->columns[i].leaks[kind] += from->columns[i].leaks[kind];
    }
}
