#include "run/record_words.h"

#include "base/hex.h"

void record_words_release(struct record_words *words)
{
    buffer_release(&words->targets);
    buffer_release(&words->route);
}

void record_words_clear(struct record_words *words)
{
    words->is_one = false;
}

static const char *outcome_words(enum record_outcome outcome)
{
    switch (outcome) {
    case RECORD_ANONYMIZED:
        return "anonymized";
    case RECORD_UNLINKED:
        return "unlinked";
    case RECORD_DROPPED:
        return "dropped";
    case RECORD_ALREADY:
        return "already anonymized";
    case RECORD_UNCHANGED:
    case RECORD_FAILED:
        break;
    }
    return "";
}

/* How many of so many are told one by one. */
static size_t told(size_t count)
{
    return count < RECORD_WORDS_LIMIT ? count : RECORD_WORDS_LIMIT;
}

static bool append_rest(struct buffer *out, const char *separator, size_t count)
{
    return count <= RECORD_WORDS_LIMIT ||
           buffer_append_format(out, "%s+%zu", separator, count - RECORD_WORDS_LIMIT);
}

static bool put_targets(struct record_words *words, const struct touched_records *touched,
                        const struct touched_record *record, const struct resolution *resolution)
{
    const uint32_t *targets = touched->targets + record->first_target;

    buffer_clear(&words->targets);
    if (record->target_count && !hex_append(&words->targets, record->target_digest, DIGEST_SIZE))
        return false;
    for (size_t i = 1; i < told(record->target_count); i++)
        if (!buffer_append_byte(&words->targets, ' ') ||
            !hex_append(&words->targets, resolution->targets[targets[i]].digest, DIGEST_SIZE))
            return false;
    return append_rest(&words->targets, " ", record->target_count);
}

static bool put_route(struct record_words *words, const struct touched_records *touched,
                      const struct touched_record *record, const struct resolution *resolution,
                      const struct entity_rule *entity)
{
    const struct route_step *steps = touched->steps + record->first_step;
    const bool is_one = record->step_count == 1;

    words->is_new = !is_one || !words->is_one || steps[0].link != words->step.link ||
                    steps[0].next != words->step.next;
    if (!words->is_new)
        return true;
    words->is_one = is_one;
    words->step = is_one ? steps[0] : ROUTE_STEP_SUBJECT;
    buffer_clear(&words->route);
    for (size_t i = 0; i < told(record->step_count); i++)
        if ((i && !buffer_append(&words->route, SPAN("; "))) ||
            !route_append_words(&resolution->routes, entity, steps[i], &words->route))
            return false;
    return append_rest(&words->route, "; ", record->step_count);
}

bool record_words_make(struct record_words *words, const struct touched_records *touched,
                       size_t index, const struct resolution *resolution,
                       const struct entity_rule *entity)
{
    const struct touched_record *record = &touched->records[index];

    hex_put(record->digest, DIGEST_SIZE, words->digest);
    words->outcome = outcome_words(record->outcome);
    return put_targets(words, touched, record, resolution) &&
           put_route(words, touched, record, resolution, entity);
}
