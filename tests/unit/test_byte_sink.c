#include <check.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zlib.h>

#include "write/byte_sink.h"

enum { SAMPLE_SIZE = 300000, READ_SIZE = 1 << 22 };

/* A sink that writes to an unnamed file, and what there is to know of it. */
struct sink_probe {
    FILE *file;
    struct byte_sink *sink;
    struct diagnostics diagnostics;
};

Suite *test_byte_sink_suite(void);

static void probe_open(struct sink_probe *probe, bool gzip)
{
    *probe = (struct sink_probe){tmpfile(), NULL, DIAGNOSTICS_INIT};
    ck_assert_ptr_nonnull(probe->file);
    ck_assert_int_eq(byte_sink_new(fileno(probe->file), "out", gzip ? SINK_GZIP : SINK_PLAIN,
                                   &probe->sink, &probe->diagnostics),
                     STATUS_OK);
}

/* Ends the sink, checks size and checksum, and gives the file's bytes; caller frees. */
static struct span probe_close(struct sink_probe *probe)
{
    ck_assert_int_eq(byte_sink_finish(probe->sink, &probe->diagnostics), STATUS_OK);
    ck_assert_uint_eq(probe->diagnostics.count, 0);

    char *bytes = malloc(READ_SIZE);
    ck_assert_ptr_nonnull(bytes);
    rewind(probe->file);
    const struct span written = {bytes, fread(bytes, 1, READ_SIZE, probe->file)};
    ck_assert_uint_eq(byte_sink_size(probe->sink), written.size);

    struct checksum checksum = CHECKSUM_INIT;
    unsigned char digest[CHECKSUM_SIZE];
    ck_assert(checksum_start(&checksum) && checksum_add(&checksum, written) &&
              checksum_finish(&checksum, digest));
    ck_assert_mem_eq(byte_sink_checksum(probe->sink), digest, CHECKSUM_SIZE);
    checksum_release(&checksum);

    byte_sink_free(probe->sink);
    fclose(probe->file);
    return written;
}

/* Bytes that compress a little, the same on every machine. */
static void fill_sample(char sample[SAMPLE_SIZE])
{
    uint32_t state = 1;
    for (size_t i = 0; i < SAMPLE_SIZE; i++) {
        state = state * 1664525 + 1013904223;
        sample[i] = (char)('a' + (state >> 28));
    }
}

START_TEST(pieces_that_adjoin_become_one)
{
    static const char text[] = "abcdefgh";
    struct pieces pieces = PIECES_INIT;

    ck_assert(pieces_add(&pieces, (struct span){text, 3}));
    ck_assert(pieces_add(&pieces, (struct span){text + 3, 0}));
    ck_assert(pieces_add(&pieces, (struct span){text + 3, 2}));
    ck_assert(pieces_add(&pieces, (struct span){NULL, 0}));
    ck_assert_uint_eq(pieces.count, 1);
    ck_assert_uint_eq(pieces.items[0].size, 5);

    ck_assert(pieces_add(&pieces, (struct span){text + 6, 1}));
    ck_assert(pieces_add(&pieces, (struct span){text, 1}));
    ck_assert_uint_eq(pieces.count, 3);

    pieces_clear(&pieces);
    ck_assert(pieces_add(&pieces, (struct span){text + 1, 1}));
    ck_assert_uint_eq(pieces.count, 1);
    pieces_release(&pieces);
}
END_TEST

START_TEST(writes_pieces_in_order)
{
    struct sink_probe probe;
    struct pieces pieces = PIECES_INIT;

    probe_open(&probe, false);
    ck_assert(pieces_add(&pieces, SPAN("a,b\n")) && pieces_add(&pieces, SPAN("1,")) &&
              pieces_add(&pieces, SPAN("\0\n")));
    ck_assert_int_eq(byte_sink_write(probe.sink, &pieces, &probe.diagnostics), STATUS_OK);
    ck_assert_int_eq(byte_sink_write(probe.sink, &pieces, &probe.diagnostics), STATUS_OK);
    pieces_clear(&pieces);
    ck_assert_int_eq(byte_sink_write(probe.sink, &pieces, &probe.diagnostics), STATUS_OK);
    pieces_release(&pieces);

    const struct span written = probe_close(&probe);
    ck_assert(span_equal(written, SPAN("a,b\n1,\0\na,b\n1,\0\n")));
    free((char *)written.at);
}
END_TEST

