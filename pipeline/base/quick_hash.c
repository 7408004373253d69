#include "base/quick_hash.h"

#include "base/fingerprint.h"

void quick_key_draw(struct quick_key *key)
{
    struct fingerprint_key random;

    fingerprint_key_draw(&random);
    memcpy(&key->start, random.bytes, sizeof key->start);
    memcpy(&key->step, random.bytes + sizeof key->start, sizeof key->step);
    key->step |= 1;
}
