#include "match/name_text.h"

/* In bytes, full stops included; a longer word is no name's. */
enum { WORD_SIZE_LIMIT = 4 * NAME_LETTERS };

static bool is_between_words(char byte)
{
    return byte == ' ' || byte == '.';
}

/* The letters of the word at *at, behind which *at moves; full stops are passed over. */
static size_t read_word(const struct letter_table *table, struct span text, size_t *at,
                        uint16_t *letters, size_t room)
{
    size_t count = 0;

    while (*at < text.size && count < room) {
        size_t next = *at;
        const uint16_t letter = letter_next(table, text, &next);

        if (letter != NO_LETTER)
            letters[count++] = letter;
        else if (text.at[*at] != '.')
            break;
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

/* The last two letters before `end`, as they are in a folded name: full stops count for nothing. */
static void last_letters(const struct letter_table *table, struct span text, size_t end,
                         uint16_t letters[2])
{
    letters[1] = letter_before(table, text, &end);
    while (end > 0 && text.at[end - 1] == '.')
        end--;
    letters[0] = letter_before(table, text, &end);
}

static void first_letters(const struct letter_table *table, struct span text, size_t start,
                          uint16_t letters[2])
{
    letters[0] = letter_next(table, text, &start);
    while (start < text.size && text.at[start] == '.')
        start++;
    letters[1] = letter_next(table, text, &start);
}

bool name_gap_at(const struct letter_table *table, struct span text, size_t right_start,
                 struct name_gap *gap)
{
    size_t end = right_start;

    while (end > 0 && text.at[end - 1] == ' ')
        end--;
    end = before_marks(text, end);
    if (end == 0 || is_ascii_mark(text.at[end - 1]))
        return false;
    gap->left_end = end;
    gap->right_start = right_start;
    last_letters(table, text, end, gap->letters);
    first_letters(table, text, right_start, gap->letters + 2);
    return gap->letters[1] != NO_LETTER && gap->letters[2] != NO_LETTER;
}

void name_cells_letters(const struct letter_table *table, struct span left, struct span right,
                        uint16_t letters[4])
{
    size_t end = left.size, start = 0;

    while (end > 0 && is_between_words(left.at[end - 1]))
        end--;
    while (start < right.size && is_between_words(right.at[start]))
        start++;
    last_letters(table, left, end, letters);
    first_letters(table, right, start, letters + 2);
}

static uint16_t letter_or_none(const struct folded_name *name, size_t index)
{
    if (index >= name->count || name->letters[index] == ' ')
        return NO_LETTER;
    return name->letters[index];
}

void name_gap_letters(const struct folded_name *left, const struct folded_name *right,
                      uint16_t letters[4])
{
    letters[0] = left->count > 1 ? letter_or_none(left, left->count - 2) : NO_LETTER;
    letters[1] = letter_or_none(left, left->count - 1);
    letters[2] = letter_or_none(right, 0);
    letters[3] = letter_or_none(right, 1);
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

/* Where the word whose end is `end` begins, full stops in it included. */
static size_t word_start(const struct letter_table *table, struct span text, size_t end)
{
    size_t start = end;

    while (start > 0 && end - start <= WORD_SIZE_LIMIT) {
        size_t before = start;

        if (text.at[start - 1] == '.')
            before--;
        else if (letter_before(table, text, &before) == NO_LETTER)
            break;
        start = before;
    }
    return start;
}

void name_read_left(const struct letter_table *table, struct span text, size_t end,
                    struct name_side *side)
{
    size_t count = 0;

    side->words = 0;
    while (side->words < NAME_WORDS && end > 0) {
        uint16_t word[NAME_LETTERS];
        size_t start = word_start(table, text, end), at = start;
        const size_t blank = count > 0;
        const size_t more = read_word(table, (struct span){text.at, end}, &at, word, NAME_LETTERS);

        if (more == 0 || at < end || count + blank + more > NAME_LETTERS)
            break;
        count += blank + more;
        memcpy(side->room + NAME_LETTERS - count, word, more * sizeof *word);
        if (blank)
            side->room[NAME_LETTERS - count + more] = ' ';
        side->counts[side->words] = count;
        side->places[side->words++] = start;
        for (end = start; end > 0 && is_between_words(text.at[end - 1]);)
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
