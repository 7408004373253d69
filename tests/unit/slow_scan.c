#include "slow_scan.h"

#include <check.h>

#include "match/name_text.h"
#include "match/normalize.h"

static void add(struct identifier_hits *hits, size_t start, size_t end)
{
    ck_assert_uint_lt(hits->count, hits->room);
    hits->items[hits->count++] =
        (struct identifier_hit){.start = (uint32_t)start, .end = (uint32_t)end};
}

static bool is_known(const struct known_identifiers *known, enum identifier_kind kind,
                     struct span value)
{
    struct fingerprint print =
        identifier_fingerprint(&known->set, identifier_quick(&known->set, kind, value), value);

    return identifier_set_has(&known->set, print);
}

static void find_emails(const struct known_identifiers *known, struct span text,
                        struct identifier_hits *hits)
{
    struct buffer scratch = BUFFER_INIT;
    struct found_email found;
    struct span form, folded;
    size_t from = 0;

    while (email_next(text, &from, &found))
        while (email_form_next(text, &found, &form)) {
            ck_assert(normalize(MATCH_EMAIL, form, &scratch, &folded));
            if (!is_known(known, IDENTIFIER_EMAIL, folded))
                continue;
            add(hits, (size_t)(form.at - text.at), (size_t)(form.at - text.at) + form.size);
            break;
        }
    buffer_release(&scratch);
}

static void find_phones(const struct known_identifiers *known, struct span text,
                        struct identifier_hits *hits)
{
    struct found_phone found;
    struct phone_form form;
    enum phone_shape shape;
    size_t from = 0;

    while (phone_next(text, &from, &found))
        while (phone_form_next(text, &found, &form)) {
            if (!is_known(known, IDENTIFIER_PHONE, form.digits) ||
                !phone_form_judge(text, &found, &form, &shape))
                continue;
            add(hits, form.start, form.end);
            phone_form_take(&found, &form);
        }
}

static void find_names(const struct known_identifiers *known, struct span text,
                       struct identifier_hits *hits)
{
    for (size_t at = 1; at < text.size; at++) {
        struct name_gap gap;
        size_t start, end;

        if (text.at[at - 1] == ' ' && name_gap_at(text, at, &gap) &&
            name_gap_is_known(known, text, &gap, &start, &end) &&
            (hits->count == 0 || start >= hits->items[hits->count - 1].end))
            add(hits, start, end);
    }
}

void scan_slowly(enum identifier_kind kind, const struct known_identifiers *known, struct span text,
                 struct identifier_hits *hits)
{
    hits->count = 0;
    if (kind == IDENTIFIER_EMAIL)
        find_emails(known, text, hits);
    else if (kind == IDENTIFIER_PHONE)
        find_phones(known, text, hits);
    else
        find_names(known, text, hits);
}

void assert_same_hits(const struct identifier_hits *hits, const struct identifier_hits *slow,
                      const char *text)
{
    for (size_t i = 0; i < hits->count && i < slow->count; i++)
        ck_assert_msg(hits->items[i].start == slow->items[i].start &&
                          hits->items[i].end == slow->items[i].end,
                      "hit from %u to %u, slowly from %u: %.200s", hits->items[i].start,
                      hits->items[i].end, slow->items[i].start, text + slow->items[i].start);
    ck_assert_msg(hits->count == slow->count, "%zu hits, %zu slowly, the last at %.60s",
                  hits->count, slow->count,
                  text + slow->items[slow->count ? slow->count - 1 : 0].start);
}
