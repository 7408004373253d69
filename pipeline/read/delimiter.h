/*
 * Finding the delimiter of a CSV file in its header.
 */
#ifndef EFFACE_READ_DELIMITER_H
#define EFFACE_READ_DELIMITER_H

#include <stdbool.h>

#include "base/span.h"
#include "base/status.h"

enum delimiter_search {
    DELIMITER_FOUND,
    DELIMITER_TIED,    /* two stand equally often */
    DELIMITER_UNKNOWN, /* the header goes on behind the bytes */
};

/*
 * Sets *delimiter to the one of , ; tab | that stands most often outside quotes in the record at
 * the front of `bytes`; to the comma where none does. `ended`: nothing follows the bytes.
 */
MUST_USE enum delimiter_search delimiter_find(struct span bytes, bool ended, char *delimiter);

#endif
