/*
 * One value and key, one pseudonym, in every file and run. What is made of a value under
 * another domain has nothing in common with it. The kinds are in pseudonym_....c.
 *
 * Where an earlier run was before, a value that has the shape of a pseudonym stays; where the
 * kind's pseudonyms have no shape of their own, it is replaced once more, because a value that
 * came in since must not be taken for one.
 */
#include "deidentify/option_reader.h"
#include "deidentify/pseudonym_kind.h"

static const char *const option_names[] = {"as", "domain", "length", "keep_domain", NULL};

static const struct pseudonym_kind *const kinds[] = {
    &pseudonym_token,     &pseudonym_uuid,      &pseudonym_integer,
    &pseudonym_email,     &pseudonym_phone,     &pseudonym_first_name,
    &pseudonym_last_name, &pseudonym_full_name, &pseudonym_company,
};

enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

static const struct pseudonym_kind *read_kind(struct option_reader *reader)
{
    const char *names[KIND_COUNT + 1] = {NULL};

    for (size_t i = 0; i < KIND_COUNT; i++)
        names[i] = kinds[i]->name;
    option_require(reader, "as");
    return kinds[option_word(reader, "as", "pseudonym", names, 0)];
}

/* The options that not every kind has. */
static void read_details(struct option_reader *reader, struct pseudonym *pseudonym)
{
    const struct pseudonym_kind *kind = pseudonym->kind;

    if (kind->most_length > 0)
        pseudonym->length = option_size(reader, "length", kind->least_length, kind->most_length,
                                        kind->usual_length);
    else if (option_node(reader, "length") != NULL)
        option_reject(reader, "length", "'length' is for a token or an integer");
    if (kind->has_host)
        pseudonym->keep_domain = option_flag(reader, "keep_domain", false);
    else if (option_node(reader, "keep_domain") != NULL)
        option_reject(reader, "keep_domain", "'keep_domain' is for an email");
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
    if (option_reader_status(&reader) == STATUS_OK)
        read_details(&reader, pseudonym);
    return option_reader_status(&reader);
}

static enum treatment pseudonym_treat(const void *state, const struct cell *cell,
                                      struct tagger *tagger, struct buffer *out)
{
    const struct pseudonym *pseudonym = state;
    const struct pseudonym_kind *kind = pseudonym->kind;

    if (cell->keep_own && kind->has_shape != NULL && kind->has_shape(pseudonym, cell->value))
        return TREATMENT_UNCHANGED;
    return kind->append(pseudonym, cell, tagger, out);
}

static const char *pseudonym_describe(const void *state, struct arena *arena)
{
    const struct pseudonym *pseudonym = state;
    const struct pseudonym_kind *kind = pseudonym->kind;
    const char *text = kind->name;

    if (pseudonym->length != kind->usual_length)
        text = arena_printf(arena, "%s of %zu characters", text, pseudonym->length);
    if (text != NULL && pseudonym->keep_domain)
        text = arena_printf(arena, "%s, keeps what is behind the @", text);
    if (text != NULL && !span_equal(pseudonym->domain, span_of(kind->name)))
        text = arena_printf(arena, "%s, domain %s", text, pseudonym->domain.at);
    return text;
}

const struct technique technique_pseudonym = {
    .name = "pseudonym",
    .options = option_names,
    .label = LABEL_PSEUDONYMIZED,
    .compile = pseudonym_compile,
    .treat = pseudonym_treat,
    .describe = pseudonym_describe,
};
