/*
 * The scan for identifiers. An input is a byte, by which the text is moved on, then lines with what
 * is known of targets: cells that hold anything, or a first and a last name with a tab between; an
 * empty line, and the text.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_input.h"
#include "match/mark_sieve.h"
#include "slow_scan.h"

enum { LONGEST = 1 << 13, MOVES = 16 };

static void know_line(struct known_identifiers *known, struct span line, struct buffer *scratch,
                      struct found_identifiers *found)
{
    const char *tab = line.size > 0 ? memchr(line.at, '\t', line.size) : NULL;
    const size_t size = tab ? (size_t)(tab - line.at) : 0;

    ck_assert(identifiers_in_cell(known, line, true, scratch, found));
    if (tab)
        ck_assert(identifier_of_names(known, (struct span){line.at, size},
                                      (struct span){tab + 1, line.size - size - 1}, found));
    else
        ck_assert(identifier_of_full_name(known, line, found));
}

static void know(struct known_identifiers *known, struct span lines)
{
    struct found_identifiers found = {.items = NULL};
    struct buffer scratch = BUFFER_INIT;

    ck_assert(known_identifiers_init(known, 10));
    while (lines.size > 0) {
        const char *end = memchr(lines.at, '\n', lines.size);
        const size_t size = end ? (size_t)(end - lines.at) : lines.size;
        const size_t taken = end ? size + 1 : size;

        know_line(known, (struct span){lines.at, size}, &scratch, &found);
        lines = (struct span){lines.at + taken, lines.size - taken};
    }
    ck_assert(known_identifiers_add(known, &found));
    found_identifiers_release(&found);
    buffer_release(&scratch);
}

/* Behind some bytes that are nothing, in memory that ends where it does. */
static struct span move_text(struct span text, unsigned char by)
{
    const size_t before = (size_t)by * MOVES;
    char *bytes = malloc(before + text.size > 0 ? before + text.size : 1);

    ck_assert_ptr_nonnull(bytes);
    memset(bytes, ';', before);
    if (text.size > 0)
        memcpy(bytes + before, text.at, text.size);
    return (struct span){bytes, before + text.size};
}

/* However the marks of a text are sieved, the same are left. */
static void check_sieves(const struct known_identifiers *known, struct span text)
{
    static struct text_walk walk;
    static struct text_marks marks;
    static uint32_t words[STRETCH / 2 + GAPS_BEHIND], others[STRETCH / 2 + GAPS_BEHIND];

    text_walk_begin(&walk, text, known->least_digits);
    while (text_walk_next(&walk))
        for (size_t i = 0; mark_sieves[i]; i++) {
            struct text_marks portable = walk.marks;
            size_t count;

            if (!mark_sieves[i]->is_available())
                continue;
            marks = walk.marks;
            mark_sieves[i]->sift(known, text, &marks);
            mark_sieve_portable.sift(known, text, &portable);
            ck_assert_uint_eq(marks.email_count, portable.email_count);
            ck_assert_uint_eq(marks.word_count, portable.word_count);
            ck_assert(
                !memcmp(marks.words, portable.words, portable.word_count * sizeof *portable.words));
            count = portable.word_count;
            for (size_t j = 0; j < count; j++)
                words[j] = others[j] = (uint32_t)(marks.base + marks.words[j]);
            count = mark_sieves[i]->sift_gaps(known, text, words, count);
            ck_assert_uint_eq(
                count, mark_sieve_portable.sift_gaps(known, text, others, portable.word_count));
            ck_assert(!memcmp(words, others, count * sizeof *words));
        }
}

static void check_hits(const struct known_identifiers *known, struct span text)
{
    static struct identifier_hit items[LONGEST];
    struct identifier_scan scan = {.scratch = BUFFER_INIT};
    struct identifier_hits slow = {items, 0, LONGEST};

    ck_assert(identifier_scan(&scan, known, text));
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++) {
        scan_slowly((enum identifier_kind)kind, known, text, &slow);
        assert_same_hits(&scan.hits[kind], &slow, text.at);
    }
    identifier_scan_release(&scan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const unsigned char by = fuzz_byte(&input);
    const struct span lines = fuzz_part(&input);
    struct known_identifiers known;
    struct span text;

    if (input.size > LONGEST - UINT8_MAX * MOVES)
        return 0;
    know(&known, lines);
    text = move_text(input, by);
    check_hits(&known, text);
    check_sieves(&known, text);
    free((char *)text.at);
    known_identifiers_release(&known);
    return 0;
}
