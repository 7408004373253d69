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

static bool same(char a, char b)
{
    return lower_ascii(a) == lower_ascii(b);
}

/* Row i, column j: from the first i bytes of a to the first j of b. Two rows back are needed. */
struct distances {
    size_t rows[3][SPELLING_WORD_LIMIT + 1];
};

static size_t distance_at(const struct distances *distances, struct span a, struct span b, size_t i,
                          size_t j)
{
    const size_t *above = distances->rows[(i - 1) % 3];
    const size_t *here = distances->rows[i % 3];
    size_t distance = above[j - 1] + !same(a.at[i - 1], b.at[j - 1]);

    distance = least(distance, least(above[j], here[j - 1]) + 1);
    if (i > 1 && j > 1 && same(a.at[i - 1], b.at[j - 2]) && same(a.at[i - 2], b.at[j - 1]))
        distance = least(distance, distances->rows[(i - 2) % 3][j - 2] + 1);
    return distance;
}

/* Both words are within SPELLING_WORD_LIMIT. */
static size_t edit_distance(struct span a, struct span b)
{
    struct distances distances;

    for (size_t j = 0; j <= b.size; j++)
        distances.rows[0][j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        distances.rows[i % 3][0] = i;
        for (size_t j = 1; j <= b.size; j++)
            distances.rows[i % 3][j] = distance_at(&distances, a, b, i, j);
    }
    return distances.rows[a.size % 3][b.size];
}

void spelling_consider(struct spelling *spelling, struct span candidate)
{
    const struct span word = spelling->word;
    const size_t longer = word.size > candidate.size ? word.size : candidate.size;
    const size_t shorter = least(word.size, candidate.size);

    if (longer > SPELLING_WORD_LIMIT || longer - shorter > SPELLING_DISTANCE_LIMIT)
        return;
    const size_t distance = edit_distance(word, candidate);
    if (distance < spelling->distance && distance < shorter && 2 * distance < longer) {
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
