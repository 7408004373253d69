#include "deidentify/keyed_draws.h"

#include <check.h>

#include "base/diagnostics.h"

#define KEY "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

Suite *test_keyed_draws_suite(void);

static struct diagnostics diagnostics;
static struct secret *secret;
static struct tagger *tagger;

static void setup(void)
{
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    ck_assert_int_eq(secret_parse(SPAN(KEY), "test", &secret, &diagnostics), STATUS_OK);
    tagger = tagger_new(secret);
    ck_assert_ptr_nonnull(tagger);
}

static void teardown(void)
{
    tagger_free(tagger);
    secret_free(secret);
    diagnostics_release(&diagnostics);
}

START_TEST(the_same_value_draws_the_same)
{
    struct keyed_draws a, b, c;
    size_t equal = 0;

    ck_assert(keyed_draws_begin(&a, tagger, SPAN("x"), SPAN("value")));
    ck_assert(keyed_draws_begin(&b, tagger, SPAN("x"), SPAN("value")));
    ck_assert(keyed_draws_begin(&c, tagger, SPAN("y"), SPAN("value")));
    for (size_t i = 0; i < 100; i++) {
        const uint64_t drawn = keyed_draws_below(&a, (uint64_t)1 << 40);
        ck_assert_uint_eq(drawn, keyed_draws_below(&b, (uint64_t)1 << 40));
        equal += drawn == keyed_draws_below(&c, (uint64_t)1 << 40);
    }
    ck_assert_uint_eq(equal, 0);
    ck_assert(!a.failed && !b.failed);
}
END_TEST

/* Every number comes, about as often as any other. */
START_TEST(draws_are_uniform)
{
    enum { DRAWS = 70000, BOUND = 7 };
    struct keyed_draws draws;
    size_t counts[BOUND] = {0};

    ck_assert(keyed_draws_begin(&draws, tagger, SPAN("x"), SPAN("value")));
    for (size_t i = 0; i < DRAWS; i++)
        counts[keyed_draws_below(&draws, BOUND)]++;
    for (size_t i = 0; i < BOUND; i++)
        ck_assert(counts[i] > 9500 && counts[i] < 10500);
}
END_TEST

START_TEST(bounds_hold)
{
    static const uint64_t bounds[] = {1,     2,     65535,      65536,
                                      65537, 99999, 1000000007, (uint64_t)1 << 63};
    struct keyed_draws draws;

    ck_assert(keyed_draws_begin(&draws, tagger, SPAN("x"), SPAN("")));
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
        for (size_t j = 0; j < 1000; j++)
            ck_assert(keyed_draws_below(&draws, bounds[i]) < bounds[i]);
}
END_TEST

Suite *test_keyed_draws_suite(void)
{
    Suite *suite = suite_create("keyed_draws");
    TCase *tcase = tcase_create("keyed_draws");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_same_value_draws_the_same);
    tcase_add_test(tcase, draws_are_uniform);
    tcase_add_test(tcase, bounds_hold);
    suite_add_tcase(suite, tcase);
    return suite;
}
