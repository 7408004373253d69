/*
 * The sieve (mark_sieve.h), for any length of lanes: included by one source for each.
 */
#ifndef EFFACE_MATCH_MARK_SIEVE_LANES_H
#define EFFACE_MATCH_MARK_SIEVE_LANES_H

#include "match/gap_sieve_lanes.h"
#include "match/look_lanes.h"
#include "match/mark_sieve.h"
#include "match/phone_sieve_lanes.h"

/* Marks of one kind, from whose front on those are put that are kept. */
struct sifting {
    uint16_t *marks;
    size_t count, at, kept;
};

/* Behind the last mark it stands again, so that whole lanes are places of the text. */
LANES struct sifting sift_begin(uint16_t *marks, size_t count)
{
    for (size_t i = 0; i < LANE_WORDS && count > 0; i++)
        marks[count + i] = marks[count - 1];
    return (struct sifting){marks, count, 0, 0};
}

/* Keeps those of the next marks of which bits are set. */
LANES void sift_next(struct sifting *sifting, unsigned kept)
{
    const size_t left = sifting->count - sifting->at;
    const unsigned those = left < LANE_WORDS ? (1u << left) - 1 : (1u << LANE_WORDS) - 1;

    sifting->kept +=
        keep_marks(sifting->marks + sifting->kept, sifting->marks + sifting->at, kept & those);
    sifting->at += LANE_WORDS;
}

LANES void sift_emails(const struct known_identifiers *known, struct span text,
                       struct text_marks *marks)
{
    struct sifting sifting = sift_begin(marks->emails, marks->email_count);

    while (sifting.at < sifting.count) {
        const uint16_t *next = sifting.marks + sifting.at;
        word_lanes unsure_local, unsure_domain;
        const word_lanes locals =
            email_local_looks(bytes_before_marks(text, marks->base, next), &unsure_local);
        const word_lanes domains =
            email_domain_looks(bytes_from_marks(text, marks->base + 1, next), &unsure_domain);
        const word_lanes pairs = part_hashes(known, part_hashes(known, locals) ^ domains);

        sift_next(&sifting, may_be_parts(known, pairs) | lanes_set(unsure_local | unsure_domain));
    }
    marks->email_count = sifting.kept;
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
 * the words of which the second may be known. Most sets of names begin with few initials.
 */
LANES unsigned go_on_behind_initials(const struct known_identifiers *known, struct span text,
                                     size_t base, const uint16_t *next, word_lanes words,
                                     word_lanes looks)
{
    const word_lanes are_initials = (word_lanes)(looks - 1 < UINT8_MAX);
    const word_lanes are_known = -(known->initials >> (looks & 63) & 1);
    unsigned asked = lanes_set(are_initials & are_known & ~are_last_initials(words));
    unsigned go_on = 0;

    for (; asked; asked &= asked - 1) {
        const unsigned i = (unsigned)__builtin_ctz(asked);
        const size_t behind = name_behind_initial(text, base + next[i]);
        const uint64_t both = looks[i] | word_start_look(text, behind) << 8;

        go_on |= (unsigned)name_start_may_be_known(known, both) << i;
    }
    return go_on;
}

LANES void sift_words(const struct known_identifiers *known, struct span text,
                      struct text_marks *marks)
{
    struct sifting sifting = sift_begin(marks->words, marks->word_count);

    while (sifting.at < sifting.count) {
        const uint16_t *next = sifting.marks + sifting.at;
        const word_lanes words = bytes_from_marks(text, marks->base, next);
        const word_lanes looks = word_start_looks(words);
        unsigned kept = may_be_parts(known, part_hashes(known, looks));

        if (known->initials)
            kept |= go_on_behind_initials(known, text, marks->base, next, words, looks);
        sift_next(&sifting, kept);
    }
    marks->word_count = sifting.kept;
}

LANES void sift_marks(const struct known_identifiers *known, struct span text,
                      struct text_marks *marks)
{
    const bool *holds = known->set.holds;

    marks->email_count *= holds[IDENTIFIER_EMAIL];
    marks->phone_count *= holds[IDENTIFIER_PHONE];
    marks->word_count *= holds[IDENTIFIER_NAME];
    sift_emails(known, text, marks);
    sift_phones(known, text, marks);
    sift_words(known, text, marks);
}

#endif
