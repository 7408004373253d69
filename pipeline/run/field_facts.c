#include "run/field_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "deidentify/technique.h"

/* What gathering grows; the array moves to the arena in the end. */
struct gathering {
    struct arena *arena;
    bool key_is_kept;
    struct field_report *fields;
    size_t count, room;
    size_t entity_start; /* the first field of the entity being gathered */
};

static const char *test_words(const struct test *test)
{
    switch (test->kind) {
    case TEST_EQUALS:
        return "equals a value";
    case TEST_NOT:
        return "is not a value";
    case TEST_IN:
        return "is one of a list";
    case TEST_IN_FILE:
        return "is listed in a file";
    case TEST_EMPTY:
        return test->wanted ? "is empty" : "is not empty";
    case TEST_BEFORE:
        return "is before a date";
    case TEST_AFTER:
        return "is after a date";
    case TEST_LESS:
        return "is less than a number";
    case TEST_GREATER:
        return "is greater than a number";
    case TEST_MATCHES:
        return "matches a pattern";
    case TEST_IN_ENTITY:
        return "is in";
    }
    return "";
}

/* "QuestionId is in survey_questions"; the values that rules compare with are not shown. */
static bool put_test(const struct test *test, struct buffer *out)
{
    return buffer_append_format(out, "%s %s%s%s", test->column.at, test_words(test),
                                test->entity ? " " : "",
                                test->entity ? test->entity->name.text.at : "");
}

static bool put_condition(const struct condition *condition, struct buffer *out)
{
    for (size_t i = 0; i < condition->count; i++) {
        const struct alternative *alternative = &condition->alternatives[i];

        for (size_t j = 0; j < alternative->count; j++) {
            const char *link = j ? " and " : i ? " or " : "when ";

            if (!buffer_append_format(out, "%s", link) || !put_test(&alternative->tests[j], out))
                return false;
        }
    }
    return true;
}

static bool put_separator(struct buffer *out)
{
    return out->size == 0 || buffer_append(out, SPAN(", "));
}

static bool put_circumstances(const struct field_rule *field, struct buffer *out)
{
    if (field->all_records && !buffer_append(out, SPAN("in all records")))
        return false;
    if (field->about &&
        (!put_separator(out) ||
         !buffer_append_format(out, "about %s", field->about->columns.items[0].text.at)))
        return false;
    if (field->mentions.entity &&
        (!put_separator(out) || !buffer_append_format(out, "also where it mentions %s.%s",
                                                      field->mentions.entity->name.text.at,
                                                      field->mentions.column.text.at)))
        return false;
    return !field->when || (put_separator(out) && put_condition(field->when, out));
}

static const char *condition_words(const struct field_rule *field, struct arena *arena)
{
    struct buffer words = BUFFER_INIT;
    const char *text =
        put_circumstances(field, &words) ? arena_string(arena, buffer_span(&words)) : NULL;

    buffer_release(&words);
    return text;
}

static const char *files_words(const struct entity_rule *entity, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < entity->files.count && text; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", entity->files.items[i].text.at);
    return text;
}

static void describe_rekeying(const struct gathering *gathering, const struct entity_rule *to,
                              struct field_report *field)
{
    field->origin = ORIGIN_CHOSEN;
    field->class = field_class_name(CLASS_DIRECT);
    field->technique = "rekey";
    field->options =
        arena_printf(gathering->arena, "%s.%s", to->name.text.at, to->key.items[0].text.at);
    field->label = technique_label_name(LABEL_PSEUDONYMIZED, gathering->key_is_kept);
}

static void describe_marker(const struct gathering *gathering, const struct marker_rule *marker,
                            struct field_report *field)
{
    field->technique = "marker";
    field->options =
        marker->run_date ? "the date of the run" : arena_string(gathering->arena, marker->value);
    field->label = "marked";
}

static void describe_technique(const struct gathering *gathering, const struct column_plan *column,
                               struct field_report *field)
{
    const struct technique *technique = column->technique->technique;

