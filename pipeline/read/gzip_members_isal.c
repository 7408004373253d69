#include <isa-l.h>
#include <limits.h>
#include <stdlib.h>

#include "read/gzip_members.h"
#include "read/gzip_policy.h"

/*
 * ISA-L reads some bytes ahead, and when a member's deflate data end it holds bytes that lie behind
 * them, maybe from before the input of its last call. So the input is copied to a buffer of our
 * own, in which the bytes last taken still stand before the next. They are few against what comes
 * out of them.
 */
enum {
    HELD_SIZE = 128 << 10,
    READ_AHEAD = 8, /* ISA-L's bit buffer */
    START_SIZE = 4, /* of a member: two that mark it, method, flags */
    TRAILER_SIZE = 8,
    FLAGS_RESERVED = 0xe0,
};

enum part { PART_START, PART_HEADER, PART_DEFLATED, PART_TRAILER };

struct gzip_members {
    struct gzip_tally tally;
    uint64_t finished; /* members that are complete */
    enum part part;    /* of the member at hand that comes next */
    struct isal_gzip_header header;
    uint32_t crc;  /* of what the member gave so far */
    uint32_t size; /* of the same, modulo 2^32 */
    struct inflate_state state;
    size_t at, end; /* what of `held` is not used yet */
    char held[HELD_SIZE];
};

/* The large arrays are not cleared: where many small files are opened, that is most of the cost. */
struct gzip_members *gzip_members_new(uint64_t expansion_limit)
{
    struct gzip_members *members = malloc(sizeof *members);

    if (members == NULL)
        return NULL;
    members->tally = (struct gzip_tally){.expansion_limit = expansion_limit};
    members->finished = 0;
    members->part = PART_START;
    members->at = members->end = 0;
    return members;
}

uint64_t gzip_members_offset(const struct gzip_members *members)
{
    return members->tally.member;
}

void gzip_members_free(struct gzip_members *members)
{
    free(members);
}

/* Takes what of the input finds room, if little is left of what was taken before. */
static void hold(struct gzip_members *members, struct span *input)
{
    const size_t kept = members->at < READ_AHEAD ? members->at : READ_AHEAD;
    const size_t from = members->at - kept;
    const size_t size = members->end - from;
    const size_t taken = input->size < HELD_SIZE - size ? input->size : HELD_SIZE - size;

    if (taken == 0 || members->end - members->at >= TRAILER_SIZE)
        return;
    memmove(members->held, members->held + from, size);
    memcpy(members->held + size, input->at, taken);
    members->at = kept;
    members->end = size + taken;
    *input = (struct span){input->at + taken, input->size - taken};
}

/* What is not used yet. */
static struct span unused(const struct gzip_members *members)
{
    return (struct span){members->held + members->at, members->end - members->at};
}

static void use(struct gzip_members *members, size_t size)
{
    members->at += size;
    members->tally.in += size;
}

static uint32_t little_endian(const char at[4])
{
    uint32_t number = 0;

    for (size_t i = 0; i < 4; i++)
        number |= (uint32_t)(unsigned char)at[i] << (8 * i);
    return number;
}

/* Where the implementation stands after a step. */
enum outcome { GOES_ON, STARVES, FAILS };

static enum outcome start_member(struct gzip_members *members, const struct gzip_problem **problem)
{
    const struct span bytes = unused(members);

    if (bytes.size < START_SIZE)
        return STARVES;
    if (members->finished > 0 && !gzip_begins(bytes)) {
        *problem = &gzip_no_member;
        return FAILS;
    }
    if (((unsigned char)bytes.at[START_SIZE - 1] & FLAGS_RESERVED) != 0) {
        *problem = &gzip_corrupt;
        return FAILS;
    }
    isal_inflate_init(&members->state);
    isal_gzip_header_init(&members->header);
    members->crc = 0;
    members->size = 0;
    members->part = PART_HEADER;
    return GOES_ON;
}

/* Hands ISA-L what is not used yet. */
static void offer(struct gzip_members *members)
{
    members->state.next_in = (uint8_t *)members->held + members->at;
    members->state.avail_in = (uint32_t)(members->end - members->at);
}

