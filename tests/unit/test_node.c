#include "ruleset/node.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"

Suite *test_node_suite(void);

static struct arena arena;
static struct diagnostics diagnostics;

static void set_up(void)
{
    arena = (struct arena)ARENA_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void tear_down(void)
{
    arena_release(&arena);
    diagnostics_release(&diagnostics);
}

static const struct node *parse(const char *text)
{
    struct node *root;

    const enum status status = node_parse("f", span_of(text), &arena, &root, &diagnostics);
    if (status != STATUS_OK)
        diagnostics_print(&diagnostics, stderr);
    ck_assert_int_eq(status, STATUS_OK);
    ck_assert_ptr_nonnull(root);
    return root;
}

/* The messages of a text that must be refused, as printed. */
static void assert_refused(struct span text, const char *messages)
{
    char printed[1024] = "";
    struct node *root;

    ck_assert_int_eq(node_parse("f", text, &arena, &root, &diagnostics), STATUS_RULES);
    ck_assert_ptr_null(root);
    FILE *stream = fmemopen(printed, sizeof printed, "w");
    diagnostics_print(&diagnostics, stream);
    fclose(stream);
    ck_assert_str_eq(printed, messages);
    diagnostics_release(&diagnostics);
}

static void assert_place(const struct node *node, unsigned line, unsigned column)
{
    ck_assert_str_eq(node->place.path, "f");
    ck_assert_uint_eq(node->place.line, line);
    ck_assert_uint_eq(node->place.column, column);
}

START_TEST(a_tree_is_read)
{
    const struct node *root = parse("a: 1\nlist:\n- x\n- [y, 'z']\nempty:\n");

    ck_assert_int_eq(root->kind, NODE_MAP);
    ck_assert_uint_eq(root->count, 3);
    ck_assert(node_is(node_get(root, "a"), "1"));
    const struct node *list = node_get(root, "list");
    ck_assert_int_eq(list->kind, NODE_LIST);
    ck_assert_uint_eq(list->count, 2);
    ck_assert(node_is(list->items[1]->items[1], "z"));
    ck_assert(list->items[1]->items[1]->quoted);
    ck_assert(!list->items[1]->items[0]->quoted);
    ck_assert(node_is(node_get(root, "empty"), ""));
    ck_assert_ptr_null(node_get(root, "b"));
    ck_assert_ptr_null(node_get(list, "a"));
}
END_TEST

START_TEST(every_scalar_is_a_string)
{
    const struct node *root = parse("[no, 0123, 1e3, ~, null, 2022-01-01, \"a\\tb\"]");

    ck_assert(node_is(root->items[0], "no"));
    ck_assert(node_is(root->items[1], "0123"));
    ck_assert(node_is(root->items[2], "1e3"));
    ck_assert(node_is(root->items[3], "~"));
    ck_assert(node_is(root->items[4], "null"));
    ck_assert(node_is(root->items[5], "2022-01-01"));
    ck_assert(node_is(root->items[6], "a\tb"));
    ck_assert_str_eq(root->items[6]->text.at, "a\tb");
}
END_TEST

START_TEST(places_count_bytes)
{
    const struct node *root = parse("\xEF\xBB\xBF"
                                    "# \xC3\xA9\r\n\xC3\xA9: {\xE2\x82\xAC: x, b: [y]}\r\nc: z\n");

    assert_place(root->keys[0], 2, 1);
    assert_place(root->items[0], 2, 5);
    assert_place(root->items[0]->keys[0], 2, 6);
    assert_place(root->items[0]->items[0], 2, 11);
    assert_place(root->items[0]->items[1]->items[0], 2, 18);
    assert_place(root->keys[1], 3, 1);
    assert_place(root->items[1], 3, 4);
}
END_TEST

START_TEST(only_plain_yaml_is_taken)
{
    assert_refused(SPAN("a: &x 1\nb: *x\n"), "f:1:4: error: anchors are not allowed\n"
                                             "f:2:4: error: aliases are not allowed "
                                             "(quote a text that begins with '*')\n");
    assert_refused(SPAN("a: !!str 1\nb: !t [x]\n"), "f:1:4: error: tags are not allowed\n"
                                                    "f:2:4: error: tags are not allowed\n");
    assert_refused(SPAN("<<: {a: b}\n"), "f:1:1: error: merge keys are not allowed\n");
    assert_refused(SPAN("a: 1\n---\nb: 2\n"), "f:2:1: error: only one document is allowed\n");
    assert_refused(SPAN("%TAG ! tag:x,2000:\n---\na: 1\n"), "f:1:1: error: tags are not allowed\n");
    assert_refused(SPAN("[a]: 1\n"), "f:1:1: error: a key must be a scalar\n");
    parse("'<<': 1\n");
}
END_TEST

START_TEST(duplicate_keys_are_refused)
{
    assert_refused(SPAN("a: 1\nb: 2\n'a': 3\nc: {d: 1, d: 2}\na: 4\n"),
                   "f:4:11: error: duplicate key 'd' (it stands in line 4, too)\n"
                   "f:3:1: error: duplicate key 'a' (it stands in line 1, too)\n"
                   "f:5:1: error: duplicate key 'a' (it stands in line 3, too)\n");
}
END_TEST

START_TEST(bad_text_is_refused)
{
    assert_refused(SPAN(""), "f:1:1: error: empty document\n");
    assert_refused(SPAN("# nothing\n"), "f:1:1: error: empty document\n");
    assert_refused(SPAN("a: 1\nb: \xFF\n"),
                   "f:2:4: error: invalid YAML: a byte that is no UTF-8\n");
    assert_refused(SPAN("\xFF\xFE"
                        "a\0:\0 \0\x31\0"),
                   "f: error: the text is UTF-16, not UTF-8\n");
    assert_refused(SPAN("\0a\0:\0 \0\x31"), "f: error: the text is UTF-16, not UTF-8\n");
    assert_refused(SPAN("a: \0\n"),
                   "f:1:4: error: invalid YAML: control characters are not allowed\n");
    assert_refused(SPAN("a: \"x\\0\"\n"), "f:1:4: error: a value must not hold a NUL\n");
    assert_refused(SPAN("a: [1\nb: 2\n"),
                   "f:2:2: error: invalid YAML: did not find expected ',' or ']' while parsing a "
                   "flow sequence that begins in line 1\n");
    assert_refused(SPAN("a:\n  b: 1\n\tc: 2\n"),
                   "f:3:1: error: invalid YAML: a tab; indent with blanks\n");
    assert_refused(SPAN("\ta: 1\n"), "f:1:1: error: invalid YAML: a tab; indent with blanks\n");
    assert_refused(SPAN("a: @b\n"), "f:1:4: error: invalid YAML: found character that cannot start "
                                    "any token while scanning for the next token (quote a text "
                                    "that begins with '@', '`' or '%')\n");
}
END_TEST

static void append(struct buffer *buffer, const char *text, size_t times)
{
    bool appended = true; /* one assertion: each is slow */

    for (size_t i = 0; i < times; i++)
        appended &= buffer_append(buffer, span_of(text));
    ck_assert(appended);
}

START_TEST(depth_is_bounded)
{
    static const struct {
        const char *opening;
        const char *messages;
    } cases[] = {
        {"[", "f:1:33: error: nested too deeply\n"},
        {"{", "f:1:33: error: nested too deeply\n"},
        {"{a: ", "f:1:129: error: nested too deeply\n"},
        {"- ", "f:1:65: error: nested too deeply\n"},
        {"? ", "f:1:65: error: nested too deeply\n"},
    };
    struct buffer text = BUFFER_INIT;

    append(&text, "[", NODE_DEPTH_LIMIT);
    append(&text, "]", NODE_DEPTH_LIMIT);
    ck_assert(buffer_append_byte(&text, '\0'));
    parse(text.at);
    const clock_t start = clock();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buffer_clear(&text);
        append(&text, cases[i].opening, 240 * 1024 / strlen(cases[i].opening));
        assert_refused(buffer_span(&text), cases[i].messages);
    }
    ck_assert_int_lt(clock() - start, CLOCKS_PER_SEC);
    buffer_release(&text);
}
END_TEST

