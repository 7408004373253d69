#include "ruleset/spelling.h"

#include <check.h>

Suite *test_spelling_suite(void);

static const char *const words[] = {"fields", "files", "keep", "key", "to", NULL};

static const char *hint_for(const char *word, char hint[SPELLING_HINT_SIZE])
{
    struct spelling spelling = spelling_of(span_of(word));

    spelling_consider_all(&spelling, words);
    return spelling_hint(&spelling, hint);
}

START_TEST(near_words_are_suggested)
{
    char hint[SPELLING_HINT_SIZE];

    ck_assert_str_eq(hint_for("fieldz", hint), " (did you mean 'fields'?)");
    ck_assert_str_eq(hint_for("filed", hint), " (did you mean 'files'?)");
    ck_assert_str_eq(hint_for("kee", hint), " (did you mean 'keep'?)");
    ck_assert_str_eq(hint_for("ke", hint), " (did you mean 'key'?)");
    ck_assert_str_eq(hint_for("tto", hint), " (did you mean 'to'?)");
    ck_assert_str_eq(hint_for("kye", hint), " (did you mean 'key'?)");
    ck_assert_str_eq(hint_for("feilsd", hint), " (did you mean 'fields'?)");
    ck_assert_str_eq(hint_for("FIELDS", hint), " (did you mean 'fields'?)");
    ck_assert_str_eq(hint_for("Keep", hint), " (did you mean 'keep'?)");
    ck_assert_str_eq(hint_for("FIELDS", hint), " (did you mean 'fields'?)");
    ck_assert_str_eq(hint_for("Keep", hint), " (did you mean 'keep'?)");
}
END_TEST

START_TEST(far_words_are_not)
{
    char hint[SPELLING_HINT_SIZE];

    ck_assert_str_eq(hint_for("", hint), "");
    ck_assert_str_eq(hint_for("fi", hint), "");
    ck_assert_str_eq(hint_for("xy", hint), "");   /* two edits of two bytes leave nothing */
    ck_assert_str_eq(hint_for("kite", hint), ""); /* two edits of four bytes are too many */
    ck_assert_str_eq(hint_for("technique", hint), "");
}
END_TEST

START_TEST(long_words_are_near_to_nothing)
{
    char word[SPELLING_WORD_LIMIT + 1];
    memset(word, 'a', sizeof word);

    struct spelling spelling = spelling_of((struct span){word, sizeof word - 1});
    spelling_consider(&spelling, (struct span){word, sizeof word});
    ck_assert_uint_eq(spelling.nearest.size, 0);
    spelling_consider(&spelling, (struct span){word, sizeof word - 1});
    ck_assert_uint_eq(spelling.nearest.size, SPELLING_WORD_LIMIT);
    char hint[SPELLING_HINT_SIZE];
    ck_assert_uint_eq(strlen(spelling_hint(&spelling, hint)),
                      SPELLING_WORD_LIMIT + strlen(" (did you mean ''?)"));
}
END_TEST

Suite *test_spelling_suite(void)
{
    Suite *suite = suite_create("spelling");
    TCase *tcase = tcase_create("spelling");

    tcase_add_test(tcase, near_words_are_suggested);
    tcase_add_test(tcase, far_words_are_not);
    tcase_add_test(tcase, long_words_are_near_to_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
