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

/* Whether the bytes before i in a and before j in b are the same two, swapped. */
static bool is_swap(struct span a, size_t i, struct span b, size_t j)
{
    return i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1];
}

/*
 * How many bytes to insert, delete, replace, or swap with their neighbour (optimal string
 * alignment). Both words are within SPELLING_WORD_LIMIT.
 */
static size_t edit_distance(struct span a, struct span b)
{
    /* rows[i % 3][j]: from the first i bytes of a to the first j of b */
    size_t rows[3][SPELLING_WORD_LIMIT + 1];

    for (size_t j = 0; j <= b.size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        const size_t *above = rows[(i - 1) % 3];
        size_t *row = rows[i % 3];

        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            row[j] =
                least(above[j - 1] + (a.at[i - 1] != b.at[j - 1]), least(above[j], row[j - 1]) + 1);
            if (is_swap(a, i, b, j))
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[a.size % 3][b.size];
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

const char *spelling_hint(const struct spelling *spelling, char hint[SPELLING_HINT_SIZE])
{
    hint[0] = '\0';
    if (spelling->nearest.size > 0)
        snprintf(hint, SPELLING_HINT_SIZE, " (did you mean '%.*s'?)", (int)spelling->nearest.size,
                 spelling->nearest.at);
    return hint;
}
