/*
 * How many records of each entity a run touched for each target.
 *
 * A byte a target and entity, as most have few; larger counts stand in a map beside them.
 */
#ifndef EFFACE_RUN_TOUCH_COUNTS_H
#define EFFACE_RUN_TOUCH_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/fingerprint.h"
#include "base/key_map.h"
#include "base/status.h"

struct touch_counts {
    size_t target_count, entity_count;
    uint8_t *small;       /* by target, then entity */
    struct key_map large; /* counts behind those in `small`, which are full */
    struct fingerprint_key key;
};

/* All zero. False where memory ran out. Caller ends it with touch_counts_release. */
MUST_USE bool touch_counts_init(struct touch_counts *counts, size_t targets, size_t entities,
                                const struct fingerprint_key *key);
void touch_counts_release(struct touch_counts *counts);

/* Counts one record of `entity` for each of the targets. False where memory ran out. */
MUST_USE bool touch_counts_add(struct touch_counts *counts, size_t entity, const uint32_t *targets,
                               size_t target_count);

/* At most 2^32 and some; more are not told. */
uint64_t touch_counts_get(const struct touch_counts *counts, size_t target, size_t entity);

#endif
