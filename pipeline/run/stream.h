/*
 * The engine: batches of files through the threads of a pool, in order.
 *
 *     open, read (the caller)  ->  frame, work (any thread)  ->  collect (one thread, in order)
 *
 * All passes run on it; a stage says which files, and what to do with a batch. While the last
 * batches of a file are worked on, the next files are opened and read, so that many small files
 * keep all threads busy as one large file does. Files open at once are bounded by the batches in
 * flight.
 */
#ifndef EFFACE_RUN_STREAM_H
#define EFFACE_RUN_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "read/export_reader.h"
#include "record/batch.h"
#include "run/phase_meter.h"

struct stream; /* opaque: the pool and the batches in flight */

/* A batch in flight. `slot` and `worker` index what the stage keeps for each. */
struct flight {
    struct batch batch; /* ... the last of its file where it is `last` */
    bool first;         /* of its file */
    const void *file;   /* what `open` said of it */
    /* Of the file; it may be reading on. With the last batch, all that it says is final. */
    const struct export_reader *reader;
    size_t slot;
    size_t worker;
    struct diagnostics diagnostics;
};

struct stage {
    void *context;
    /* On the caller's thread: opens the next file. *reader NULL: there is none. The stream frees it
     * once its last batch is collected. */
    enum status (*open)(void *context, struct export_reader **reader, const void **file,
                        struct diagnostics *diagnostics);
    /* On any thread. The batch is indexed. */
    enum status (*work)(void *context, struct flight *flight);
    /* On one thread, in the order of the data, once `work` has succeeded. */
    enum status (*collect)(void *context, struct flight *flight, struct diagnostics *diagnostics);
    /* On the caller's thread, of every flight that `collect` was given: waits for what still looks
     * at its batch, or at what the stage keeps for its slot, which are about to be used again.
     * NULL: nothing does. */
    void (*settle)(void *context, size_t slot);
    bool one_by_one; /* what is collected changes what `work` reads: no batch may run ahead */
};

/*
 * `threads` 0 works on the caller's own. `stop` is asked between batches: once it is
 * not 0, streams end with STATUS_SYSTEM. NULL where memory or threads can't be
 * had. Caller frees with stream_free.
 */
struct stream *stream_new(size_t threads, const atomic_int *stop);
void stream_free(struct stream *stream);

/* Has the files and batches that pass told to a meter, which must outlive the stream. */
void stream_watch(struct stream *stream, struct phase_meter *meter);

/* The meter; where none was given, one that nobody watches. Borrowed. */
struct phase_meter *stream_meter(struct stream *stream);

/* How many batches can be in flight, and how many threads work: the ranges of slot and worker. */
size_t stream_slots(const struct stream *stream);
size_t stream_workers(const struct stream *stream);

/* Whether the caller was asked to stop; adds "interrupted" to `diagnostics`. */
bool stream_stopped(const struct stream *stream, struct diagnostics *diagnostics);

/* Sends every batch of every file through the stage. Ends at the first error, in order. */
MUST_USE enum status stream_files(struct stream *stream, const struct stage *stage,
                                  struct diagnostics *diagnostics);

#endif
