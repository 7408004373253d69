#include "deidentify/text_pattern.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "deidentify/scrub_patterns.h"

static struct arena arena;
static struct text_scratch scratch;

static void setup(void)
{
    arena = (struct arena)ARENA_INIT;
    scratch = (struct text_scratch)TEXT_SCRATCH_INIT;
}

static void teardown(void)
{
    text_scratch_release(&scratch);
    arena_release(&arena);
}

static const struct text_pattern *compile(const char *expression)
{
    const struct text_pattern *pattern = text_pattern_compile(expression, &arena);

    ck_assert_ptr_nonnull(pattern);
    return pattern;
}

START_TEST(finds_the_first_match_from_a_place_on)
{
    const struct text_pattern *pattern = compile("(?<!x)a+");
    const struct span text = SPAN("xa aa a");
    struct text_match match;

    ck_assert_int_eq(text_pattern_find(pattern, text, 0, &scratch, &match), FINDING_MATCH);
    ck_assert_uint_eq(match.start, 3);
    ck_assert_uint_eq(match.end, 5);
    ck_assert_int_eq(text_pattern_find(pattern, text, 5, &scratch, &match), FINDING_MATCH);
    ck_assert_uint_eq(match.start, 6);
    ck_assert_int_eq(text_pattern_find(pattern, text, 7, &scratch, &match), FINDING_NONE);
    /* what stands before the place is seen */
    ck_assert_int_eq(text_pattern_find(pattern, SPAN("xa"), 1, &scratch, &match), FINDING_NONE);
}
END_TEST

START_TEST(texts_are_bytes)
{
    struct text_match match;

    ck_assert_int_eq(
        text_pattern_find(compile("\\xff."), SPAN("a\xc3\xff\0b"), 0, &scratch, &match),
        FINDING_MATCH);
    ck_assert_uint_eq(match.start, 2);
    ck_assert_uint_eq(match.end, 4);
}
END_TEST

START_TEST(too_many_steps_are_told)
{
    const struct text_pattern *pattern = compile("^(?:a|aa)+$");
    char text[201];
    struct text_match match;

    memset(text, 'a', sizeof text);
    text[200] = 'b';
    ck_assert_int_eq(
        text_pattern_find(pattern, (struct span){text, sizeof text}, 0, &scratch, &match),
        FINDING_LIMIT);
    ck_assert_int_eq(
        text_pattern_interpret(pattern, (struct span){text, sizeof text}, 0, &scratch, &match),
        FINDING_LIMIT);
}
END_TEST

/* What the patterns of scrub look at longest. */
static const char *const pieces[] = {
    "a",        "b.",   "1",    " ",       "-",          "+",    "00",         "(",
    "@",        ".",    ":",    "::",      "a@a",        "AB12", "2024-01-31", "1.2",
    "\xc2\xa0", "\xff", "www.", "http://", ".com",       "...",  "255",        "12345678",
    "/",        "!",    "\n",   "dead",    "y@z.example"};
enum { PIECES = sizeof pieces / sizeof pieces[0] };

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return *state >> 33;
}

/* Of a few pieces in random order, so that long stretches look alike. */
static void make_text(struct buffer *text, size_t size, uint64_t *state)
{
    const char *few[3];

    for (size_t i = 0; i < 3; i++)
        few[i] = pieces[next_random(state) % PIECES];
    buffer_clear(text);
    while (text->size < size)
        ck_assert(buffer_append(text, span_of(few[next_random(state) % 3])));
}

/* Every match of the text, and the end; neither may come to a limit. */
static void assert_both_find_the_same(const struct text_pattern *pattern, struct span text)
{
    struct text_match found, interpreted;
    size_t from = 0;
    enum finding finding;

    do {
        finding = text_pattern_find(pattern, text, from, &scratch, &found);
        if (finding != text_pattern_interpret(pattern, text, from, &scratch, &interpreted) ||
            finding == FINDING_LIMIT || finding == FINDING_FAILED)
            ck_abort_msg("from %zu of '%.*s'", from, (int)text.size, text.at);
        if (finding == FINDING_MATCH &&
            (found.start != interpreted.start || found.end != interpreted.end))
            ck_abort_msg("behind %zu of '%.*s'", from, (int)text.size, text.at);
        from = found.start + 1;
    } while (finding == FINDING_MATCH && from < text.size);
}

START_TEST(machine_code_finds_what_the_interpreter_does)
{
    struct buffer text = BUFFER_INIT;
    uint64_t state = 1;

    for (size_t i = 0; i < SCRUB_PATTERN_COUNT; i++) {
        const struct text_pattern *pattern = compile(scrub_patterns[i].expression);

        for (size_t size = 1; size <= 1024; size *= 4)
            for (size_t turn = 0; turn < 20; turn++) {
                make_text(&text, size, &state);
                assert_both_find_the_same(pattern, buffer_span(&text));
            }
    }
    buffer_release(&text);
}
END_TEST

START_TEST(patterns_that_never_ran_end_with_the_arena)
{
    compile("a");
    compile("b");
    arena_clear(&arena);
    compile("c");
}
END_TEST

Suite *test_text_pattern_suite(void)
{
    Suite *suite = suite_create("text_pattern");
    TCase *tcase = tcase_create("text_pattern");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, finds_the_first_match_from_a_place_on);
    tcase_add_test(tcase, texts_are_bytes);
    tcase_add_test(tcase, too_many_steps_are_told);
    tcase_add_test(tcase, machine_code_finds_what_the_interpreter_does);
    tcase_add_test(tcase, patterns_that_never_ran_end_with_the_arena);
    suite_add_tcase(suite, tcase);
    return suite;
}
