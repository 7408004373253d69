/*
 * What identifier_scan has to find, by the plainest of means: every @, digit and blank is looked
 * at, and no filter is asked.
 */
#ifndef EFFACE_UNIT_SLOW_SCAN_H
#define EFFACE_UNIT_SLOW_SCAN_H

#include "match/identifier_scan.h"

/* Sets the hits of a kind: their places alone. The caller has given them room enough. */
void scan_slowly(enum identifier_kind kind, const struct known_identifiers *known, struct span text,
                 struct identifier_hits *hits);

/* Fails where the hits are at other places than those found slowly. */
void assert_same_hits(const struct identifier_hits *hits, const struct identifier_hits *slow,
                      const char *text);

#endif
