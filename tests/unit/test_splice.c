#include "write/splice.h"

#include <check.h>
#include <stdlib.h>

#include "read_fixture.h"

static struct splice splice;
static struct pieces pieces;
static struct buffer expected; /* by the naive model: everything is copied */

static void setup(void)
{
    splice = (struct splice)SPLICE_INIT;
    pieces = (struct pieces)PIECES_INIT;
    expected = (struct buffer)BUFFER_INIT;
}

static void teardown(void)
{
    splice_release(&splice);
    pieces_release(&pieces);
    buffer_release(&expected);
}

static void put(struct span bytes)
{
    struct buffer *made = splice_new_bytes(&splice);
    const size_t before = made->size;

    REQUIRE(buffer_append(made, bytes));
    REQUIRE(splice_made(&splice, before));
}

/* Whether the pieces, one behind the other, are these bytes. */
static bool gives(struct span bytes)
{
    struct buffer all = BUFFER_INIT;

    REQUIRE(splice_pieces(&splice, &pieces));
    for (size_t i = 0; i < pieces.count; i++)
        REQUIRE(buffer_append(&all, pieces.items[i]));
    const bool same = span_equal(buffer_span(&all), bytes);
    buffer_release(&all);
    return same;
}

START_TEST(nothing_gives_nothing)
{
    splice_start(&splice, (struct span){NULL, 0});
    ck_assert(splice_keep(&splice, 0));
    ck_assert(gives(SPAN("")));
    ck_assert_uint_eq(pieces.count, 0);
}
END_TEST

START_TEST(bytes_are_kept_left_out_and_replaced)
{
    splice_start(&splice, SPAN("one,two,three\n"));
    ck_assert(splice_keep(&splice, 4));
    put(SPAN("2"));
    splice_skip(&splice, 7);
    ck_assert(splice_keep(&splice, 8));
    splice_skip(&splice, 13);
    ck_assert(splice_keep(&splice, 14));
    ck_assert(gives(SPAN("one,2,\n")));
}
END_TEST

START_TEST(what_is_not_kept_is_left_out)
{
    splice_start(&splice, SPAN("abc"));
    splice_skip(&splice, 1);
    ck_assert(splice_keep(&splice, 2));
    ck_assert(gives(SPAN("b")));
}
END_TEST

START_TEST(new_bytes_that_are_none_are_no_piece)
{
    splice_start(&splice, SPAN("ab"));
    put(SPAN(""));
    ck_assert(splice_keep(&splice, 2));
    put(SPAN(""));
    ck_assert(gives(SPAN("ab")));
    ck_assert_uint_eq(pieces.count, 1);
}
END_TEST

START_TEST(short_ranges_are_joined_with_what_is_new)
{
    splice_start(&splice, SPAN("a,b,c\n"));
    for (size_t end = 2; end <= 6; end += 2) {
        put(SPAN("x"));
        splice_skip(&splice, end - 1);
        ck_assert(splice_keep(&splice, end));
    }
    ck_assert(gives(SPAN("x,x,x\n")));
    ck_assert_uint_eq(pieces.count, 1);
}
END_TEST

START_TEST(long_ranges_stay_where_they_are)
{
    static char source[8192];

    splice_start(&splice, (struct span){source, sizeof source});
    ck_assert(splice_keep(&splice, 4000));
    ck_assert(splice_keep(&splice, sizeof source));
    ck_assert(splice_pieces(&splice, &pieces));
    ck_assert_uint_eq(pieces.count, 1);
    ck_assert_ptr_eq(pieces.items[0].at, source);
    ck_assert_uint_eq(pieces.items[0].size, sizeof source);
    ck_assert_uint_eq(splice.made.size, 0);
}
END_TEST

START_TEST(long_ranges_around_a_gap_are_two_pieces)
{
    static char source[8192];

    splice_start(&splice, (struct span){source, sizeof source});
    ck_assert(splice_keep(&splice, 4000));
    splice_skip(&splice, 4001);
    ck_assert(splice_keep(&splice, sizeof source));
    ck_assert(splice_pieces(&splice, &pieces));
    ck_assert_uint_eq(pieces.count, 2);
    ck_assert_ptr_eq(pieces.items[1].at, source + 4001);
}
END_TEST

START_TEST(starting_anew_forgets)
{
    splice_start(&splice, SPAN("abc"));
    put(SPAN("x"));
    ck_assert(splice_keep(&splice, 3));
    splice_start(&splice, SPAN("de"));
    ck_assert(splice_keep(&splice, 2));
    ck_assert(gives(SPAN("de")));
}
END_TEST

static size_t length(unsigned short seed[3])
{
    static const long limits[] = {2, 20, 600, 3000};

    return (size_t)(nrand48(seed) % limits[nrand48(seed) % 4]);
}

static void fill(char *bytes, size_t size, unsigned short seed[3])
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)('a' + nrand48(seed) % 26);
}

/* One random edit, in the splice and in the model. */
static void edit(struct span source, unsigned short seed[3])
{
    static char bytes[3000];
    const size_t wanted = splice.taken + length(seed);
    const size_t end = wanted < source.size ? wanted : source.size;
    const size_t size = length(seed);

    switch (nrand48(seed) % 3) {
    case 0:
        REQUIRE(
            buffer_append(&expected, (struct span){source.at + splice.taken, end - splice.taken}));
        REQUIRE(splice_keep(&splice, end));
        break;
    case 1:
        splice_skip(&splice, end);
        break;
    default:
        fill(bytes, size, seed);
        put((struct span){bytes, size});
        REQUIRE(buffer_append(&expected, (struct span){bytes, size}));
        break;
    }
}

START_TEST(random_edits_give_what_the_model_gives)
{
    static char source[40000];
    unsigned short seed[3] = {3, 1, 4};
    size_t good = 0;

    fill(source, sizeof source, seed);
    for (int round = 0; round < 300; round++) {
        const struct span span = {source, sizeof source};

        splice_start(&splice, span);
        buffer_clear(&expected);
        for (int i = 0; i < 60; i++)
            edit(span, seed);
        good += gives(buffer_span(&expected));
    }
    ck_assert_uint_eq(good, 300);
}
END_TEST

Suite *test_splice_suite(void)
{
    Suite *suite = suite_create("splice");
    TCase *cases = tcase_create("splice");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, nothing_gives_nothing);
    tcase_add_test(cases, bytes_are_kept_left_out_and_replaced);
    tcase_add_test(cases, what_is_not_kept_is_left_out);
    tcase_add_test(cases, new_bytes_that_are_none_are_no_piece);
    tcase_add_test(cases, short_ranges_are_joined_with_what_is_new);
    tcase_add_test(cases, long_ranges_stay_where_they_are);
    tcase_add_test(cases, long_ranges_around_a_gap_are_two_pieces);
    tcase_add_test(cases, starting_anew_forgets);
    tcase_add_test(cases, random_edits_give_what_the_model_gives);
    suite_add_tcase(suite, cases);
    return suite;
}
