/*
 * Conditions. An input is a condition, an empty line, and values, one a line, of the cells that
 * it is asked of.
 */
#include <check.h>

#include "fuzz_input.h"
#include "match_fixture.h"

enum { VALUES_LIMIT = 64 };

/* The rules of a link that is followed where the condition holds. */
static void write_rules(struct buffer *rules, struct span condition)
{
    ck_assert(buffer_append(rules, SPAN("version: 1\nsubject: c\nentities:\n"
                                        "  c: {key: Id, files: [c.csv]}\n"
                                        "  q: {key: Id, files: [q.csv]}\n"
                                        "  t:\n    files: [t.csv]\n    links:\n"
                                        "      - column: C\n        to: c\n        when:\n")));
    while (condition.size > 0) {
        const char *end = memchr(condition.at, '\n', condition.size);
        const size_t size = end != NULL ? (size_t)(end - condition.at) + 1 : condition.size;

        ck_assert(buffer_append(rules, SPAN("          ")));
        ck_assert(buffer_append(rules, (struct span){condition.at, size}));
        condition = (struct span){condition.at + size, condition.size - size};
    }
    ck_assert(buffer_append(rules, (struct span){"\n", 2}));
}

static void append_cell(struct buffer *file, struct span value)
{
    ck_assert(buffer_append_byte(file, '"'));
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] == '"')
            ck_assert(buffer_append_byte(file, '"'));
        ck_assert(buffer_append_byte(file, value.at[i]));
    }
    ck_assert(buffer_append_byte(file, '"'));
}

/* A file with a record a value: quoted in column A, as key of a contact in C. */
static void write_file(struct buffer *file, struct span values)
{
    ck_assert(buffer_append(file, SPAN("C,A\nc1,\n")));
    for (int i = 0; i < VALUES_LIMIT && values.size > 0; i++) {
        const char *end = memchr(values.at, '\n', values.size);
        const size_t size = end != NULL ? (size_t)(end - values.at) : values.size;
        const size_t taken = end != NULL ? size + 1 : size;

        ck_assert(buffer_append(file, SPAN("c1,")));
        append_cell(file, (struct span){values.at, size});
        ck_assert(buffer_append_byte(file, '\n'));
        values = (struct span){values.at + taken, values.size - taken};
    }
}

static bool are_valid(const char *rules)
{
    struct rules_fixture fixture;
    struct ruleset ruleset;

    rules_fixture_enter(&fixture);
    rules_fixture_write("rules.yaml", rules);
    const enum status status = rules_fixture_load(&fixture, "rules.yaml", &ruleset);
    ck_assert(status == STATUS_OK || status == STATUS_RULES);
    ck_assert((status == STATUS_OK) == (fixture.messages[0] == '\0'));
    ruleset_release(&ruleset);
    rules_fixture_leave(&fixture);
    return status == STATUS_OK;
}

/* A condition says the same of the same record whenever it is asked. */
static void ask(const char *rules, struct span text)
{
    struct match_fixture fixture;
    struct match_file file;

    match_fixture_open(&fixture, rules);
    csv_text_open(&file.csv, text);
    const struct file_columns columns = csv_text_columns(&file.csv);
    const enum status status =
        file_binding_make(&columns, entity_named(&fixture.ruleset, "t"), &fixture.resolution,
                          &fixture.arena, &file.binding, &fixture.diagnostics);
    ck_assert(status == STATUS_OK || status == STATUS_INPUT);
    /* A column that the file lacks is a fault of the file, and what asks for it is not bound. */
    for (size_t i = 0;
         status == STATUS_OK && file.csv.faults.first == NULL && i < file.csv.batch.record_count;
         i++) {
        const struct bound_condition *when = file.binding.links[0].when;
        const enum truth truth = condition_holds(when, match_fixture_view(&fixture, &file, i));

        ck_assert(condition_holds(when, match_fixture_view(&fixture, &file, i)) == truth);
    }
    match_file_close(&file);
    match_fixture_close(&fixture);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const struct span condition = fuzz_part(&input);
    struct buffer rules = BUFFER_INIT, file = BUFFER_INIT;

    write_rules(&rules, condition);
    write_file(&file, input);
    if (strlen(rules.at) + 1 == rules.size && are_valid(rules.at))
        ask(rules.at, buffer_span(&file));
    buffer_release(&rules);
    buffer_release(&file);
    return 0;
}
