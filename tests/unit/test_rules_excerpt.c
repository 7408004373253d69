#include "cli/rules_excerpt.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *test_rules_excerpt_suite(void);

static void assert_excerpt(struct span text, uint64_t line, uint64_t column, const char *expected)
{
    char *printed = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&printed, &size);

    ck_assert_ptr_nonnull(stream);
    rules_excerpt_print(text, line, column, stream);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(printed, expected);
    free(printed);
}

START_TEST(the_caret_stands_below_the_place)
{
    const struct span text = SPAN("a: 1\n  b: 2\n\nlast");

    assert_excerpt(text, 1, 1, "        1 | a: 1\n          | ^\n");
    assert_excerpt(text, 2, 6, "        2 |   b: 2\n          |      ^\n");
    assert_excerpt(text, 3, 1, "        3 | \n          | ^\n");
    assert_excerpt(text, 4, 4, "        4 | last\n          |    ^\n");
    /* behind the end of the line, where something is missing */
    assert_excerpt(text, 4, 5, "        4 | last\n          |     ^\n");
    assert_excerpt(text, 4, 99, "        4 | last\n          |     ^\n");
}
END_TEST

START_TEST(a_place_that_is_not_known_prints_nothing)
{
    assert_excerpt(SPAN("a\n"), 0, 0, "");
    assert_excerpt(SPAN("a\n"), 1, 0, "");
    assert_excerpt(SPAN("a\n"), 2, 1, "");
    assert_excerpt(SPAN(""), 1, 1, "");
}
END_TEST

START_TEST(lines_end_as_in_yaml)
{
    const struct span text = SPAN("a\r\nb\rc\xC2\x85"
                                  "d\xE2\x80\xA8"
                                  "e\n");

    assert_excerpt(text, 2, 1, "        2 | b\n          | ^\n");
    assert_excerpt(text, 3, 1, "        3 | c\n          | ^\n");
    assert_excerpt(text, 4, 1, "        4 | d\n          | ^\n");
    assert_excerpt(text, 5, 1, "        5 | e\n          | ^\n");
}
END_TEST

START_TEST(tabs_and_wide_characters_are_measured)
{
    assert_excerpt(SPAN("\tb"), 1, 2, "        1 |     b\n          |     ^\n");
    assert_excerpt(SPAN("ab\tc"), 1, 4, "        1 | ab  c\n          |     ^\n");
    /* two bytes, one column */
    assert_excerpt(SPAN("\xC3\xA9: x"), 1, 5, "        1 | \xC3\xA9: x\n          |    ^\n");
    /* three bytes, two columns */
    assert_excerpt(SPAN("\xE6\x97\xA5: x"), 1, 6,
                   "        1 | \xE6\x97\xA5: x\n          |     ^\n");
    /* an accent of its own fills no column */
    assert_excerpt(SPAN("e\xCC\x81: x"), 1, 6, "        1 | e\xCC\x81: x\n          |    ^\n");
}
END_TEST

START_TEST(what_could_command_a_terminal_is_escaped)
{
    assert_excerpt(SPAN("\x1b[2J: x"), 1, 7, "        1 | \\x1b[2J: x\n          |          ^\n");
    /* C1, right-to-left override, no UTF-8 at all */
    assert_excerpt(SPAN("\xC2\x9B: x"), 1, 5,
                   "        1 | \\xc2\\x9b: x\n          |           ^\n");
    assert_excerpt(SPAN("\xE2\x80\xAE: x"), 1, 6,
                   "        1 | \\xe2\\x80\\xae: x\n          |               ^\n");
    assert_excerpt(SPAN("\xFF: x"), 1, 4, "        1 | \\xff: x\n          |       ^\n");
}
END_TEST

/* A line of 1000 letters with a mark at one byte; gives the line as printed, and the caret's. */
static void assert_window(size_t at, bool cut_before, bool cut_behind)
{
    char line[1000];
    char *printed = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&printed, &size);

    memset(line, 'a', sizeof line);
    line[at] = 'X';
    ck_assert_ptr_nonnull(stream);
    rules_excerpt_print((struct span){line, sizeof line}, 1, at + 1, stream);
    ck_assert_int_eq(fclose(stream), 0);

    const char *below = strchr(printed, '\n');
    ck_assert_ptr_nonnull(below);
    ck_assert_uint_le((size_t)(below - printed), 12 + EXCERPT_WIDTH + 6);
    ck_assert_int_eq(strncmp(printed + 12, "...", 3) == 0, cut_before);
    ck_assert_int_eq(strncmp(below - 3, "...", 3) == 0, cut_behind);
    ck_assert_int_eq(printed[strcspn(below + 1, "^")], 'X');
    free(printed);
}

START_TEST(a_long_line_is_cut_around_the_place)
{
    assert_window(0, false, true);
    assert_window(90, false, true);
    assert_window(99, true, true);
    assert_window(500, true, true);
    assert_window(999, true, false);
}
END_TEST

START_TEST(a_cut_within_a_wide_character_moves_the_caret)
{
    char line[3 * 101];

    for (size_t i = 0; i < sizeof line; i += 3)
        memcpy(line + i, "\xE6\x97\xA5", 3);
    line[sizeof line - 3] = 'x';

    char *printed = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&printed, &size);
    ck_assert_ptr_nonnull(stream);
    rules_excerpt_print((struct span){line, sizeof line - 2}, 1, sizeof line - 2, stream);
    ck_assert_int_eq(fclose(stream), 0);
    /* thirty wide characters, cut, before the place */
    const char *below = strchr(printed, '\n') + 1;
    ck_assert_uint_eq(strcspn(below, "^"), 12 + 3 + 60);
    free(printed);
}
END_TEST

Suite *test_rules_excerpt_suite(void)
{
    Suite *suite = suite_create("rules_excerpt");
    TCase *tcase = tcase_create("rules_excerpt");

    tcase_add_test(tcase, the_caret_stands_below_the_place);
    tcase_add_test(tcase, a_place_that_is_not_known_prints_nothing);
    tcase_add_test(tcase, lines_end_as_in_yaml);
    tcase_add_test(tcase, tabs_and_wide_characters_are_measured);
    tcase_add_test(tcase, what_could_command_a_terminal_is_escaped);
    tcase_add_test(tcase, a_long_line_is_cut_around_the_place);
    tcase_add_test(tcase, a_cut_within_a_wide_character_moves_the_caret);
    suite_add_tcase(suite, tcase);
    return suite;
}
