#include "run/target_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hex.h"

enum target_outcome target_outcome_of(const struct target *target)
{
    if (target_is_held(target))
        return OUTCOME_HELD;
    if (target->to_delete)
        return OUTCOME_DELETED;
    return target->unmarked ? OUTCOME_ANONYMIZED : OUTCOME_ALREADY;
}

size_t missed_names(const struct resolution *resolution)
{
    size_t count = 0;

    for (size_t i = 0; i < resolution->list.name_count; i++)
        count += target_name_failed(&resolution->list.names[i]);
    return count;
}

void target_facts_release(struct target_facts *facts)
{
    free(facts->missed);
    free(facts->touched);
    *facts = (struct target_facts){.missed = NULL};
}

/* The cells of a row that names a target, with a NUL between. */
static bool append_row(const struct row_reader *rows, const struct row *row, struct buffer *out)
{
    bool first = true;

    for (size_t i = 0; i < row_reader_columns(rows); i++) {
        const struct span cell = row->cells[i];

        if (cell.size == 0 || span_equal(row_reader_names(rows)[i], SPAN("mode")))
            continue;
        if ((!first && !buffer_append_byte(out, '\0')) || !buffer_append(out, cell))
            return false;
        first = false;
    }
    return true;
}

/* What digests are made with, and of. */
struct digesting {
    struct target_facts *facts;
    struct tagger *tagger;
    struct buffer name; /* as it was given */
    struct diagnostics *diagnostics;
};

/* Digests a name that found nobody; there is room for all. */
static bool add_missed(struct digesting *digesting, size_t index)
{
    struct missed_name *missed = &digesting->facts->missed[digesting->facts->missed_count++];
    unsigned char tag[TAG_SIZE];

    if (!tagger_tag(digesting->tagger, SPAN("contact"), buffer_span(&digesting->name), tag))
        return false;
    missed->name = (uint32_t)index;
    memcpy(missed->digest, tag, DIGEST_SIZE);
    return true;
}

static enum status gather_values(struct digesting *digesting, const char *const *values)
{
    const struct target_list *list = &digesting->facts->resolution->list;

    for (size_t i = 0; i < list->name_count; i++) {
        if (!target_name_failed(&list->names[i]))
            continue;
        buffer_clear(&digesting->name);
        if (!buffer_append(&digesting->name, span_of(values[i])) || !add_missed(digesting, i))
            return diagnostics_no_memory(digesting->diagnostics);
    }
    return STATUS_OK;
}

/* To the end, where it is seen that they are those that were read before. */
static enum status gather_rows(struct digesting *digesting, struct row_reader *rows)
{
    const struct target_list *list = &digesting->facts->resolution->list;
    enum status status = row_reader_rewind(rows, digesting->diagnostics);
    struct row row = {NULL, 0};

    if (status == STATUS_OK)
        status = row_reader_next(rows, &row, digesting->diagnostics);
    for (size_t i = 0; status == STATUS_OK && row.cells; i++) {
        if (i < list->name_count && target_name_failed(&list->names[i])) {
            buffer_clear(&digesting->name);
            if (!append_row(rows, &row, &digesting->name) || !add_missed(digesting, i))
                return diagnostics_no_memory(digesting->diagnostics);
        }
        status = row_reader_next(rows, &row, digesting->diagnostics);
    }
    return status;
}

static enum status gather_missed(struct target_facts *facts, const struct given_names *names,
                                 const struct secret *secret, struct diagnostics *diagnostics)
{
    struct digesting digesting = {facts, tagger_new(secret), BUFFER_INIT, diagnostics};
    enum status status;

    if (!digesting.tagger)
        status = diagnostics_no_memory(diagnostics);
    else if (names->rows)
        status = gather_rows(&digesting, names->rows);
    else
        status = gather_values(&digesting, names->values);
    buffer_release(&digesting.name);
    tagger_free(digesting.tagger);
    return status;
}

static void describe_name(const struct target_list *list, size_t index,
                          struct reported_target *target)
{
    const struct target_name *name = &list->names[index];

    target->line = target_list_line(list, index);
    target->ordinal = list->path || name->erased ? 0 : index + 1;
}

static void describe_missed(const struct target_list *list, const struct missed_name *missed,
                            struct reported_target *reported)
{
    reported->delete_mode = list->names[missed->name].to_delete;
    reported->outcome = OUTCOME_NOT_FOUND;
    describe_name(list, missed->name, reported);
    hex_put(missed->digest, DIGEST_SIZE, reported->digest);
}

static void describe_found(struct target_facts *facts, size_t index,
                           struct reported_target *reported)
{
    const struct target_list *list = &facts->resolution->list;
    const struct target *target = &facts->resolution->targets[index];
    const struct holder held_by = target_holder(facts->resolution, target);

    reported->key = resolution_key_text(facts->resolution, index);
    reported->delete_mode = target->to_delete;
    reported->outcome = target_outcome_of(target);
    reported->resurrected = target->resurrected;
    reported->hold = held_by.hold ? held_by.hold->name.text.at : NULL;
    reported->restricting = held_by.restricting ? held_by.restricting->name.text.at : NULL;
    if (target->name != UINT32_MAX)
        describe_name(list, target->name, reported);
    for (size_t i = 0; i < facts->counts->entity_count; i++)
        facts->touched[i] = touch_counts_get(facts->counts, index, i);
    reported->touched = facts->touched;
    hex_put(target->digest, DIGEST_SIZE, reported->digest);
}

static struct reported_target describe(void *source, size_t index)
{
    struct target_facts *facts = source;
    const struct resolution *resolution = facts->resolution;
    struct reported_target reported = {.line = 0};

    if (index < resolution->target_count)
        describe_found(facts, index, &reported);
    else
        describe_missed(&resolution->list, &facts->missed[index - resolution->target_count],
                        &reported);
    return reported;
}

static void count_targets(const struct target_facts *facts, struct reported_targets *targets)
{
    const struct resolution *resolution = facts->resolution;

    for (size_t i = 0; i < resolution->target_count; i++) {
        targets->outcomes[target_outcome_of(&resolution->targets[i])]++;
        targets->to_delete += resolution->targets[i].to_delete;
        targets->resurrected += resolution->targets[i].resurrected;
    }
    for (size_t i = 0; i < facts->missed_count; i++) {
        targets->outcomes[OUTCOME_NOT_FOUND]++;
        targets->to_delete += resolution->list.names[facts->missed[i].name].to_delete;
    }
}

enum status target_facts_gather(struct target_facts *facts, const struct resolution *resolution,
                                const struct touch_counts *counts, const struct given_names *names,
                                const struct secret *secret, struct reported_targets *targets,
                                struct diagnostics *diagnostics)
{
    const size_t missed = missed_names(resolution);
    enum status status = STATUS_OK;

    *facts = (struct target_facts){.resolution = resolution, .counts = counts};
    facts->missed = calloc(missed + 1, sizeof(*facts->missed));
    facts->touched = calloc(counts->entity_count + 1, sizeof(*facts->touched));
    if (!facts->missed || !facts->touched)
        return diagnostics_no_memory(diagnostics);
    if (missed)
        status = gather_missed(facts, names, secret, diagnostics);
    if (status != STATUS_OK)
        return status;
    *targets = (struct reported_targets){
        .count = resolution->target_count + missed, .source = facts, .describe = describe};
    count_targets(facts, targets);
    return STATUS_OK;
}