/* Takes back what ISA-L has left of it. */
static void take_back(struct gzip_members *members)
{
    use(members, (size_t)((char *)members->state.next_in - members->held) - members->at);
}

/* Takes back the bytes behind the deflate data that ISA-L has read already. */
static void end_deflated(struct gzip_members *members)
{
    const size_t ahead = (size_t)members->state.read_in_length / CHAR_BIT;

    members->at -= ahead;
    members->tally.in -= ahead;
    members->part = PART_TRAILER;
}

static enum outcome read_header(struct gzip_members *members, const struct gzip_problem **problem)
{
    offer(members);
    const int result = isal_read_gzip_header(&members->state, &members->header);
    take_back(members);
    if (result == ISAL_END_INPUT)
        return STARVES;
    if (result != ISAL_DECOMP_OK) {
        *problem = &gzip_corrupt;
        return FAILS;
    }
    members->part = PART_DEFLATED;
    return GOES_ON;
}

/* Adds to *made the number of bytes put at `to`. */
static enum outcome inflate_some(struct gzip_members *members, char *to, size_t size, size_t *made,
                                 const struct gzip_problem **problem)
{
    struct inflate_state *state = &members->state;

    offer(members);
    state->next_out = (uint8_t *)to;
    state->avail_out = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
    const int result = isal_inflate(state);
    take_back(members);

    *made = (size_t)((char *)state->next_out - to);
    members->crc = crc32_gzip_refl(members->crc, (const unsigned char *)to, *made);
    members->size += (uint32_t)*made;
    gzip_tally_add_out(&members->tally, to, *made);
    *problem = result < 0 ? &gzip_corrupt : gzip_tally_problem(&members->tally);
    if (*problem != NULL)
        return FAILS;
    if (state->block_state == ISAL_BLOCK_FINISH)
        end_deflated(members);
    else if (*made < size && state->avail_in == 0)
        return STARVES;
    return GOES_ON;
}

static enum outcome check_trailer(struct gzip_members *members, const struct gzip_problem **problem)
{
    const struct span bytes = unused(members);

    if (bytes.size < TRAILER_SIZE)
        return STARVES;
    if (little_endian(bytes.at) != members->crc)
        *problem = &gzip_wrong_crc;
    else if (little_endian(bytes.at + 4) != members->size)
        *problem = &gzip_wrong_length;
    if (*problem != NULL)
        return FAILS;
    use(members, TRAILER_SIZE);
    members->finished++;
    members->tally.member = members->tally.in;
    members->part = PART_START;
    return GOES_ON;
}

static enum outcome advance(struct gzip_members *members, char *to, size_t size, size_t *made,
                            const struct gzip_problem **problem)
{
    switch (members->part) {
    case PART_START:
        return start_member(members, problem);
    case PART_HEADER:
        return read_header(members, problem);
    case PART_DEFLATED:
        return inflate_some(members, to, size, made, problem);
    case PART_TRAILER:
        break;
    }
    return check_trailer(members, problem);
}

/* What is wrong with data that end here; NULL: nothing. */
static const struct gzip_problem *describe_end(const struct gzip_members *members)
{
    const struct span bytes = unused(members);

    if (members->part != PART_START)
        return &gzip_truncated;
    if (bytes.size == 0)
        return NULL;
    return members->finished > 0 && !gzip_begins(bytes) ? &gzip_no_member : &gzip_truncated;
}

enum status gzip_members_inflate(struct gzip_members *members, struct span *input, bool ended,
                                 char *to, size_t size, size_t *got,
                                 const struct gzip_problem **problem)
{
    enum outcome outcome = GOES_ON;
    size_t room = size;

    *problem = NULL;
    while (room > 0 && outcome == GOES_ON) {
        size_t made = 0;

        hold(members, input);
        outcome = advance(members, to, room, &made, problem);
        to += made;
        room -= made;
        *got += made;
        if (outcome == STARVES && input->size > 0)
            outcome = GOES_ON;
    }
    if (outcome == STARVES && ended)
        *problem = describe_end(members);
    return *problem == NULL ? STATUS_OK : STATUS_INPUT;
}
