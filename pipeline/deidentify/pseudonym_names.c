/*
 * Names that look like names, out of the lists that are compiled in. There are a few hundred
 * of each, so many people share one: they make an export readable, and tell nobody apart.
 *
 * A first, last or full name could be anybody's, so one that an earlier run gave can't be
 * told and is replaced once more. A company's can: its first word is in use nowhere.
 */
#include "deidentify/keyed_draws.h"
#include "deidentify/name_lists.h"
#include "deidentify/pseudonym_kind.h"

/* Lists of which a name has one item each, with a blank between. */
struct name_parts {
    const struct name_list *lists[3];
    size_t count;
};

static const struct name_parts first_name = {{&name_list_first_names}, 1};
static const struct name_parts last_name = {{&name_list_last_names}, 1};
static const struct name_parts full_name = {{&name_list_first_names, &name_list_last_names}, 2};
static const struct name_parts company = {
    {&name_list_company_names, &name_list_company_trades, &name_list_company_forms}, 3};

static enum treatment put_name(const struct name_parts *parts, const struct pseudonym *pseudonym,
                               const struct cell *cell, struct tagger *tagger, struct buffer *out)
{
    struct keyed_draws draws;

    if (!keyed_draws_begin(&draws, tagger, pseudonym->domain, cell_source(cell)))
        return TREATMENT_FAILED;
    for (size_t i = 0; i < parts->count; i++) {
        const struct name_list *list = parts->lists[i];
        const char *item = list->items[keyed_draws_below(&draws, list->count)];

        if ((i > 0 && !buffer_append_byte(out, ' ')) || !buffer_append(out, span_of(item)))
            return TREATMENT_FAILED;
    }
    return draws.failed ? TREATMENT_FAILED : TREATMENT_REPLACED;
}

/* The item that the text begins with, followed by a blank or the end; NULL: none. */
static const char *leading_item(const struct name_list *list, struct span text)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct span item = span_of(list->items[i]);

        if (text.size >= item.size && memcmp(text.at, item.at, item.size) == 0 &&
            (text.size == item.size || text.at[item.size] == ' '))
            return item.at;
    }
    return NULL;
}

static bool is_company(const struct pseudonym *pseudonym, struct span value)
{
    struct span rest = value;

    (void)pseudonym;
    for (size_t i = 0; i < company.count; i++) {
        const char *item = leading_item(company.lists[i], rest);
        if (item == NULL)
            return false;

        const size_t size = strlen(item);
        const bool ends = rest.size == size;
        if (ends != (i + 1 == company.count))
            return false;
        rest = (struct span){rest.at + size + !ends, rest.size - size - !ends};
    }
    return true;
}

static enum treatment put_first_name(const struct pseudonym *pseudonym, const struct cell *cell,
                                     struct tagger *tagger, struct buffer *out)
{
    return put_name(&first_name, pseudonym, cell, tagger, out);
}

static enum treatment put_last_name(const struct pseudonym *pseudonym, const struct cell *cell,
                                    struct tagger *tagger, struct buffer *out)
{
    return put_name(&last_name, pseudonym, cell, tagger, out);
}

static enum treatment put_full_name(const struct pseudonym *pseudonym, const struct cell *cell,
                                    struct tagger *tagger, struct buffer *out)
{
    return put_name(&full_name, pseudonym, cell, tagger, out);
}

static enum treatment put_company(const struct pseudonym *pseudonym, const struct cell *cell,
                                  struct tagger *tagger, struct buffer *out)
{
    return put_name(&company, pseudonym, cell, tagger, out);
}

const struct pseudonym_kind pseudonym_first_name = {.name = "first_name", .append = put_first_name};
const struct pseudonym_kind pseudonym_last_name = {.name = "last_name", .append = put_last_name};
const struct pseudonym_kind pseudonym_full_name = {.name = "full_name", .append = put_full_name};

const struct pseudonym_kind pseudonym_company = {
    .name = "company",
    .append = put_company,
    .has_shape = is_company,
};
