#include "read/framer_masks.h"

#include <check.h>
#include <string.h>

Suite *test_framer_masks_suite(void);

enum { BLOCKS_MOST = 20 };

static const char alphabet[] = "\",;\n\r\t|ab\xff\x80\x0a\x22\x8a\xa2";

/* What the masks mean, byte by byte. */
static struct block_masks define_masks(const char *block, char delimiter)
{
    struct block_masks masks = {0};
    bool odd = false;

    for (size_t i = 0; i < MASK_BLOCK; i++) {
        const uint64_t bit = (uint64_t)1 << i;

        odd = odd != (block[i] == '"');
        masks.quotes |= block[i] == '"' ? bit : 0;
        masks.quote_parity |= odd ? bit : 0;
        masks.delimiters |= block[i] == delimiter ? bit : 0;
        masks.newlines |= block[i] == '\n' ? bit : 0;
        masks.returns |= block[i] == '\r' ? bit : 0;
    }
    return masks;
}

static void assert_same(struct block_masks found, struct block_masks expected)
{
    ck_assert_uint_eq(found.quotes, expected.quotes);
    ck_assert_uint_eq(found.quote_parity, expected.quote_parity);
    ck_assert_uint_eq(found.delimiters, expected.delimiters);
    ck_assert_uint_eq(found.newlines, expected.newlines);
    ck_assert_uint_eq(found.returns, expected.returns);
}

static void assert_finds(const struct mask_finder *finder, const char *bytes, size_t count,
                         char delimiter)
{
    struct block_masks masks[BLOCKS_MOST];

    finder->find(bytes, count, delimiter, masks);
    for (size_t i = 0; i < count; i++)
        assert_same(masks[i], define_masks(bytes + i * MASK_BLOCK, delimiter));
}

/* Random masks, denser ones in later rounds. */
static void draw_masks(uint64_t masks[BLOCKS_MOST], size_t round, uint32_t *state)
{
    memset(masks, 0, BLOCKS_MOST * sizeof *masks);
    for (size_t i = 0; i < BLOCKS_MOST * MASK_BLOCK; i++) {
        *state = *state * 1664525 + 1013904223;
        masks[i / MASK_BLOCK] |= (uint64_t)((*state >> 24) < round) << i % MASK_BLOCK;
    }
}

START_TEST(every_finder_lists_the_bits_of_masks)
{
    enum { BASE = 1000000 };
    uint64_t masks[BLOCKS_MOST];
    uint32_t places[(BLOCKS_MOST + 1) * MASK_BLOCK];
    uint32_t state = 7;

    for (const struct mask_finder *const *finder = mask_finders; *finder != NULL; finder++) {
        if (!(*finder)->is_available())
            continue;
        for (size_t round = 0; round <= 256; round++) {
            const size_t count = round % (BLOCKS_MOST + 1);
            size_t listed = 0;

            draw_masks(masks, round, &state);
            const size_t found = (*finder)->list(masks, count, BASE, places);
            for (size_t i = 0; i < count * MASK_BLOCK; i++)
                if ((masks[i / MASK_BLOCK] >> i % MASK_BLOCK & 1) != 0)
                    ck_assert_uint_eq(places[listed++], BASE + i);
            ck_assert_uint_eq(found, listed);
        }
    }
}
END_TEST

START_TEST(every_finder_finds_what_is_there)
{
    static const char delimiters[] = {',', ';', '\t', '|', '\xff'};
    char bytes[BLOCKS_MOST * MASK_BLOCK + MASK_BLOCK];
    uint32_t state = 1;

    for (const struct mask_finder *const *finder = mask_finders; *finder != NULL; finder++) {
        if (!(*finder)->is_available())
            continue;
        for (size_t round = 0; round < 2000; round++) {
            for (size_t i = 0; i < sizeof bytes; i++) {
                state = state * 1664525 + 1013904223;
                bytes[i] = alphabet[(state >> 16) % (sizeof alphabet - 1)];
            }
            assert_finds(*finder, bytes + round % MASK_BLOCK, round % (BLOCKS_MOST + 1),
                         delimiters[round % sizeof delimiters]);
        }
    }
}
END_TEST

START_TEST(the_best_is_available)
{
    ck_assert(mask_finder_best()->is_available());
    ck_assert(mask_finder_portable.is_available());
}
END_TEST

Suite *test_framer_masks_suite(void)
{
    Suite *suite = suite_create("framer_masks");
    TCase *cases = tcase_create("framer_masks");

    tcase_add_test(cases, every_finder_lists_the_bits_of_masks);
    tcase_add_test(cases, every_finder_finds_what_is_there);
    tcase_add_test(cases, the_best_is_available);
    suite_add_tcase(suite, cases);
    return suite;
}
