#include "match/name_text.h"

#include "match/word_look.h"

/* Of an ASCII letter in a look. */
enum { LETTER_BITS = 8 };

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

size_t name_before_initial(struct span text, size_t at)
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

/* The look of the word at `start`, and with an initial of what follows. */
static uint64_t right_look(struct span text, size_t start)
{
    const uint64_t look = word_start_look(text, start);

    if (!look_is_initial(look))
        return look;
    return look | word_start_look(text, name_behind_initial(text, start)) << LETTER_BITS;
}

/* ... of the word that ends at `end`, and with an initial of what stands before it. */
static uint64_t left_look(struct span text, size_t end)
{
    const uint64_t look = word_end_look(text, end);

    if (look == 0 || look << LETTER_BITS != 0)
        return look;
    return look | word_end_look(text, name_before_initial(text, end - 1)) >> LETTER_BITS;
}

struct gap_look name_cells_look(struct span left, struct span right)
{
    size_t end = left.size, start = 0;
    uint64_t initial;

    while (end > 0 && is_between_words(left.at[end - 1]))
        end--;
    while (start < right.size && is_between_words(right.at[start]))
        start++;
    initial = word_start_look(right, start);
    return (struct gap_look){left_look(left, end), right_look(right, start),
                             look_is_initial(initial) ? UINT64_C(1) << (initial & 63) : 0};
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
