#include "match/known_identifiers.h"

#include <stdlib.h>

#include "base/array.h"
#include "match/normalize.h"

/* The filter of parts: so many bits a target, so many at least and at most. */
enum { PART_BITS = 64, LEAST_PART_BITS = 1 << 16, MOST_PART_BITS = 1 << 25 };

static size_t clamp(size_t value, size_t least, size_t most)
{
    return value < least ? least : value > most ? most : value;
}

bool known_identifiers_init(struct known_identifiers *known, size_t targets)
{
    *known =
        (struct known_identifiers){.parts = BIT_FILTER_INIT, .least_digits = PHONE_MOST_DIGITS};
    identifier_set_init(&known->set);
    return letter_table_init(&known->letters) &&
           bit_filter_init(&known->parts,
                           clamp(targets, LEAST_PART_BITS / PART_BITS, MOST_PART_BITS / PART_BITS) *
                               PART_BITS);
}

void known_identifiers_release(struct known_identifiers *known)
{
    identifier_set_release(&known->set);
    letter_table_release(&known->letters);
    bit_filter_release(&known->parts);
}

void found_identifiers_release(struct found_identifiers *found)
{
    free(found->items);
    *found = (struct found_identifiers){.items = NULL};
}

bool known_identifiers_add(struct known_identifiers *known, const struct found_identifiers *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct found_identifier *item = &found->items[i];

        if (!identifier_set_add(&known->set, item->kind, item->value))
            return false;
        for (size_t part = 0; part < sizeof item->parts / sizeof item->parts[0]; part++)
            bit_filter_add(&known->parts, item->parts[part]);
        if (item->kind == IDENTIFIER_PHONE && item->digits < known->least_digits)
            known->least_digits = item->digits;
        known->initials |= item->initials;
    }
    return true;
}

static bool append(struct found_identifiers *found, struct found_identifier item)
{
    struct found_identifier *items =
        array_room(found->items, found->count + 1, &found->room, sizeof *items);

    if (items == NULL)
        return false;
    found->items = items;
    items[found->count++] = item;
    return true;
}

static bool append_value(const struct known_identifiers *known, enum identifier_kind kind,
                         struct span value, uint64_t part, struct found_identifiers *found)
{
    const uint64_t quick = identifier_quick(&known->set, kind, value);

    return append(found, (struct found_identifier){
                             .kind = kind,
                             .value = identifier_fingerprint(&known->set, quick, value),
                             .parts = {part, part, part, part},
                             .digits = kind == IDENTIFIER_PHONE ? (uint8_t)value.size : 0});
}

static bool append_phones(const struct known_identifiers *known, struct span value,
                          struct found_identifiers *found)
{
    struct found_phone stretch;
    struct phone_form form;
    size_t from = 0;

    while (phone_next(value, &from, &stretch))
        while (phone_form_next(value, &stretch, &form)) {
            enum phone_shape shape;

            if (!phone_form_judge(value, &stretch, &form, &shape))
                continue;
            if (!append_value(known, IDENTIFIER_PHONE, form.digits,
                              identifier_part(&known->set, phone_tail(form.digits)), found))
                return false;
            phone_form_take(&stretch, &form);
        }
    return true;
}

/* An address without a look is looked up without asking the filter. */
static uint64_t part_of_email(const struct known_identifiers *known, struct span text, size_t at)
{
    struct email_look look;

    return email_look(text, at, &look) ? identifier_pair(&known->set, look.local, look.domain) : 0;
}

bool identifiers_in_cell(const struct known_identifiers *known, struct span value, bool phones,
                         struct buffer *scratch, struct found_identifiers *found)
{
    struct found_email email;
    struct span form, folded;
    size_t from = 0;

    while (email_next(value, &from, &email)) {
        if (!email_form_next(value, &email, &form) || form.size > EMAIL_SIZE_LIMIT)
            continue;
        if (!normalize(MATCH_EMAIL, form, scratch, &folded) ||
            !append_value(known, IDENTIFIER_EMAIL, folded, part_of_email(known, value, email.at),
                          found))
            return false;
    }
    return !phones || append_phones(known, value, found);
}

static uint64_t name_quick(const struct known_identifiers *known, struct span name)
{
    return identifier_quick(&known->set, IDENTIFIER_NAME, name);
}

/* Of a first and a last name, by the quick hash of each. */
static uint64_t full_name_quick(uint64_t first, uint64_t last)
{
    return quick_mix(first, last | 1);
}

/* Both names' bytes, with a 0 between. */
struct joined_names {
    char bytes[2 * sizeof(((struct folded_name *)0)->letters) + 1];
};

static struct span join_names(struct joined_names *joined, struct span first, struct span last)
{
    memcpy(joined->bytes, first.at, first.size);
    joined->bytes[first.size] = '\0';
    memcpy(joined->bytes + first.size + 1, last.at, last.size);
    return (struct span){joined->bytes, first.size + 1 + last.size};
}

