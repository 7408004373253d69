/*
 * How an export writes its records.
 */
#ifndef EFFACE_RECORD_DIALECT_H
#define EFFACE_RECORD_DIALECT_H

#include "base/span.h"

enum quoting {
    QUOTING_STRICT,  /* RFC 4180 to the letter, but for line ends: LF or CRLF */
    QUOTING_LENIENT, /* what libcsv takes without CSV_STRICT */
};

/* To be found in the header: the one of , ; tab | that stands there most often outside quotes. */
#define DELIMITER_AUTO '\0'

struct dialect {
    char delimiter; /* DELIMITER_AUTO until the header has been read */
    enum quoting quoting;
    struct span null; /* an unquoted cell of these bytes is null; empty: none but the empty cell */
};

#endif
