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
    randombytes_buf(key->bytes, sizeof key->bytes);
}

struct fingerprint fingerprint_of(const struct fingerprint_key *key, struct span value)
{
    unsigned char hash[crypto_shorthash_siphashx24_BYTES];
    struct fingerprint fingerprint;

    crypto_shorthash_siphashx24(hash, (const unsigned char *)value.at, value.size, key->bytes);
    memcpy(&fingerprint, hash, sizeof fingerprint);
    return fingerprint;
}
