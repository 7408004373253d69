/*
 * Digests as text, and the shapes such text has.
 */
#ifndef EFFACE_DEIDENTIFY_DIGEST_TEXT_H
#define EFFACE_DEIDENTIFY_DIGEST_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/secret.h"
#include "base/span.h"

enum {
    TOKEN_SIZE = 26,
    UUID_SIZE = 36,
    HEX_SIZE = 2 * TAG_SIZE,
};

/* The first 128 bits in base32 (RFC 4648), lower case, unpadded. */
void token_text(const unsigned char tag[TAG_SIZE], char text[TOKEN_SIZE]);

/* The first 128 bits as a UUID of version 8 (RFC 9562), lower case. */
void uuid_text(const unsigned char tag[TAG_SIZE], char text[UUID_SIZE]);

/* All bits in hexadecimal, lower case. */
void hex_text(const unsigned char tag[TAG_SIZE], char text[HEX_SIZE]);

/* Whether a text is one that token_text, uuid_text or the head of hex_text could have made. */
bool is_token_text(struct span text);
bool is_uuid_text(struct span text);
bool is_hex_text(struct span text);

#endif
