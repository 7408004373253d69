/*
 * The libraries that compress blocks. For gzip_block.c only.
 *
 * A method extends struct gzip_block_compressor, which it begins its own struct with.
 */
#ifndef EFFACE_WRITE_GZIP_METHOD_H
#define EFFACE_WRITE_GZIP_METHOD_H

#include "write/gzip_block.h"

struct gzip_block_compressor {
    const struct gzip_method *method;
};

struct gzip_method {
    const char *(*library)(void); /* name and version */
    /* NULL where memory ran out. The method need not be set in it. */
    struct gzip_block_compressor *(*make)(int level);
    /* Not NULL. */
    void (*free)(struct gzip_block_compressor *compressor);
    /*
     * Adds the pieces, compressed, to block->deflated, and their CRC to block->crc; block->size,
     * which is not 0, is their size in all. False where memory ran out.
     */
    bool (*deflate)(struct gzip_block_compressor *compressor, const struct pieces *pieces,
                    struct gzip_block *block);
};

extern const struct gzip_method gzip_method_zlib; /* any level */

/*
 * For levels up to GZIP_LEVEL_FAST: ISA-L, some five times as fast as zlib, where the build has it
 * (gzip_fast_isal.c), else zlib (gzip_fast_zlib.c).
 */
extern const struct gzip_method *const gzip_method_fast;

enum { GZIP_LEVEL_FAST = 3 };

#endif
