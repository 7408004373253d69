/*
 * Matching of relative paths, byte by byte, whatever the locale.
 *
 *     *    any bytes within a name        ?    one byte within a name
 *     **   as a whole name: any number of folders, none included
 *          as the last name: every file below, in whatever folder
 *
 * A dot is a byte like any other. The time is at most the product of both lengths.
 */
#ifndef EFFACE_BASE_GLOB_H
#define EFFACE_BASE_GLOB_H

#include <stdbool.h>

bool glob_matches(const char *pattern, const char *path);

/* Whether it would match if upper and lower case of ASCII were the same. */
bool glob_matches_any_case(const char *pattern, const char *path);

#endif
