/*
 * Whether a file that decides what is done (rules, and the values and tables beside them) can be
 * trusted to say what its owner wrote.
 */
#ifndef EFFACE_BASE_FILE_TRUST_H
#define EFFACE_BASE_FILE_TRUST_H

#include <stdbool.h>
#include <sys/stat.h>

/*
 * Whether its mode lets others than its owner write to a file. One's own primary group counts as
 * oneself: with a umask of 002 it holds nobody else.
 */
bool writable_by_others(const struct stat *file);

#endif
