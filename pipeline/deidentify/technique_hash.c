/*
 * A keyed digest of the value, for whom a hexadecimal string is wanted. There is no hash
 * without a key: emails and phones are few enough to be tried one by one.
 */
#include "deidentify/digest_text.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { LENGTH_MIN = 8 }; /* characters; fewer would give many values one digest */

struct hash {
    size_t length; /* characters, LENGTH_MIN to HEX_SIZE */
};

static const char *const option_names[] = {"algorithm", "length", NULL};
static const char *const algorithms[] = {"hmac-sha256", NULL};

static enum status hash_compile(const struct node *options, const struct technique_setting *setting,
                                const void **state)
{
    struct hash *hash = arena_alloc(setting->arena, sizeof *hash);
    if (hash == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = hash;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "algorithm", options, setting);
    (void)option_word(&reader, "algorithm", "algorithm", algorithms, 0); /* there is but one */
    hash->length = option_size(&reader, "length", LENGTH_MIN, HEX_SIZE, HEX_SIZE);
    return option_reader_status(&reader);
}

static enum treatment hash_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    const struct hash *hash = state;
    /* Values that mean nothing to the column's comparison must not all become one. */
    const struct span value = cell->normal.size ? cell->normal : cell->value;
    unsigned char tag[TAG_SIZE];
    char text[HEX_SIZE];

    if (cell->keep_own && cell->value.size == hash->length && is_hex_text(cell->value))
        return TREATMENT_UNCHANGED;
    if (!tagger_tag(tagger, SPAN("hash"), value, tag))
        return TREATMENT_FAILED;
    hex_text(tag, text);
    return buffer_append(out, (struct span){text, hash->length}) ? TREATMENT_REPLACED
                                                                 : TREATMENT_FAILED;
}

static const char *hash_describe(const void *state, struct arena *arena)
{
    const struct hash *hash = state;

    return arena_printf(arena, "hmac-sha256, %zu characters", hash->length);
}

const struct technique technique_hash = {
    .name = "hash",
    .label = LABEL_PSEUDONYMIZED,
    .compile = hash_compile,
    .treat = hash_treat,
    .describe = hash_describe,
};
