/*
 * A touched record as the reports name it.
 */
#ifndef EFFACE_RUN_RECORD_WORDS_H
#define EFFACE_RUN_RECORD_WORDS_H

#include "base/buffer.h"
#include "report/run_report.h"
#include "run/touched_records.h"

/* More targets or routes of one record are only counted: "+984". */
enum { RECORD_WORDS_LIMIT = 16 };

/* Room for one record, used again for the next. All zero: empty. */
struct record_words {
    char digest[TARGET_DIGEST_SIZE];
    const char *outcome;
    struct buffer targets;  /* their digests, with a blank between */
    struct buffer route;    /* in words (route_table.h); several with "; " between */
    struct route_step step; /* that `route` tells, where it tells one; see `is_one` */
    bool is_one;            /* it does, for records of the entity at hand */
    bool is_new;            /* `route` is another one than that of the record before */
};

void record_words_release(struct record_words *words);

/* Before records of another entity, or another resolution. */
void record_words_clear(struct record_words *words);

/* Of the index-th of `touched`, a record of `entity`. False where memory ran out. */
MUST_USE bool record_words_make(struct record_words *words, const struct touched_records *touched,
                                size_t index, const struct resolution *resolution,
                                const struct entity_rule *entity);

#endif
