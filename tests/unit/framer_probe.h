/*
 * The framer at work on bytes in memory, and held against libcsv.
 */
#ifndef EFFACE_UNIT_FRAMER_PROBE_H
#define EFFACE_UNIT_FRAMER_PROBE_H

#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "read/framer_masks.h"
#include "record/batch.h"

enum { FRAMER_PROBE_COLUMNS = 3 };

struct framer_probe {
    const struct mask_finder *finder; /* by which it looks at bytes */
    struct batch batch;
    struct diagnostics diagnostics;
};

/* With the best finder that this processor has. */
void framer_probe_open(struct framer_probe *probe);
void framer_probe_close(struct framer_probe *probe);

/*
 * Frames bytes that begin on line 2 of contacts.csv, whose columns are the first of Id, Name
 * and Position.
 */
enum status framer_probe_frame(struct framer_probe *probe, struct span bytes, char delimiter,
                               size_t columns, bool after_blank, bool last);

/*
 * Asserts that the bytes, cut in two in the first `chop` of them, for every chop from `first` to
 * `last`, read as libcsv reads them, with every instruction set that this processor has.
 */
void assert_framed_as_by_libcsv(struct framer_probe *probe, struct span bytes, char delimiter,
                                size_t columns, size_t first, size_t last);

/* Asserts that bytes that come in pieces of `size` are cut where the whole is; gives what is open.
 */
bool assert_pieces_cut_as_the_whole(struct span bytes, size_t size);

#endif
