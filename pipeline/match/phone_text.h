/*
 * Phone numbers inside longer text.
 *
 *     size_t from = 0;
 *     while (phone_next(text, &from, &found))
 *         while (phone_form_next(text, &found, &form))
 *             if (phone_form_judge(text, &found, &form, &shape)) ...
 *
 * A number is 7 to 15 digits (ITU-T E.164) in groups, between which blanks, dashes, dots, slashes
 * and parentheses stand. As text holds other digits as well (a date, a house number), a find has
 * several forms: any groups side by side that blanks part from the rest. They compare by their
 * digits, without a leading 00, and without a (0) behind the country's digits.
 *
 * Much that is made of digits is no phone number. Dates and addresses of the Internet are left out;
 * for the rest, `shape` says how much the form looks like one.
 */
#ifndef EFFACE_MATCH_PHONE_TEXT_H
#define EFFACE_MATCH_PHONE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum { PHONE_LEAST_DIGITS = 7, PHONE_MOST_DIGITS = 15, PHONE_GROUP_LIMIT = 10 };

enum phone_shape {
    PHONE_SHAPED, /* written as only phone numbers are: with a +, a trunk 0, dashes, in groups */
    PHONE_PLAIN,  /* digits only, and of a length that other numbers rarely have */
    PHONE_VAGUE,  /* could be any number */
};

/* A stretch of digits and punctuation; offsets into the text. */
struct found_phone {
    size_t end;
    /* where phone_form_next goes on */
    size_t start;       /* of the groups below */
    size_t group_count; /* those that are still to be given: the longest form first */
    size_t ends[PHONE_GROUP_LIMIT];
    size_t digit_counts[PHONE_GROUP_LIMIT]; /* up to each group's end */
    char digits[PHONE_MOST_DIGITS + 3];
    size_t next; /* where the next form can begin */
};

struct phone_form {
    size_t start, end;  /* in the text */
    struct span digits; /* in `found`: good until the next form */
};

/*
 * The stretch around `at`, which is a digit or a sign. False: it can't hold a phone number; nor
 * can what follows up to found->end.
 */
bool phone_at(struct span text, size_t at, struct found_phone *found);

/*
 * What each form in the digits and signs from `start` to `end` ends with: its last seven digits,
 * the last in the highest byte but one, which is enough to tell that most are none of those looked
 * for. Returns how many tails; more than PHONE_TAIL_LIMIT: there is no telling.
 */
enum { PHONE_TAIL_DIGITS = PHONE_LEAST_DIGITS, PHONE_TAIL_LIMIT = 8 };
size_t phone_tails(struct span text, size_t start, size_t end, uint64_t tails[PHONE_TAIL_LIMIT]);

/* The same of a form's digits. */
uint64_t phone_tail(struct span digits);

/* Finds the next stretch from *from on, which moves behind it. False: none. */
bool phone_next(struct span text, size_t *from, struct found_phone *found);

/* Sets *form to the next form of the stretch. False: there is none. */
bool phone_form_next(struct span text, struct found_phone *found, struct phone_form *form);

/*
 * Sets *shape. False: the form, the latest of `found`, is no phone number. To be asked last, as it
 * costs more than to look up the digits.
 */
bool phone_form_judge(struct span text, const struct found_phone *found,
                      const struct phone_form *form, enum phone_shape *shape);

/*
 * Moves the start and end of a number, from its first digit to behind its last, to what is written
 * with it: its +, and the other half of a parenthesis. `+(44) 20 5550 (0104)` is all of it.
 */
void phone_widen(struct span text, size_t *start, size_t *end);

/* The form has been recognized: the next ones begin behind it. */
void phone_form_take(struct found_phone *found, const struct phone_form *form);

#endif