bool identifier_of_names(const struct known_identifiers *known, struct span first, struct span last,
                         struct found_identifiers *found)
{
    const struct gap_look looks[2] = {name_cells_look(first, last), name_cells_look(last, first)};
    struct folded_name names[2];
    struct joined_names joined;
    struct span folded[2];
    uint64_t quick;

    if (!name_fold(&known->letters, first, &names[0]) ||
        !name_fold(&known->letters, last, &names[1]))
        return true;
    folded[0] = folded_name_bytes(&names[0]);
    folded[1] = folded_name_bytes(&names[1]);
    quick = full_name_quick(name_quick(known, folded[0]), name_quick(known, folded[1]));
    return append(found, (struct found_identifier){
                             .kind = IDENTIFIER_NAME,
                             .value = identifier_fingerprint(
                                 &known->set, quick, join_names(&joined, folded[0], folded[1])),
                             .parts = {identifier_part(&known->set, looks[0].right),
                                       identifier_part(&known->set, looks[1].right),
                                       identifier_pair(&known->set, looks[0].right, looks[0].left),
                                       identifier_pair(&known->set, looks[1].right, looks[1].left)},
                             .initials = looks[0].initial | looks[1].initial});
}

static bool is_between(char byte)
{
    return byte == ' ' || byte == '.';
}

/* The first word from `at` on, or, behind initials, the next that is none; the end: there is none.
 */
static size_t next_word(struct span value, size_t at, bool behind_initials)
{
    while (at < value.size) {
        const bool is_alone = at + 1 == value.size || is_between(value.at[at + 1]);

        if (!is_between(value.at[at]) && !(behind_initials && is_alone))
            break;
        at++;
    }
    return at;
}

/*
 * Whether a last name may begin behind the gap at `at`: with an initial and its full stop only if
 * nothing longer is left, as one in the middle belongs to the first name. A letter without one may
 * be of the last (O Neil, D Souza).
 */
static bool may_part_names(struct span value, size_t at)
{
    const size_t word = next_word(value, at, false);

    return word + 1 >= value.size || value.at[word + 1] != '.' ||
           next_word(value, at, true) == value.size;
}

bool identifier_of_full_name(const struct known_identifiers *known, struct span value,
                             struct found_identifiers *found)
{
    const char *comma = memchr(value.at, ',', value.size);

    if (comma) {
        const size_t size = (size_t)(comma - value.at);

        return identifier_of_names(known, (struct span){comma + 1, value.size - size - 1},
                                   (struct span){value.at, size}, found);
    }
    /* nearly any gap may be the one between first and last name */
    for (size_t i = 1; i + 1 < value.size; i++)
        if (value.at[i] == ' ' && value.at[i - 1] != ' ' && may_part_names(value, i) &&
            !identifier_of_names(known, (struct span){value.at, i},
                                 (struct span){value.at + i, value.size - i}, found))
            return false;
    return true;
}

bool phone_may_be_known(const struct known_identifiers *known, struct span text, size_t start,
                        size_t end)
{
    uint64_t tails[PHONE_TAIL_LIMIT];
    const size_t count = phone_tails(text, start, end, tails);

    for (size_t i = 0; i < count; i++)
        if (count > PHONE_TAIL_LIMIT || phone_tail_may_be_known(known, tails[i]))
            return true;
    return false;
}

/* A part of a full name with its quick hash. */
struct name_part {
    struct span bytes;
    uint64_t quick;
};

static bool full_name_is_known(const struct known_identifiers *known, const struct name_part *first,
                               const struct name_part *last)
{
    const uint64_t quick = full_name_quick(first->quick, last->quick);
    struct joined_names joined;
    struct fingerprint value;

    return identifier_may_be(&known->set, quick) &&
           identifier_known(&known->set, quick, join_names(&joined, first->bytes, last->bytes),
                            &value);
}

bool name_gap_is_known(const struct known_identifiers *known, struct span text,
                       const struct name_gap *gap, size_t *start, size_t *end)
{
    struct name_part befores[NAME_WORDS], behinds[NAME_WORDS];
    struct name_side left, right;

    name_read_left(&known->letters, text, gap->left_end, &left);
    name_read_right(&known->letters, text, gap->right_start, &right);
    for (size_t i = 0; i < left.words; i++) {
        befores[i].bytes = name_left_bytes(&left, i + 1);
        befores[i].quick = name_quick(known, befores[i].bytes);
    }
    for (size_t i = 0; i < right.words; i++) {
        behinds[i].bytes = name_right_bytes(&right, i + 1);
        behinds[i].quick = name_quick(known, behinds[i].bytes);
    }
    for (size_t i = 0; i < left.words * right.words; i++) {
        const struct name_part *before = &befores[i / right.words];
        const struct name_part *behind = &behinds[i % right.words];

        *start = left.places[i / right.words];
        *end = right.places[i % right.words];
        if (full_name_is_known(known, before, behind) || full_name_is_known(known, behind, before))
            return true;
    }
    return false;
}
