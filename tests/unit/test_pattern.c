#include "ruleset/pattern.h"

#include <check.h>
#include <stdlib.h>

Suite *test_pattern_suite(void);

static enum pattern_result search(const char *text, struct span value)
{
    struct pattern_fault fault;
    struct pattern *pattern = pattern_new(span_of(text), &fault);
    struct pattern_scratch *scratch = pattern_scratch_new();

    ck_assert_msg(pattern != NULL, "%s", text);
    ck_assert_ptr_nonnull(scratch);
    const enum pattern_result result = pattern_search(pattern, value, scratch);
    pattern_scratch_free(scratch);
    pattern_free(pattern);
    return result;
}

static void assert_refused(const char *text, const char *what, size_t offset)
{
    struct pattern_fault fault;

    ck_assert_ptr_null(pattern_new(span_of(text), &fault));
    ck_assert_str_eq(fault.text, what);
    ck_assert_uint_eq(fault.offset, offset);
    ck_assert(!fault.no_memory);
}

/* A value of so many times the same byte. The caller frees it. */
static struct span repeated(char byte, size_t size)
{
    char *value = malloc(size);

    ck_assert_ptr_nonnull(value);
    memset(value, byte, size);
    return (struct span){value, size};
}

START_TEST(a_search_is_not_anchored)
{
    ck_assert_int_eq(search("b+", SPAN("abba")), PATTERN_MATCHES);
    ck_assert_int_eq(search("^b+$", SPAN("abba")), PATTERN_MISSES);
    ck_assert_int_eq(search("(a)(b)(c)", SPAN("abc")), PATTERN_MATCHES);
    ck_assert_int_eq(search("^$", (struct span){NULL, 0}), PATTERN_MATCHES);
    ck_assert_int_eq(search("a.c", SPAN("a\0c")), PATTERN_MATCHES);
}
END_TEST

START_TEST(characters_are_of_utf_8)
{
    ck_assert_int_eq(search("^.$", SPAN("\xC3\xA9")), PATTERN_MATCHES);
    ck_assert_int_eq(search("(?i)\xC3\xA9", SPAN("\xC3\x89")), PATTERN_MATCHES);
    ck_assert_int_eq(search("^\\p{Lu}", SPAN("\xC3\x89")), PATTERN_MATCHES);
}
END_TEST

START_TEST(invalid_bytes_match_nothing_and_do_no_harm)
{
    ck_assert_int_eq(search("b", SPAN("\xFF\xFE\x80"
                                      "b\xC3")),
                     PATTERN_MATCHES);
    ck_assert_int_eq(search(".", SPAN("\xFF\xC3\xED\xA0\x80")), PATTERN_MISSES);
    ck_assert_int_eq(search("a.b", SPAN("a\xFF"
                                        "b")),
                     PATTERN_MISSES);
}
END_TEST

START_TEST(a_bad_pattern_is_refused_where_it_shows)
{
    assert_refused("a(b", "missing closing parenthesis", 3);
    assert_refused("\xC3\xA9[", "missing terminating ] for character class", 3);
    assert_refused("\xFF", "UTF-8 error: illegal byte (0xfe or 0xff)", 0);
    assert_refused("a\\Cb", "using \\C is disabled by the application", 3);
}
END_TEST

START_TEST(a_monstrous_pattern_is_refused)
{
    struct pattern_fault fault;
    struct span longest = repeated('a', PATTERN_SIZE_LIMIT);
    struct span nested = repeated('(', PATTERN_NESTING_LIMIT + 1);
    struct span too_long = repeated('a', PATTERN_SIZE_LIMIT + 1);
    struct pattern *pattern = pattern_new(longest, &fault);

    ck_assert_ptr_nonnull(pattern);
    pattern_free(pattern);
    ck_assert_ptr_null(pattern_new(nested, &fault));
    ck_assert_ptr_null(pattern_new(too_long, &fault));
    ck_assert_ptr_null(pattern_new(SPAN("(?:(?:(?:a{1,90}){1,90}){1,90})"), &fault));
    free((char *)longest.at);
    free((char *)nested.at);
    free((char *)too_long.at);
}
END_TEST

START_TEST(matching_ends_at_its_limits)
{
    struct span longest = repeated('a', PATTERN_VALUE_LIMIT);
    struct span too_long = repeated('a', PATTERN_VALUE_LIMIT + 1);

    ck_assert_int_eq(search("^(a|aa)+$", SPAN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")),
                     PATTERN_OVERRUN);
    ck_assert_int_eq(search("^a*$", longest), PATTERN_MATCHES);
    ck_assert_int_eq(search("^(?:.*)b", longest), PATTERN_MISSES);
    ck_assert_int_eq(search("^(a)*$", longest), PATTERN_MATCHES);
    ck_assert_int_eq(search("(?:a|b)*?[cd]", longest), PATTERN_OVERRUN);
    ck_assert_int_eq(search("(?:a|b)*?[cd]", (struct span){longest.at, 4000}), PATTERN_MISSES);
    ck_assert_int_eq(search("a", too_long), PATTERN_OVERRUN);
    free((char *)longest.at);
    free((char *)too_long.at);
}
END_TEST

START_TEST(endless_recursion_ends)
{
    ck_assert_int_ne(search("(a(?1)?b|a)+c", SPAN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")),
                     PATTERN_FAILED);
}
END_TEST

Suite *test_pattern_suite(void)
{
    Suite *suite = suite_create("pattern");
    TCase *tcase = tcase_create("pattern");

    tcase_add_test(tcase, a_search_is_not_anchored);
    tcase_add_test(tcase, characters_are_of_utf_8);
    tcase_add_test(tcase, invalid_bytes_match_nothing_and_do_no_harm);
    tcase_add_test(tcase, a_bad_pattern_is_refused_where_it_shows);
    tcase_add_test(tcase, a_monstrous_pattern_is_refused);
    tcase_add_test(tcase, matching_ends_at_its_limits);
    tcase_add_test(tcase, endless_recursion_ends);
    suite_add_tcase(suite, tcase);
    return suite;
}
