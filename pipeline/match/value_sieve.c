#include "match/value_sieve.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "match/normalize.h"

enum { VALUES_AT_ONCE = 64 };

/* Cells on their way through the filter. */
struct sifting {
    struct value_sieve *sieve;
    const struct sieved_cells *cells;
    struct record_view *view;
    bool judges_late; /* whether the record has the cells is asked once the filter has a value */
    /* values in the batch that wait to be hashed together, and whose they are */
    struct span values[VALUES_AT_ONCE];
    size_t records[VALUES_AT_ONCE];
    size_t count;
};

void value_sieve_release(struct value_sieve *sieve)
{
    free(sieve->words);
    *sieve = (struct value_sieve){.words = NULL};
}

static size_t word_count(const struct batch *batch)
{
    return batch->record_count / SIEVE_WORD + 1;
}

bool value_sieve_begin(struct value_sieve *sieve, const struct batch *batch)
{
    uint64_t *words = array_room(sieve->words, word_count(batch), &sieve->room, sizeof(*words));

    if (!words)
        return false;
    sieve->words = words;
    sieve->holds_back = true;
    memset(words, 0, word_count(batch) * sizeof(*words));
    return true;
}

void value_sieve_pass_all(struct value_sieve *sieve, const struct batch *batch)
{
    sieve->holds_back = false;
    memset(sieve->words, 0xff, word_count(batch) * sizeof(*sieve->words));
}

size_t value_sieve_next(const struct value_sieve *sieve, size_t record, size_t count)
{
    size_t word = record / SIEVE_WORD;
    uint64_t bits;

    if (record >= count)
        return count;
    bits = sieve->words[word] >> record % SIEVE_WORD << record % SIEVE_WORD;
    while (!bits && ++word * SIEVE_WORD < count)
        bits = sieve->words[word];
    if (!bits)
        return count;
    record = word * SIEVE_WORD + (size_t)__builtin_ctzll(bits);
    return record < count ? record : count;
}

/* Whether the record has these cells. One of which that can't be told passes. */
static enum truth has_cells(struct sifting *sifting, size_t record)
{
    enum truth truth;

    if (!sifting->cells->when)
        return TRUTH_YES;
    if (!record_view_at(sifting->view, record))
        return TRUTH_FAILED;
    truth = condition_holds(sifting->cells->when, sifting->view);
    if (truth != TRUTH_FAILED)
        return truth;
    sifting->view->overrun = NULL;
    value_sieve_pass(sifting->sieve, record);
    return TRUTH_NO;
}

/* The same, before anything is asked of its values: where that can wait, it does. */
static enum truth may_have_cells(struct sifting *sifting, size_t record)
{
    return sifting->judges_late ? TRUTH_YES : has_cells(sifting, record);
}

/* False where memory ran out. */
static bool ask(struct sifting *sifting, uint64_t quick, size_t record)
{
    enum truth truth = TRUTH_YES;

    if (!bit_filter_may_have(&sifting->cells->map->filter, quick))
        return true;
    if (sifting->judges_late)
        truth = has_cells(sifting, record);
    if (truth == TRUTH_YES)
        value_sieve_pass(sifting->sieve, record);
    return truth != TRUTH_FAILED;
}

static bool ask_waiting(struct sifting *sifting)
{
    uint64_t quick[VALUES_AT_ONCE];
    bool asked = true;

    quick_hash_each(&sifting->view->key->quick, 0, sifting->values, sifting->count, quick);
    for (size_t i = 0; i < sifting->count && asked; i++)
        asked = ask(sifting, quick[i], sifting->records[i]);
    sifting->count = 0;
    return asked;
}

/* A value that is its own normal form stays where it is, and so can wait for others. */
static bool sift_value(struct sifting *sifting, struct span value, size_t record)
{
    struct span normal;

    if (sifting->cells->match == MATCH_EXACT) {
        sifting->values[sifting->count] = value;
        sifting->records[sifting->count++] = record;
        return sifting->count < VALUES_AT_ONCE || ask_waiting(sifting);
    }
    if (!normalize(sifting->cells->match, value, &sifting->view->normal, &normal))
        return false;
    return ask(sifting, quick_hash(&sifting->view->key->quick, 0, normal), record);
}

static bool sift_list(struct sifting *sifting, struct span list, size_t record)
{
    struct span element;
    bool begun = false;

    while (list_next(&list, &begun, sifting->cells->separator, &element))
        if (element.size > 0 && !sift_value(sifting, element, record))
            return false;
    return true;
}

/* Takes the quotes off; false where there are quotes within that would have to be undone. */
static bool unquote(struct span *raw)
{
    if (!raw_is_quoted(*raw))
        return true;
    *raw = (struct span){raw->at + 1, raw->size - 2};
    return memchr(raw->at, '"', raw->size) == NULL;
}

static bool sift_cell(struct sifting *sifting, struct span raw, size_t record)
{
    if (!unquote(&raw)) {
        value_sieve_pass(sifting->sieve, record);
        return true;
    }
    if (sifting->cells->separator.size > 0)
        return sift_list(sifting, raw, record);
    return sift_value(sifting, raw, record);
}

static bool sift_column(struct sifting *sifting)
{
    const struct record_view *view = sifting->view;
    const size_t column = sifting->cells->columns[0];

    for (size_t record = 0; record < view->batch->record_count; record++) {
        const struct span raw = batch_raw(view->batch, record, column);
        enum truth truth;

        if (raw_is_blank(raw, view->dialect))
            continue;
        truth = may_have_cells(sifting, record);
        if (truth == TRUTH_FAILED || (truth == TRUTH_YES && !sift_cell(sifting, raw, record)))
            return false;
    }
    return ask_waiting(sifting);
}

/* The cells of one record together. */
static enum naming sift_joined(struct sifting *sifting, size_t record)
{
    const struct sieved_cells *cells = sifting->cells;
    struct record_view *view = sifting->view;
    struct span normal;
    const enum naming naming =
        view_normal(view, cells->columns, cells->column_count, cells->match, &normal);

    if (naming == NAMES_VALUE && !ask(sifting, quick_hash(&view->key->quick, 0, normal), record))
        return NAMING_FAILED;
    return naming;
}

static bool sift_columns(struct sifting *sifting)
{
    for (size_t record = 0; record < sifting->view->batch->record_count; record++) {
        const enum truth truth = may_have_cells(sifting, record);

        if (truth == TRUTH_FAILED)
            return false;
        if (truth == TRUTH_NO)
            continue;
        if (!record_view_at(sifting->view, record) || sift_joined(sifting, record) == NAMING_FAILED)
            return false;
    }
    return true;
}

bool value_sieve_add(struct value_sieve *sieve, const struct sieved_cells *cells,
                     struct record_view *view)
{
    struct sifting sifting = {.sieve = sieve,
                              .cells = cells,
                              .view = view,
                              .judges_late = !condition_may_fail(cells->when)};

    if (cells->map->count == 0 || !sieve->holds_back)
        return true;
    if (!cells->map->filter.words || view->batch->odd_count) {
        value_sieve_pass_all(sieve, view->batch);
        return true;
    }
    return cells->column_count == 1 ? sift_column(&sifting) : sift_columns(&sifting);
}
