/*
 * The gzip source, held against zlib. Of an input, the first byte says whether the rest is a
 * gzip file or the deflated data of one, to which head, CRC and length are made; the second and
 * the third how many bytes go in and come out at a time.
 *
 * What is read lies at the end of a page behind which nothing may be touched, because what is
 * written in assembler is not seen by the sanitizers.
 */
#include <check.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buffer.h"
#include "fuzz_input.h"
#include "read/byte_source.h"
#include "read/gzip_members.h"

enum { OUT_LIMIT = 1 << 20, WINDOW_RAW = -15, WINDOW_GZIP = 31 };

/* Memory whose end is the end of a page, behind which is nothing. */
struct guarded {
    char *map;
    size_t size;
    char *end;
};

static struct guarded guarded_new(size_t room)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t size = (room + page - 1) / page * page + page;
    char *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert(map != MAP_FAILED);
    ck_assert(mprotect(map + size - page, page, PROT_NONE) == 0);
    return (struct guarded){map, size, map + size - page};
}

static void guarded_free(struct guarded *memory)
{
    munmap(memory->map, memory->size);
}

/* What zlib makes of one stream. True if it is whole; *taken is its size. */
static bool inflate_by_zlib(struct span packed, int window, struct buffer *out, size_t *taken)
{
    z_stream stream = {0};
    int got;

    ck_assert(inflateInit2(&stream, window) == Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)packed.at;
    stream.avail_in = (uInt)packed.size;
    do {
        char piece[4096];

        stream.next_out = (Bytef *)piece;
        stream.avail_out = sizeof piece;
        got = inflate(&stream, Z_NO_FLUSH);
        ck_assert(buffer_append(out, (struct span){piece, sizeof piece - stream.avail_out}));
    } while (got == Z_OK && out->size <= OUT_LIMIT);
    *taken = packed.size - stream.avail_in;
    inflateEnd(&stream);
    return got == Z_STREAM_END;
}

static void append_number(struct buffer *to, uint32_t number)
{
    for (size_t i = 0; i < 4; i++)
        ck_assert(buffer_append_byte(to, (char)(unsigned char)(number >> (8 * i))));
}

/* Makes a member of deflated data, if it is that. */
static void append_member(struct buffer *to, struct span deflated)
{
    struct buffer text = BUFFER_INIT;
    size_t taken;

    ck_assert(buffer_append(to, SPAN("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")));
    (void)inflate_by_zlib(deflated, WINDOW_RAW, &text, &taken);
    ck_assert(buffer_append(to, (struct span){deflated.at, taken}));
    append_number(to, (uint32_t)crc32(0, (const Bytef *)text.at, (uInt)text.size));
    append_number(to, (uint32_t)text.size);
    buffer_release(&text);
}

/* Whether zlib takes all of the file, member by member. */
static bool read_by_zlib(struct span packed, struct buffer *text)
{
    bool well = gzip_begins(packed);

    while (well && packed.size > 0 && text->size <= OUT_LIMIT) {
        size_t taken;

        well = inflate_by_zlib(packed, WINDOW_GZIP, text, &taken);
        packed = (struct span){packed.at + taken, packed.size - taken};
    }
    return well;
}

/* What our source makes of it, fed `in` and asked for `out` bytes at a time. */
static enum status read_chopped(struct span packed, size_t in, size_t out, struct buffer *text)
{
    struct gzip_members *members = gzip_members_new(EXPANSION_LIMIT_DEFAULT);
    struct guarded from = guarded_new(in), to = guarded_new(out);
    struct span unread = {from.end, 0};
    const struct gzip_problem *problem = NULL;
    enum status status = STATUS_OK;
    bool ended = false;
    size_t got;

    ck_assert_ptr_nonnull(members);
    do {
        if (unread.size == 0) {
            const size_t size = packed.size < in ? packed.size : in;

            ended = size == packed.size;
            unread = (struct span){from.end - size, size};
            if (size > 0)
                memcpy(from.end - size, packed.at, size);
            packed = span_from(packed, size);
        }
        got = 0;
        status = gzip_members_inflate(members, &unread, ended, to.end - out, out, &got, &problem);
        ck_assert(got <= out);
        ck_assert(buffer_append(text, (struct span){to.end - out, got}));
    } while (status == STATUS_OK && text->size <= OUT_LIMIT &&
             (got == out || unread.size > 0 || !ended));
    ck_assert((status == STATUS_INPUT) == (problem != NULL));
    gzip_members_free(members);
    guarded_free(&from);
    guarded_free(&to);
    return status;
}

static void compare(struct span packed, size_t in, size_t out)
{
    struct buffer text = BUFFER_INIT, whole = BUFFER_INIT, expected = BUFFER_INIT;
    const bool well = read_by_zlib(packed, &expected);
    const enum status status = read_chopped(packed, in, out, &text);
    const enum status at_once = read_chopped(packed, packed.size + 1, OUT_LIMIT, &whole);

    if (text.size <= OUT_LIMIT && whole.size <= OUT_LIMIT) {
        ck_assert_int_eq(status, at_once);
        ck_assert(status != STATUS_OK || span_equal(buffer_span(&text), buffer_span(&whole)));
    }
    /* Gzip within gzip is ours to refuse, and some odd codes are zlib's. */
    if (well && expected.size <= OUT_LIMIT && !gzip_begins(buffer_span(&expected))) {
        ck_assert_int_eq(status, STATUS_OK);
        ck_assert(span_equal(buffer_span(&text), buffer_span(&expected)));
    }
    buffer_release(&text);
    buffer_release(&whole);
    buffer_release(&expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const unsigned char kind = fuzz_byte(&input);
    const size_t in = 1 + fuzz_byte(&input);
    const size_t out = 1 + (size_t)fuzz_byte(&input) * 16;
    struct buffer packed = BUFFER_INIT;

    if (kind % 2 == 1)
        append_member(&packed, input);
    else
        ck_assert(buffer_append(&packed, input));
    compare(buffer_span(&packed), in, out);
    buffer_release(&packed);
    return 0;
}
