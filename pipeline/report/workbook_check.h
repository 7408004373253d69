/*
 * A look at a finished workbook: is all in it that was put in?
 *
 * libxlsxwriter writes its sheets to temporary files without looking whether they take
 * it, so on a full disk it makes a sound zip of torn XML and reports success. Here
 * every member is decompressed against its CRC, its tags must close each other, and
 * the cells and the bytes of their texts are counted.
 */
#ifndef EFFACE_REPORT_WORKBOOK_CHECK_H
#define EFFACE_REPORT_WORKBOOK_CHECK_H

#include <stdint.h>

#include "base/status.h"

struct workbook_contents {
    uint64_t cells;      /* empty ones with a format included */
    uint64_t text_bytes; /* of all cells */
};

/* Returns 0, EIO where the file holds anything else, or another errno. */
MUST_USE int workbook_check(const char *path, const struct workbook_contents *expected);

#endif
