#include "run/check.h"

#include "ruleset/rule_source.h"
#include "run/check_advice.h"

static enum status check_export(const struct check_options *options, struct check *check,
                                struct diagnostics *diagnostics)
{
    enum status status = resolution_init(&check->resolution, &check->ruleset, diagnostics);
    enum status columns;

    check->plan.blame_rules = true;
    if (status == STATUS_OK)
        status = run_plan_open_folder(&check->plan, options->in, &options->reader, diagnostics);
    if (status != STATUS_OK)
        return status;
    status = run_plan_files(&check->plan, &check->ruleset, diagnostics);
    if (status == STATUS_SYSTEM)
        return status;
    /* the files that could be planned have headers to be looked at, whatever the others have */
    columns = run_plan_columns(&check->plan, &check->resolution, &check->book, diagnostics);
    check_advise(&check->plan, &check->resolution, diagnostics);
    return columns == STATUS_OK ? status : columns;
}

enum status check_run(const struct check_options *options, struct check *check,
                      struct diagnostics *diagnostics)
{
    struct diagnostics messages = DIAGNOSTICS_INIT;
    enum status status;

    *check = (struct check){.arena = ARENA_INIT, .plan = RUN_PLAN_INIT};
    status = technique_book_load(options->rules, options->pack_folders, &check->arena,
                                 &check->ruleset, &check->book, &messages);
    if (status == STATUS_OK)
        check_advise_on_rules(&check->ruleset, &messages);
    if (status == STATUS_OK && options->in)
        status = check_export(options, check, &messages);
    if (check->ruleset.source)
        rule_source_sort(check->ruleset.source, &messages);
    diagnostics_move(diagnostics, &messages);
    return status;
}

void check_release(struct check *check)
{
    run_plan_release(&check->plan);
    resolution_release(&check->resolution);
    ruleset_release(&check->ruleset);
    arena_release(&check->arena);
}

struct check_counts check_count(const struct check *check)
{
    const struct ruleset *ruleset = &check->ruleset;
    struct check_counts counts = {.entities = ruleset->entity_count,
                                  .fields = ruleset->default_count};

    if (ruleset->source)
        counts.rule_files = ruleset->source->text_count;
    for (size_t i = 0; i < ruleset->entity_count; i++)
        counts.fields += ruleset->entities[i].field_count;
    for (size_t i = 0; i < check->plan.file_count; i++) {
        counts.files += check->plan.files[i].names != NULL;
        counts.columns += check->plan.files[i].column_count;
    }
    return counts;
}