    field->class = field_class_name(column->field->class);
    field->technique = technique->name;
    field->options = technique->describe(column->technique->state, gathering->arena);
    field->label = technique_label_name(technique->label, gathering->key_is_kept);
    field->condition = condition_words(column->field, gathering->arena);
}

/* Of an undeclared column. */
static void describe_clearing(const struct gathering *gathering, struct field_report *field)
{
    field->technique = "clear";
    field->label = technique_label_name(LABEL_REMOVED, gathering->key_is_kept);
}

static void describe_field(const struct gathering *gathering, const struct file_plan *file,
                           const struct column_plan *column, struct field_report *field)
{
    *field = (struct field_report){.entity = file->entity->name.text.at,
                                   .scope = scope_name(file->entity->scope),
                                   .file = files_words(file->entity, gathering->arena),
                                   .column = column->name.at,
                                   .origin = column->origin,
                                   .class = "",
                                   .technique = "",
                                   .options = "",
                                   .label = "",
                                   .condition = ""};
    if (column->technique)
        describe_technique(gathering, column, field);
    else if (column->rekeyed)
        describe_rekeying(gathering, column->rekeyed, field);
    else if (column->is_marker)
        describe_marker(gathering, &file->entity->marker, field);
    else if (column->is_cleared)
        describe_clearing(gathering, field);
}

/* The entity's field of this name; a new one where there is none. NULL where memory ran out. */
static struct field_report *field_of(struct gathering *gathering, const struct file_plan *file,
                                     const struct column_plan *column)
{
    struct field_report *fields;

    for (size_t i = gathering->entity_start; i < gathering->count; i++)
        if (strcmp(gathering->fields[i].column, column->name.at) == 0)
            return &gathering->fields[i];
    fields = array_room(gathering->fields, gathering->count + 1, &gathering->room, sizeof(*fields));
    if (!fields)
        return NULL;
    gathering->fields = fields;
    describe_field(gathering, file, column, &fields[gathering->count]);
    return &fields[gathering->count++];
}

static bool gather_file(struct gathering *gathering, const struct file_plan *file,
                        const struct file_tally *tally)
{
    for (size_t i = 0; i < file->columns.count; i++) {
        struct field_report *field = field_of(gathering, file, &file->columns.columns[i]);

        if (!field || !field->file || !field->options || !field->condition)
            return false;
        field->records += tally->records;
        field->filled += tally->columns[i].filled;
        field->treated += tally->columns[i].changed;
        field->untaken += tally->columns[i].untaken;
    }
    return true;
}

static bool gather_entity(struct gathering *gathering, const struct run_plan *plan,
                          const struct entity_rule *entity, const struct file_tally *tallies)
{
    gathering->entity_start = gathering->count;
    for (size_t i = 0; i < plan->file_count; i++)
        if (plan->files[i].entity == entity &&
            !gather_file(gathering, &plan->files[i], &tallies[i]))
            return false;
    return true;
}

enum status field_facts_gather(const struct run_plan *plan, const struct file_tally *tallies,
                               bool key_is_kept, struct arena *arena, struct run_report *report,
                               struct diagnostics *diagnostics)
{
    struct gathering gathering = {.arena = arena, .key_is_kept = key_is_kept};
    struct field_report *fields = NULL;
    bool gathered = true;

    for (size_t i = 0; i < plan->ruleset->entity_count && gathered; i++)
        gathered = gather_entity(&gathering, plan, &plan->ruleset->entities[i], tallies);
    if (gathered)
        fields = arena_array(arena, gathering.count, sizeof(*fields));
    if (fields && gathering.count)
        memcpy(fields, gathering.fields, gathering.count * sizeof(*fields));
    free(gathering.fields);
    report->fields = fields;
    report->field_count = gathering.count;
    return fields ? STATUS_OK : diagnostics_no_memory(diagnostics);
}
