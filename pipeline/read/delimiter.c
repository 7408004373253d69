#include "read/delimiter.h"

static const char candidates[] = {',', ';', '\t', '|'};

enum { CANDIDATE_COUNT = sizeof candidates };

/* The index of a candidate; CANDIDATE_COUNT for another byte. */
static size_t candidate_index(char byte)
{
    size_t i = 0;

    while (i < CANDIDATE_COUNT && candidates[i] != byte)
        i++;
    return i;
}

/* Whether a quote behind `before` opens a field, or goes on with one (it was doubled). */
static bool may_open(char before)
{
    return before == '"' || before == '\n' || candidate_index(before) < CANDIDATE_COUNT;
}

/*
 * Counts up to the record's end; false if that is not among the bytes. A quote that may not stand
 * where it does is passed over: the parser that comes next reports it.
 */
static bool count_candidates(struct span bytes, size_t counts[CANDIDATE_COUNT])
{
    bool inside = false;
    char before = '\n';

    for (size_t i = 0; i < bytes.size; i++) {
        const size_t index = candidate_index(bytes.at[i]);

        if (bytes.at[i] == '\n' && !inside)
            return true;
        if (bytes.at[i] == '"')
            inside = !inside && may_open(before);
        else if (!inside && index < CANDIDATE_COUNT)
            counts[index]++;
        before = bytes.at[i];
    }
    return false;
}

enum delimiter_search delimiter_find(struct span bytes, bool ended, char *delimiter)
{
    size_t counts[CANDIDATE_COUNT] = {0};
    size_t best = 0;
    bool tied = false;

    if (!count_candidates(bytes, counts) && !ended)
        return DELIMITER_UNKNOWN;
    for (size_t i = 1; i < CANDIDATE_COUNT; i++) {
        if (counts[i] == counts[best])
            tied = true;
        if (counts[i] <= counts[best])
            continue;
        best = i;
        tied = false;
    }
    if (tied && counts[best] > 0)
        return DELIMITER_TIED;
    *delimiter = candidates[best];
    return DELIMITER_FOUND;
}
