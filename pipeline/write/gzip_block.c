#include "write/gzip_block.h"

#include <assert.h>

#include "write/gzip_method.h"

static const struct gzip_method *method_of(int level)
{
    return level <= GZIP_LEVEL_FAST ? gzip_method_fast : &gzip_method_zlib;
}

const char *gzip_library(int level)
{
    return method_of(level)->library();
}

struct gzip_block_compressor *gzip_block_compressor_new(int level)
{
    assert(level >= GZIP_LEVEL_MIN && level <= GZIP_LEVEL_MAX);
    struct gzip_block_compressor *compressor = method_of(level)->make(level);

    if (compressor != NULL)
        compressor->method = method_of(level);
    return compressor;
}

void gzip_block_compressor_free(struct gzip_block_compressor *compressor)
{
    if (compressor != NULL)
        compressor->method->free(compressor);
}

static uint64_t pieces_size(const struct pieces *pieces)
{
    uint64_t size = 0;

    for (size_t i = 0; i < pieces->count; i++)
        size += pieces->items[i].size;
    return size;
}

static void gzip_block_clear(struct gzip_block *block)
{
    buffer_clear(&block->deflated);
    block->crc = 0;
    block->size = 0;
}

bool gzip_block_compress(struct gzip_block_compressor *compressor, const struct pieces *pieces,
                         struct gzip_block *block)
{
    gzip_block_clear(block);
    block->size = pieces_size(pieces);
    if (block->size == 0 || compressor->method->deflate(compressor, pieces, block))
        return true;

    gzip_block_clear(block);
    return false;
}

void gzip_block_release(struct gzip_block *block)
{
    buffer_release(&block->deflated);
    *block = (struct gzip_block)GZIP_BLOCK_INIT;
}
