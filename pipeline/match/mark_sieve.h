/*
 * Leaves of the marks in a text (text_marks.h) those that may be a target's identifier.
 *
 * Some bytes around each mark, which are the same in all forms of an identifier, are held against
 * a filter. All marks of a stretch go through without a branch, so that the processor looks at
 * several at once; what little passes is looked at one by one (identifier_scan.h).
 */
#ifndef EFFACE_MATCH_MARK_SIEVE_H
#define EFFACE_MATCH_MARK_SIEVE_H

#include "base/span.h"
#include "match/known_identifiers.h"
#include "match/text_marks.h"

void sift_marks(const struct known_identifiers *known, struct span text, struct text_marks *marks);

#endif
