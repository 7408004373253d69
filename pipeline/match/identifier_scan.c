#include "match/identifier_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "match/email_text.h"
#include "match/mark_sieve.h"
#include "match/name_text.h"
#include "match/normalize.h"
#include "match/text_marks.h"

void identifier_scan_release(struct identifier_scan *scan)
{
    for (size_t i = 0; i < SCANNED_KINDS; i++) {
        free(scan->hits[i].items);
        scan->hits[i] = (struct identifier_hits){.items = NULL};
    }
    buffer_release(&scan->scratch);
}

static bool add_hit(struct identifier_scan *scan, enum identifier_kind kind,
                    struct identifier_hit hit)
{
    struct identifier_hits *hits = &scan->hits[kind];
    struct identifier_hit *items =
        array_room(hits->items, hits->count + 1, &hits->room, sizeof *items);

    if (items == NULL)
        return false;
    hits->items = items;
    items[hits->count++] = hit;
    return true;
}

/* Adds the first form of the address found that is known. */
static bool scan_forms(struct identifier_scan *scan, const struct known_identifiers *known,
                       struct span text, struct found_email *found)
{
    struct span form, folded;

    while (email_form_next(text, found, &form)) {
        const size_t start = (size_t)(form.at - text.at);
        struct identifier_hit hit = {
            (uint32_t)start, (uint32_t)(start + form.size), PHONE_SHAPED, {0, 0}};

        if (form.size > EMAIL_SIZE_LIMIT)
            continue;
        if (!normalize(MATCH_EMAIL, form, &scan->scratch, &folded))
            return false;
        if (identifier_known(&known->set, identifier_quick(&known->set, IDENTIFIER_EMAIL, folded),
                             folded, &hit.value))
            return add_hit(scan, IDENTIFIER_EMAIL, hit);
    }
    return true;
}

static bool scan_email(struct identifier_scan *scan, const struct known_identifiers *known,
                       struct span text, size_t at)
{
    struct found_email found;

    return !email_at(text, at, &found) || scan_forms(scan, known, text, &found);
}

/* Scans the run of digits and signs before `end`. */
static bool scan_phone(struct identifier_scan *scan, const struct known_identifiers *known,
                       struct span text, size_t end)
{
    struct found_phone found;
    struct phone_form form;

    if (!phone_at(text, end - 1, &found))
        return true;
    while (phone_form_next(text, &found, &form)) {
        struct identifier_hit hit = {(uint32_t)form.start, (uint32_t)form.end, PHONE_VAGUE, {0, 0}};

        if (!identifier_known(&known->set,
                              identifier_quick(&known->set, IDENTIFIER_PHONE, form.digits),
                              form.digits, &hit.value) ||
            !phone_form_judge(text, &found, &form, &hit.shape))
            continue;
        if (!add_hit(scan, IDENTIFIER_PHONE, hit))
            return false;
        phone_form_take(&found, &form);
    }
    return true;
}

static bool scan_name(struct identifier_scan *scan, const struct known_identifiers *known,
                      struct span text, size_t at)
{
    const struct identifier_hits *hits = &scan->hits[IDENTIFIER_NAME];
    struct name_gap gap;
    size_t start, end;

    if (!name_gap_at(text, at, &gap) || !name_gap_is_known(known, text, &gap, &start, &end) ||
        (hits->count && start < hits->items[hits->count - 1].end))
        return true;
    return add_hit(scan, IDENTIFIER_NAME,
                   (struct identifier_hit){(uint32_t)start, (uint32_t)end, PHONE_SHAPED, {0, 0}});
}

/* Looks at the words that wait. */
static bool scan_names(struct identifier_scan *scan, const struct mark_sieve *sieve,
                       const struct known_identifiers *known, struct span text)
{
    const size_t count = sieve->sift_gaps(known, text, scan->words, scan->word_count);
    bool scanned = true;

    for (size_t i = 0; i < count && scanned; i++)
        scanned = scan_name(scan, known, text, scan->words[i]);
    scan->word_count = 0;
    return scanned;
}

/* Looks more closely at what may be known of what is marked in one stretch. */
static bool scan_marks(struct identifier_scan *scan, const struct mark_sieve *sieve,
                       const struct known_identifiers *known, struct span text,
                       struct text_marks *marks)
{
    bool scanned = true;

    sieve->sift(known, text, marks);
    for (size_t i = 0; i < marks->email_count && scanned; i++)
        scanned = scan_email(scan, known, text, marks->base + marks->emails[i]);
    for (size_t i = 0; i < marks->phone_count && scanned; i++)
        scanned = scan_phone(scan, known, text, marks->base + marks->phones[i]);
    for (size_t i = 0; i < marks->word_count; i++)
        scan->words[scan->word_count++] = (uint32_t)(marks->base + marks->words[i]);
    return scanned && (scan->word_count < WAITING_WORDS || scan_names(scan, sieve, known, text));
}

/* Whether so many bits of a mask stand in a row. */
static bool has_run(uint64_t mask, unsigned count)
{
    for (unsigned known = 1; known < count;) {
        const unsigned more = known < count - known ? known : count - known;

        mask &= mask >> more;
        known += more;
    }
    return mask != 0;
}

enum { SHORTEST = 3 }; /* a@b, A B */

/* Whether a text of one block, such as most new values, holds no identifier at first sight. */
static bool holds_none(struct span text, unsigned least_digits, struct text_masks *masks)
{
    char block[TEXT_BLOCK] = {0};

    memcpy(block, text.at, text.size);
    text_masker_best()->find(block, 1, masks, 0);
    /* a number has as many digits and signs at least as it has digits */
    return !(masks->blanks[0] | masks->ats[0]) &&
           !has_run(masks->digits[0] | masks->signs[0], least_digits);
}

bool identifier_scan(struct identifier_scan *scan, const struct known_identifiers *known,
                     struct span text)
{
    const struct mark_sieve *sieve;
    struct text_walk *walk = &scan->walk;

    for (size_t i = 0; i < SCANNED_KINDS; i++)
        scan->hits[i].count = 0;
    scan->word_count = 0;
    if (known->set.prints.count == 0 || text.size < SHORTEST ||
        (text.size <= TEXT_BLOCK && holds_none(text, known->least_digits, &walk->marks.masks)))
        return true;
    sieve = mark_sieve_best();
    text_walk_begin(walk, text, known->least_digits);
    while (text_walk_next(walk))
        if (!scan_marks(scan, sieve, known, text, &walk->marks))
            return false;
    return scan_names(scan, sieve, known, text);
}
