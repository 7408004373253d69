/*
 * Questions to the filter of identifiers' parts side by side, for any length of lanes: included by
 * one source for each.
 */
#ifndef EFFACE_MATCH_PART_LANES_H
#define EFFACE_MATCH_PART_LANES_H

#include "match/known_identifiers.h"
#include "match/mark_lanes.h"

/* identifier_part of words side by side. */
LANES word_lanes part_hashes(const struct known_identifiers *known, word_lanes words)
{
    const word_lanes hashes = (words ^ known->set.key.quick.seed) * IDENTIFIER_PART_FACTOR_1;

    return (hashes ^ hashes >> 32) * IDENTIFIER_PART_FACTOR_2;
}

/* The hashes that parts of what is known may have, as bits. */
LANES unsigned may_be_parts(const struct known_identifiers *known, word_lanes hashes)
{
    const word_lanes one = (word_lanes){0} + 1;

    return filter_has(&known->parts, hashes,
                      one << (hashes & 63) | one << (hashes >> 6 & 63) |
                          one << (hashes >> 12 & 63));
}

#endif
