/*
 * One value and key, one pseudonym, in every file and run. What is made of a value under
 * another domain has nothing in common with it.
 */
#include "deidentify/digest_text.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

#define EMAIL_HOST "@example.com" /* reserved by RFC 2606: nobody receives mail there */

struct pseudonym_kind {
    const char *name;
    bool (*append)(struct tagger *tagger, struct span domain, struct span value,
                   struct buffer *out);
    bool (*has_shape)(struct span value);
};

struct pseudonym {
    const struct pseudonym_kind *kind;
    struct span domain;
};

static const char *const option_names[] = {"as", "domain", NULL};

bool token_append(struct tagger *tagger, struct span domain, struct span value, struct buffer *out)
{
    unsigned char tag[TAG_SIZE];

    if (!tagger_tag(tagger, domain, value, tag) || !buffer_reserve(out, TOKEN_SIZE))
        return false;
    token_text(tag, out->at + out->size);
    out->size += TOKEN_SIZE;
    return true;
}

static bool uuid_append(struct tagger *tagger, struct span domain, struct span value,
                        struct buffer *out)
{
    unsigned char tag[TAG_SIZE];

    if (!tagger_tag(tagger, domain, value, tag) || !buffer_reserve(out, UUID_SIZE))
        return false;
    uuid_text(tag, out->at + out->size);
    out->size += UUID_SIZE;
    return true;
}

static bool email_append(struct tagger *tagger, struct span domain, struct span value,
                         struct buffer *out)
{
    return token_append(tagger, domain, value, out) && buffer_append(out, SPAN(EMAIL_HOST));
}

static bool is_email_pseudonym(struct span value)
{
    const struct span host = SPAN(EMAIL_HOST);

    return value.size == TOKEN_SIZE + host.size &&
           is_token_text((struct span){value.at, TOKEN_SIZE}) &&
           span_equal((struct span){value.at + TOKEN_SIZE, host.size}, host);
}

static const struct pseudonym_kind kinds[] = {
    {"token", token_append, is_token_text},
    {"uuid", uuid_append, is_uuid_text},
    {"email", email_append, is_email_pseudonym},
};

enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

static const struct pseudonym_kind *read_kind(struct option_reader *reader)
{
    const char *names[KIND_COUNT + 1] = {NULL};

    for (size_t i = 0; i < KIND_COUNT; i++)
        names[i] = kinds[i].name;
    option_require(reader, "as");
    return &kinds[option_word(reader, "as", "pseudonym", names, 0)];
}

static enum status pseudonym_compile(const struct node *options,
                                     const struct technique_setting *setting, const void **state)
{
    struct pseudonym *pseudonym = arena_alloc(setting->arena, sizeof *pseudonym);
    if (pseudonym == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = pseudonym;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "as", options, setting);
    pseudonym->kind = read_kind(&reader);
    pseudonym->domain = option_text(&reader, "domain", span_of(pseudonym->kind->name));
    return option_reader_status(&reader);
}

static enum treatment pseudonym_treat(const void *state, const struct cell *cell,
                                      struct tagger *tagger, struct buffer *out)
{
    const struct pseudonym *pseudonym = state;
    /* Values that mean nothing to the column's comparison must not all become one. */
    const struct span value = cell->normal.size ? cell->normal : cell->value;

    if (cell->keep_own && pseudonym->kind->has_shape(cell->value))
        return TREATMENT_UNCHANGED;
    return pseudonym->kind->append(tagger, pseudonym->domain, value, out) ? TREATMENT_REPLACED
                                                                          : TREATMENT_FAILED;
}

static const char *pseudonym_describe(const void *state, struct arena *arena)
{
    const struct pseudonym *pseudonym = state;

    if (span_equal(pseudonym->domain, span_of(pseudonym->kind->name)))
        return pseudonym->kind->name;
    return arena_printf(arena, "%s, domain %s", pseudonym->kind->name, pseudonym->domain.at);
}

const struct technique technique_pseudonym = {
    .name = "pseudonym",
    .label = LABEL_PSEUDONYMIZED,
    .compile = pseudonym_compile,
    .treat = pseudonym_treat,
    .describe = pseudonym_describe,
};
