#include <check.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>

#include "base/buffer.h"
#include "write/gzip_block.h"

enum {
    PLACES = 10000,
    MAPPED_SIZE = 64 << 10, /* what is as large as a compressor gets pages of its own */
    GAP_SIZE = 512 << 10,   /* no smaller than a compressor */
};

/* Rows as a list of records has them: what begins them comes again at once. */
static const char ROWS[] = "contacts,contacts.csv,1057b8c84d36f68a8a5a9f5f9fc6909c,anonymized,"
                           "1057b8c84d36f68a8a5a9f5f9fc6909c,contacts\n"
                           "contacts,contacts.csv,4bf2921d4a8ea48130974a9244955dc1,dropped,"
                           "4bf2921d4a8ea48130974a9244955dc1,contacts\n";

static void compress(int level, struct gzip_block *block)
{
    struct gzip_block_compressor *compressor = gzip_block_compressor_new(level);
    struct span items[] = {{ROWS, 3}, {ROWS + 3, sizeof(ROWS) - 4}};
    struct pieces pieces = {items, 2, 2};

    ck_assert_ptr_nonnull(compressor);
    ck_assert(gzip_block_compress(compressor, &pieces, block));
    gzip_block_compressor_free(compressor);
}

/* Fills the place of the last compressor, so that the next has another. */
static void fill_place(void)
{
    ck_assert_ptr_ne(
        mmap(NULL, GAP_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
        MAP_FAILED);
}

START_TEST(the_bytes_do_not_depend_on_where_the_compressor_lies)
{
    struct gzip_block first = GZIP_BLOCK_INIT, block = GZIP_BLOCK_INIT;

    mallopt(M_MMAP_THRESHOLD, MAPPED_SIZE);
    compress(_i, &first);
    for (int i = 0; i < PLACES; i++) {
        compress(_i, &block);
        ck_assert_uint_eq(block.crc, first.crc);
        ck_assert_uint_eq(block.deflated.size, first.deflated.size);
        ck_assert_mem_eq(block.deflated.at, first.deflated.at, first.deflated.size);
        fill_place();
    }
    gzip_block_release(&block);
    gzip_block_release(&first);
}
END_TEST

Suite *test_gzip_block_suite(void)
{
    Suite *suite = suite_create("gzip_block");
    TCase *cases = tcase_create("gzip_block");

    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, the_bytes_do_not_depend_on_where_the_compressor_lies, GZIP_LEVEL_MIN,
                        4);
    suite_add_tcase(suite, cases);
    return suite;
}
