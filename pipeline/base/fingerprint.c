#include "base/fingerprint.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(((struct fingerprint_key *)0)->bytes) == crypto_shorthash_siphashx24_KEYBYTES,
               "the key is SipHash's");
_Static_assert(sizeof(struct fingerprint) == crypto_shorthash_siphashx24_BYTES,
               "the fingerprint is the whole result");

void fingerprint_key_draw(struct fingerprint_key *key)
{
    /* Like a system without randomness, on which libsodium itself aborts: there is no going on. */
    if (sodium_init() < 0)
        abort();
    randombytes_buf(key, sizeof *key);
}

_Static_assert(WRAPPING_KEY_SIZE == crypto_secretbox_KEYBYTES, "the key is secretbox's");
_Static_assert(WRAPPED_KEY_SIZE == crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES +
                                       sizeof(((struct fingerprint_key *)0)->bytes),
               "a nonce, a tag and the key");

bool fingerprint_key_wrap(const struct fingerprint_key *key,
                          const unsigned char wrapping[WRAPPING_KEY_SIZE],
                          unsigned char wrapped[WRAPPED_KEY_SIZE])
{
    if (sodium_init() < 0)
        return false;
    randombytes_buf(wrapped, crypto_secretbox_NONCEBYTES);
    return crypto_secretbox_easy(wrapped + crypto_secretbox_NONCEBYTES, key->bytes,
                                 sizeof key->bytes, wrapped, wrapping) == 0;
}

bool fingerprint_key_unwrap(const unsigned char wrapped[WRAPPED_KEY_SIZE],
                            const unsigned char wrapping[WRAPPING_KEY_SIZE],
                            struct fingerprint_key *key)
{
    if (sodium_init() < 0)
        return false;
    randombytes_buf(&key->quick, sizeof key->quick);
    return crypto_secretbox_open_easy(key->bytes, wrapped + crypto_secretbox_NONCEBYTES,
                                      WRAPPED_KEY_SIZE - crypto_secretbox_NONCEBYTES, wrapped,
                                      wrapping) == 0;
}

struct fingerprint fingerprint_of(const struct fingerprint_key *key, struct span value)
{
    unsigned char hash[crypto_shorthash_siphashx24_BYTES];
    struct fingerprint fingerprint;

    crypto_shorthash_siphashx24(hash, (const unsigned char *)value.at, value.size, key->bytes);
    memcpy(&fingerprint, hash, sizeof fingerprint);
    return fingerprint;
}
