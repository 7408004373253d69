#include "run/resolve.h"

#include <stdlib.h>

#include "match/findings.h"

/* What the stages of this pass share. */
struct resolving {
    const struct run_plan *plan;
    struct stream *stream;
    struct resolution *resolution;
    struct kept_records *kept; /* NULL: none are */
    struct diagnostics *diagnostics;
    struct finder *finders;    /* one a worker */
    struct findings *findings; /* one a slot */
    size_t entity_count;
    uint64_t *read_up_to; /* of each entity: the growth of what it reads, when last searched */
    uint64_t *kept_up_to; /* ... of what all its links look in, when its records were kept */
    /* of the entity being searched */
    enum search search;
    const struct entity_rule *entity;
    size_t next; /* of the plan's files: the first that was not looked at */
};

static enum status work(void *context, struct flight *flight)
{
    struct resolving *resolving = context;
    struct finder *finder = &resolving->finders[flight->worker];
    struct findings *findings = &resolving->findings[flight->slot];
    const struct file_plan *file = flight->file;

    findings_clear(findings);
    finder->keeps = resolving->kept && kept_records_wanted(resolving->kept, file);
    record_view_open(&finder->view, &flight->batch, &file->dialect, &resolving->resolution->key);
    if (findings_collect(resolving->search, &file->binding, resolving->resolution, finder,
                         findings))
        return STATUS_OK;
    return condition_report_failure(&finder->view, file->name, &flight->diagnostics);
}

static enum status collect(void *context, struct flight *flight, struct diagnostics *diagnostics)
{
    struct resolving *resolving = context;
    struct findings *findings = &resolving->findings[flight->slot];

    if (resolving->kept)
        kept_records_add(resolving->kept, flight->file, export_reader_header(flight->reader)->raw,
                         buffer_span(&findings->owned));
    return findings_merge(findings, resolving->resolution, diagnostics);
}

static bool is_read(const void *context, const struct file_plan *file)
{
    const struct resolving *resolving = context;

    return file->entity == resolving->entity;
}

static enum status open_next(void *context, struct export_reader **reader, const void **item,
                             struct diagnostics *diagnostics)
{
    struct resolving *resolving = context;

    return run_plan_open_next(resolving->plan, &resolving->next, is_read, resolving, reader, item,
                              diagnostics);
}

static const struct entity_rule *entity_at(const struct resolving *resolving, size_t index)
{
    return &resolving->plan->ruleset->entities[index];
}

/* How much the sets have grown in which the entity's followed links, or all its links, look. */
static uint64_t growth_read(const struct resolving *resolving, const struct entity_rule *entity,
                            bool by_all)
{
    uint64_t growth = 0;

    for (size_t i = 0; i < entity->link_count; i++) {
        const struct link_rule *link = &entity->links[i];

        if (link->follow || by_all)
            growth += resolution_link_set(resolving->resolution, link)->generation;
    }
    return growth;
}

/* The records of an entity are kept anew. Of the subject's, links are not looked up meanwhile. */
static void begin_keeping(struct resolving *resolving)
{
    const struct entity_rule *entity = resolving->entity;
    const size_t index = (size_t)(entity - entity_at(resolving, 0));
    const bool by_links = resolving->search == SEARCH_OWNED;

    if (!resolving->kept || resolving->search == SEARCH_CONDITIONS ||
        resolving->search == SEARCH_DROPPED)
        return;
    resolving->kept_up_to[index] = by_links ? growth_read(resolving, entity, true) : 0;
    for (size_t i = 0; i < resolving->plan->file_count; i++)
        if (resolving->plan->files[i].entity == entity && resolving->plan->files[i].leaks.gives)
            kept_records_begin(resolving->kept, &resolving->plan->files[i]);
}

/* Forgets the records of entities whose links may find more by now than when they were kept. */
static void end_keeping(struct resolving *resolving)
{
    for (size_t i = 0; resolving->kept && i < resolving->plan->file_count; i++) {
        const struct file_plan *file = &resolving->plan->files[i];

        if (file->entity && growth_read(resolving, file->entity, true) !=
                                resolving->kept_up_to[file->entity - entity_at(resolving, 0)])
            kept_records_forget(resolving->kept, file);
    }
}

static enum status search_entity(struct resolving *resolving, enum search search,
                                 const struct entity_rule *entity)
{
    const struct stage stage = {resolving, open_next, work,
                                collect,   NULL,      search_reads_own_findings(search, entity)};

    resolving->search = search;
    resolving->entity = entity;
    resolving->next = 0;
    begin_keeping(resolving);
    return stream_files(resolving->stream, &stage, resolving->diagnostics);
}

/* Whether every set that a condition asks is complete. */
static bool can_be_asked(const struct resolution *resolution, const struct condition *condition)
{
    for (size_t i = 0; condition && i < condition->count; i++) {
        const struct alternative *alternative = &condition->alternatives[i];

        for (size_t j = 0; j < alternative->count; j++)
            if (alternative->tests[j].kind == TEST_IN_ENTITY &&
                resolution_condition(resolution, &alternative->tests[j])->state != CONDITION_READY)
                return false;
    }
    return true;
}

