/*
 * The leak check of the apply pass: what of the targets' identifiers is left in the output.
 *
 *     leak_watch_batch          scans a batch's raw bytes, once, for all its records
 *     leak_watch_sift           ... and says at which of them it has to look
 *     leak_watch_record         the next record is edited
 *     leak_watch_value          ... a cell of it gets a new value
 *     leak_watch_left_out       ... a cell of it isn't written
 *     leak_watch_record_written ... is done: what stands in the other cells counts
 *
 * A record that is dropped is passed over by leaving out the last call; one that nothing happens
 * to, and that leak_watch_sift doesn't let pass, by leaving out all. Hits are counted by column and
 * kind, and never shown.
 */
#ifndef EFFACE_RUN_LEAK_WATCH_H
#define EFFACE_RUN_LEAK_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/status.h"
#include "match/identifier_scan.h"
#include "match/ownership.h"
#include "match/record_view.h"
#include "match/resolution.h"
#include "match/value_sieve.h"
#include "run/file_plan.h"
#include "run/file_tally.h"

/* What a thread needs; kept from batch to batch. */
struct leak_watch {
    const struct known_identifiers *known; /* NULL: nothing is watched */
    const struct resolution *resolution;
    const struct file_plan *file;
    struct identifier_scan batch_scan;
    struct identifier_scan value_scan;
    size_t next[SCANNED_KINDS]; /* the first hit of the batch that is not counted yet */
    size_t *edited;             /* columns of the record that don't keep their bytes, ascending */
    size_t edited_count;
    size_t edited_room;
    struct buffer normal;
};

void leak_watch_release(struct leak_watch *watch);

/* All but the first: false where memory ran out. */
MUST_USE bool leak_watch_batch(struct leak_watch *watch, const struct file_plan *file,
                               struct span bytes);

/*
 * Lets those records of the batch pass at which it has to look even if they are nobody's and
 * nothing happens to them. `view` is pointed at the batch. False where memory ran out.
 */
MUST_USE bool leak_watch_sift(const struct leak_watch *watch, struct record_view *view,
                              struct value_sieve *sieve);

static inline void leak_watch_record(struct leak_watch *watch)
{
    watch->edited_count = 0;
}

/* Columns come in ascending order. */
MUST_USE bool leak_watch_value(struct leak_watch *watch, struct record_view *view, size_t column,
                               struct span value, struct file_tally *tally);
MUST_USE bool leak_watch_left_out(struct leak_watch *watch, size_t column);

/* `ownership` is the record's. */
MUST_USE bool leak_watch_record_written(struct leak_watch *watch, struct record_view *view,
                                        const struct ownership *ownership,
                                        struct file_tally *tally);

#endif
