#include "run/run_facts.h"

#include <string.h>

#include "run/field_facts.h"
#include "run/leak_facts.h"
#include "run/target_facts.h"
#include "write/gzip_block.h"

bool resolution_incomplete(const struct resolution *resolution)
{
    for (size_t i = 0; i < resolution->list.name_count; i++)
        if (target_name_failed(&resolution->list.names[i]))
            return true;
    for (size_t i = 0; i < resolution->target_count; i++)
        if (target_is_held(&resolution->targets[i]))
            return true;
    return false;
}

struct run_intent run_intent_of(const struct run_options *options, const struct run_plan *plan,
                                const struct resolution *resolution)
{
    struct run_intent intent = {.in = options->in,
                                .out = options->out,
                                .selection = options->selection,
                                .replays = options->replays,
                                .not_found = missed_names(resolution),
                                .files = plan->file_count};

    for (size_t i = 0; i < resolution->target_count; i++) {
        enum target_outcome outcome = target_outcome_of(&resolution->targets[i]);

        intent.to_anonymize += outcome == OUTCOME_ANONYMIZED;
        intent.to_delete += outcome == OUTCOME_DELETED;
        intent.already += outcome == OUTCOME_ALREADY;
        intent.resurrected += resolution->targets[i].resurrected;
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
        files[i].dialect = plan->files[i].dialect;
        files[i].path = plan->files[i].path;
        files[i].entity = plan->files[i].entity ? plan->files[i].entity->name.text.at : "";
    }
    return files;
}

static const char *mode_of(const struct reported_targets *targets, enum mode fallback)
{
    if (targets->count == 0)
        return fallback == MODE_DELETE ? "delete" : "anonymize";
    if (targets->to_delete == 0)
        return "anonymize";
    return targets->to_delete == targets->count ? "delete" : "both";
}

enum status run_facts_gather(const struct run_options *options, const struct run_plan *plan,
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
        .tells_keys = options->tells_keys,
        .key_is_kept = options->key_is_kept,
        .gzip_library = gzip_library(options->gzip_level),
        .gzip_level = options->gzip_level,
        .mode = mode_of(&report->targets, options->mode),
        .targets = report->targets,
        .records = report->records,
        .files = report->files,
        .file_count = report->file_count,
    };
    memcpy(report->rules_digest, ruleset->digest, sizeof(report->rules_digest));
    status = gather_entities(plan, tallies, arena, report, diagnostics);
    if (status == STATUS_OK)
        status =
            field_facts_gather(plan, tallies, options->key_is_kept, arena, report, diagnostics);
    if (status == STATUS_OK)
        status = leak_facts_gather(plan, tallies, arena, report, diagnostics);
    return status;
}