START_TEST(writes_more_pieces_than_one_call_takes)
{
    enum { PIECES = 2 * IOV_MAX + 7 };
    struct sink_probe probe;
    struct pieces pieces = PIECES_INIT;

    probe_open(&probe, false);
    for (size_t i = 0; i < PIECES; i++)
        ck_assert(pieces_add(&pieces, i % 2 ? SPAN("odd") : SPAN("even,")));
    ck_assert_uint_eq(pieces.count, PIECES);
    ck_assert_int_eq(byte_sink_write(probe.sink, &pieces, &probe.diagnostics), STATUS_OK);
    pieces_release(&pieces);

    const struct span written = probe_close(&probe);
    ck_assert_uint_eq(written.size, PIECES / 2 * 8 + 5);
    for (size_t i = 0; i + 8 <= written.size; i += 8)
        ck_assert_mem_eq(written.at + i, "even,odd", 8);
    free((char *)written.at);
}
END_TEST

START_TEST(an_empty_plain_file_is_empty)
{
    struct sink_probe probe;

    probe_open(&probe, false);
    const struct span written = probe_close(&probe);
    ck_assert_uint_eq(written.size, 0);
    free((char *)written.at);
}
END_TEST

static void ignore_signal(int number)
{
    (void)number;
}

/* A child that is interrupted again and again while it writes to a pipe. */
static void write_interrupted(int fd, const struct pieces *pieces)
{
    const struct sigaction action = {.sa_handler = ignore_signal};
    const struct itimerval often = {{0, 500}, {0, 500}};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct byte_sink *sink;

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    const bool done = byte_sink_new(fd, "pipe", SINK_PLAIN, &sink, &diagnostics) == STATUS_OK &&
                      byte_sink_write(sink, pieces, &diagnostics) == STATUS_OK;
    _exit(done ? 0 : 1);
}

START_TEST(goes_on_after_short_writes_and_signals)
{
    static char sample[SAMPLE_SIZE], back[SAMPLE_SIZE + 1];
    struct pieces pieces = PIECES_INIT;
    int ends[2], child_status;
    size_t size = 0;
    ssize_t got;

    fill_sample(sample);
    for (size_t i = SAMPLE_SIZE; i > 0; i -= 100) /* backwards, so that no two adjoin */
        ck_assert(pieces_add(&pieces, (struct span){sample + i - 100, 100}));
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0)
        write_interrupted(ends[1], &pieces);
    close(ends[1]);

    do {
        usleep(100);
        const size_t room = sizeof back - size;
        got = read(ends[0], back + size, room < 5000 ? room : 5000);
        size += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    close(ends[0]);
    ck_assert_int_eq(waitpid(child, &child_status, 0), child);
    ck_assert_int_eq(child_status, 0);
    ck_assert_uint_eq(size, SAMPLE_SIZE);
    for (size_t i = 0; i < SAMPLE_SIZE; i += 100)
        ck_assert_mem_eq(back + i, sample + SAMPLE_SIZE - 100 - i, 100);
    pieces_release(&pieces);
}
END_TEST

START_TEST(a_failed_write_is_reported)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct pieces pieces = PIECES_INIT;
    struct byte_sink *sink = NULL;
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

    ck_assert_int_ge(full, 0);
    ck_assert_int_eq(byte_sink_new(full, "out", SINK_PLAIN, &sink, &diagnostics), STATUS_OK);
    ck_assert(pieces_add(&pieces, SPAN("a")));
    ck_assert_int_eq(byte_sink_write(sink, &pieces, &diagnostics), STATUS_SYSTEM);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].path, "out");
    byte_sink_free(sink);

    sink = NULL;
    ck_assert_int_eq(byte_sink_new(full, "out", SINK_GZIP, &sink, &diagnostics), STATUS_SYSTEM);
    ck_assert_ptr_null(sink);
    diagnostics_release(&diagnostics);
    pieces_release(&pieces);
    close(full);
}
END_TEST

