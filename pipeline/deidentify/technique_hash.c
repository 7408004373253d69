/*
 * A keyed digest of the value (HMAC-SHA-256), for whom a string of a certain alphabet is
 * wanted: hexadecimal, base32 in lower case, or base64url, whose first character is never '-'
 * (digest_text.h says why). There is no hash without a key: emails and phones are few enough
 * to be tried one by one.
 *
 * All encodings are of one digest, whose head a shorter `length` keeps: 4, 5 or 6 bits a
 * character.
 */
#include "base/digest_text.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { LENGTH_MIN = 8 }; /* characters; fewer would give many values one digest */

struct encoding {
    const char *name;
    size_t size; /* characters of a whole digest, at most HEX_SIZE */
    void (*write)(const unsigned char *tag, char *text);
    bool (*has_shape)(struct span text);
};

struct hash {
    const struct encoding *encoding;
    size_t length; /* characters, LENGTH_MIN to encoding->size */
};

static const char *const option_names[] = {"algorithm", "encoding", "length", NULL};
static const char *const algorithms[] = {"hmac-sha256", NULL};

static const char *const encoding_names[] = {"hex", "base32", "base64url", NULL};
static const struct encoding encodings[] = {
    {"hex", HEX_SIZE, hex_text, is_hex_text},
    {"base32", BASE32_SIZE, base32_text, is_base32_text},
    {"base64url", BASE64URL_SIZE, base64url_text, is_base64url_text},
};

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
    hash->encoding = &encodings[option_word(&reader, "encoding", "encoding", encoding_names, 0)];
    hash->length =
        option_size(&reader, "length", LENGTH_MIN, hash->encoding->size, hash->encoding->size);
    return option_reader_status(&reader);
}

static enum treatment hash_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    const struct hash *hash = state;
    unsigned char tag[TAG_SIZE];
    char text[HEX_SIZE];

    if (cell->keep_own && cell->value.size == hash->length &&
        hash->encoding->has_shape(cell->value))
        return TREATMENT_UNCHANGED;
    if (!tagger_tag(tagger, SPAN("hash"), cell_source(cell), tag))
        return TREATMENT_FAILED;
    hash->encoding->write(tag, text);
    return buffer_append(out, (struct span){text, hash->length}) ? TREATMENT_REPLACED
                                                                 : TREATMENT_FAILED;
}

static const char *hash_describe(const void *state, struct arena *arena)
{
    const struct hash *hash = state;

    return arena_printf(arena, "hmac-sha256, %zu characters of %s", hash->length,
                        hash->encoding->name);
}

const struct technique technique_hash = {
    .name = "hash",
    .options = option_names,
    .label = LABEL_PSEUDONYMIZED,
    .compile = hash_compile,
    .treat = hash_treat,
    .describe = hash_describe,
};
