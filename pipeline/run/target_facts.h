/*
 * What the reports are told of the targets: those that were found, by their numbers, then the
 * names that found nobody, in the order they were given.
 *
 * There may be millions, so each is described when it is asked for, and what is kept here
 * is only what the resolution doesn't hold.
 */
#ifndef EFFACE_RUN_TARGET_FACTS_H
#define EFFACE_RUN_TARGET_FACTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/status.h"
#include "match/resolution.h"
#include "read/row_reader.h"
#include "report/run_report.h"
#include "run/touch_counts.h"

/*
 * The names that were given for targets, in the order of the list: the rows of a targets file,
 * which are read again, or values.
 */
struct given_names {
    struct row_reader *rows; /* NULL: values */
    const char *const *values;
};

/* A name that found nobody. */
struct missed_name {
    uint32_t name; /* of the list */
    unsigned char digest[DIGEST_SIZE];
};

struct target_facts {
    const struct resolution *resolution;
    struct missed_name *missed;
    size_t missed_count;
    const struct touch_counts *counts;
    uint64_t *touched; /* by the target described last */
};

enum target_outcome target_outcome_of(const struct target *target);

/* How many names found nobody. */
size_t missed_names(const struct resolution *resolution);

/*
 * Makes the targets of a report from a sealed resolution. All are borrowed, as `facts` is, until
 * the reports are written. `facts` need not be initialized; the caller ends it with
 * target_facts_release whatever is returned.
 */
MUST_USE enum status target_facts_gather(
    struct target_facts *facts, const struct resolution *resolution,
    const struct touch_counts *counts, const struct given_names *names, const struct secret *secret,
    struct reported_targets *targets, struct diagnostics *diagnostics);

void target_facts_release(struct target_facts *facts);

#endif
