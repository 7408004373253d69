/*
 * How far a run is: counted by the engine as files and batches pass, told to whoever watches.
 *
 *     phase_meter_begin     a phase, with what it has before it
 *     phase_meter_file      ... a file of it begins
 *     phase_meter_batch     ... ... a batch of this file has passed
 *     phase_meter_file_end  ... the file is done
 *     phase_meter_end       the phase is done
 *
 * All on the caller's thread, and at most once a batch: nothing is counted per record. Bytes are
 * those of files as they stand on disk. What is done never goes down within a phase. What is before
 * it is what is known at first: it grows where files turn out to be read again, and is what was
 * done in the end.
 */
#ifndef EFFACE_RUN_PHASE_METER_H
#define EFFACE_RUN_PHASE_METER_H

#include <stdint.h>

enum run_phase {
    PHASE_RESOLVE, /* finds out whose every record is */
    PHASE_COLLECT, /* collects the targets' identifiers, for the leak check */
    PHASE_APPLY,   /* treats and writes every file */
    PHASE_REPORTS, /* its files are the reports; their bytes are not known before */
    PHASE_COUNT,
};

enum phase_moment { PHASE_BEGINS, PHASE_GOES_ON, PHASE_ENDS };

struct run_progress {
    enum run_phase phase;
    enum phase_moment moment;
    uint64_t files_done, files;
    uint64_t bytes_done, bytes;
    uint64_t records; /* read in this phase */
};

struct progress_watcher {
    void *context;
    void (*told)(void *context, const struct run_progress *progress); /* NULL: nobody watches */
};

struct phase_meter {
    struct progress_watcher watcher;
    struct run_progress progress;
    uint64_t bytes_before; /* done when the file at hand began */
    uint64_t file_size;
};

#define PHASE_METER_INIT                                                                           \
    {                                                                                              \
        .watcher = { NULL, NULL }                                                                  \
    }

/* The name for people and programs: "resolve". */
const char *run_phase_name(enum run_phase phase);

void phase_meter_begin(struct phase_meter *meter, enum run_phase phase, uint64_t files,
                       uint64_t bytes);
void phase_meter_file(struct phase_meter *meter, uint64_t size);

/* `position` is how much of the file has been read, of the size it was announced with. */
void phase_meter_batch(struct phase_meter *meter, uint64_t position, uint64_t records);
void phase_meter_file_end(struct phase_meter *meter);
void phase_meter_end(struct phase_meter *meter);

#endif
