/*
 * Numbers for people.
 */
#ifndef EFFACE_CLI_COUNTS_H
#define EFFACE_CLI_COUNTS_H

#include <stdint.h>

enum { COUNT_SIZE = 64 };

/* "1,234,567"; returns `text`. */
const char *count_grouped(char text[COUNT_SIZE], uint64_t count);

/* "1 file", "2 files", "1,234,567 files"; returns `text`. */
const char *count_of(char text[COUNT_SIZE], uint64_t count, const char *one, const char *many);

#endif
