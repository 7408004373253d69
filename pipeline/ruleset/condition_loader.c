#include "ruleset/condition.h"
#include "ruleset/rule_keys.h"
#include "ruleset/rule_loader.h"

static void check_tests(struct node_reader *reader, const struct node *column,
                        const struct node *tests)
{
    char hint[KEY_HINT_SIZE];

    for (size_t i = 0; i < tests->count; i++)
        if (!node_is_one_of(tests->keys[i], test_keys))
            node_reader_error(reader, tests->keys[i]->place,
                              "unknown test '%.*s' of column '%.*s'%s", SHOWN(tests->keys[i]->text),
                              SHOWN(column->text), node_key_hint(tests->keys[i], test_keys, hint));
}

/* The tests of one column: "{equals: x}", or several that must all hold. */
static void load_column(struct rule_loader *loader, const struct node *column,
                        const struct node *written, struct alternative *alternative)
{
    struct node_reader *reader = &loader->reader;

    if (written->kind != NODE_MAP) {
        node_reader_error(reader, written->place,
                          "expected a test of column '%.*s', such as {equals: ...}, not %s",
                          SHOWN(column->text), node_kind_name(written->kind));
        return;
    }
    const struct node tests = loader_latest(loader, written);
    check_tests(reader, column, &tests);
    if (tests.count == 0)
        node_reader_error(reader, tests.place, "no test of column '%.*s'", SHOWN(column->text));
    if (node_get(&tests, "where") != NULL && node_get(&tests, "in_entity") == NULL)
        node_reader_error(reader, node_get(&tests, "where")->place, "'where' without 'in_entity'");
    for (int kind = 0; kind < TEST_KIND_COUNT; kind++) {
        const struct node *node = node_get(&tests, test_keys[kind]);
        if (node == NULL)
            continue;
        struct test *test = &alternative->tests[alternative->count++];
        test->kind = (enum test_kind)kind;
        test->place = node->place;
        test->column = column->text;
        test_load(loader, &tests, node, test);
    }
}

/* As many tests as are written, or more. */
static size_t count_tests(const struct node *columns)
{
    size_t count = 0;

    for (size_t i = 0; i < columns->count; i++)
        count += columns->items[i]->count;
    return count;
}

static void load_alternative(struct rule_loader *loader, const struct node *written,
                             struct alternative *alternative)
{
    if (!node_expect(&loader->reader, written, NODE_MAP))
        return;
    const struct node columns = loader_latest(loader, written);
    if (columns.count == 0)
        node_reader_error(&loader->reader, columns.place, "empty condition");
    alternative->tests =
        node_reader_array(&loader->reader, count_tests(&columns), sizeof *alternative->tests);
    for (size_t i = 0; i < columns.count && alternative->tests != NULL; i++)
        load_column(loader, columns.keys[i], columns.items[i], alternative);
}

static bool expect_condition(struct rule_loader *loader, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        node_reader_error(&loader->reader, node->place,
                          "expected a mapping or a list of mappings, not a scalar");
    else if (node->kind == NODE_LIST && node->count == 0)
        node_reader_error(&loader->reader, node->place, "empty condition");
    else
        return true;
    return false;
}

const struct condition *condition_load(struct rule_loader *loader, const struct node *node)
{
    if (!expect_condition(loader, node))
        return NULL;

    const size_t count = node->kind == NODE_LIST ? node->count : 1;
    struct condition *condition = node_reader_array(&loader->reader, 1, sizeof *condition);
    struct alternative *alternatives =
        node_reader_array(&loader->reader, count, sizeof *alternatives);
    if (condition == NULL || alternatives == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        load_alternative(loader, node->kind == NODE_LIST ? node->items[i] : node, &alternatives[i]);
    *condition = (struct condition){alternatives, count};
    return condition;
}
