/*
 * The sieve for full names (mark_sieve.h): gaps between words, by the looks of both sides
 * (name_text.h). For any length of lanes: included by one source for each.
 */
#ifndef EFFACE_MATCH_GAP_SIEVE_LANES_H
#define EFFACE_MATCH_GAP_SIEVE_LANES_H

#include "match/look_lanes.h"
#include "match/part_lanes.h"

enum { LANE_BITS = 8 * WORD_BYTES };

/* How many bytes a mask has that reaches from the first or from the last byte on. */
LANES word_lanes lanes_count(byte_lanes mask)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    return ((word_lanes)mask & ones) * ones >> (LANE_BITS - 8);
}

/* Where words stand beyond what parts them from a place. */
struct far_words {
    word_lanes places;
    word_lanes unsure; /* not 0: maybe elsewhere */
};

/* What may part words of a name, but for bytes outside ASCII. */
LANES byte_lanes are_joints(word_lanes words)
{
    const byte_lanes bytes = (byte_lanes)words;

    return lanes_equal(bytes, ' ') | lanes_equal(bytes, '.') | lanes_equal(bytes, '-') |
           lanes_equal(bytes, '\'');
}

/* Whether a joint outside ASCII may begin here, or more of them be further on. */
LANES word_lanes may_go_on(word_lanes bytes, word_lanes over)
{
    return (word_lanes)((bytes & 0xFFFF) == 0x80E2) | (word_lanes)(over > 5);
}

/* name_before_initial */
LANES struct far_words before_initials(struct span text, word_lanes initials)
{
    const word_lanes bytes = bytes_before_places(text, initials);
    const word_lanes over = lanes_count(~lanes_up_to_last(~are_joints(bytes)));

    return (struct far_words){initials - over, may_go_on(bytes << 8 * (over & 7) >> 40, over)};
}

/* name_behind_initial */
LANES struct far_words behind_initials(struct span text, word_lanes initials)
{
    const word_lanes bytes = bytes_from_places(text, initials + 1);
    const word_lanes over = lanes_count(lanes_before_first(~are_joints(bytes)));

    return (struct far_words){initials + 1 + over, may_go_on(bytes >> 8 * (over & 7), over)};
}

/* Where the words end that stand before those at `starts`, as name_gap_at says. */
LANES struct far_words before_gaps(struct span text, word_lanes starts)
{
    const byte_lanes bytes = (byte_lanes)bytes_before_places(text, starts);
    const byte_lanes not_blanks = lanes_up_to_last(~lanes_equal(bytes, ' '));
    const byte_lanes marks = lanes_equal(bytes, '.') | lanes_equal(bytes, ',');
    const word_lanes over = lanes_count(~lanes_up_to_last(not_blanks & ~marks));

    return (struct far_words){starts - over, (word_lanes)(over == WORD_BYTES)};
}

/* Whether the filter may have pairs of looks. */
LANES unsigned pairs_may_be_known(const struct known_identifiers *known, word_lanes lefts,
                                  word_lanes rights)
{
    return may_be_parts(known, part_hashes(known, part_hashes(known, rights) ^ lefts));
}

/*
 * With an initial beside a gap the word beyond it may belong to the name or not: all that both
 * sides may be is asked. `ends` and `starts` are those of the words beside, of which the looks are
 * given.
 */
LANES unsigned far_pairs_may_be_known(const struct known_identifiers *known, struct span text,
                                      word_lanes ends, word_lanes starts, word_lanes lefts,
                                      word_lanes rights)
{
    const word_lanes left_initials = (word_lanes)(lefts << 8 == 0) & (word_lanes)(lefts != 0);
    const word_lanes right_initials = (word_lanes)(rights - 1 < UINT8_MAX);
    struct far_words left, right;
    word_lanes far_lefts, far_rights;

    if (!lanes_set(left_initials | right_initials))
        return 0;
    /* where there is no initial, its word is looked at for nothing */
    left = before_initials(text, ends - (left_initials & 1));
    right = behind_initials(text, starts);
    far_lefts = word_end_looks(bytes_before_places(text, left.places)) >> 8 & left_initials;
    far_rights = word_start_looks(bytes_from_places(text, right.places)) << 8 & right_initials;
    return pairs_may_be_known(known, lefts | far_lefts, rights) |
           pairs_may_be_known(known, lefts, rights | far_rights) |
           pairs_may_be_known(known, lefts | far_lefts, rights | far_rights) |
           lanes_set((left.unsure & left_initials) | (right.unsure & right_initials));
}

LANES unsigned gaps_may_be_known(const struct known_identifiers *known, struct span text,
                                 word_lanes starts)
{
    const struct far_words left = before_gaps(text, starts);
    const word_lanes ends = left.places;
    const word_lanes lefts = word_end_looks(bytes_before_places(text, ends));
    const word_lanes rights = word_start_looks(bytes_from_places(text, starts));

    return pairs_may_be_known(known, lefts, rights) | lanes_set(left.unsure) |
           far_pairs_may_be_known(known, text, ends, starts, lefts, rights);
}

LANES size_t sift_gaps(const struct known_identifiers *known, struct span text, uint32_t *words,
                       size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < LANE_WORDS && count > 0; i++)
        words[count + i] = words[count - 1];
    for (size_t i = 0; i < count; i += LANE_WORDS) {
        const unsigned those =
            count - i < LANE_WORDS ? (1u << (count - i)) - 1 : (1u << LANE_WORDS) - 1;

        kept += keep_places(words + kept, words + i,
                            those & gaps_may_be_known(known, text, places_of(words + i)));
    }
    return kept;
}

#endif
