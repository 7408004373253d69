#include "match/known_identifiers.h"

#include <stdlib.h>

#include "base/array.h"
#include "match/email_text.h"
#include "match/phone_text.h"

/* The filter of parts: so many bits a target, so many at least and at most. */
enum { PART_BITS = 32, LEAST_PART_BITS = 1 << 15, MOST_PART_BITS = 1 << 23 };

/* The keys' filter: 16 to 32 bits a key keep it small, and pass less than one in 16. */
enum { KEY_BITS = 16, MOST_KEYS = 1 << 26 };

static size_t clamp(size_t value, size_t least, size_t most)
{
    return value < least ? least : value > most ? most : value;
}

bool known_identifiers_init(struct known_identifiers *known, size_t targets, size_t keys)
{
    *known = (struct known_identifiers){.parts = BIT_FILTER_INIT, .keys = BIT_FILTER_INIT};
    identifier_set_init(&known->set);
    return letter_table_init(&known->letters) &&
           bit_filter_init(&known->parts,
                           clamp(targets, LEAST_PART_BITS / PART_BITS, MOST_PART_BITS / PART_BITS) *
                               PART_BITS) &&
           bit_filter_init(&known->keys, clamp(keys, 1, MOST_KEYS) * KEY_BITS);
}

void known_identifiers_release(struct known_identifiers *known)
{
    identifier_set_release(&known->set);
    letter_table_release(&known->letters);
    bit_filter_release(&known->parts);
    bit_filter_release(&known->keys);
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

        if (item->kind == IDENTIFIER_KEY) {
            bit_filter_add(&known->keys, item->value.high);
            known->set.holds[IDENTIFIER_KEY] = true;
            continue;
        }
        if (!identifier_set_add(&known->set, item->kind, item->value))
            return false;
        bit_filter_add(&known->parts, item->parts[0]);
        bit_filter_add(&known->parts, item->parts[1]);
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

    return append(
        found, (struct found_identifier){.kind = kind,
                                         .value = identifier_fingerprint(&known->set, quick, value),
                                         .parts = {part, part}});
}

static bool append_phones(const struct known_identifiers *known, struct span value,
                          struct found_identifiers *found)
{
    struct found_phone stretch;
    struct phone_form form;
    size_t from = 0;

    while (phone_next(value, &from, &stretch))
        while (phone_form_next(value, &stretch, &form)) {
            if (!append_value(known, IDENTIFIER_PHONE, form.digits, 0, found))
                return false;
            phone_form_take(&stretch, &form);
        }
    return true;
}

/* An address without a core is looked up without asking the filter. */
static uint64_t part_of_email(const struct known_identifiers *known, struct span text, size_t at)
{
    char core[8];
    uint64_t bytes;

    if (!email_core(text, at, core))
        return 0;
    memcpy(&bytes, core, sizeof bytes);
    return identifier_part(&known->set, bytes);
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
        if (!email_fold(form, scratch, &folded) ||
            !append_value(known, IDENTIFIER_EMAIL, folded, part_of_email(known, value, email.at),
                          found))
            return false;
    }
    return !phones || append_phones(known, value, found);
}

static uint64_t full_name_quick(const struct known_identifiers *known, struct span first,
                                struct span last)
{
    return quick_mix(identifier_quick(&known->set, IDENTIFIER_NAME, first),
                     identifier_quick(&known->set, IDENTIFIER_NAME, last) | 1);
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

static uint64_t gap_between(const struct known_identifiers *known, const struct folded_name *left,
                            const struct folded_name *right)
{
    uint16_t letters[4];
    uint64_t joined;

    name_gap_letters(left, right, letters);
    memcpy(&joined, letters, sizeof joined);
    return identifier_part(&known->set, joined);
}

static bool append_names(const struct known_identifiers *known, const struct folded_name *first,
                         const struct folded_name *last, struct found_identifiers *found)
{
    const struct span first_bytes = folded_name_bytes(first), last_bytes = folded_name_bytes(last);
    const uint64_t quick = full_name_quick(known, first_bytes, last_bytes);
    struct joined_names joined;

    return append(found,
                  (struct found_identifier){
                      .kind = IDENTIFIER_NAME,
                      .value = identifier_fingerprint(&known->set, quick,
                                                      join_names(&joined, first_bytes, last_bytes)),
                      .parts = {gap_between(known, first, last), gap_between(known, last, first)}});
}

bool identifier_of_names(const struct known_identifiers *known, struct span first, struct span last,
                         struct found_identifiers *found)
{
    struct folded_name names[2];

    return !name_fold(&known->letters, first, &names[0]) ||
           !name_fold(&known->letters, last, &names[1]) ||
           append_names(known, &names[0], &names[1], found);
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
    /* any gap may be the one between first and last name */
    for (size_t i = 1; i + 1 < value.size; i++)
        if (value.at[i] == ' ' && value.at[i - 1] != ' ' &&
            !identifier_of_names(known, (struct span){value.at, i},
                                 (struct span){value.at + i, value.size - i}, found))
            return false;
    return true;
}

bool identifier_of_key(const struct known_identifiers *known, struct span normal,
                       struct found_identifiers *found)
{
    return append(found, (struct found_identifier){
                             .kind = IDENTIFIER_KEY,
                             .value = {identifier_quick(&known->set, IDENTIFIER_KEY, normal), 0}});
}

bool key_may_be_known(const struct known_identifiers *known, struct span normal)
{
    return bit_filter_may_have(&known->keys, identifier_quick(&known->set, IDENTIFIER_KEY, normal));
}

bool full_name_is_known(const struct known_identifiers *known, struct span first, struct span last)
{
    const uint64_t quick = full_name_quick(known, first, last);
    struct joined_names joined;
    struct fingerprint value;

    return identifier_may_be(&known->set, quick) &&
           identifier_known(&known->set, quick, join_names(&joined, first, last), &value);
}

bool names_are_known(const struct known_identifiers *known, struct span first, struct span last)
{
    struct folded_name names[2];
    uint16_t letters[4];

    name_cells_letters(&known->letters, first, last, letters);
    return name_gap_may_be_known(known, letters) && name_fold(&known->letters, first, &names[0]) &&
           name_fold(&known->letters, last, &names[1]) &&
           full_name_is_known(known, folded_name_bytes(&names[0]), folded_name_bytes(&names[1]));
}
