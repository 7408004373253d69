#include "run/header_faults.h"

#include "ruleset/node_reader.h"
#include "run/column_hint.h"

struct file_columns header_columns(struct file_plan *file)
{
    return (struct file_columns){file->name, file->names, file->column_count, &file->faults};
}

static const struct column_fault *find_fault(const struct file_plan *file, struct span column)
{
    const struct column_fault *fault = file->faults.first;

    while (fault && !span_equal(fault->name.text, column))
        fault = fault->next;
    return fault;
}

/* Whether no file of the entity has the column; files whose header can't be read don't count. */
static bool missing_everywhere(const struct run_plan *plan, const struct entity_rule *entity,
                               struct span column)
{
    for (size_t i = 0; i < plan->file_count; i++) {
        const struct file_plan *file = &plan->files[i];

        if (file->entity == entity && file->names && !find_fault(file, column))
            return false;
    }
    return true;
}

static bool is_first_of_entity(const struct run_plan *plan, const struct file_plan *file)
{
    for (const struct file_plan *other = plan->files; other < file; other++)
        if (other->entity == file->entity && other->names)
            return false;
    return true;
}

static void report_at_header(const struct file_plan *file, const struct column_fault *fault,
                             const char *hint, struct diagnostics *diagnostics)
{
    const struct place header = {file->name, 1, 0};

    if (fault->repeated)
        diagnostics_error(diagnostics, header, "column '%.*s' stands in the header twice",
                          SHOWN(fault->name.text));
    else
        diagnostics_error(diagnostics, header,
                          "the header has no column '%.*s', which the rules need%s",
                          SHOWN(fault->name.text), hint);
}

static void report_fault(const struct run_plan *plan, struct file_plan *file,
                         const struct column_fault *fault, struct diagnostics *diagnostics)
{
    const struct file_columns columns = header_columns(file);
    char hint[SPELLING_HINT_SIZE];

    column_hint_present(&columns, fault->name.text, hint);
    if (!plan->blame_rules || fault->repeated ||
        !missing_everywhere(plan, file->entity, fault->name.text))
        report_at_header(file, fault, hint, diagnostics);
    else if (is_first_of_entity(plan, file))
        diagnostics_error(diagnostics, fault->name.place,
                          "no file of entity '%s' has a column '%.*s'%s",
                          file->entity->name.text.at, SHOWN(fault->name.text), hint);
}

void header_faults_report(const struct run_plan *plan, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < plan->file_count; i++) {
        struct file_plan *file = &plan->files[i];

        for (const struct column_fault *fault = file->faults.first; fault; fault = fault->next)
            report_fault(plan, file, fault, diagnostics);
    }
}
