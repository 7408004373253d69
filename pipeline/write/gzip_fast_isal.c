#include <isa-l.h>
#include <limits.h>
#include <stdlib.h>

#include "write/gzip_method.h"

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor) "isa-l " TEXT_OF(major) "." TEXT_OF(minor)

enum {
    FLUSH_ROOM = 1024,     /* the tables of a block's codes, and the marker of a sync flush */
    STORED_SIZE = 1 << 12, /* bytes that can't grow by more than one, when they don't compress */
    LEAD_SIZE = 4,         /* bytes of a block that are compressed by themselves */
};

static const uint32_t memory_sizes[GZIP_LEVEL_FAST + 1] = {
    ISAL_DEF_LVL0_DEFAULT, ISAL_DEF_LVL1_DEFAULT, ISAL_DEF_LVL2_DEFAULT, ISAL_DEF_LVL3_DEFAULT};

struct isal_compressor {
    struct gzip_block_compressor base;
    int level;
    struct isal_zstream stream;
    uint8_t memory[]; /* what the level works in */
};

/* Its version is that of its header; the library tells none. */
static const char *library(void)
{
    return VERSION_TEXT(ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION);
}

static struct gzip_block_compressor *make(int level)
{
    struct isal_compressor *compressor = malloc(sizeof *compressor + memory_sizes[level]);

    if (compressor == NULL)
        return NULL;
    compressor->base = (struct gzip_block_compressor){NULL};
    compressor->level = level;
    return &compressor->base;
}

static void free_compressor(struct gzip_block_compressor *base)
{
    free(base);
}

/* Makes the stream ready for another block, which knows nothing of those before. */
static void start(struct isal_compressor *compressor)
{
    struct isal_zstream *stream = &compressor->stream;

    isal_deflate_init(stream);
    stream->level = (uint32_t)compressor->level;
    stream->level_buf = compressor->memory;
    stream->level_buf_size = memory_sizes[compressor->level];
}

/* Runs isal_deflate until it has taken all input and left room; then all that is due is out. */
static bool deflate_all(struct isal_zstream *stream, uint16_t flush, struct buffer *out)
{
    stream->flush = flush;
    do {
        if (!buffer_reserve(out, FLUSH_ROOM))
            return false;
        const size_t room = out->capacity - out->size;
        const uint32_t offered = room < UINT32_MAX ? (uint32_t)room : UINT32_MAX;
        stream->next_out = (uint8_t *)out->at + out->size;
        stream->avail_out = offered;

        const int result = isal_deflate(stream);
        out->size += offered - stream->avail_out;
        if (result != COMP_OK)
            return false;
    } while (stream->avail_in > 0 || stream->avail_out == 0);
    return true;
}

static bool deflate_piece(struct isal_zstream *stream, struct span piece, struct gzip_block *block)
{
    block->crc = crc32_gzip_refl(block->crc, (const unsigned char *)piece.at, piece.size);
    while (piece.size > 0) {
        const uint32_t taken = piece.size < UINT32_MAX ? (uint32_t)piece.size : UINT32_MAX;

        /* ISA-L does not write to its input; its interface only lacks the const. */
        stream->next_in = (uint8_t *)(uintptr_t)piece.at;
        stream->avail_in = taken;
        if (!deflate_all(stream, NO_FLUSH, &block->deflated))
            return false;
        piece = (struct span){piece.at + taken, piece.size - taken};
    }
    return true;
}

/*
 * Compresses what the piece has of the block's lead, and takes it off. ISA-L 2.30 begins a stream
 * of levels 1 and 2 by hashing bits of the stream's address in place of its third byte
 * (isal_deflate_icf_body_hash_hist_04), which now and then costs a match: the same block would be
 * other bytes elsewhere in memory. A few bytes that are flushed by themselves take another way,
 * and what follows them is hashed as it should be.
 */
static bool deflate_lead(struct isal_zstream *stream, size_t *lead, struct span *piece,
                         struct gzip_block *block)
{
    const size_t size = piece->size < *lead ? piece->size : *lead;

    if (size == 0)
        return true;
    if (!deflate_piece(stream, (struct span){piece->at, size}, block))
        return false;
    *piece = (struct span){piece->at + size, piece->size - size};
    *lead -= size;
    return *lead > 0 || deflate_all(stream, SYNC_FLUSH, &block->deflated);
}

static bool deflate_pieces(struct gzip_block_compressor *base, const struct pieces *pieces,
                           struct gzip_block *block)
{
    struct isal_compressor *compressor = (struct isal_compressor *)base;
    struct isal_zstream *stream = &compressor->stream;
    size_t lead = LEAD_SIZE;
    /* Room for the worst case from the start: the output never depends on how full it gets. */
    const size_t bound = (size_t)block->size + (size_t)block->size / STORED_SIZE + FLUSH_ROOM;

    start(compressor);
    if (!buffer_reserve(&block->deflated, bound))
        return false;
    for (size_t i = 0; i < pieces->count; i++) {
        struct span piece = pieces->items[i];

        if (!deflate_lead(stream, &lead, &piece, block) || !deflate_piece(stream, piece, block))
            return false;
    }
    return deflate_all(stream, SYNC_FLUSH, &block->deflated);
}

static const struct gzip_method method = {library, make, free_compressor, deflate_pieces};
const struct gzip_method *const gzip_method_fast = &method;