/*
 * Starts filling the waiting conditions of one entity that can be asked by now. NULL:
 * none waits, since conditions nest and the innermost can always be asked.
 */
static const struct entity_rule *begin_conditions(struct resolution *resolution)
{
    const struct entity_rule *entity = NULL;

    for (size_t i = 0; i < resolution->condition_count; i++) {
        struct condition_set *set = &resolution->conditions[i];

        if (set->state != CONDITION_WAITING || (entity && set->test->entity != entity) ||
            !can_be_asked(resolution, set->test->where))
            continue;
        entity = set->test->entity;
        set->state = CONDITION_FILLING;
    }
    return entity;
}

static void end_conditions(struct resolution *resolution)
{
    for (size_t i = 0; i < resolution->condition_count; i++)
        if (resolution->conditions[i].state == CONDITION_FILLING)
            resolution->conditions[i].state = CONDITION_READY;
}

static enum status find_condition_keys(struct resolving *resolving)
{
    const struct entity_rule *entity;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && (entity = begin_conditions(resolving->resolution))) {
        status = search_entity(resolving, SEARCH_CONDITIONS, entity);
        end_conditions(resolving->resolution);
    }
    return status;
}

/* Whether contacts can have been found by something else than their key. */
static bool names_otherwise(const struct target_list *list)
{
    if (list->of_whom)
        return true;
    for (size_t slot = 1; slot < list->slot_count; slot++)
        if (list->slot_used[slot])
            return true;
    return false;
}

static enum status find_targets(struct resolving *resolving)
{
    struct resolution *resolution = resolving->resolution;
    const struct entity_rule *subject = resolving->plan->ruleset->subject;
    enum status status = search_entity(resolving, SEARCH_TARGETS, subject);

    if (status == STATUS_OK)
        status = target_list_judge(&resolution->list, resolving->diagnostics);
    if (status == STATUS_OK && names_otherwise(&resolution->list))
        status = search_entity(resolving, SEARCH_SAME_KEY, subject);
    if (status == STATUS_OK && !resolution_take_keys(resolution))
        status = diagnostics_no_memory(resolving->diagnostics);
    return status;
}

static bool has_hold(const struct ruleset *ruleset, const struct entity_rule *entity)
{
    for (size_t i = 0; i < ruleset->hold_count; i++)
        if (ruleset->holds[i].entity == entity)
            return true;
    return false;
}

/*
 * Whether anything is to be learnt from the records of an entity: what refers to them, or
 * that they hold their owners back.
 */
static bool spreads_ownership(const struct resolving *resolving, const struct entity_rule *entity)
{
    if (entity == resolving->plan->ruleset->subject)
        return false;
    if (entity->on_delete == ON_DELETE_RESTRICT || has_hold(resolving->plan->ruleset, entity))
        return true;
    for (size_t i = 0; i < resolving->resolution->set_count; i++)
        if (resolving->resolution->sets[i].entity == entity)
            return true;
    return false;
}

static bool needs_search(const struct resolving *resolving, size_t index)
{
    const struct entity_rule *entity = entity_at(resolving, index);

    return spreads_ownership(resolving, entity) &&
           growth_read(resolving, entity, false) != resolving->read_up_to[index];
}

/* Whether an entity that `index` reads, directly or not, is still to be searched. */
static bool waits(const struct resolving *resolving, size_t index, bool *visited)
{
    const struct entity_rule *entity = entity_at(resolving, index);

    visited[index] = true;
    for (size_t i = 0; i < entity->link_count; i++) {
        size_t to = (size_t)(entity->links[i].to - entity_at(resolving, 0));

        if (!entity->links[i].follow || visited[to])
            continue;
        if (needs_search(resolving, to) || waits(resolving, to, visited))
            return true;
    }
    return false;
}

/*
 * The next entity to search: one that waits for none, or, where links loop, the first.
 * The count of entities: the fixed point is reached.
 */
static size_t next_entity(const struct resolving *resolving, bool *visited)
{
    size_t first = resolving->entity_count;

    for (size_t i = 0; i < resolving->entity_count; i++) {
        if (!needs_search(resolving, i))
            continue;
        memset(visited, 0, resolving->entity_count * sizeof(*visited));
        if (!waits(resolving, i, visited))
            return i;
        if (first == resolving->entity_count)
            first = i;
    }
    return first;
}

static enum status spread_ownership(struct resolving *resolving)
{
    bool *visited = calloc(resolving->entity_count, sizeof(*visited));
    enum status status = visited ? STATUS_OK : diagnostics_no_memory(resolving->diagnostics);
    size_t next;

    while (status == STATUS_OK &&
           (next = next_entity(resolving, visited)) < resolving->entity_count) {
        const struct entity_rule *entity = entity_at(resolving, next);

        resolving->read_up_to[next] = growth_read(resolving, entity, false);
        status = search_entity(resolving, SEARCH_OWNED, entity);
    }
    free(visited);
    return status;
}

static uint64_t growth_of_all(const struct resolution *resolution)
{
    uint64_t growth = 0;

    for (size_t i = 0; i < resolution->set_count; i++)
        growth += resolution->sets[i].generation;
    return growth;
}

