#include "run/touched_records.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void touched_records_clear(struct touched_records *touched)
{
    touched->count = 0;
    touched->target_count = 0;
    touched->step_count = 0;
}

void touched_records_release(struct touched_records *touched)
{
    free(touched->records);
    free(touched->targets);
    free(touched->steps);
    *touched = (struct touched_records){.records = NULL};
}

static bool add_target(struct touched_records *touched, uint32_t target)
{
    uint32_t *targets = array_room(touched->targets, touched->target_count + 1,
                                   &touched->target_room, sizeof(*targets));

    if (!targets || touched->target_count == UINT32_MAX)
        return false;
    touched->targets = targets;
    targets[touched->target_count++] = target;
    return true;
}

/* Adds a step that the record doesn't have yet. */
static bool add_step(struct touched_records *touched, const struct touched_record *record,
                     struct route_step step)
{
    struct route_step *steps;

    for (size_t i = record->first_step; i < touched->step_count; i++)
        if (touched->steps[i].link == step.link && touched->steps[i].next == step.next)
            return true;
    steps =
        array_room(touched->steps, touched->step_count + 1, &touched->step_room, sizeof(*steps));
    if (!steps || touched->step_count == UINT32_MAX)
        return false;
    touched->steps = steps;
    steps[touched->step_count++] = step;
    return true;
}

static bool add_members(struct touched_records *touched, const struct resolution *resolution,
                        uint32_t owner)
{
    uint32_t single;
    const struct owner_members members = owner_members(&resolution->owners, owner, &single);

    for (size_t i = 0; i < members.count; i++)
        if (target_fate(&resolution->targets[members.targets[i]]) &&
            !add_target(touched, members.targets[i]))
            return false;
    return true;
}

static int compare_targets(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a;
    const uint32_t right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

/* Sorts the record's targets, of which several claims may have given the same. */
static void settle_targets(struct touched_records *touched, const struct resolution *resolution,
                           struct touched_record *record)
{
    uint32_t *targets = touched->targets + record->first_target;
    const size_t count = touched->target_count - record->first_target;

    if (count > 1)
        qsort(targets, count, sizeof(*targets), compare_targets);
    for (size_t i = 0; i < count; i++)
        if (record->target_count == 0 || targets[record->target_count - 1] != targets[i])
            targets[record->target_count++] = targets[i];
    touched->target_count = record->first_target + record->target_count;
    if (count > 0)
        memcpy(record->target_digest, resolution->targets[targets[0]].digest, DIGEST_SIZE);
}

static bool digest_value(const struct file_binding *binding, const struct fingerprint_key *key,
                         struct record_view *view, struct touched_record *record)
{
    const struct fingerprint_key *kept = view->key;
    struct fingerprint fingerprint;
    enum naming naming;
    bool has_key;

    view->key = key;
    naming = record_fingerprint(binding, view, &fingerprint, &has_key);
    view->key = kept;
    if (naming != NAMES_VALUE)
        return false;
    memcpy(record->digest, &fingerprint, sizeof(record->digest));
    return true;
}

static bool digest_record(const struct file_binding *binding, const struct resolution *resolution,
                          const struct fingerprint_key *key, struct record_view *view,
                          const struct ownership *ownership, struct touched_record *record)
{
    for (size_t i = 0; i < ownership->count; i++) {
        const struct claim *claim = &ownership->claims[i];

        if (claim->link != CLAIM_BY_KEY || claim->owner & OWNER_SET_BIT)
            continue;
        memcpy(record->digest, resolution->targets[claim->owner - 1].digest, DIGEST_SIZE);
        return true;
    }
    return digest_value(binding, key, view, record);
}

static bool append(struct touched_records *touched, const struct touched_record *record)
{
    struct touched_record *records =
        array_room(touched->records, touched->count + 1, &touched->room, sizeof(*records));

    if (!records)
        return false;
    touched->records = records;
    records[touched->count++] = *record;
    return true;
}

bool touched_records_add(struct touched_records *touched, const struct file_binding *binding,
                         const struct resolution *resolution, const struct fingerprint_key *key,
                         struct record_view *view, const struct ownership *ownership,
                         const struct disposition *disposition)
{
    struct touched_record record = {.outcome = disposition->outcome,
                                    .first_target = (uint32_t)touched->target_count,
                                    .first_step = (uint32_t)touched->step_count};

    if (disposition->outcome == RECORD_UNCHANGED)
        return true;
    for (size_t i = 0; i < ownership->count; i++) {
        const struct claim *claim = &ownership->claims[i];

        if (claim_is_reason(binding, resolution, disposition, claim) &&
            (!add_step(touched, &record, claim_step(binding, claim)) ||
             !add_members(touched, resolution, claim->owner)))
            return false;
    }
    settle_targets(touched, resolution, &record);
    record.step_count = (uint32_t)touched->step_count - record.first_step;
    return digest_record(binding, resolution, key, view, ownership, &record) &&
           append(touched, &record);
}