/* Reads back one gzip member that is all there is; false if it is not one. */
static bool unpack(struct span packed, char *bytes, size_t room, size_t *size)
{
    z_stream stream = {.next_in = (Bytef *)packed.at, .avail_in = (uInt)packed.size};

    ck_assert_int_eq(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_out = (Bytef *)bytes;
    stream.avail_out = (uInt)room;
    const int result = inflate(&stream, Z_FINISH);
    *size = stream.total_out;
    const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    return whole;
}

/* Adds bytes to the sink as one block, of pieces of `step` bytes. */
static void write_block(struct sink_probe *probe, struct gzip_block_compressor *compressor,
                        struct span bytes, size_t step)
{
    static char other[SAMPLE_SIZE];
    struct gzip_block block = GZIP_BLOCK_INIT;
    struct pieces pieces = PIECES_INIT;

    /* Every second piece lies elsewhere, so that they are not joined to one. */
    memcpy(other, bytes.at, bytes.size);
    for (size_t done = 0; done < bytes.size; done += step) {
        const size_t left = bytes.size - done;
        const char *from = done / step % 2 ? other : bytes.at;
        ck_assert(pieces_add(&pieces, (struct span){from + done, left < step ? left : step}));
    }
    ck_assert(gzip_block_compress(compressor, &pieces, &block));
    ck_assert_uint_eq(block.size, bytes.size);
    ck_assert_int_eq(byte_sink_write_block(probe->sink, &block, &probe->diagnostics), STATUS_OK);
    gzip_block_release(&block);
    pieces_release(&pieces);
}

START_TEST(an_empty_gzip_file_is_a_member_of_no_bytes)
{
    struct sink_probe probe;
    char bytes[1];
    size_t size;

    probe_open(&probe, true);
    const struct span written = probe_close(&probe);
    ck_assert(span_equal(written, SPAN("\x1f\x8b\x08\0\0\0\0\0\0\xff\x03\0\0\0\0\0\0\0\0\0")));
    ck_assert(unpack(written, bytes, sizeof bytes, &size));
    ck_assert_uint_eq(size, 0);
    free((char *)written.at);
}
END_TEST

START_TEST(blocks_make_one_member)
{
    static char sample[SAMPLE_SIZE], back[SAMPLE_SIZE + 1];
    struct sink_probe probe;
    size_t size;

    fill_sample(sample);
    for (int level = GZIP_LEVEL_MIN; level <= GZIP_LEVEL_MAX; level++) {
        struct gzip_block_compressor *compressor = gzip_block_compressor_new(level);
        ck_assert_ptr_nonnull(compressor);
        probe_open(&probe, true);
        write_block(&probe, compressor, (struct span){sample, 100000}, 17);
        write_block(&probe, compressor, SPAN(""), 1);
        write_block(&probe, compressor, (struct span){sample + 100000, 1}, 1);
        write_block(&probe, compressor, (struct span){sample + 100001, SAMPLE_SIZE - 100001},
                    SAMPLE_SIZE);
        const struct span written = probe_close(&probe);
        ck_assert(unpack(written, back, sizeof back, &size));
        ck_assert_uint_eq(size, SAMPLE_SIZE);
        ck_assert_mem_eq(back, sample, SAMPLE_SIZE);
        ck_assert_uint_lt(written.size, SAMPLE_SIZE);
        free((char *)written.at);
        gzip_block_compressor_free(compressor);
    }
}
END_TEST

START_TEST(a_block_depends_on_nothing_before_it)
{
    static char sample[SAMPLE_SIZE];
    struct gzip_block_compressor *used = gzip_block_compressor_new(_i);
    struct gzip_block_compressor *fresh = gzip_block_compressor_new(_i);
    struct gzip_block first = GZIP_BLOCK_INIT, second = GZIP_BLOCK_INIT;
    struct pieces pieces = PIECES_INIT;

    fill_sample(sample);
    ck_assert(pieces_add(&pieces, (struct span){sample, SAMPLE_SIZE}));
    ck_assert(gzip_block_compress(used, &pieces, &first));
    pieces_clear(&pieces);
    ck_assert(pieces_add(&pieces, (struct span){sample + 5, 1000}));
    ck_assert(gzip_block_compress(used, &pieces, &first));
    ck_assert(gzip_block_compress(fresh, &pieces, &second));
    ck_assert(span_equal(buffer_span(&first.deflated), buffer_span(&second.deflated)));
    ck_assert_uint_eq(first.crc, second.crc);

    gzip_block_release(&first);
    gzip_block_release(&second);
    gzip_block_compressor_free(used);
    gzip_block_compressor_free(fresh);
    pieces_release(&pieces);
}
END_TEST

START_TEST(a_block_that_finds_no_room_is_empty)
{
    struct gzip_block_compressor *compressor = gzip_block_compressor_new(_i);
    struct gzip_block block = GZIP_BLOCK_INIT;
    struct pieces pieces = PIECES_INIT;

    block.deflated.limit = 10;
    ck_assert(pieces_add(&pieces, SPAN("more than fits into ten bytes")));
    ck_assert(!gzip_block_compress(compressor, &pieces, &block));
    ck_assert_uint_eq(block.deflated.size, 0);
    ck_assert_uint_eq(block.size, 0);
    ck_assert_uint_eq(block.crc, 0);
    gzip_block_release(&block);
    pieces_release(&pieces);
    gzip_block_compressor_free(compressor);
}
END_TEST

START_TEST(a_sink_that_is_not_summed_writes_all_the_same)
{
    struct sink_probe probe;
    char written[8] = "";

    probe_open(&probe, false);
    byte_sink_free(probe.sink);
    ck_assert_int_eq(
        byte_sink_new(fileno(probe.file), "out", SINK_UNSUMMED, &probe.sink, &probe.diagnostics),
        STATUS_OK);
    struct pieces pieces = PIECES_INIT;
    ck_assert(pieces_add(&pieces, SPAN("a,b\n")));
    ck_assert_int_eq(byte_sink_write(probe.sink, &pieces, &probe.diagnostics), STATUS_OK);
    ck_assert_int_eq(byte_sink_finish(probe.sink, &probe.diagnostics), STATUS_OK);
    ck_assert_uint_eq(byte_sink_size(probe.sink), 4);
    rewind(probe.file);
    ck_assert_uint_eq(fread(written, 1, sizeof written, probe.file), 4);
    ck_assert_str_eq(written, "a,b\n");
    byte_sink_free(probe.sink);
    pieces_release(&pieces);
    fclose(probe.file);
}
END_TEST

Suite *test_byte_sink_suite(void)
{
    Suite *suite = suite_create("byte_sink");
    TCase *plain = tcase_create("plain");
    TCase *gzip = tcase_create("gzip");

    tcase_add_test(plain, pieces_that_adjoin_become_one);
    tcase_add_test(plain, writes_pieces_in_order);
    tcase_add_test(plain, writes_more_pieces_than_one_call_takes);
    tcase_add_test(plain, an_empty_plain_file_is_empty);
    tcase_add_test(plain, goes_on_after_short_writes_and_signals);
    tcase_add_test(plain, a_failed_write_is_reported);
    suite_add_tcase(suite, plain);
    tcase_add_test(gzip, an_empty_gzip_file_is_a_member_of_no_bytes);
    tcase_add_test(plain, a_sink_that_is_not_summed_writes_all_the_same);
    tcase_add_test(gzip, blocks_make_one_member);
    tcase_add_loop_test(gzip, a_block_depends_on_nothing_before_it, GZIP_LEVEL_MIN,
                        GZIP_LEVEL_MAX + 1);
    tcase_add_loop_test(gzip, a_block_that_finds_no_room_is_empty, GZIP_LEVEL_MIN,
                        GZIP_LEVEL_MAX + 1);
    suite_add_tcase(suite, gzip);
    return suite;
}
