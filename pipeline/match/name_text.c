#include "match/name_text.h"

#include "match/word_look.h"

/* Of a look, and of an ASCII letter in it. */
enum { WORD_BITS = 64, LETTER_BITS = 8 };

static bool is_between_words(char byte)
{
    return byte == ' ' || byte == '.';
}

/* The letters of the word at *at, behind which *at moves. */
static size_t read_word(const struct letter_table *table, struct span text, size_t *at,
                        uint16_t *letters, size_t room)
{
    size_t count = 0;

    while (*at < text.size && count < room) {
        size_t next = *at;
        const uint16_t letter = letter_next(table, text, &next);

        if (letter == NO_LETTER)
            break;
        letters[count++] = letter;
        *at = next;
    }
    return count;
}

bool name_fold(const struct letter_table *table, struct span value, struct folded_name *name)
{
    size_t at = 0;

    name->count = 0;
    while (at < value.size && name->count < NAME_LETTERS) {
        size_t count;

        if (is_between_words(value.at[at])) {
            at++;
            continue;
        }
        if (name->count > 0)
            name->letters[name->count++] = ' ';
        count =
            read_word(table, value, &at, name->letters + name->count, NAME_LETTERS - name->count);
        if (count == 0)
            return false;
        name->count += count;
    }
    return at == value.size && name->count > 0;
}

static bool is_ascii_mark(char byte)
{
    const char lower = (char)(byte | 0x20);

    return (unsigned char)byte < 0x80 && !(lower >= 'a' && lower <= 'z') && byte != '-' &&
           byte != '\'';
}

/* Before the gap full stops and a comma may stand. */
static size_t before_marks(struct span text, size_t end)
{
    while (end > 0 && (text.at[end - 1] == '.' || text.at[end - 1] == ','))
        end--;
    return end;
}

/* Hyphens and apostrophes outside ASCII, such as letter_table knows. */
static bool is_wide_joint(const char *at)
{
    return memcmp(at, "\xE2\x80", 2) == 0 &&
           (at[2] == '\x90' || at[2] == '\x91' || at[2] == '\x99');
}

static bool is_joint(char byte)
{
    return is_between_words(byte) || byte == '-' || byte == '\'';
}

size_t name_behind_initial(struct span text, size_t at)
{
    for (at++; at < text.size;)
        if (is_joint(text.at[at]))
            at++;
        else if (text.size - at >= 3 && is_wide_joint(text.at + at))
            at += 3;
        else
            break;
    return at;
}

/* The end of the word before the initial at `at`. */
static size_t name_before_initial(struct span text, size_t at)
{
    while (at > 0)
        if (is_joint(text.at[at - 1]))
            at--;
        else if (at >= 3 && is_wide_joint(text.at + at - 3))
            at -= 3;
        else
            break;
    return at;
}

/* With an initial, sets looks[0] to that of both, and returns 2; where no word is next to it, 1. */
static size_t with_word_behind(struct span text, size_t start, uint64_t looks[SIDE_LOOKS])
{
    size_t next;

    looks[1] = looks[0];
    if (!look_is_initial(looks[1]))
        return 1;
    next = name_behind_initial(text, start);
    if (next == text.size || is_ascii_mark(text.at[next]))
        return 1;
    looks[0] |= word_start_look(text, next) << LETTER_BITS;
    return 2;
}

static size_t with_word_before(struct span text, size_t end, uint64_t looks[SIDE_LOOKS])
{
    size_t before;

    looks[1] = looks[0];
    if (!look_is_initial(looks[1] >> (WORD_BITS - LETTER_BITS)) || looks[1] << LETTER_BITS)
        return 1;
    before = name_before_initial(text, end - 1);
    if (before == 0 || is_ascii_mark(text.at[before - 1]))
        return 1;
    looks[0] |= word_end_look(text, before) >> LETTER_BITS;
    return 2;
}

void gap_looks(struct span text, const struct name_gap *gap, struct gap_looks *looks)
{
    word_gap_looks(text, gap->left_end, gap->right_start, &looks->lefts[0], &looks->rights[0]);
    looks->left_count = with_word_before(text, gap->left_end, looks->lefts);
    looks->right_count = with_word_behind(text, gap->right_start, looks->rights);
}

struct gap_look name_cells_look(struct span left, struct span right)
{
    size_t end = left.size, start = 0;
    uint64_t lefts[SIDE_LOOKS], rights[SIDE_LOOKS];

    while (end > 0 && is_between_words(left.at[end - 1]))
        end--;
    while (start < right.size && is_between_words(right.at[start]))
        start++;
    lefts[0] = word_end_look(left, end);
    rights[0] = word_start_look(right, start);
    with_word_before(left, end, lefts);
    with_word_behind(right, start, rights);
    return (struct gap_look){lefts[0], rights[0],
                             look_is_initial(rights[1]) ? UINT64_C(1) << (rights[1] & 63) : 0};
}

bool name_gap_at(struct span text, size_t right_start, struct name_gap *gap)
{
    size_t end = right_start;

    while (end > 0 && text.at[end - 1] == ' ')
        end--;
    end = before_marks(text, end);
    gap->left_end = end;
    gap->right_start = right_start;
    return end > 0 && !is_ascii_mark(text.at[end - 1]) && !is_ascii_mark(text.at[right_start]);
}

void name_read_right(const struct letter_table *table, struct span text, size_t start,
                     struct name_side *side)
{
    size_t at = start, count = 0;

    side->words = 0;
    while (side->words < NAME_WORDS && count + 1 < NAME_LETTERS) {
        const size_t blank = count > 0;
        const size_t more =
            read_word(table, text, &at, side->room + count + blank, NAME_LETTERS - count - blank);

        if (more == 0)
            break;
        if (blank)
            side->room[count] = ' ';
        count += blank + more;
        side->counts[side->words] = count;
        side->places[side->words++] = at;
        while (at < text.size && is_between_words(text.at[at]))
            at++;
    }
}

/*
 * The letters of the word before *at, before which *at moves, into the end of the room: 0 if there
 * are none, or too many.
 */
static size_t read_word_before(const struct letter_table *table, struct span text, size_t *at,
                               uint16_t *room_end, size_t room)
{
    size_t count = 0, before = *at;
    uint16_t letter;

    while ((letter = letter_before(table, text, &before)) != NO_LETTER) {
        if (count == room)
            return 0;
        *at = before;
        room_end[-1 - (ptrdiff_t)count++] = letter;
    }
    return count;
}

void name_read_left(const struct letter_table *table, struct span text, size_t end,
                    struct name_side *side)
{
    size_t count = 0;

    side->words = 0;
    while (side->words < NAME_WORDS && count + 1 < NAME_LETTERS) {
        const size_t blank = count > 0;
        const size_t room = NAME_LETTERS - count - blank;
        const size_t more = read_word_before(table, text, &end, side->room + room, room);

        if (more == 0)
            break;
        if (blank)
            side->room[room] = ' ';
        count += blank + more;
        side->counts[side->words] = count;
        side->places[side->words++] = end;
        while (end > 0 && is_between_words(text.at[end - 1]))
            end--;
    }
}

static struct span letters_bytes(const uint16_t *letters, size_t count)
{
    return (struct span){(const char *)letters, count * sizeof *letters};
}

struct span name_left_bytes(const struct name_side *side, size_t words)
{
    const size_t count = side->counts[words - 1];

    return letters_bytes(side->room + NAME_LETTERS - count, count);
}

struct span name_right_bytes(const struct name_side *side, size_t words)
{
    return letters_bytes(side->room, side->counts[words - 1]);
}
