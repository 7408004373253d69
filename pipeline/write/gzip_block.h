/*
 * Compression of one run of bytes, to be joined with others into one gzip member.
 *
 * A block is a run of raw deflate blocks (RFC 1951) that refers to nothing before it and
 * ends on a byte boundary, none of them final. So blocks are made on any thread in any
 * order, and their concatenation, in the order of the data, is one deflate stream that
 * lacks only its end. The bytes of a block depend on its input, the level, the library that
 * serves the level and, with ISA-L, the instruction set it finds.
 */
#ifndef EFFACE_WRITE_GZIP_BLOCK_H
#define EFFACE_WRITE_GZIP_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "write/pieces.h"

enum { GZIP_LEVEL_MIN = 1, GZIP_LEVEL_MAX = 9 };

/* The library that serves a level, and its version: "zlib 1.2.13". */
const char *gzip_library(int level);

/* A compressor; belongs to one thread. */
struct gzip_block_compressor;

/* `level` GZIP_LEVEL_MIN to GZIP_LEVEL_MAX. NULL where memory ran out. Caller frees. */
struct gzip_block_compressor *gzip_block_compressor_new(int level);

/* NULL is fine. */
void gzip_block_compressor_free(struct gzip_block_compressor *compressor);

struct gzip_block {
    struct buffer deflated; /* raw deflate blocks, sync-flushed, none of them final */
    uint32_t crc;           /* CRC-32 of the bytes before compression */
    uint64_t size;          /* their number */
};

#define GZIP_BLOCK_INIT                                                                            \
    {                                                                                              \
        BUFFER_INIT, 0, 0                                                                          \
    }

/*
 * Compresses the pieces into `block`, whose former contents are dropped and whose memory is
 * used again. No bytes give an empty block. False where memory ran out; the block is then empty.
 */
MUST_USE bool gzip_block_compress(struct gzip_block_compressor *compressor,
                                  const struct pieces *pieces, struct gzip_block *block);

void gzip_block_release(struct gzip_block *block);

/* The CRC-32 of bytes with CRC `crc` and the bytes of `block` behind them. */
uint32_t gzip_crc_join(uint32_t crc, const struct gzip_block *block);

#endif
