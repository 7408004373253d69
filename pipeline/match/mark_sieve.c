#include "match/mark_sieve.h"

#include <endian.h>

#include "base/byte_word.h"

/* So many marks are looked at side by side. */
enum { GROUP = 32 };

/* Bits of a word; bits of a mask before the stretch begins. */
enum { BITS = 64, BEFORE = TEXT_BLOCK };

#define ALL (~UINT64_C(0))

/* The bytes of words in a row are in the order of their bits. */
static const bool bytes_are_in_order = BYTE_ORDER == LITTLE_ENDIAN;

/* The bits of a mask for `place` of the stretch and those behind it, the first lowest: 57 or more.
 */
static uint64_t bits_from(const uint64_t *mask, size_t place)
{
    const size_t at = BEFORE + place;

    if (bytes_are_in_order)
        return byte_word((const char *)mask + at / 8, WORD_BYTES) >> at % 8;
    return mask[at / BITS] >> at % BITS | mask[at / BITS + 1] << 1 << (BITS - 1 - at % BITS);
}

/* The bits for those before `place`, the last highest: 57 or more, and zeros below. */
static uint64_t bits_before(const uint64_t *mask, size_t place)
{
    const size_t behind = BEFORE + place + 7;

    if (bytes_are_in_order)
        return byte_word((const char *)mask + behind / 8 - WORD_BYTES, WORD_BYTES)
               << (7 - behind % 8);
    return bits_from(mask, place - BITS);
}

/* How many of the highest, or of the lowest, bits are set in a row, `most` at most. */
static unsigned count_highest(uint64_t bits, unsigned most)
{
    return (unsigned)__builtin_clzll(~bits | ALL >> most);
}

static unsigned count_lowest(uint64_t bits, unsigned most)
{
    return (unsigned)__builtin_ctzll(~bits | UINT64_C(1) << most);
}

/* All bits of the highest, or of the lowest, `count` bytes, at most 8. */
static uint64_t highest_bytes(unsigned count)
{
    return ~(ALL >> 4 * count >> 4 * count);
}

static uint64_t lowest_bytes(unsigned count)
{
    return ~(ALL << 4 * count << 4 * count);
}

/* Whether `before` bytes before a place and `behind` from it on lie in the text and the stretch. */
static bool has_room(struct span text, const struct text_marks *marks, size_t place, size_t before,
                     size_t behind)
{
    const size_t at = marks->base + place;

    return at >= before && at + behind <= text.size && place + behind <= marks->size;
}

/* Sets the look of the bytes before an @. False: a letter outside ASCII stands there. */
static bool look_before(struct span text, const struct text_marks *marks, size_t place,
                        uint64_t *look)
{
    const struct text_masks *masks = &marks->masks;
    const uint64_t edges = bits_before(masks->edges, place) | bits_before(masks->joins, place);
    const uint64_t locals =
        edges | bits_before(masks->letters, place) | bits_before(masks->digits, place);
    const unsigned size = count_highest(locals, EMAIL_LOCAL_LOOK);
    const uint64_t inner = ~(ALL >> size) & ~edges;
    const unsigned kept = inner ? BITS - (unsigned)__builtin_ctzll(inner) : 0;

    *look = (byte_word(text.at + marks->base + place - EMAIL_LOCAL_LOOK, EMAIL_LOCAL_LOOK) |
             0x2020202020202020) &
            highest_bytes(kept);
    return (size == EMAIL_LOCAL_LOOK) | !(bits_before(masks->foreign, place) << size >> (BITS - 1));
}

/* Sets that of the bytes behind it. */
static bool look_behind(struct span text, const struct text_marks *marks, size_t place,
                        uint64_t *look)
{
    const struct text_masks *masks = &marks->masks;
    const uint64_t domains =
        bits_from(masks->letters, place + 1) | bits_from(masks->digits, place + 1);
    const unsigned size = count_lowest(domains, EMAIL_DOMAIN_LOOK);

    *look = (byte_word(text.at + marks->base + place + 1, EMAIL_DOMAIN_LOOK) | 0x20202020) &
            lowest_bytes(size);
    return (size == EMAIL_DOMAIN_LOOK) | !(bits_from(masks->foreign, place + 1) >> size & 1);
}

