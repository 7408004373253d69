#include <check.h>
#include <stdio.h>

#include "technique_probe.h"

/* What a technique gave, it takes again and leaves as it is. */

enum { VALUES = 20000, VALUE_SIZE = 12 };

Suite *test_treated_again_suite(void);

static const char *const rules[] = {
    "clear",
    "constant: removed",
    "keep",
    "mask",
    "mask: {keep_first: 1}",
    "mask: {keep_first: 2, keep_last: 1, with: \"5\"}",
    "mask: {keep_first: 1, keep_last: 3, with: •}",
    "truncate: 1",
    "truncate: 4",
    "date: year",
    "date: month",
    "date: week",
    "date: day",
    "date: quarter",
    "date: {to: day, format: \"%m/%d/%Y\"}",
    "mask: email",
    "number: {edges: [-5, 0, 12.5, 40]}",
    "number: {bucket: 10, bottom: 0, top: 100}",
    "number: {top: 9.5}",
    "scrub",
    "number: {bucket: 1}",
    "number: {bucket: 10}",
    "number: {bucket: 0.5}",
};

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 16;
}

/* Text of few bytes: digits and signs that make numbers and dates, masks, pieces of UTF-8. */
static struct span random_value(uint32_t *state, char bytes[VALUE_SIZE])
{
    static const char alphabet[] = "0123456789--..*ab=\xc4\x8d\xe2\x80\xa2\xf0\x9f\x98";
    const size_t size = 1 + next_random(state) % VALUE_SIZE;

    for (size_t i = 0; i < size; i++)
        bytes[i] = alphabet[next_random(state) % (sizeof alphabet - 1)];
    return (struct span){bytes, size};
}

/* A date, so that not only chance makes one. */
static struct span random_date(uint32_t *state, char bytes[VALUE_SIZE])
{
    const unsigned year = 1 + next_random(state) % 9999;
    const unsigned month = 1 + next_random(state) % 12;
    const unsigned day = 1 + next_random(state) % 31;

    snprintf(bytes, VALUE_SIZE, "%04u-%02u-%02u", year, month, day);
    return (struct span){bytes, 10};
}

static void expect_settled(struct technique_probe *probe, struct span value)
{
    if (technique_probe_treat(probe, value) != TREATMENT_REPLACED)
        return;

    const struct span first = arena_span(&probe->arena, buffer_span(&probe->out));
    expect_unchanged(probe, first);
}

START_TEST(the_second_time_changes_nothing)
{
    struct technique_probe probe;
    char bytes[VALUE_SIZE];
    uint32_t state = 1;

    technique_probe_open(&probe, rules[_i]);
    for (size_t i = 0; i < VALUES; i++) {
        expect_settled(&probe, random_value(&state, bytes));
        expect_settled(&probe, random_date(&state, bytes));
    }
    technique_probe_close(&probe);
}
END_TEST

Suite *test_treated_again_suite(void)
{
    Suite *suite = suite_create("treated_again");
    TCase *tcase = tcase_create("random values");

    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, the_second_time_changes_nothing, 0, sizeof rules / sizeof rules[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
