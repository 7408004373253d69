/*
 * The sieve (mark_sieve.h), for any length of lanes: included by one source for each.
 */
#ifndef EFFACE_MATCH_MARK_SIEVE_LANES_H
#define EFFACE_MATCH_MARK_SIEVE_LANES_H

#include "match/look_lanes.h"
#include "match/mark_sieve.h"
#include "match/phone_sieve_lanes.h"

/* So many marks are looked at side by side: a multiple of LANE_WORDS. */
enum { MARK_GROUP = 32 };

/* Marks of one kind, and what the filter is asked of each. */
struct mark_group {
    const uint16_t *places;
    size_t count;
    uint64_t hashes[MARK_GROUP];
    bool sure[MARK_GROUP]; /* false: there is no telling */
};

/* identifier_part of words side by side. */
LANES word_lanes part_hashes(const struct known_identifiers *known, word_lanes words)
{
    const word_lanes hashes = (words ^ known->set.key.quick.seed) * IDENTIFIER_PART_FACTOR_1;

    return (hashes ^ hashes >> 32) * IDENTIFIER_PART_FACTOR_2;
}

LANES void hash_emails(const struct known_identifiers *known, struct span text,
                       const struct text_marks *marks, struct mark_group *group)
{
    uint64_t locals[MARK_GROUP] = {0}, domains[MARK_GROUP] = {0}, unsure[MARK_GROUP];

    for (size_t i = 0; i < group->count; i++) {
        const size_t at = marks->base + group->places[i];

        locals[i] = bytes_before(text, at);
        domains[i] = bytes_from(text, at + 1);
    }
    look_at_emails(locals, domains, unsure, group->count);
    for (size_t i = 0; i < group->count; i += LANE_WORDS)
        lanes_store(group->hashes + i,
                    part_hashes(known, part_hashes(known, lanes_load(locals + i)) ^
                                           lanes_load(domains + i)));
    for (size_t i = 0; i < group->count; i++)
        group->sure[i] = !unsure[i];
}

/*
 * Of words that are an initial: all bits where no other word can follow in the same name, as behind
 * it, or behind its full stop, stands another of ASCII's marks.
 */
LANES word_lanes are_last_initials(word_lanes words)
{
    const word_lanes second = words >> 8 & 0xFF, third = words >> 16 & 0xFF;
    const word_lanes stop = (word_lanes)(second == '.');
    const word_lanes behind = (third & stop) | (second & ~stop);
    const word_lanes letters = (word_lanes)((behind | 0x20) - 'a' < 26);
    const word_lanes joints = (word_lanes)(behind == ' ') | (word_lanes)(behind == '.') |
                              (word_lanes)(behind == '-') | (word_lanes)(behind == '\'');

    return (word_lanes)(behind < 0x80) & ~letters & ~joints;
}

/*
 * With an initial a word has two looks (name_text.h), the one alone and the one with the next word:
 * there is no telling by the first where the second is known. Most sets of names have few initials.
 */
LANES void judge_initials(const struct known_identifiers *known, struct span text, size_t base,
                          const uint64_t *looks, const uint64_t *last, struct mark_group *group)
{
    uint64_t nexts[MARK_GROUP] = {0};
    uint8_t initials[MARK_GROUP];
    size_t count = 0;

    for (size_t i = 0; i < group->count; i++) {
        initials[count] = (uint8_t)i;
        count += look_is_initial(looks[i]) & known->initials[(uint8_t)looks[i]] & !last[i];
    }
    for (size_t i = 0; i < count; i++)
        nexts[i] = bytes_from(text, name_behind_initial(text, base + group->places[initials[i]]));
    look_at_words(nexts, count);
    for (size_t i = 0; i < count; i++)
        group->sure[initials[i]] =
            !name_start_may_be_known(known, looks[initials[i]] | nexts[i] << 8);
}

LANES void hash_words(const struct known_identifiers *known, struct span text,
                      const struct text_marks *marks, struct mark_group *group)
{
    uint64_t looks[MARK_GROUP] = {0}, last[MARK_GROUP];

    for (size_t i = 0; i < group->count; i++)
        looks[i] = bytes_from(text, marks->base + group->places[i]);
    for (size_t i = 0; i < group->count; i += LANE_WORDS)
        lanes_store(last + i, are_last_initials(lanes_load(looks + i)));
    look_at_words(looks, group->count);
    for (size_t i = 0; i < group->count; i += LANE_WORDS)
        lanes_store(group->hashes + i, part_hashes(known, lanes_load(looks + i)));
    memset(group->sure, true, sizeof group->sure);
    judge_initials(known, text, marks->base, looks, last, group);
}

typedef void hash_group(const struct known_identifiers *known, struct span text,
                        const struct text_marks *marks, struct mark_group *group);

/* Sets bits[i] to those that the filter has in one of its words if it has hashes[i]. */
LANES void find_bits(const uint64_t *hashes, uint64_t *bits, size_t count)
{
    const word_lanes one = (word_lanes){0} + 1;

    for (size_t i = 0; i < count; i += LANE_WORDS) {
        const word_lanes words = lanes_load(hashes + i);

        lanes_store(bits + i,
                    one << (words & 63) | one << (words >> 6 & 63) | one << (words >> 12 & 63));
    }
}

/* Moves those of the places that may be known to their front. Returns how many these are. */
LANES size_t sift(const struct known_identifiers *known, struct span text,
                  const struct text_marks *marks, uint16_t *places, size_t count, hash_group *hash)
{
    const struct bit_filter *filter = &known->parts;
    size_t kept = 0;

    for (size_t first = 0; first < count; first += MARK_GROUP) {
        const size_t left = count - first;
        struct mark_group group;
        uint64_t bits[MARK_GROUP];

        group.places = places + first;
        group.count = left < MARK_GROUP ? left : MARK_GROUP;
        hash(known, text, marks, &group);
        find_bits(group.hashes, bits, group.count);
        for (size_t i = 0; i < group.count; i++) {
            places[kept] = group.places[i];
            kept += !group.sure[i] | !(bits[i] & ~filter->words[group.hashes[i] >> filter->shift]);
        }
    }
    return kept;
}

LANES void sift_marks(const struct known_identifiers *known, struct span text,
                      struct text_marks *marks)
{
    const bool *holds = known->set.holds;

    marks->email_count *= holds[IDENTIFIER_EMAIL];
    marks->phone_count *= holds[IDENTIFIER_PHONE];
    marks->word_count *= holds[IDENTIFIER_NAME];
    marks->email_count = sift(known, text, marks, marks->emails, marks->email_count, hash_emails);
    sift_phones(known, text, marks);
    marks->word_count = sift(known, text, marks, marks->words, marks->word_count, hash_words);
}

#endif
