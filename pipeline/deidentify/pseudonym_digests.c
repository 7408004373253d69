/*
 * Pseudonyms that are a digest: of 128 bits, no two values share one (a token cut to fewer
 * characters has 5 bits for each of them).
 *
 * An email is TOKEN@example.com, which RFC 2606 reserves: nobody receives mail there. With
 * keep_domain it is TOKEN@ and what stands behind the last @ of the value's normal form, if
 * anything does.
 */
#include "base/digest_text.h"
#include "deidentify/pseudonym_kind.h"

enum { TOKEN_LEAST = 8 };

static const char host[] = "example.com";

static bool append_token(struct tagger *tagger, struct span domain, struct span value,
                         size_t length, struct buffer *out)
{
    unsigned char tag[TAG_SIZE];
    char text[TOKEN_SIZE];

    if (!tagger_tag(tagger, domain, value, tag))
        return false;
    token_text(tag, text);
    return buffer_append(out, (struct span){text, length});
}

bool token_append(struct tagger *tagger, struct span domain, struct span value, struct buffer *out)
{
    return append_token(tagger, domain, value, TOKEN_SIZE, out);
}

static enum treatment put_token(const struct pseudonym *pseudonym, const struct cell *cell,
                                struct tagger *tagger, struct buffer *out)
{
    return append_token(tagger, pseudonym->domain, cell_source(cell), pseudonym->length, out)
               ? TREATMENT_REPLACED
               : TREATMENT_FAILED;
}

static bool is_token(const struct pseudonym *pseudonym, struct span value)
{
    return value.size == pseudonym->length && is_token_text(value);
}

const struct pseudonym_kind pseudonym_token = {
    .name = "token",
    .least_length = TOKEN_LEAST,
    .most_length = TOKEN_SIZE,
    .usual_length = TOKEN_SIZE,
    .append = put_token,
    .has_shape = is_token,
};

static enum treatment put_uuid(const struct pseudonym *pseudonym, const struct cell *cell,
                               struct tagger *tagger, struct buffer *out)
{
    unsigned char tag[TAG_SIZE];
    char text[UUID_SIZE];

    if (!tagger_tag(tagger, pseudonym->domain, cell_source(cell), tag))
        return TREATMENT_FAILED;
    uuid_text(tag, text);
    return buffer_append(out, (struct span){text, UUID_SIZE}) ? TREATMENT_REPLACED
                                                              : TREATMENT_FAILED;
}

static bool is_uuid(const struct pseudonym *pseudonym, struct span value)
{
    (void)pseudonym;
    return is_uuid_text(value);
}

const struct pseudonym_kind pseudonym_uuid = {
    .name = "uuid",
    .append = put_uuid,
    .has_shape = is_uuid,
};

/* What stands behind the last @; empty where there is none. */
static struct span host_of(struct span value)
{
    const char *at = value.size ? memrchr(value.at, '@', value.size) : NULL;

    return at ? (struct span){at + 1, (size_t)(value.at + value.size - at) - 1} : SPAN("");
}

static enum treatment put_email(const struct pseudonym *pseudonym, const struct cell *cell,
                                struct tagger *tagger, struct buffer *out)
{
    const struct span value = cell_source(cell);
    const struct span own = pseudonym->keep_domain ? host_of(value) : SPAN("");

    return token_append(tagger, pseudonym->domain, value, out) && buffer_append_byte(out, '@') &&
                   buffer_append(out, own.size ? own : span_of(host))
               ? TREATMENT_REPLACED
               : TREATMENT_FAILED;
}

static bool is_email(const struct pseudonym *pseudonym, struct span value)
{
    if (value.size <= TOKEN_SIZE + 1 || value.at[TOKEN_SIZE] != '@' ||
        !is_token_text((struct span){value.at, TOKEN_SIZE}))
        return false;
    return pseudonym->keep_domain || span_equal(host_of(value), span_of(host));
}

const struct pseudonym_kind pseudonym_email = {
    .name = "email",
    .has_host = true,
    .append = put_email,
    .has_shape = is_email,
};
