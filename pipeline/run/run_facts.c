#include "run/run_facts.h"

#include <string.h>

#include "run/field_facts.h"
#include "run/leak_facts.h"
#include "write/gzip_block.h"

bool resolution_incomplete(const struct resolution *resolution)
{
    for (size_t i = 0; i < resolution->list.name_count; i++)
        if (target_name_failed(&resolution->list.names[i]))
            return true;
    for (size_t i = 0; i < resolution->target_count; i++)
        if (holder_holds(&resolution->targets[i].held_by))
            return true;
    return false;
}

static enum target_outcome outcome_of(const struct target *target)
{
    if (holder_holds(&target->held_by))
        return OUTCOME_HELD;
    if (target->mode == MODE_DELETE)
        return OUTCOME_DELETED;
    return target->unmarked ? OUTCOME_ANONYMIZED : OUTCOME_ALREADY;
}

static size_t names_not_found(const struct resolution *resolution)
{
    size_t count = 0;

    for (size_t i = 0; i < resolution->list.name_count; i++)
        count += target_name_failed(&resolution->list.names[i]);
    return count;
}

struct run_intent run_intent_of(const struct run_options *options, const struct run_plan *plan,
                                const struct resolution *resolution)
{
    struct run_intent intent = {.in = options->in,
                                .out = options->out,
                                .selection = options->selection,
                                .not_found = names_not_found(resolution),
                                .files = plan->file_count};

    for (size_t i = 0; i < resolution->target_count; i++) {
        enum target_outcome outcome = outcome_of(&resolution->targets[i]);

        intent.to_anonymize += outcome == OUTCOME_ANONYMIZED;
        intent.to_delete += outcome == OUTCOME_DELETED;
        intent.already += outcome == OUTCOME_ALREADY;
        intent.held += outcome == OUTCOME_HELD;
    }
    for (size_t i = 0; i < plan->ruleset->entity_count; i++) {
        bool found = false;

        for (size_t j = 0; j < plan->file_count; j++)
            found |= plan->files[j].entity == &plan->ruleset->entities[i];
        intent.entities += found;
    }
    return intent;
}

static void digest_text(const unsigned char *digest, char text[33])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    text[2 * DIGEST_SIZE] = '\0';
}

/* What was given for a name that found nobody: its cells, with a NUL between. */
static bool append_name(const struct given_names *names, size_t index, struct buffer *out)
{
    const struct table *table = names->table;
    bool first = true;

    buffer_clear(out);
    if (!table)
        return buffer_append(out, span_of(names->values[index]));
    for (size_t i = 0; i < table->column_count; i++) {
        struct span cell = table->cells[index * table->column_count + i];

        if (cell.size == 0 || span_equal(table->names[i], SPAN("mode")))
            continue;
        if ((!first && !buffer_append_byte(out, '\0')) || !buffer_append(out, cell))
            return false;
        first = false;
    }
    return true;
}

static bool digest_name(const struct given_names *names, size_t index, struct tagger *tagger,
                        struct buffer *scratch, char text[33])
{
    unsigned char tag[TAG_SIZE];

    if (!append_name(names, index, scratch) ||
        !tagger_tag(tagger, SPAN("contact"), buffer_span(scratch), tag))
        return false;
    digest_text(tag, text);
    return true;
}

static void report_name(const struct target_list *list, size_t index,
                        struct reported_target *target)
{
    const struct target_name *name = &list->names[index];

    target->line = name->line;
    target->ordinal = list->path || name->erased ? 0 : index + 1;
}

static void report_targets(const struct resolution *resolution, struct reported_target *targets)
{
    for (size_t i = 0; i < resolution->target_count; i++) {
        const struct target *target = &resolution->targets[i];

        targets[i] = (struct reported_target){
            .delete_mode = target->mode == MODE_DELETE,
            .outcome = outcome_of(target),
            .hold = target->held_by.hold ? target->held_by.hold->name.text.at : NULL,
            .restricting =
                target->held_by.restricting ? target->held_by.restricting->name.text.at : NULL,
        };
        if (target->name != UINT32_MAX)
            report_name(&resolution->list, target->name, &targets[i]);
        digest_text(target->digest, targets[i].digest);
    }
}

static bool report_not_found(const struct resolution *resolution, const struct given_names *names,
                             const struct secret *secret, struct reported_target *targets)
{
    struct tagger *tagger = tagger_new(secret);
    struct buffer scratch = BUFFER_INIT;
    bool done = tagger;

    for (size_t i = 0; i < resolution->list.name_count && done; i++) {
        const struct target_name *name = &resolution->list.names[i];

        if (!target_name_failed(name))
            continue;
        *targets = (struct reported_target){.delete_mode = name->mode == MODE_DELETE,
                                            .outcome = OUTCOME_NOT_FOUND};
        report_name(&resolution->list, i, targets);
        done = digest_name(names, i, tagger, &scratch, targets->digest);
        targets++;
    }
    buffer_release(&scratch);
    tagger_free(tagger);
    return done;
}

