#include "run/ledger_forget.h"

#include <stdlib.h>

#include "base/hex.h"
#include "match/record_view.h"

void forget_search_release(struct forget_search *search)
{
    free(search->values);
    free(search->digests);
    *search = (struct forget_search){.values = NULL};
}

bool forget_search_value(struct forget_search *search, const struct fingerprint_key *key,
                         struct span value)
{
    struct forget_value *values =
        reallocarray(search->values, search->value_count + 1, sizeof(*values));
    struct buffer normal = BUFFER_INIT, joined = BUFFER_INIT;
    struct forget_value *added;
    bool failed = false;

    if (!values)
        return false;
    search->values = values;
    added = &values[search->value_count++];
    for (size_t i = 0; i < FORGET_KINDS && !failed; i++) {
        const enum naming naming = values_fingerprint(key, &value, 1, (enum match_kind)i, &normal,
                                                      &joined, &added->digests[i]);

        added->named[i] = naming == NAMES_VALUE;
        failed = naming == NAMING_FAILED;
    }
    buffer_release(&normal);
    buffer_release(&joined);
    return !failed;
}

bool forget_search_digest(struct forget_search *search, struct span digits)
{
    struct fingerprint *digests =
        reallocarray(search->digests, search->digest_count + 1, sizeof(*digests));

    if (!digests)
        return false;
    search->digests = digests;
    return hex_read(digits, &digests[search->digest_count++], sizeof(*digests));
}

/* How the digest in a slot compares. A key of several columns is found by its digest only. */
static enum match_kind slot_match(const struct ledger_run *run, size_t slot)
{
    const size_t keys = run->column_count - (run->slot_count - 1);

    return slot == 0 ? MATCH_EXACT : run->columns[keys + slot - 1].match;
}

static bool is_searched(const struct forget_search *search, struct fingerprint digest,
                        enum match_kind match)
{
    for (size_t i = 0; i < search->value_count; i++)
        if (search->values[i].named[match] &&
            fingerprint_equal(search->values[i].digests[match], digest))
            return true;
    for (size_t i = 0; i < search->digest_count; i++)
        if (fingerprint_equal(search->digests[i], digest))
            return true;
    return false;
}

bool forget_chooses(void *context, const struct ledger_line *line)
{
    struct forget_search *search = context;
    const struct ledger_erasure *erasure = &line->erasure;

    for (size_t slot = 0; slot < erasure->slot_count; slot++) {
        if (!erasure->named[slot] ||
            !is_searched(search, erasure->digests[slot], slot_match(&line->run, slot)))
            continue;
        search->found++;
        return true;
    }
    return false;
}
