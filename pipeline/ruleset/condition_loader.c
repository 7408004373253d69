#include "ruleset/condition.h"
#include "ruleset/rule_loader.h"

static const char *const test_keys[] = {
    [TEST_EQUALS] = "equals",
    [TEST_NOT] = "not",
    [TEST_IN] = "in",
    [TEST_EMPTY] = "empty",
    [TEST_IN_ENTITY] = "in_entity",
    "where",
    NULL,
};

static void load_text(struct rule_loader *loader, const struct node *node, struct test *test)
{
    if (!node_expect(&loader->reader, node, NODE_SCALAR))
        return;
    test->text = node_reader_array(&loader->reader, 1, sizeof *test->text);
    if (test->text != NULL)
        test->text[test->text_count++] = node->text;
}

static void load_text_list(struct rule_loader *loader, const struct node *node, struct test *test)
{
    const struct name_list names = node_names(&loader->reader, node);

    if (node->kind == NODE_LIST && node->count == 0)
        node_reader_error(&loader->reader, node->place, "the list is empty");
    test->text = node_reader_array(&loader->reader, names.count, sizeof *test->text);
    for (size_t i = 0; i < names.count && test->text != NULL; i++)
        test->text[test->text_count++] = names.items[i].text;
}

static void load_entity(struct rule_loader *loader, const struct node *node,
                        const struct node *where, struct test *test)
{
    struct node_reader *reader = &loader->reader;

    if (where != NULL)
        test->where = condition_load(loader, where);
    if (!node_expect(reader, node, NODE_SCALAR))
        return;
    test->entity = loader_entity(loader, node_name(reader, node));
    if (test->entity == NULL)
        return;
    loader_require_key(loader, test->entity, node->place);
    if (test->entity->key.count > 1)
        node_reader_error(reader, node->place, "the key of '%.*s' has several columns",
                          SHOWN(test->entity->name.text));
}

static void load_test(struct rule_loader *loader, enum test_kind kind, const struct node *tests,
                      const struct node *node, struct test *test)
{
    test->kind = kind;
    switch (kind) {
    case TEST_EQUALS:
    case TEST_NOT:
        load_text(loader, node, test);
        break;
    case TEST_IN:
        load_text_list(loader, node, test);
        break;
    case TEST_EMPTY:
        test->wanted = node_flag(&loader->reader, tests, "empty", true);
        break;
    case TEST_IN_ENTITY:
        load_entity(loader, node, node_get(tests, "where"), test);
        break;
    }
}

/* The tests of one column: "{equals: x}", or several that must all hold. */
static void load_column(struct rule_loader *loader, const struct node *column,
                        const struct node *written, struct alternative *alternative)
{
    struct node_reader *reader = &loader->reader;

    if (!node_expect(reader, written, NODE_MAP))
        return;
    const struct node tests = loader_latest(loader, written);
    node_check_keys(reader, &tests, test_keys);
    if (tests.count == 0)
        node_reader_error(reader, tests.place, "no test of '%.*s'", SHOWN(column->text));
    if (node_get(&tests, "where") != NULL && node_get(&tests, "in_entity") == NULL)
        node_reader_error(reader, node_get(&tests, "where")->place, "'where' without 'in_entity'");
    for (enum test_kind kind = TEST_EQUALS; kind <= TEST_IN_ENTITY; kind++) {
        const struct node *node = node_get(&tests, test_keys[kind]);
        if (node == NULL)
            continue;
        struct test *test = &alternative->tests[alternative->count++];
        test->place = node->place;
        test->column = column->text;
        load_test(loader, kind, &tests, node, test);
    }
}

static void load_alternative(struct rule_loader *loader, const struct node *written,
                             struct alternative *alternative)
{
    if (!node_expect(&loader->reader, written, NODE_MAP))
        return;
    const struct node columns = loader_latest(loader, written);
    const size_t most = columns.count * (TEST_IN_ENTITY + 1);
    if (columns.count == 0)
        node_reader_error(&loader->reader, columns.place, "empty condition");
    alternative->tests = node_reader_array(&loader->reader, most, sizeof *alternative->tests);
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