/* By email_look, but found by masks. False: there is no telling. */
static bool look_around(struct span text, const struct text_marks *marks, size_t place,
                        struct email_look *look)
{
    if (!has_room(text, marks, place, EMAIL_LOCAL_LOOK, EMAIL_DOMAIN_LOOK + 2))
        return email_look(text, marks->base + place, look);
    return look_before(text, marks, place, &look->local) &
           look_behind(text, marks, place, &look->domain);
}

/* Sets *hash to what the filter is asked. False: there is no telling. */
static bool hash_email(const struct known_identifiers *known, struct span text,
                       const struct text_marks *marks, size_t place, uint64_t *hash)
{
    struct email_look look = {0, 0};
    const bool sure = look_around(text, marks, place, &look);

    *hash = identifier_pair(&known->set, look.local, look.domain);
    return sure;
}

/* A run of digits and signs that ends before a place. */
struct phone_run {
    unsigned size;
    uint64_t digits; /* its last byte's bit is the highest */
};

/* So many places are known before each, at least. */
enum { KNOWN_BEFORE = 57 };

static struct phone_run run_before(const struct text_marks *marks, size_t place)
{
    const unsigned size = count_highest(bits_before(marks->phone_bytes, place), KNOWN_BEFORE);

    return (struct phone_run){size, bits_before(marks->masks.digits, place) & ~(ALL >> size)};
}

/* Whether seven bits are set, PHONE_LEAST_DIGITS. */
static bool has_digits(uint64_t digits)
{
    for (int i = 1; i < PHONE_LEAST_DIGITS; i++)
        digits &= digits - 1;
    return digits;
}

/* What most runs are: a date (2024-01-31), as phone_at passes over. */
static bool is_date(struct span text, size_t end, struct phone_run run)
{
    enum { DATE_SIZE = 10 };
    static const uint64_t date_digits = UINT64_C(0x36F) << (BITS - DATE_SIZE);

    return run.size == DATE_SIZE && run.digits == date_digits && end > DATE_SIZE &&
           end < text.size && text.at[end - 6] == '-' && text.at[end - 3] == '-' &&
           (text.at[end - DATE_SIZE] == '1' || text.at[end - DATE_SIZE] == '2');
}

/* Keeps the runs that have digits enough, and are no dates. */
static void sift_runs(struct span text, struct text_marks *marks)
{
    size_t kept = 0;

    for (size_t i = 0; i < marks->phone_count; i++) {
        const uint16_t place = marks->phones[i];
        const struct phone_run run = run_before(marks, place);

        marks->phones[kept] = place;
        /* no jumps: which it is can't be foretold */
        kept += (size_t)(run.size == KNOWN_BEFORE) |
                ((size_t)has_digits(run.digits) & (size_t)!is_date(text, marks->base + place, run));
    }
    marks->phone_count = kept;
}

/* The bytes before the end of a number, the last highest. */
struct last_bytes {
    uint64_t last, others;
};

/* Takes out the byte that has `behind` bytes behind it, less than eight. */
static struct last_bytes without_byte(struct last_bytes bytes, unsigned behind)
{
    const uint64_t kept = highest_bytes(behind);

    return (struct last_bytes){
        (bytes.last & kept) | ((bytes.last << 8 | bytes.others >> 56) & ~kept), bytes.others << 8};
}

enum { TAIL_SIGNS = 2 * WORD_BYTES - PHONE_TAIL_DIGITS };

/*
 * Sets the tail of the number that ends at `end`, whose digits are known. False: too many signs
 * stand between the digits.
 */
static bool find_tail(struct span text, size_t end, uint64_t digits, uint64_t *tail)
{
    struct last_bytes bytes = {byte_word(text.at + end - WORD_BYTES, WORD_BYTES),
                               byte_word(text.at + end - (size_t)2 * WORD_BYTES, WORD_BYTES)};

    for (int signs = 0; signs <= TAIL_SIGNS; signs++) {
        const unsigned behind = count_highest(digits, PHONE_TAIL_DIGITS);
        const uint64_t kept = ~(ALL >> behind);

        if (behind == PHONE_TAIL_DIGITS) {
            *tail = bytes.last >> 8;
            return true;
        }
        bytes = without_byte(bytes, behind);
        digits = (digits & kept) | (digits << 1 & ~kept);
    }
    return false;
}

/* Whether a 0 stands alone in the run, as one that may be passed over does. */
static bool has_lone_zero(struct span text, size_t end, uint64_t digits)
{
    uint64_t alone = digits & ~(digits << 1) & ~(digits >> 1);
    bool found = false;

    for (; alone; alone &= alone - 1)
        found |= text.at[end - (size_t)(BITS - __builtin_ctzll(alone))] == '0';
    return found;
}

