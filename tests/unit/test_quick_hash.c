#include "base/quick_hash.h"

#include <check.h>

static const struct quick_key key = {0x243f6a8885a308d3};

START_TEST(is_of_bytes_size_and_domain)
{
    static const char zeros[32];

    ck_assert_uint_eq(quick_hash(&key, 1, SPAN("ann@example.org")),
                      quick_hash(&key, 1, SPAN("ann@example.org")));
    ck_assert_uint_ne(quick_hash(&key, 1, SPAN("ann@example.org")),
                      quick_hash(&key, 2, SPAN("ann@example.org")));
    for (size_t size = 0; size < sizeof zeros; size++)
        ck_assert_uint_ne(quick_hash(&key, 1, (struct span){zeros, size}),
                          quick_hash(&key, 1, (struct span){zeros, size + 1}));
}
END_TEST

START_TEST(is_of_every_byte)
{
    char bytes[20] = {0};
    const uint64_t before = quick_hash(&key, 1, (struct span){bytes, sizeof bytes});

    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = 1;
        ck_assert_uint_ne(quick_hash(&key, 1, (struct span){bytes, sizeof bytes}), before);
        bytes[i] = 0;
    }
}
END_TEST

START_TEST(is_under_a_key)
{
    const struct quick_key other = {0x13198a2e03707344};

    ck_assert_uint_ne(quick_hash(&key, 1, SPAN("x")), quick_hash(&other, 1, SPAN("x")));
}
END_TEST

START_TEST(many_are_hashed_as_each_alone)
{
    static const struct span values[] = {
        {NULL, 0}, {"a", 1}, {"P000132119", 10}, {"ann.bell@mail.example.org", 25}};
    uint64_t hashes[4];

    quick_hash_each(&key, 3, values, 4, hashes);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(hashes[i], quick_hash(&key, 3, values[i]));
}
END_TEST

Suite *test_quick_hash_suite(void)
{
    Suite *suite = suite_create("quick_hash");
    TCase *tcase = tcase_create("quick_hash");

    tcase_add_test(tcase, is_of_bytes_size_and_domain);
    tcase_add_test(tcase, is_of_every_byte);
    tcase_add_test(tcase, is_under_a_key);
    tcase_add_test(tcase, many_are_hashed_as_each_alone);
    suite_add_tcase(suite, tcase);
    return suite;
}
