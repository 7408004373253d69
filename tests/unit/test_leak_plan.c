#include "run/leak_plan.h"

#include <check.h>

START_TEST(a_column_is_known_by_its_name_however_spelt)
{
    static const struct {
        const char *name;
        enum column_topic topic;
    } columns[] = {
        {"FirstName", TOPIC_FIRST_NAME},
        {"given name", TOPIC_FIRST_NAME},
        {"LAST_NAME", TOPIC_LAST_NAME},
        {"Surname", TOPIC_LAST_NAME},
        {"family-name", TOPIC_LAST_NAME},
        {"Name", TOPIC_FULL_NAME},
        {"Full name", TOPIC_FULL_NAME},
        {"Phone2", TOPIC_PHONE},
        {"Work mobile", TOPIC_PHONE},
        {"Tel.", TOPIC_PHONE},
        {"HomeTel", TOPIC_PHONE},
        {"FaxNumber", TOPIC_PHONE},
        {"Hotel", TOPIC_OTHER},
        {"FileName", TOPIC_OTHER},
        {"", TOPIC_OTHER},
    };

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        ck_assert_msg(column_topic_of(span_of(columns[i].name)) == columns[i].topic, "%s",
                      columns[i].name);
}
END_TEST

Suite *test_leak_plan_suite(void)
{
    Suite *suite = suite_create("leak_plan");
    TCase *tcase = tcase_create("leak_plan");

    tcase_add_test(tcase, a_column_is_known_by_its_name_however_spelt);
    suite_add_tcase(suite, tcase);
    return suite;
}
