/* What stands behind the name of a test. */
#include "ruleset/pattern.h"
#include "ruleset/rule_loader.h"
#include "ruleset/value_file.h"

static void load_text(struct rule_loader *loader, const struct node *node, struct test *test)
{
    if (node_expect(&loader->reader, node, NODE_SCALAR))
        test->text = node->text;
}

static void load_list(struct rule_loader *loader, const struct node *node, struct test *test)
{
    const struct name_list names = node_names(&loader->reader, node);

    if (node->kind == NODE_LIST && node->count == 0)
        node_reader_error(&loader->reader, node->place, "the list is empty");
    if (!name_index_init(&test->values, names.count, loader->reader.arena))
        loader->reader.no_memory = true;
    for (size_t i = 0; i < test->values.count; i++)
        test->values.items[i] = (struct indexed_name){names.items[i].text, i};
    name_index_sort(&test->values);
}

static void load_file(struct rule_loader *loader, const struct node *node, struct test *test)
{
    const struct name path = node_name(&loader->reader, node);

    if (path.text.at != NULL)
        test->values = value_file_read(&loader->reader, &path, loader->ruleset->digest);
}

static void load_moment(struct rule_loader *loader, const struct node *node, struct test *test)
{
    if (node_expect(&loader->reader, node, NODE_SCALAR) && !moment_parse(node->text, &test->moment))
        node_reader_error(&loader->reader, node->place,
                          "'%.*s' is no date (expected YYYY-MM-DD, maybe with a time)",
                          SHOWN(node->text));
}

static void load_number(struct rule_loader *loader, const struct node *node, struct test *test)
{
    if (node_expect(&loader->reader, node, NODE_SCALAR) &&
        !decimal_split(node->text, &test->number))
        node_reader_error(&loader->reader, node->place,
                          "'%.*s' is no number (expected digits, maybe with '-' and '.')",
                          SHOWN(node->text));
}

static void load_pattern(struct rule_loader *loader, const struct node *node, struct test *test)
{
    struct pattern_fault fault;

    if (!node_expect(&loader->reader, node, NODE_SCALAR))
        return;
    struct pattern *pattern = pattern_new(node->text, &fault);
    if (pattern == NULL && !fault.no_memory)
        node_reader_error(&loader->reader, node->place, "bad pattern, at its byte %zu: %s",
                          fault.offset + 1, fault.text);
    if (pattern == NULL ? fault.no_memory : !ruleset_own_pattern(loader->ruleset, pattern))
        loader->reader.no_memory = true;
    test->pattern = pattern;
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

void test_load(struct rule_loader *loader, const struct node *tests, const struct node *node,
               struct test *test)
{
    switch (test->kind) {
    case TEST_EQUALS:
    case TEST_NOT:
        load_text(loader, node, test);
        break;
    case TEST_IN:
        load_list(loader, node, test);
        break;
    case TEST_IN_FILE:
        load_file(loader, node, test);
        break;
    case TEST_EMPTY:
        test->wanted = node_flag(&loader->reader, tests, "empty", true);
        break;
    case TEST_BEFORE:
    case TEST_AFTER:
        load_moment(loader, node, test);
        break;
    case TEST_LESS:
    case TEST_GREATER:
        load_number(loader, node, test);
        break;
    case TEST_MATCHES:
        load_pattern(loader, node, test);
        break;
    case TEST_IN_ENTITY:
        load_entity(loader, node, node_get(tests, "where"), test);
        break;
    }
}
