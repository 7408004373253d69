#include "read/byte_source.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/contained_open.h"
#include "read_fixture.h"
#include "scratch_folder.h"

Suite *test_byte_source_suite(void);

static const struct source_options options = {EXPANSION_LIMIT_DEFAULT, true, false};

static struct scratch_folder folder;
static struct diagnostics diagnostics;
static struct buffer bytes; /* what was read */
static struct buffer gzip;  /* a gzip file */

static void setup(void)
{
    scratch_folder_enter(&folder);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    bytes = (struct buffer)BUFFER_INIT;
    gzip = (struct buffer)BUFFER_INIT;
}

static void teardown(void)
{
    diagnostics_release(&diagnostics);
    buffer_release(&bytes);
    buffer_release(&gzip);
    scratch_folder_leave(&folder);
}

static struct byte_source *open_well(const char *path)
{
    struct byte_source *source;

    ck_assert_int_eq(byte_source_open(folder.fd, path, path, &options, &source, &diagnostics),
                     STATUS_OK);
    return source;
}

/* Reads to the end, `size` bytes at a time. */
static enum status read_on(struct byte_source *source, size_t size)
{
    size_t got = size;
    enum status status = STATUS_OK;

    buffer_clear(&bytes);
    while (status == STATUS_OK && got == size) {
        REQUIRE(buffer_reserve(&bytes, size));
        status = byte_source_read(source, bytes.at + bytes.size, size, &got, &diagnostics);
        bytes.size += got;
    }
    return status;
}

/* Opens and reads; whatever fails, the source is freed. */
static enum status read_file(const char *path, size_t size)
{
    struct byte_source *source;
    enum status status = byte_source_open(folder.fd, path, path, &options, &source, &diagnostics);

    if (status == STATUS_OK)
        status = read_on(source, size);
    byte_source_free(source);
    return status;
}

static void assert_read(const char *path, size_t size, struct span expected)
{
    ck_assert_int_eq(read_file(path, size), STATUS_OK);
    ck_assert(span_equal(buffer_span(&bytes), expected));
}

static void assert_refused(const char *path, const char *message)
{
    ck_assert_int_eq(read_file(path, 4096), STATUS_INPUT);
    assert_message(&diagnostics, message);
}

/* The message ends with where in the file the trouble lies. */
static void assert_refused_at(const char *path, const char *message, size_t offset)
{
    char whole[160];

    snprintf(whole, sizeof whole, "%s: error: %s %zu", path, message, offset);
    assert_refused(path, whole);
}

START_TEST(a_plain_file_comes_as_it_is)
{
    static const size_t sizes[] = {7, 200000, 256 << 10, (256 << 10) + 1, 512 << 10, 1 << 20};
    struct buffer long_file = BUFFER_INIT;

    for (int i = 0; i < 100000; i++)
        REQUIRE(buffer_append_format(&long_file, "%d,", i));
    input_file("a.csv", buffer_span(&long_file));
    input_file("empty.csv", SPAN(""));
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        assert_read("a.csv", sizes[i], buffer_span(&long_file));
    assert_read("a.csv", long_file.size, buffer_span(&long_file));
    long_file.size = 512 << 10;
    input_file("even.csv", buffer_span(&long_file));
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        assert_read("even.csv", sizes[i], buffer_span(&long_file));
    assert_read("empty.csv", 10, SPAN(""));
    buffer_release(&long_file);
}
END_TEST

START_TEST(stat_and_checksum_are_those_of_the_disk)
{
    char text[CHECKSUM_TEXT_SIZE];

    input_file("abc.csv", SPAN("abc"));
    struct byte_source *source = open_well("abc.csv");
    ck_assert_int_eq(read_on(source, 2), STATUS_OK);
    ck_assert(!byte_source_is_gzip(source));
    ck_assert_int_eq(byte_source_stat(source)->st_size, 3);
    checksum_text(byte_source_checksum(source), text);
    ck_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    byte_source_free(source);
}
END_TEST

START_TEST(bytes_in_memory_are_read_as_a_plain_file_is)
{
    struct byte_source *source = byte_source_of_bytes(SPAN("Id\n1\n"), "a.csv");

    ck_assert_ptr_nonnull(source);
    ck_assert_int_eq(read_on(source, 2), STATUS_OK);
    ck_assert(span_equal(buffer_span(&bytes), SPAN("Id\n1\n")));
    ck_assert(!byte_source_is_gzip(source));
    ck_assert_int_eq(byte_source_stat(source)->st_size, 5);
    ck_assert_uint_eq(byte_source_position(source), 5);
    byte_source_free(source);
}
END_TEST

START_TEST(members_are_joined)
{
    append_gzip(&gzip, SPAN("Id,Na"));
    append_gzip(&gzip, SPAN(""));
    append_gzip(&gzip, SPAN("me\n1,Ann\n"));
    append_gzip(&gzip, SPAN(""));
    input_file("a.csv.gz", buffer_span(&gzip));
    for (size_t size = 1; size < 20; size++)
        assert_read("a.csv.gz", size, SPAN("Id,Name\n1,Ann\n"));
}
END_TEST

