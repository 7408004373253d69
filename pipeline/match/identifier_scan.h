/*
 * The targets' email addresses, phones and full names in a text: a batch's raw bytes, a new
 * cell, a file that is copied.
 *
 * Raw bytes will do, because no delimiter, quote or line end is part of what is looked for; a
 * hit that reaches from one cell into the next (a name may) is for the caller to drop.
 */
#ifndef EFFACE_MATCH_IDENTIFIER_SCAN_H
#define EFFACE_MATCH_IDENTIFIER_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "match/known_identifiers.h"
#include "match/mark_sieve.h"
#include "match/phone_text.h"
#include "match/text_marks.h"

/* Longer ones are not found. */
enum { IDENTIFIER_SIZE_LIMIT = 1024 };

struct identifier_hit {
    uint32_t start, end; /* in the text */
    enum phone_shape shape;
    struct fingerprint value; /* of an email or phone: which it is */
};

struct identifier_hits {
    struct identifier_hit *items; /* ascending, none overlapping another */
    size_t count;
    size_t room;
};

/* What is found in texts, by kind; keys are not looked for in texts. */
enum { SCANNED_KINDS = IDENTIFIER_KEY };

enum { WAITING_WORDS = 64 };

struct identifier_scan {
    struct identifier_hits hits[SCANNED_KINDS];
    struct buffer scratch;
    struct text_walk walk; /* through the text */
    /* words of it before which names may have a gap, that wait to be looked at together */
    uint32_t words[WAITING_WORDS + STRETCH / 2 + GAPS_BEHIND];
    size_t word_count;
};

void identifier_scan_release(struct identifier_scan *scan);

/* Sets the hits to those of `text`, of less than 4 GiB. False where memory ran out. */
MUST_USE bool identifier_scan(struct identifier_scan *scan, const struct known_identifiers *known,
                              struct span text);

#endif
