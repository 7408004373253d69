#include "deidentify/code_points.h"

#include <check.h>

Suite *test_code_points_suite(void);

static void assert_glyph(struct span text, size_t size, size_t columns, bool printable)
{
    const struct glyph glyph = code_point_glyph(text);

    ck_assert_uint_eq(glyph.size, size);
    ck_assert_uint_eq(glyph.columns, columns);
    ck_assert_int_eq(glyph.printable, printable);
}

START_TEST(glyphs_fill_columns)
{
    assert_glyph(SPAN("ab"), 1, 1, true);
    assert_glyph(SPAN("\xC3\xA9z"), 2, 1, true);
    assert_glyph(SPAN("\xE6\x97\xA5z"), 3, 2, true);
    assert_glyph(SPAN("\xCC\x81"), 2, 0, true);
    assert_glyph(SPAN("\xF0\x9F\x98\x80"), 4, 2, true);
}
END_TEST

START_TEST(controls_and_broken_bytes_are_not_printable)
{
    ck_assert(!code_point_glyph(SPAN("\t")).printable);
    ck_assert(!code_point_glyph(SPAN("\x1b")).printable);
    ck_assert(!code_point_glyph(SPAN("\x7f")).printable);
    ck_assert(!code_point_glyph(SPAN("\xC2\x9B")).printable);     /* CSI */
    ck_assert(!code_point_glyph(SPAN("\xE2\x80\xAE")).printable); /* right-to-left override */
    ck_assert(!code_point_glyph(SPAN("\xEE\x80\x80")).printable); /* private use */
    assert_glyph(SPAN("\xFFz"), 1, 0, false);
    assert_glyph(SPAN("\xE6\x97"), 1, 0, false);
}
END_TEST

START_TEST(counts_and_offsets_take_any_bytes)
{
    ck_assert_uint_eq(code_points_count(SPAN("a\xC3\xA9\xFF")), 3);
    ck_assert_uint_eq(code_points_offset(SPAN("a\xC3\xA9\xFF"), 2), 3);
    ck_assert_uint_eq(code_points_offset(SPAN("ab"), 9), 2);
}
END_TEST

Suite *test_code_points_suite(void)
{
    Suite *suite = suite_create("code_points");
    TCase *tcase = tcase_create("code_points");

    tcase_add_test(tcase, glyphs_fill_columns);
    tcase_add_test(tcase, controls_and_broken_bytes_are_not_printable);
    tcase_add_test(tcase, counts_and_offsets_take_any_bytes);
    suite_add_tcase(suite, tcase);
    return suite;
}