START_TEST(long_members_cross_the_input_buffer)
{
    struct buffer plain = BUFFER_INIT;
    uint32_t state = 1;

    for (int i = 0; i < 1000000; i++) {
        state = state * 1664525 + 1013904223;
        REQUIRE(buffer_append_byte(&plain, (char)(state >> 24)));
    }
    append_gzip(&gzip, buffer_span(&plain));
    append_gzip(&gzip, buffer_span(&plain));
    input_file("a.gz", buffer_span(&gzip));
    ck_assert_int_eq(read_file("a.gz", 12345), STATUS_OK);
    ck_assert_uint_eq(bytes.size, 2 * plain.size);
    ck_assert_int_eq(memcmp(bytes.at, plain.at, plain.size), 0);
    ck_assert_int_eq(memcmp(bytes.at + plain.size, plain.at, plain.size), 0);
    buffer_release(&plain);
}
END_TEST

START_TEST(a_member_cut_anywhere_is_refused)
{
    append_gzip(&gzip, SPAN("Id\n1\n"));
    const size_t first = gzip.size;
    append_gzip(&gzip, SPAN("2\n"));
    for (size_t size = 2; size < gzip.size; size++) {
        if (size == first || size == first + 1)
            continue; /* right, or rather a byte too many */
        input_file("a.gz", (struct span){gzip.at, size});
        assert_refused_at("a.gz", "the gzip data ends too early, in the member at offset",
                          size < first ? 0 : first);
    }
}
END_TEST

static void assert_corrupt(const char *what, size_t offset)
{
    char message[96];

    snprintf(message, sizeof message, "corrupt gzip data%s, in the member at offset", what);
    input_file("a.gz", buffer_span(&gzip));
    assert_refused_at("a.gz", message, offset);
}

START_TEST(corruption_is_refused)
{
    for (int i = 0; i < 3; i++) {
        const size_t first = gzip.size; /* of the member that is hit: others stand before it */

        append_gzip(&gzip, SPAN("Id\n1\n"));
        gzip.at[gzip.size - 1] ^= 1;
        assert_corrupt(": the length does not match", first);
        gzip.at[gzip.size - 5] ^= 1;
        assert_corrupt(": the CRC does not match", first);
        gzip.at[first + 2] = 7;
        assert_corrupt("", first);
        gzip.at[first + 2] = 8;
        gzip.at[first + 3] = '\x20'; /* reserved */
        assert_corrupt("", first);
        gzip.size = first;
        append_gzip(&gzip, SPAN("Id\n1\n"));
    }
}
END_TEST

START_TEST(bytes_behind_the_last_member_are_refused)
{
    static const struct span behind[] = {{"\0", 1}, {"\0\0\0\0", 4}, {"x", 1}, {"\x1f\x8c", 2}};

    append_gzip(&gzip, SPAN("Id\n1\n"));
    const size_t size = gzip.size;
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
        gzip.size = size;
        ck_assert(buffer_append(&gzip, behind[i]));
        input_file("a.gz", buffer_span(&gzip));
        assert_refused_at(
            "a.gz", "bytes behind the last gzip member that are no gzip member, at offset", size);
    }
}
END_TEST

START_TEST(name_and_contents_must_agree)
{
    append_gzip(&gzip, SPAN("Id\n1\n"));
    input_file("a.csv", buffer_span(&gzip));
    assert_refused("a.csv", "a.csv: error: gzip data, though its name does not end in .gz");
    input_file("b.csv.gz", SPAN("Id\n1\n"));
    assert_refused("b.csv.gz", "b.csv.gz: error: not gzip, though its name ends in .gz");
    input_file("c.csv.gz", SPAN(""));
    assert_refused("c.csv.gz", "c.csv.gz: error: not gzip, though its name ends in .gz");
}
END_TEST

START_TEST(gzip_within_gzip_is_refused)
{
    struct buffer outer = BUFFER_INIT;

    append_gzip(&gzip, SPAN("Id\n1\n"));
    append_gzip(&outer, (struct span){gzip.at, 1});
    const size_t first = outer.size; /* it makes too little to tell */
    append_gzip(&outer, (struct span){gzip.at + 1, gzip.size - 1});
    input_file("a.gz", buffer_span(&outer));
    assert_refused_at("a.gz", "gzip data within gzip data, in the member at offset", first);
    ck_assert_int_eq(read_file("a.gz", 1), STATUS_INPUT);
    buffer_release(&outer);
}
END_TEST

