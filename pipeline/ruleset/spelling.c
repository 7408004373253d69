#include "ruleset/spelling.h"

#include <stdio.h>

struct spelling spelling_of(struct span word)
{
    return (struct spelling){word, {NULL, 0}, SPELLING_DISTANCE_LIMIT + 1};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static char lower(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

/* Both words are within SPELLING_WORD_LIMIT. */
static size_t edit_distance(struct span a, struct span b)
{
    /* row[j]: from the first i bytes of a to the first j of b */
    size_t row[SPELLING_WORD_LIMIT + 1];

    for (size_t j = 0; j <= b.size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            const size_t replaced = diagonal + (lower(a.at[i - 1]) != lower(b.at[j - 1]));
            diagonal = row[j];
            row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.size];
}

void spelling_consider(struct spelling *spelling, struct span candidate)
{
    const struct span word = spelling->word;
    const size_t longer = word.size > candidate.size ? word.size : candidate.size;
    const size_t shorter = least(word.size, candidate.size);

    if (longer > SPELLING_WORD_LIMIT || longer - shorter > SPELLING_DISTANCE_LIMIT)
        return;
    const size_t distance = edit_distance(word, candidate);
    if (distance < spelling->distance && distance < shorter) {
        spelling->distance = distance;
        spelling->nearest = candidate;
    }
}

void spelling_consider_all(struct spelling *spelling, const char *const *words)
{
    for (; *words != NULL; words++)
        spelling_consider(spelling, span_of(*words));
}

void spelling_consider_names(struct spelling *spelling, const struct name_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].text.at != NULL)
            spelling_consider(spelling, names->items[i].text);
}

const char *spelling_hint(const struct spelling *spelling, char hint[SPELLING_HINT_SIZE])
{
    hint[0] = '\0';
    if (spelling->nearest.size > 0)
        snprintf(hint, SPELLING_HINT_SIZE, " (did you mean '%.*s'?)", (int)spelling->nearest.size,
                 spelling->nearest.at);
    return hint;
}