static enum status gather_targets(const struct run_options *options,
                                  const struct resolution *resolution,
                                  const struct given_names *names, struct arena *arena,
                                  struct run_report *report, struct diagnostics *diagnostics)
{
    size_t count = resolution->target_count + names_not_found(resolution);
    struct reported_target *targets = arena_array(arena, count, sizeof(*targets));

    if (!targets)
        return diagnostics_no_memory(diagnostics);
    report_targets(resolution, targets);
    if (!report_not_found(resolution, names, options->secret, targets + resolution->target_count))
        return diagnostics_no_memory(diagnostics);
    report->targets = targets;
    report->target_count = count;
    return STATUS_OK;
}

static void add_file(struct entity_tally *to, const struct file_tally *from)
{
    to->files++;
    to->records += from->records;
    to->unchanged += from->unchanged;
    to->anonymized += from->anonymized;
    to->unlinked += from->unlinked;
    to->dropped += from->dropped;
    to->already += from->already;
    to->mentions += from->mentions;
    to->orphans += from->orphans;
}

static enum status gather_entities(const struct run_plan *plan, const struct file_tally *tallies,
                                   struct arena *arena, struct run_report *report,
                                   struct diagnostics *diagnostics)
{
    const struct ruleset *ruleset = plan->ruleset;
    struct entity_tally *entities = arena_array(arena, ruleset->entity_count, sizeof(*entities));

    if (!entities)
        return diagnostics_no_memory(diagnostics);
    for (size_t i = 0; i < ruleset->entity_count; i++) {
        entities[i].name = ruleset->entities[i].name.text.at;
        entities[i].scope = scope_name(ruleset->entities[i].scope);
    }
    for (size_t i = 0; i < plan->file_count; i++)
        if (plan->files[i].entity)
            add_file(&entities[plan->files[i].entity - ruleset->entities], &tallies[i]);
    report->entities = entities;
    report->entity_count = ruleset->entity_count;
    return STATUS_OK;
}

struct file_report *run_facts_files(const struct run_plan *plan, struct arena *arena)
{
    struct file_report *files = arena_array(arena, plan->file_count, sizeof(*files));

    for (size_t i = 0; i < plan->file_count && files; i++) {
        files[i].path = plan->files[i].path;
        files[i].entity = plan->files[i].entity ? plan->files[i].entity->name.text.at : "";
    }
    return files;
}

static const char *mode_of(const struct run_report *report, enum mode fallback)
{
    size_t deleted = 0;

    for (size_t i = 0; i < report->target_count; i++)
        deleted += report->targets[i].delete_mode;
    if (report->target_count == 0)
        return fallback == MODE_DELETE ? "delete" : "anonymize";
    if (deleted == 0)
        return "anonymize";
    return deleted == report->target_count ? "delete" : "both";
}

enum status run_facts_gather(const struct run_options *options, const struct run_plan *plan,
                             const struct resolution *resolution, const struct given_names *names,
                             const struct file_tally *tallies, struct arena *arena,
                             struct run_report *report, struct diagnostics *diagnostics)
{
    const struct ruleset *ruleset = plan->ruleset;
    enum status status;

    *report = (struct run_report){
        .version = options->version,
        .rules_path = options->rules,
        .rules_name = ruleset->name.size ? ruleset->name.at : "",
        .started = options->now,
        .ended = options->reproducible ? options->now : time(NULL),
        .reproducible = options->reproducible,
        .key_is_kept = options->key_is_kept,
        .gzip_library = gzip_library(options->gzip_level),
        .gzip_level = options->gzip_level,
        .files = report->files,
        .file_count = report->file_count,
    };
    memcpy(report->rules_digest, ruleset->digest, sizeof(report->rules_digest));
    status = gather_targets(options, resolution, names, arena, report, diagnostics);
    if (status == STATUS_OK)
        status = gather_entities(plan, tallies, arena, report, diagnostics);
    if (status == STATUS_OK)
        status =
            field_facts_gather(plan, tallies, options->key_is_kept, arena, report, diagnostics);
    if (status == STATUS_OK)
        status = leak_facts_gather(plan, tallies, arena, report, diagnostics);
    report->mode = mode_of(report, options->mode);
    return status;
}
