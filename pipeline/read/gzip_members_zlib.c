#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "read/gzip_members.h"
#include "read/gzip_policy.h"

/* Window bits that make zlib take gzip members and nothing else. */
enum { GZIP_ONLY = 16 + MAX_WBITS };

struct gzip_members {
    z_stream stream;
    struct gzip_tally tally;
    uint64_t finished; /* members that are complete */
    bool begun;        /* a member has bytes in and is not complete */
};

struct gzip_members *gzip_members_new(uint64_t expansion_limit)
{
    struct gzip_members *members = calloc(1, sizeof *members);

    if (members == NULL)
        return NULL;
    members->tally.expansion_limit = expansion_limit;
    if (inflateInit2(&members->stream, GZIP_ONLY) != Z_OK) {
        free(members);
        return NULL;
    }
    return members;
}

uint64_t gzip_members_offset(const struct gzip_members *members)
{
    return members->tally.member;
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
    members->tally.in += taken;
    gzip_tally_add_out(&members->tally, to, *made);
    return result;
}

static bool says(const struct gzip_members *members, const char *message)
{
    return members->stream.msg != NULL && strcmp(members->stream.msg, message) == 0;
}

static const struct gzip_problem *describe_corruption(const struct gzip_members *members)
{
    /* zlib recognizes a header by its first two bytes. */
    if (members->finished > 0 && members->stream.total_in <= 2)
        return &gzip_no_member;
    if (says(members, "incorrect data check"))
        return &gzip_wrong_crc;
    if (says(members, "incorrect length check"))
        return &gzip_wrong_length;
    return &gzip_corrupt;
}

static void end_member(struct gzip_members *members)
{
    const int result = inflateReset(&members->stream);

    assert(result == Z_OK); /* it only fails on a stream that was never set up */
    (void)result;
    members->begun = false;
    members->finished++;
    members->tally.member = members->tally.in;
}

static const struct gzip_problem *describe_truncation(const struct gzip_members *members)
{
    return members->finished > 0 && members->stream.total_in < 2 ? &gzip_no_member
                                                                 : &gzip_truncated;
}

/* What is wrong after a call of inflate that gave `result`; NULL: nothing. */
static const struct gzip_problem *find_problem(const struct gzip_members *members, int result,
                                               bool ended)
{
    const struct gzip_problem *const problem = gzip_tally_problem(&members->tally);

    if (problem != NULL)
        return problem;
    if (result == Z_BUF_ERROR)
        return ended ? describe_truncation(members) : NULL;
    return result == Z_OK || result == Z_STREAM_END ? NULL : describe_corruption(members);
}

enum status gzip_members_inflate(struct gzip_members *members, struct span *input, bool ended,
                                 char *to, size_t size, size_t *got,
                                 const struct gzip_problem **problem)
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