START_TEST(size_and_count_are_bounded)
{
    struct buffer text = BUFFER_INIT;

    append(&text, "- a\n", NODE_COUNT_LIMIT);
    assert_refused(buffer_span(&text), "f:200000:3: error: too many values\n");
    buffer_clear(&text);
    append(&text, "#", NODE_BYTES_LIMIT + 1);
    assert_refused(buffer_span(&text), "f: error: larger than 4194304 bytes\n");
    buffer_release(&text);
}
END_TEST

START_TEST(maps_merge_key_by_key)
{
    const struct node *under = parse("a: 1\nmap: {x: 1, y: {z: 1}}\nlist: [1, 2]\nkind: {k: v}\n");
    const struct node *over = parse("list: [3]\nmap: {y: {w: 2}, x: 2, new: 3}\nkind: v\nb: 4\n");
    const struct node *merged = node_merge(under, over, &arena);

    ck_assert_ptr_nonnull(merged);
    ck_assert_uint_eq(merged->count, 5);
    ck_assert(node_is(merged->keys[0], "a"));
    ck_assert(node_is(merged->keys[4], "b"));
    ck_assert_uint_eq(node_get(merged, "list")->count, 1);
    ck_assert(node_is(node_get(merged, "kind"), "v"));
    const struct node *map = node_get(merged, "map");
    ck_assert_uint_eq(map->count, 3);
    ck_assert(node_is(map->items[0], "2"));
    ck_assert_uint_eq(map->keys[0]->place.column, 18); /* the winner's */
    ck_assert(node_is(node_get(map->items[1], "z"), "1"));
    ck_assert(node_is(node_get(map->items[1], "w"), "2"));
    ck_assert_uint_eq(node_get(under, "map")->count, 2); /* as it was */
}
END_TEST

START_TEST(kinds_have_names)
{
    ck_assert_str_eq(node_kind_name(NODE_SCALAR), "a scalar");
    ck_assert_str_eq(node_kind_name(NODE_LIST), "a list");
    ck_assert_str_eq(node_kind_name(NODE_MAP), "a mapping");
}
END_TEST

Suite *test_node_suite(void)
{
    Suite *suite = suite_create("node");
    TCase *tcase = tcase_create("node");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_tree_is_read);
    tcase_add_test(tcase, every_scalar_is_a_string);
    tcase_add_test(tcase, places_count_bytes);
    tcase_add_test(tcase, only_plain_yaml_is_taken);
    tcase_add_test(tcase, duplicate_keys_are_refused);
    tcase_add_test(tcase, bad_text_is_refused);
    tcase_add_test(tcase, depth_is_bounded);
    tcase_add_test(tcase, size_and_count_are_bounded);
    tcase_add_test(tcase, maps_merge_key_by_key);
    tcase_add_test(tcase, kinds_have_names);
    suite_add_tcase(suite, tcase);
    return suite;
}