START_TEST(a_bomb_stops_at_the_limit)
{
    const struct source_options tight = {100, false, false};
    const struct span zeros = {calloc(1, 80 << 20), 80 << 20};
    struct byte_source *source;

    ck_assert_ptr_nonnull(zeros.at);
    append_gzip(&gzip, zeros);
    input_file("a.gz", buffer_span(&gzip));
    ck_assert_int_eq(read_file("a.gz", 1 << 20), STATUS_OK);
    ck_assert_int_eq(byte_source_open(folder.fd, "a.gz", "a.gz", &tight, &source, &diagnostics),
                     STATUS_OK);
    ck_assert_int_eq(read_on(source, 1 << 20), STATUS_INPUT);
    assert_message(
        &diagnostics,
        "a.gz: error: the gzip data expands beyond the limit on its ratio, in the member "
        "at offset 0");
    ck_assert_uint_le(bytes.size, 65 << 20);
    byte_source_free(source);
    free((void *)(uintptr_t)zeros.at);
}
END_TEST

START_TEST(a_file_that_changes_is_refused)
{
    const struct span long_file = {calloc(1, 1 << 20), 1 << 20};
    char some[16];
    size_t got;

    ck_assert_ptr_nonnull(long_file.at);
    for (int shorter = 0; shorter < 2; shorter++) {
        input_file("a.csv", long_file);
        struct byte_source *source = open_well("a.csv");
        ck_assert_int_eq(byte_source_read(source, some, sizeof some, &got, &diagnostics),
                         STATUS_OK);
        ck_assert_int_eq(truncate("a.csv", shorter ? 1 << 19 : 1 << 21), 0);
        ck_assert_int_eq(read_on(source, 1 << 16), STATUS_INPUT);
        assert_message(&diagnostics, "a.csv: error: the file changed while it was read");
        byte_source_free(source);
    }
    free((void *)(uintptr_t)long_file.at);
}
END_TEST

START_TEST(only_regular_files_are_taken)
{
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    assert_refused("fifo", "fifo: error: not a regular file");
    assert_refused("folder", "folder: error: not a regular file");
    assert_refused("none", "none: error: cannot open: No such file or directory");
}
END_TEST

START_TEST(no_link_is_followed_nor_the_folder_left)
{
    ck_assert_int_eq(mkdir("in", 0700), 0);
    ck_assert_int_eq(mkdir("in/sub", 0700), 0);
    input_file("in/sub/a.csv", SPAN("x"));
    input_file("out.csv", SPAN("x"));
    ck_assert_int_eq(symlink("a.csv", "in/sub/link.csv"), 0);
    ck_assert_int_eq(symlink("sub", "in/linked"), 0);
    static const char *const refused[] = {"sub/link.csv", "linked/a.csv", "../out.csv",
                                          "sub/../../out.csv", "/etc/passwd"};
    const int in = open("in", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (int (*const *how)(int, const char *) =
             (int (*const[])(int, const char *)){contained_open, contained_open_stepwise, NULL};
         *how != NULL; how++) {
        const int fd = (*how)(in, "sub/a.csv");

        ck_assert_int_ge(fd, 0);
        ck_assert_int_eq(close(fd), 0);
        for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
            ck_assert_int_eq((*how)(in, refused[i]), -1);
            ck_assert(errno == ELOOP || errno == EXDEV || errno == ENOTDIR);
        }
        ck_assert_int_eq((*how)(in, "none/a.csv"), -1);
        ck_assert_int_eq(errno, ENOENT);
    }
    ck_assert_int_eq(close(in), 0);
}
END_TEST

START_TEST(a_link_is_called_one)
{
    input_file("a.csv", SPAN("x"));
    ck_assert_int_eq(symlink("a.csv", "link.csv"), 0);
    assert_refused("link.csv",
                   "link.csv: error: cannot open: a symbolic link, or outside its folder");
}
END_TEST

Suite *test_byte_source_suite(void)
{
    Suite *suite = suite_create("byte_source");
    TCase *cases = tcase_create("byte_source");

    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_plain_file_comes_as_it_is);
    tcase_add_test(cases, stat_and_checksum_are_those_of_the_disk);
    tcase_add_test(cases, bytes_in_memory_are_read_as_a_plain_file_is);
    tcase_add_test(cases, members_are_joined);
    tcase_add_test(cases, long_members_cross_the_input_buffer);
    tcase_add_test(cases, a_member_cut_anywhere_is_refused);
    tcase_add_test(cases, corruption_is_refused);
    tcase_add_test(cases, bytes_behind_the_last_member_are_refused);
    tcase_add_test(cases, name_and_contents_must_agree);
    tcase_add_test(cases, gzip_within_gzip_is_refused);
    tcase_add_test(cases, a_bomb_stops_at_the_limit);
    tcase_add_test(cases, a_file_that_changes_is_refused);
    tcase_add_test(cases, only_regular_files_are_taken);
    tcase_add_test(cases, no_link_is_followed_nor_the_folder_left);
    tcase_add_test(cases, a_link_is_called_one);
    suite_add_tcase(suite, cases);
    return suite;
}
