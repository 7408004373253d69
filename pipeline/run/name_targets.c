#include "run/name_targets.h"

/* The names of all selections, in words. NULL where memory ran out. */
static const char *selection_names(const struct ruleset *ruleset, struct arena *arena)
{
    const char *names = "";

    for (size_t i = 0; i < ruleset->selection_count && names; i++)
        names = arena_printf(arena, "%s%s'%s'", names, i ? ", " : "",
                             ruleset->selections[i].name.text.at);
    return names;
}

static enum status refuse_selection(const struct ruleset *ruleset, const char *selection,
                                    struct arena *arena, struct diagnostics *diagnostics)
{
    const struct place rules = {ruleset->path, 0, 0};
    const char *names = selection_names(ruleset, arena);

    if (!names)
        return diagnostics_no_memory(diagnostics);
    if (*names)
        diagnostics_error(diagnostics, rules, "no selection '%s' (there are: %s)", selection,
                          names);
    else
        diagnostics_error(diagnostics, rules, "no selection '%s', nor any other", selection);
    return STATUS_USAGE;
}

static enum status select_targets(const struct run_options *options, struct arena *arena,
                                  struct resolution *resolution, struct diagnostics *diagnostics)
{
    const struct ruleset *ruleset = resolution->ruleset;
    const struct selection_rule *selection =
        ruleset_selection(ruleset, span_of(options->selection));

    if (!selection)
        return refuse_selection(ruleset, options->selection, arena, diagnostics);
    return resolution_select(resolution, selection, options->mode, diagnostics);
}

enum status name_targets(const struct run_options *options, struct arena *arena,
                         struct resolution *resolution, struct row_reader **rows,
                         struct diagnostics *diagnostics)
{
    struct target_list *list = &resolution->list;
    enum status status = STATUS_OK;

    *rows = NULL;
    resolution->keeps_keys = options->tells_keys;
    if (options->selection)
        status = select_targets(options, arena, resolution, diagnostics);
    if (options->everybody)
        target_list_add_everybody(list, options->mode);
    for (size_t i = 0; i < options->contact_count && status == STATUS_OK; i++)
        status = target_list_add_value(list, &resolution->key, span_of(options->contacts[i]),
                                       options->mode, diagnostics);
    if (options->targets)
        status = row_reader_open(options->targets, arena, rows, diagnostics);
    if (options->targets && status == STATUS_OK)
        status = target_list_add_rows(list, &resolution->key, *rows, options->targets,
                                      options->mode, diagnostics);
    return status;
}
