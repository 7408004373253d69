#include "write/byte_sink.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/uio.h>

#include "base/span.h"

struct byte_sink {
    int fd;
    const char *name;
    bool gzip;
    bool finished;
    struct checksum checksum; /* without a context: not taken */
    unsigned char digest[CHECKSUM_SIZE];
    uint64_t size;
    uint32_t crc;           /* gzip: of the bytes before compression */
    uint64_t unpacked_size; /* gzip: their number */
};

/* Drops the first `written` bytes of the vectors and returns the first that still has some. */
static struct iovec *vectors_advance(struct iovec *vectors, const struct iovec *end, size_t written)
{
    while (vectors < end && written >= vectors->iov_len)
        written -= vectors++->iov_len;
    if (vectors < end) {
        vectors->iov_base = (char *)vectors->iov_base + written;
        vectors->iov_len -= written;
    }
    return vectors;
}

/* Writes every byte of the vectors, which it uses up. */
static enum status write_vectors(const struct byte_sink *sink, struct iovec *vectors, size_t count,
                                 struct diagnostics *diagnostics)
{
    const struct iovec *end = vectors + count;

    while (vectors < end) {
        const ssize_t written = writev(sink->fd, vectors, (int)(end - vectors));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return diagnostics_system(diagnostics, sink->name, "write the output",
                                      written ? errno : EIO);
        vectors = vectors_advance(vectors, end, (size_t)written);
    }
    return STATUS_OK;
}

/* Writes at most IOV_MAX spans, none of them empty. */
static enum status write_spans(struct byte_sink *sink, const struct span *spans, size_t count,
                               struct diagnostics *diagnostics)
{
    struct iovec vectors[IOV_MAX];

    for (size_t i = 0; i < count; i++) {
        vectors[i] = (struct iovec){(char *)spans[i].at, spans[i].size};
        if (sink->checksum.context != NULL && !checksum_add(&sink->checksum, spans[i]))
            return diagnostics_no_memory(diagnostics);
        sink->size += spans[i].size;
    }
    return write_vectors(sink, vectors, count, diagnostics);
}

static enum status write_span(struct byte_sink *sink, struct span bytes,
                              struct diagnostics *diagnostics)
{
    return write_spans(sink, &bytes, 1, diagnostics);
}

/* The head of a gzip member: deflate, no flags, no time, no extra flags, unknown system. */
static enum status write_gzip_head(struct byte_sink *sink, struct diagnostics *diagnostics)
{
    return write_span(sink, SPAN("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"), diagnostics);
}

static void put_little_endian(char at[4], uint32_t number)
{
    for (size_t i = 0; i < 4; i++)
        at[i] = (char)(unsigned char)(number >> (8 * i));
}

/* The end of a gzip member: an empty final deflate block, the CRC, the size modulo 2^32. */
static enum status write_gzip_tail(struct byte_sink *sink, struct diagnostics *diagnostics)
{
    char tail[10] = {0x03, 0x00};

    put_little_endian(tail + 2, sink->crc);
    put_little_endian(tail + 6, (uint32_t)sink->unpacked_size);
    return write_span(sink, (struct span){tail, sizeof tail}, diagnostics);
}

enum status byte_sink_new(int fd, const char *name, enum sink_kind kind, struct byte_sink **sink,
                          struct diagnostics *diagnostics)
{
    struct byte_sink *new_sink = calloc(1, sizeof *new_sink);
    if (new_sink == NULL)
        return diagnostics_no_memory(diagnostics);
    *new_sink = (struct byte_sink){.fd = fd, .name = name, .gzip = kind == SINK_GZIP};

    enum status status = STATUS_OK;
    if (kind != SINK_UNSUMMED && !checksum_start(&new_sink->checksum))
        status = diagnostics_no_memory(diagnostics);
    else if (kind == SINK_GZIP)
        status = write_gzip_head(new_sink, diagnostics);

    if (status != STATUS_OK) {
        byte_sink_free(new_sink);
        return status;
    }
    *sink = new_sink;
    return STATUS_OK;
}

enum status byte_sink_write(struct byte_sink *sink, const struct pieces *pieces,
                            struct diagnostics *diagnostics)
{
    assert(!sink->gzip && !sink->finished);

    enum status status = STATUS_OK;
    for (size_t done = 0; done < pieces->count && status == STATUS_OK; done += IOV_MAX) {
        const size_t left = pieces->count - done;
        status =
            write_spans(sink, pieces->items + done, left < IOV_MAX ? left : IOV_MAX, diagnostics);
    }
    return status;
}

enum status byte_sink_write_block(struct byte_sink *sink, const struct gzip_block *block,
                                  struct diagnostics *diagnostics)
{
    assert(sink->gzip && !sink->finished);

    if (block->size == 0)
        return STATUS_OK;
    sink->crc = gzip_crc_join(sink->crc, block);
    sink->unpacked_size += block->size;
    return write_span(sink, buffer_span(&block->deflated), diagnostics);
}

enum status byte_sink_finish(struct byte_sink *sink, struct diagnostics *diagnostics)
{
    assert(!sink->finished);

    if (sink->gzip) {
        const enum status status = write_gzip_tail(sink, diagnostics);
        if (status != STATUS_OK)
            return status;
    }
    if (sink->checksum.context != NULL && !checksum_finish(&sink->checksum, sink->digest))
        return diagnostics_no_memory(diagnostics);
    sink->finished = true;
    return STATUS_OK;
}

uint64_t byte_sink_size(const struct byte_sink *sink)
{
    return sink->size;
}

const unsigned char *byte_sink_checksum(const struct byte_sink *sink)
{
    assert(sink->finished);
    return sink->digest;
}

void byte_sink_free(struct byte_sink *sink)
{
    if (sink == NULL)
        return;
    checksum_release(&sink->checksum);
    free(sink);
}
