#include "report/html_page.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read_fixture.h"
#include "report_fixture.h"

Suite *test_html_page_suite(void);

static struct report_place place;
static struct page page;
static char *written;

static void setup(void)
{
    place = report_place_open();
    page_open(&page, place.fd);
    written = NULL;
}

static void teardown(void)
{
    free(written);
    report_place_release(&place);
}

static void close_page(void)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    size_t size;

    ck_assert_int_eq(page_close(&page, "a.html", &diagnostics), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    written = report_place_bytes(&place, &size);
}

static void assert_begins(const char *expected)
{
    ck_assert_msg(strncmp(written, expected, strlen(expected)) == 0, "'%s'", written);
}

START_TEST(text_is_escaped)
{
    page_text(&page, "<a href=\"x\" id='y'>&amp;</a>");
    page_text(&page, NULL);
    close_page();
    assert_begins("&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;</main>");
}
END_TEST

START_TEST(text_is_cleaned)
{
    page_text(&page, "caf\xC3\xA9 \xFF\x1B[31m");
    close_page();
    assert_begins("caf\xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD[31m</main>");
}
END_TEST

START_TEST(short_text_is_cut_before_it_is_escaped)
{
    page_short_text(&page, "<<<<<<", 3);
    close_page();
    assert_begins("&lt;&lt;\xE2\x80\xA6</main>");
}
END_TEST

START_TEST(counts_are_grouped)
{
    static const uint64_t counts[] = {0, 999, 1000, 1204311, UINT64_MAX};

    for (size_t i = 0; i < 5; i++) {
        page_count(&page, counts[i]);
        page_text(&page, " ");
    }
    close_page();
    assert_begins("0 999 1,000 1,204,311 18,446,744,073,709,551,615 </main>");
}
END_TEST

START_TEST(shares_are_percentages)
{
    page_share(&page, 1, 3);
    page_share(&page, 0, 0);
    page_share(&page, 7, 7);
    close_page();
    assert_begins("33.3 %100.0 %</main>");
}
END_TEST

START_TEST(the_head_allows_nothing_but_its_style)
{
    page_head(&page, PAGE_UPRIGHT, "A & B", "<c>");
    close_page();
    ck_assert_ptr_nonnull(strstr(written, "<title>A &amp; B: &lt;c&gt;</title>"));
    ck_assert_ptr_nonnull(strstr(written, "<h1>A &amp; B</h1>"));
    ck_assert_ptr_nonnull(strstr(written, "content=\"default-src 'none'; style-src 'sha256-"));
    ck_assert_ptr_nonnull(strstr(written, "<html lang=\"en\">"));
    ck_assert_ptr_null(strstr(written, "<script"));
}
END_TEST

START_TEST(a_page_that_could_not_be_written_is_told)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct page failing;

    ck_assert_int_ge(full, 0);
    page_open(&failing, full);
    page_text(&failing, "text");
    ck_assert_int_eq(page_close(&failing, "a.html", &diagnostics), STATUS_SYSTEM);
    assert_message(&diagnostics, "a.html: error: cannot write: No space left on device");
    diagnostics_release(&diagnostics);
    close(full);
    close_page();
}
END_TEST

START_TEST(a_descriptor_that_is_none_is_told)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct page failing;

    page_open(&failing, -1);
    page_head(&failing, PAGE_ACROSS, "A", "B");
    page_count(&failing, 1);
    ck_assert_int_eq(page_close(&failing, "a.html", &diagnostics), STATUS_SYSTEM);
    diagnostics_release(&diagnostics);
    close_page();
}
END_TEST

Suite *test_html_page_suite(void)
{
    Suite *suite = suite_create("html_page");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, text_is_escaped);
    tcase_add_test(tests, text_is_cleaned);
    tcase_add_test(tests, short_text_is_cut_before_it_is_escaped);
    tcase_add_test(tests, counts_are_grouped);
    tcase_add_test(tests, shares_are_percentages);
    tcase_add_test(tests, the_head_allows_nothing_but_its_style);
    tcase_add_test(tests, a_page_that_could_not_be_written_is_told);
    tcase_add_test(tests, a_descriptor_that_is_none_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
