/*
 * The records of one batch that something became of, for the reports: what, for whom, and by
 * which links they were reached. Records that belong to no target cost nothing here.
 */
#ifndef EFFACE_RUN_TOUCHED_RECORDS_H
#define EFFACE_RUN_TOUCHED_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fingerprint.h"
#include "base/status.h"
#include "match/disposition.h"

struct touched_record {
    unsigned char digest[DIGEST_SIZE]; /* of a contact its own; else of the key or, without, the
                                          bytes, under the key of the record's entity */
    unsigned char target_digest[DIGEST_SIZE]; /* of the first target, if any: it is at hand here */
    enum record_outcome outcome;              /* neither RECORD_UNCHANGED nor RECORD_FAILED */
    uint32_t first_target, target_count;      /* numbers of targets, ascending, each once */
    uint32_t first_step, step_count;          /* different ones, in the order of the claims */
};

/* A thread's or a batch's; all zero: none. */
struct touched_records {
    struct touched_record *records; /* in the order of the data */
    size_t count, room;
    uint32_t *targets;
    size_t target_count, target_room;
    struct route_step *steps;
    size_t step_count, step_room;
};

void touched_records_clear(struct touched_records *touched);
void touched_records_release(struct touched_records *touched);

/*
 * Adds the view's record, whose ownership and disposition are given, unless it is unchanged.
 * `key` is that of its entity (record_editor.h). False where memory ran out.
 */
MUST_USE bool touched_records_add(struct touched_records *touched,
                                  const struct file_binding *binding,
                                  const struct resolution *resolution,
                                  const struct fingerprint_key *key, struct record_view *view,
                                  const struct ownership *ownership,
                                  const struct disposition *disposition);

#endif