/* Whether any group of digits ends as a known number does. */
static bool run_may_be_known(const struct known_identifiers *known, struct span text, size_t end,
                             struct phone_run run)
{
    if (run.size == KNOWN_BEFORE)
        return true;
    if (end < KNOWN_BEFORE + 2 * WORD_BYTES || has_lone_zero(text, end, run.digits))
        return phone_may_be_known(known, text, end - run.size, end);
    while (has_digits(run.digits)) {
        const unsigned signs = (unsigned)__builtin_clzll(run.digits);
        uint64_t tail;

        end -= signs;
        run.digits <<= signs;
        if (!find_tail(text, end, run.digits, &tail) || phone_tail_may_be_known(known, tail))
            return true;
        run.digits &= ALL >> count_highest(run.digits, KNOWN_BEFORE);
    }
    return false;
}

static void sift_phones(const struct known_identifiers *known, struct span text,
                        struct text_marks *marks)
{
    size_t kept = 0;

    sift_runs(text, marks);
    for (size_t i = 0; i < marks->phone_count; i++) {
        const uint16_t place = marks->phones[i];

        marks->phones[kept] = place;
        kept += run_may_be_known(known, text, marks->base + place, run_before(marks, place));
    }
    marks->phone_count = kept;
}

/* word_start_look, of a word whose letters are known by masks. */
static uint64_t start_look(struct span text, const struct text_marks *marks, size_t place)
{
    const struct text_masks *masks = &marks->masks;
    uint64_t foreign, letters, bytes;
    unsigned size;

    if (!has_room(text, marks, place, 0, WORD_BYTES + 1))
        return word_start_look(text, marks->base + place);
    foreign = bits_from(masks->foreign, place);
    letters = foreign | bits_from(masks->letters, place) | bits_from(masks->joins, place);
    size = count_lowest(letters, WORD_BYTES);
    bytes = byte_word(text.at + marks->base + place, WORD_BYTES);
    if (foreign & UINT8_MAX)
        return word_wide_look(bytes, size);
    return (bytes | 0x2020202020202020) & lowest_bytes(size);
}

/* By right_looks. With an initial there are two: there is no telling where the longer is known. */
static bool hash_word(const struct known_identifiers *known, struct span text,
                      const struct text_marks *marks, size_t place, uint64_t *hash)
{
    const uint64_t look = start_look(text, marks, place);
    size_t next;

    *hash = identifier_part(&known->set, look);
    if (!look_is_initial(look))
        return true;
    next = name_behind_initial(text, marks->base + place) - marks->base;
    return !name_start_may_be_known(known, look | start_look(text, marks, next) << 8);
}

typedef bool hash_mark(const struct known_identifiers *known, struct span text,
                       const struct text_marks *marks, size_t place, uint64_t *hash);

/* Moves those of the places that may be known to their front. Returns how many these are. */
static inline size_t sift(const struct known_identifiers *known, struct span text,
                          const struct text_marks *marks, uint16_t *places, size_t count,
                          hash_mark *hash_one)
{
    size_t kept = 0;

    for (size_t first = 0; first < count; first += GROUP) {
        const size_t many = count - first < GROUP ? count - first : GROUP;
        uint64_t hashes[GROUP];
        bool sure[GROUP];

        for (size_t i = 0; i < many; i++) {
            sure[i] = hash_one(known, text, marks, places[first + i], &hashes[i]);
            bit_filter_prefetch(&known->parts, hashes[i]);
        }
        for (size_t i = 0; i < many; i++) {
            places[kept] = places[first + i];
            kept += !sure[i] | bit_filter_may_have(&known->parts, hashes[i]);
        }
    }
    return kept;
}

void sift_marks(const struct known_identifiers *known, struct span text, struct text_marks *marks)
{
    const bool *holds = known->set.holds;

    marks->email_count *= holds[IDENTIFIER_EMAIL];
    marks->phone_count *= holds[IDENTIFIER_PHONE];
    marks->word_count *= holds[IDENTIFIER_NAME];
    marks->email_count = sift(known, text, marks, marks->emails, marks->email_count, hash_email);
    sift_phones(known, text, marks);
    marks->word_count = sift(known, text, marks, marks->words, marks->word_count, hash_word);
}
