#include "read/gzip_members.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

/* Window bits that make zlib take gzip members and nothing else. */
enum { GZIP_ONLY = 16 + MAX_WBITS };

/* So small an output is no bomb, whatever it came from. */
static const uint64_t harmless_size = (uint64_t)64 << 20;

struct gzip_members {
    z_stream stream;
    uint64_t expansion_limit;
    uint64_t in;       /* bytes of all members so far */
    uint64_t out;      /* bytes they gave */
    uint64_t finished; /* members that are complete */
    bool begun;        /* a member has bytes in and is not complete */
    char head[2];      /* the first bytes that came out */
};

struct gzip_members *gzip_members_new(uint64_t expansion_limit)
{
    struct gzip_members *members = calloc(1, sizeof *members);

    if (members == NULL)
        return NULL;
    members->expansion_limit = expansion_limit;
    if (inflateInit2(&members->stream, GZIP_ONLY) != Z_OK) {
        free(members);
        return NULL;
    }
    return members;
}

void gzip_members_free(struct gzip_members *members)
{
    if (members == NULL)
        return;
    inflateEnd(&members->stream);
    free(members);
}

static uInt clamp(size_t size)
{
    return size < UINT_MAX ? (uInt)size : UINT_MAX;
}

static void account(struct gzip_members *members, const char *made, size_t size)
{
    for (size_t i = 0; i < size && members->out + i < sizeof members->head; i++)
        members->head[members->out + i] = made[i];
    members->out += size;
}

/* One call of inflate; moves both ends on. */
static int inflate_some(struct gzip_members *members, struct span *input, char *to, size_t size,
                        size_t *made)
{
    z_stream *stream = &members->stream;

    /* zlib does not write to its input; its interface only lacks the const. */
    stream->next_in = (Bytef *)(uintptr_t)input->at;
    stream->avail_in = clamp(input->size);
    stream->next_out = (Bytef *)to;
    stream->avail_out = clamp(size);
    const int result = inflate(stream, Z_NO_FLUSH);

    const size_t taken = (size_t)((const char *)stream->next_in - input->at);
    *made = (size_t)((char *)stream->next_out - to);
    input->at += taken;
    input->size -= taken;
    members->in += taken;
    account(members, to, *made);
    return result;
}

static const char no_member[] = "bytes behind the last gzip member that are no gzip member";

static const char *describe_corruption(const struct gzip_members *members)
{
    /* zlib recognizes a header by its first two bytes. */
    if (members->finished > 0 && members->stream.total_in <= 2)
        return no_member;
    if (members->stream.msg != NULL && strcmp(members->stream.msg, "incorrect data check") == 0)
        return "corrupt gzip data: the CRC does not match";
    if (members->stream.msg != NULL && strcmp(members->stream.msg, "incorrect length check") == 0)
        return "corrupt gzip data: the length does not match";
    return "corrupt gzip data";
}

static bool is_nested(const struct gzip_members *members)
{
    return members->out >= sizeof members->head &&
           gzip_begins((struct span){members->head, sizeof members->head});
}

static bool is_bomb(const struct gzip_members *members)
{
    return members->out > harmless_size && members->out / members->in >= members->expansion_limit;
}

static void end_member(struct gzip_members *members)
{
    const int result = inflateReset(&members->stream);

    assert(result == Z_OK); /* it only fails on a stream that was never set up */
    (void)result;
    members->begun = false;
    members->finished++;
}

static const char *describe_truncation(const struct gzip_members *members)
{
    return members->finished > 0 && members->stream.total_in < 2 ? no_member
                                                                 : "the gzip data ends too early";
}

/* What is wrong after a call of inflate that gave `result`; NULL: nothing. */
static const char *find_problem(const struct gzip_members *members, int result, bool ended)
{
    if (is_nested(members))
        return "gzip data within gzip data";
    if (is_bomb(members))
        return "the gzip data expands beyond the limit on its ratio";
    if (result == Z_BUF_ERROR)
        return ended ? describe_truncation(members) : NULL;
    return result == Z_OK || result == Z_STREAM_END ? NULL : describe_corruption(members);
}

enum status gzip_members_inflate(struct gzip_members *members, struct span *input, bool ended,
                                 char *to, size_t size, size_t *got, const char **problem)
{
    size_t room = size;
    int result = Z_OK;

    while (room > 0 && result != Z_BUF_ERROR && (input->size > 0 || members->begun)) {
        size_t made;

        members->begun = true;
        result = inflate_some(members, input, to, room, &made);
        if (result == Z_MEM_ERROR)
            return STATUS_SYSTEM;
        *problem = find_problem(members, result, ended);
        if (*problem != NULL)
            return STATUS_INPUT;
        to += made;
        room -= made;
        *got += made;
        if (result == Z_STREAM_END)
            end_member(members);
    }
    return STATUS_OK;
}
