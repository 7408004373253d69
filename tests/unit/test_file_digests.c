#include "run/file_digests.h"

#include <check.h>
#include <string.h>

static struct file_digests *digests;
static struct pieces pieces;
static struct digest_stretch stretch;
static struct checksum in_sum, out_sum; /* of the same bytes, each taken at once */

static void setup(void)
{
    pieces = (struct pieces)PIECES_INIT;
    in_sum = out_sum = (struct checksum)CHECKSUM_INIT;
}

static void teardown(void)
{
    file_digests_free(digests);
    pieces_release(&pieces);
    checksum_release(&in_sum);
    checksum_release(&out_sum);
}

static void begin(bool threaded)
{
    digests = file_digests_new(threaded);
    ck_assert_ptr_nonnull(digests);
    ck_assert(file_digests_begin(digests));
    ck_assert(checksum_start(&in_sum) && checksum_start(&out_sum));
}

/* `in`, of which the bytes from `from` to `to` are replaced by `by`. */
static void add(const char *in, size_t from, size_t to, const char *by)
{
    const size_t size = strlen(in);

    pieces_clear(&pieces);
    ck_assert(pieces_add(&pieces, (struct span){in, from}) && pieces_add(&pieces, span_of(by)) &&
              pieces_add(&pieces, (struct span){in + to, size - to}));
    ck_assert(checksum_add(&in_sum, span_of(in)));
    for (size_t i = 0; i < pieces.count; i++)
        ck_assert(checksum_add(&out_sum, pieces.items[i]));
    file_digests_add(digests, &stretch, span_of(in), &pieces);
    file_digests_settle(digests, &stretch);
}

static void keep(const char *in)
{
    add(in, strlen(in), strlen(in), "");
}

static void assert_digests(bool same)
{
    unsigned char in[CHECKSUM_SIZE], out[CHECKSUM_SIZE];
    unsigned char expected_in[CHECKSUM_SIZE], expected_out[CHECKSUM_SIZE];

    ck_assert(file_digests_end(digests, in, out));
    ck_assert(checksum_finish(&in_sum, expected_in) && checksum_finish(&out_sum, expected_out));
    ck_assert_mem_eq(in, expected_in, CHECKSUM_SIZE);
    ck_assert_mem_eq(out, expected_out, CHECKSUM_SIZE);
    ck_assert_int_eq(memcmp(in, out, CHECKSUM_SIZE) == 0, same);
}

START_TEST(a_file_that_keeps_its_bytes_has_one_digest)
{
    begin(_i);
    keep("Id,Name\n");
    keep("");
    keep("1,Ana\n2,Bo\n");
    assert_digests(true);
}
END_TEST

START_TEST(digests_part_where_the_bytes_do)
{
    begin(_i);
    keep("Id,Name\n");
    add("1,Ana\n2,Bo\n", 2, 5, "");
    keep("3,Cy\n");
    add("4,Di\n", 2, 4, "Ed");
    assert_digests(false);
}
END_TEST

START_TEST(a_change_may_be_at_an_edge)
{
    static const struct {
        size_t from, to;
        const char *by;
    } changes[] = {{0, 3, "x"}, {0, 6, ""}, {3, 6, ""}, {6, 6, "x"}, {0, 0, "x"}};

    begin(_i % 2);
    add("1,Ana\n", changes[_i / 2].from, changes[_i / 2].to, changes[_i / 2].by);
    keep("2,Bo\n");
    assert_digests(false);
}
END_TEST

/* The first bytes are summed at once, and needn't stay. */
START_TEST(the_head_is_not_borrowed)
{
    char in[] = "Id,Name,Email\n", out[] = ",Email\n";
    const bool drops = _i / 2;

    begin(_i % 2);
    ck_assert(pieces_add(&pieces, (struct span){in, drops ? 2 : strlen(in)}));
    ck_assert(!drops || pieces_add(&pieces, span_of(out)));
    ck_assert(checksum_add(&in_sum, span_of(in)));
    for (size_t i = 0; i < pieces.count; i++)
        ck_assert(checksum_add(&out_sum, pieces.items[i]));
    file_digests_add_head(digests, span_of(in), &pieces);
    memset(in, 'x', strlen(in));
    memset(out, 'x', strlen(out));
    keep("1,Ana,ana@example.org\n");
    assert_digests(!drops);
}
END_TEST

/* Of stretches that are not waited for one by one, the first are the same in both. */
START_TEST(stretches_may_follow_unsettled)
{
    enum { COUNT = 40, PARTS_AT = 25 };
    const char *old = "1,Ana,ana@example.org\n";
    struct digest_stretch stretches[COUNT] = {0};
    struct pieces outs[COUNT];

    begin(_i);
    for (size_t i = 0; i < COUNT; i++) {
        struct span in = span_of(old);

        outs[i] = (struct pieces)PIECES_INIT;
        ck_assert(pieces_add(&outs[i], in) && checksum_add(&in_sum, in) &&
                  checksum_add(&out_sum, in));
        if (i >= PARTS_AT)
            ck_assert(pieces_add(&outs[i], SPAN("+")) && checksum_add(&out_sum, SPAN("+")));
        file_digests_add(digests, &stretches[i], in, &outs[i]);
    }
    assert_digests(false);
    for (size_t i = 0; i < COUNT; i++) {
        file_digests_settle(digests, &stretches[i]);
        pieces_release(&outs[i]);
    }
}
END_TEST

/* Equal bytes from elsewhere are summed twice, to the same. */
START_TEST(what_looks_the_same_needs_not_be)
{
    begin(_i);
    add("1,Ana\n", 0, 6, "1,Ana\n");
    keep("2,Bo\n");
    assert_digests(true);
}
END_TEST

START_TEST(the_next_file_begins_anew)
{
    begin(_i);
    add("1,Ana\n", 2, 5, "");
    assert_digests(false);
    ck_assert(file_digests_begin(digests));
    ck_assert(checksum_start(&in_sum) && checksum_start(&out_sum));
    keep("1,Ana\n");
    assert_digests(true);
    ck_assert(file_digests_begin(digests));
    ck_assert(checksum_start(&in_sum) && checksum_start(&out_sum));
    assert_digests(true);
}
END_TEST

Suite *test_file_digests_suite(void)
{
    Suite *suite = suite_create("file_digests");
    TCase *cases = tcase_create("file_digests");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_file_that_keeps_its_bytes_has_one_digest, 0, 2);
    tcase_add_loop_test(cases, digests_part_where_the_bytes_do, 0, 2);
    tcase_add_loop_test(cases, a_change_may_be_at_an_edge, 0, 10);
    tcase_add_loop_test(cases, the_head_is_not_borrowed, 0, 4);
    tcase_add_loop_test(cases, stretches_may_follow_unsettled, 0, 2);
    tcase_add_loop_test(cases, what_looks_the_same_needs_not_be, 0, 2);
    tcase_add_loop_test(cases, the_next_file_begins_anew, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
