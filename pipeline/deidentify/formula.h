/*
 * Values that a spreadsheet would run instead of show.
 */
#ifndef EFFACE_DEIDENTIFY_FORMULA_H
#define EFFACE_DEIDENTIFY_FORMULA_H

#include <stdbool.h>
#include <string.h>

#include "base/span.h"

/* Whether the value starts with = + - @ TAB or CR (OWASP, CSV injection). */
static inline bool formula_starts(struct span value)
{
    return value.size > 0 && memchr("=+-@\t\r", value.at[0], 6) != NULL;
}

#endif