/* Records that drop because their list runs empty can empty the lists of others. */
static enum status spread_drops(struct resolving *resolving)
{
    enum status status = STATUS_OK;
    uint64_t before;

    do {
        before = growth_of_all(resolving->resolution);
        for (size_t i = 0; i < resolving->entity_count && status == STATUS_OK; i++) {
            const struct entity_rule *entity = entity_at(resolving, i);

            if (entity->drop_when_empty && spreads_ownership(resolving, entity))
                status = search_entity(resolving, SEARCH_DROPPED, entity);
        }
    } while (status == STATUS_OK && growth_of_all(resolving->resolution) != before);
    return status;
}

static void add_amount(struct file_amount *to, const struct resolving *resolving,
                       const struct entity_rule *entity, bool is_read)
{
    const struct file_amount amount = run_plan_amount(resolving->plan, entity);

    to->files += is_read ? amount.files : 0;
    to->bytes += is_read ? amount.bytes : 0;
}

static bool has_condition(const struct resolution *resolution, const struct entity_rule *entity)
{
    for (size_t i = 0; i < resolution->condition_count; i++)
        if (resolution->conditions[i].test->entity == entity)
            return true;
    return false;
}

/* What is sure to be read. Loops of links, and lists that run empty, have files read again. */
static void begin_phase(struct resolving *resolving)
{
    const struct entity_rule *subject = resolving->plan->ruleset->subject;
    struct file_amount amount = {0, 0};

    add_amount(&amount, resolving, subject, true);
    add_amount(&amount, resolving, subject, names_otherwise(&resolving->resolution->list));
    for (size_t i = 0; i < resolving->entity_count; i++) {
        const struct entity_rule *entity = entity_at(resolving, i);

        add_amount(&amount, resolving, entity, has_condition(resolving->resolution, entity));
        add_amount(&amount, resolving, entity, spreads_ownership(resolving, entity));
    }
    phase_meter_begin(stream_meter(resolving->stream), PHASE_RESOLVE, amount.files, amount.bytes);
}

/* No more contacts than the export is likely to have: of few columns or packed, a record has so
 * many bytes. */
static size_t contacts_about(const struct run_plan *plan)
{
    enum { SHORT_RECORD = 64 };

    return (size_t)run_plan_amount(plan, plan->ruleset->subject).bytes / SHORT_RECORD;
}

static enum status prepare(struct resolving *resolving, const struct secret *secret)
{
    size_t workers = stream_workers(resolving->stream);

    resolving->entity_count = resolving->plan->ruleset->entity_count;
    resolving->read_up_to = calloc(resolving->entity_count, sizeof(*resolving->read_up_to));
    resolving->kept_up_to = calloc(resolving->entity_count, sizeof(*resolving->kept_up_to));
    resolving->finders = calloc(workers, sizeof(*resolving->finders));
    resolving->findings = calloc(stream_slots(resolving->stream), sizeof(*resolving->findings));
    if (!resolving->read_up_to || !resolving->kept_up_to || !resolving->finders ||
        !resolving->findings)
        return diagnostics_no_memory(resolving->diagnostics);
    for (size_t i = 0; i < workers; i++) {
        resolving->finders[i].tagger = tagger_new(secret);
        if (!resolving->finders[i].tagger)
            return diagnostics_no_memory(resolving->diagnostics);
    }
    return STATUS_OK;
}

static void release(struct resolving *resolving)
{
    for (size_t i = 0; resolving->finders && i < stream_workers(resolving->stream); i++) {
        record_view_release(&resolving->finders[i].view);
        value_sieve_release(&resolving->finders[i].sieve);
        ownership_release(&resolving->finders[i].ownership);
        tagger_free(resolving->finders[i].tagger);
    }
    for (size_t i = 0; resolving->findings && i < stream_slots(resolving->stream); i++)
        findings_release(&resolving->findings[i]);
    free(resolving->finders);
    free(resolving->findings);
    free(resolving->read_up_to);
    free(resolving->kept_up_to);
}

enum status resolve(const struct run_plan *plan, struct stream *stream, const struct secret *secret,
                    struct resolution *resolution, struct kept_records *kept,
                    struct diagnostics *diagnostics)
{
    struct resolving resolving = {.plan = plan,
                                  .stream = stream,
                                  .resolution = resolution,
                                  .kept = kept,
                                  .diagnostics = diagnostics};
    enum status status = prepare(&resolving, secret);

    if (status == STATUS_OK && !resolution_expect(resolution, contacts_about(plan)))
        status = diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK) {
        begin_phase(&resolving);
        status = find_condition_keys(&resolving);
    }
    if (status == STATUS_OK)
        status = find_targets(&resolving);
    if (status == STATUS_OK)
        status = spread_ownership(&resolving);
    if (status == STATUS_OK)
        status = resolution_seal(resolution, diagnostics);
    if (status == STATUS_OK && resolution->deletes)
        status = spread_drops(&resolving);
    if (status == STATUS_OK) {
        end_keeping(&resolving);
        phase_meter_end(stream_meter(stream));
    }
    release(&resolving);
    return status;
}
