/*
 * The normal form by which values compare.
 *
 *     exact     the bytes as they are
 *     casefold  Unicode simple case folding (CaseFolding.txt, C and S)
 *     email     blanks, tabs and line ends trimmed at both ends, then casefold
 *     phone     the digits, without a leading 00
 *     uuid      ASCII letters lowered, braces and dashes dropped
 *
 * Bytes that are no UTF-8 stay as they are.
 */
#ifndef EFFACE_MATCH_NORMALIZE_H
#define EFFACE_MATCH_NORMALIZE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"
#include "ruleset/ruleset.h"

/*
 * Sets *normal to the normal form of `value`: `value` itself, or bytes in
 * `scratch`, which is cleared first. An empty normal form names nothing. False
 * where memory ran out.
 */
MUST_USE bool normalize(enum match_kind match, struct span value, struct buffer *scratch,
                        struct span *normal);

#endif
