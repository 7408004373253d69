/*
 * How far a run is, in a line for people:
 *
 *     apply      12 of 15 files   62 %   1.3 GB of 2.1 GB   1.2 M records/s   0:08 left
 *
 * A pure function of what it is told. Where the line is narrow, what matters least is left out.
 */
#ifndef EFFACE_CLI_PROGRESS_LINE_H
#define EFFACE_CLI_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run/phase_meter.h"

enum { PROGRESS_LINE_SIZE = 256, LEFT_UNKNOWN = -1 };

/*
 * Writes the line, of at most `width` columns, without a line end; a column is a byte here, but for
 * the sequences that make the phase's name bold where `colour` is set. `elapsed` is the phase's, in
 * milliseconds. Returns its length in bytes.
 */
size_t progress_line_write(char line[PROGRESS_LINE_SIZE], const struct run_progress *progress,
                           uint64_t elapsed, size_t width, bool colour);

/* Milliseconds that the phase will go on, or LEFT_UNKNOWN where too little of it is done. */
int64_t progress_left(const struct run_progress *progress, uint64_t elapsed);

#endif
