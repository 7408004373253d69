/*
 * Digests as text, and the shapes such text has.
 */
#ifndef EFFACE_BASE_DIGEST_TEXT_H
#define EFFACE_BASE_DIGEST_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/secret.h"
#include "base/span.h"

enum {
    TOKEN_SIZE = 26,
    UUID_SIZE = 36,
    HEX_SIZE = 2 * TAG_SIZE,
    BASE32_SIZE = 52,
    BASE64URL_SIZE = 43,
};

/* The first 128 bits in base32 (RFC 4648), lower case, unpadded. */
void token_text(const unsigned char tag[TAG_SIZE], char text[TOKEN_SIZE]);

/* The first 128 bits as a UUID of version 8 (RFC 9562), lower case. */
void uuid_text(const unsigned char tag[TAG_SIZE], char text[UUID_SIZE]);

/* All bits in hexadecimal, lower case. */
void hex_text(const unsigned char tag[TAG_SIZE], char text[HEX_SIZE]);

/* All bits in base32 (RFC 4648), lower case, unpadded. */
void base32_text(const unsigned char tag[TAG_SIZE], char text[BASE32_SIZE]);

/*
 * A zero bit and all bits in base64url (RFC 4648), unpadded. The bit in front makes the
 * first digit one of A to Z and a to f, so that no text starts with '-', which would start
 * a spreadsheet formula; without it the text would be as long.
 */
void base64url_text(const unsigned char tag[TAG_SIZE], char text[BASE64URL_SIZE]);

/* Whether a text is a head of 1 to all characters that token_text and so on could have made. */
bool is_token_text(struct span text);
bool is_whole_token_text(struct span text); /* of all characters */
bool is_hex_text(struct span text);
bool is_base32_text(struct span text);
bool is_base64url_text(struct span text);

/* Whether uuid_text could have made it. */
bool is_uuid_text(struct span text);

#endif
