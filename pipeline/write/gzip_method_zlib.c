#include <limits.h>
#include <stdlib.h>

#define ZLIB_CONST
#include <zlib.h>

#include "write/gzip_method.h"

enum {
    WINDOW_BITS_RAW = -15, /* 32 KiB window, neither header nor trailer */
    MEMORY_LEVEL = 8,
    FLUSH_ROOM = 16, /* the marker of a sync flush, and what deflateBound doesn't count before it */
};

struct zlib_compressor {
    struct gzip_block_compressor base;
    z_stream stream;
};

static const char *library(void)
{
    return "zlib " ZLIB_VERSION;
}

static struct gzip_block_compressor *make(int level)
{
    struct zlib_compressor *compressor = calloc(1, sizeof *compressor);

    if (compressor == NULL)
        return NULL;
    if (deflateInit2(&compressor->stream, level, Z_DEFLATED, WINDOW_BITS_RAW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        free(compressor);
        return NULL;
    }
    return &compressor->base;
}

static void free_compressor(struct gzip_block_compressor *base)
{
    deflateEnd(&((struct zlib_compressor *)base)->stream);
    free(base);
}

/* Runs deflate until it has taken all input and left room; then all that is due is out. */
static bool deflate_all(z_stream *stream, int flush, struct buffer *out)
{
    do {
        if (!buffer_reserve(out, FLUSH_ROOM))
            return false;
        const size_t room = out->capacity - out->size;
        const uInt offered = room < UINT_MAX ? (uInt)room : UINT_MAX;
        stream->next_out = (Bytef *)out->at + out->size;
        stream->avail_out = offered;

        const int result = deflate(stream, flush);
        out->size += offered - stream->avail_out;
        if (result != Z_OK && result != Z_BUF_ERROR)
            return false;
    } while (stream->avail_in > 0 || stream->avail_out == 0);
    return true;
}

static bool deflate_piece(z_stream *stream, struct span piece, struct gzip_block *block)
{
    block->crc = (uint32_t)crc32_z(block->crc, (const Bytef *)piece.at, piece.size);
    while (piece.size > 0) {
        const uInt taken = piece.size < UINT_MAX ? (uInt)piece.size : UINT_MAX;
        stream->next_in = (const Bytef *)piece.at;
        stream->avail_in = taken;
        if (!deflate_all(stream, Z_NO_FLUSH, &block->deflated))
            return false;
        piece.at += taken;
        piece.size -= taken;
    }
    return true;
}

static bool deflate_pieces(struct gzip_block_compressor *base, const struct pieces *pieces,
                           struct gzip_block *block)
{
    z_stream *stream = &((struct zlib_compressor *)base)->stream;
    /* Room for the worst case from the start: the output never depends on how full it gets. */
    const size_t bound = deflateBound(stream, (uLong)block->size) + FLUSH_ROOM;
    if (deflateReset(stream) != Z_OK || !buffer_reserve(&block->deflated, bound))
        return false;

    for (size_t i = 0; i < pieces->count; i++) {
        if (!deflate_piece(stream, pieces->items[i], block))
            return false;
    }
    return deflate_all(stream, Z_SYNC_FLUSH, &block->deflated);
}

const struct gzip_method gzip_method_zlib = {library, make, free_compressor, deflate_pieces};

uint32_t gzip_crc_join(uint32_t crc, const struct gzip_block *block)
{
    return (uint32_t)crc32_combine(crc, block->crc, (z_off_t)block->size);
}
