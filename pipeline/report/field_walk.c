#include "report/field_walk.h"

#include <string.h>

const struct report_scope report_scopes[SCOPE_COUNT] = {
    {"Audience", "Personal fields of the audience"},
    {"Sites", "Personal fields of the sites"},
    {"Events", "Personal fields of the events"},
    {"Community", "Personal fields of the community"},
    {"Other", "Personal fields outside any scope"},
};

static const unsigned personal_groups[] = {1U << ORIGIN_CHOSEN | 1U << ORIGIN_DEFAULT, 0};

static const unsigned other_groups[] = {1U << ORIGIN_UNDECLARED, 1U << ORIGIN_EXEMPTED,
                                        1U << ORIGIN_KEPT, 0};

struct field_walk personal_fields(const struct run_report *report, const struct report_scope *scope)
{
    return (struct field_walk){report, scope, personal_groups, 0, 0};
}

struct field_walk other_columns(const struct run_report *report)
{
    return (struct field_walk){report, NULL, other_groups, 0, 0};
}

static size_t scope_of(const struct field_report *field)
{
    size_t scope = 0;

    while (scope < SCOPE_NONE && strcmp(scope_name((enum scope)scope), field->scope) != 0)
        scope++;
    return scope;
}

const struct field_report *field_walk_next(struct field_walk *walk)
{
    for (; walk->groups[walk->group] != 0; walk->group++, walk->next = 0) {
        while (walk->next < walk->report->field_count) {
            const struct field_report *field = &walk->report->fields[walk->next++];

            if ((walk->groups[walk->group] >> field->origin & 1) != 0 &&
                (walk->scope == NULL || walk->scope == &report_scopes[scope_of(field)]))
                return field;
        }
    }
    return NULL;
}

uint64_t field_walk_count(struct field_walk walk)
{
    uint64_t count = 0;

    while (field_walk_next(&walk) != NULL)
        count++;
    return count;
}

uint64_t origin_count(const struct run_report *report, enum field_origin origin)
{
    uint64_t count = 0;

    for (size_t i = 0; i < report->field_count; i++)
        count += report->fields[i].origin == origin;
    return count;
}

static void count_field(struct class_matrix *classes, const struct field_report *field)
{
    const size_t scope = scope_of(field);

    for (size_t i = 0; i < CLASS_COUNT; i++)
        classes->counts[scope][i] +=
            strcmp(field->class, field_class_name((enum field_class)i)) == 0;
    if (scope == SCOPE_NONE)
        classes->matrix.row_count = SCOPE_COUNT;
}

void class_matrix_make(const struct run_report *report, struct class_matrix *classes)
{
    static const char *const titles[CLASS_COUNT] = {"Direct identifiers", "Quasi-identifiers",
                                                    "Sensitive", "Free text"};
    struct field_walk walk = personal_fields(report, NULL);
    const struct field_report *field;

    *classes = (struct class_matrix){.matrix = {
                                         .title = "Personal fields by scope and class",
                                         .row_title = "Scope",
                                         .rows = classes->scopes,
                                         .columns = titles,
                                         .row_count = SCOPE_NONE,
                                         .column_count = CLASS_COUNT,
                                         .counts = classes->counts[0],
                                     }};
    for (size_t i = 0; i < SCOPE_COUNT; i++)
        classes->scopes[i] = report_scopes[i].label;
    while ((field = field_walk_next(&walk)) != NULL)
        count_field(classes, field);
}
