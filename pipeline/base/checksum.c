/*
 * For SHA256_CTX: what EVP gets ready at its first use takes a millisecond, thousands of
 * allocations and the system's openssl.cnf, which has no say here.
 */
#define OPENSSL_API_COMPAT 0x10101000L

#include "base/checksum.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/read_at.h"

enum { READ_SIZE = 65536 };

static bool have_context(struct checksum *checksum)
{
    if (checksum->context == NULL)
        checksum->context = malloc(sizeof(SHA256_CTX));
    return checksum->context != NULL;
}

bool checksum_start(struct checksum *checksum)
{
    return have_context(checksum) && SHA256_Init(checksum->context) == 1;
}

bool checksum_add(struct checksum *checksum, struct span bytes)
{
    assert(checksum->context != NULL);
    return SHA256_Update(checksum->context, bytes.at, bytes.size) == 1;
}

bool checksum_copy(struct checksum *to, const struct checksum *from)
{
    assert(from->context != NULL);
    if (!have_context(to))
        return false;
    memcpy(to->context, from->context, sizeof(SHA256_CTX));
    return true;
}

bool checksum_finish(struct checksum *checksum, unsigned char digest[CHECKSUM_SIZE])
{
    assert(checksum->context != NULL);
    return SHA256_Final(digest, checksum->context) == 1;
}

void checksum_release(struct checksum *checksum)
{
    free(checksum->context);
    checksum->context = NULL;
}

bool checksum_file(int fd, unsigned char digest[CHECKSUM_SIZE], uint64_t *size)
{
    struct checksum checksum = CHECKSUM_INIT;
    char bytes[READ_SIZE];
    ssize_t got = 0;
    bool summed = checksum_start(&checksum);

    *size = 0;
    while (summed && (got = read_at(fd, bytes, sizeof(bytes), *size)) > 0) {
        summed = checksum_add(&checksum, (struct span){bytes, (size_t)got});
        *size += (uint64_t)got;
    }
    summed = summed && got == 0 && checksum_finish(&checksum, digest);
    checksum_release(&checksum);
    return summed;
}

bool checksum_chain(unsigned char digest[CHECKSUM_SIZE], struct span bytes)
{
    struct checksum checksum = CHECKSUM_INIT;
    const bool summed =
        checksum_start(&checksum) &&
        checksum_add(&checksum, (struct span){(const char *)digest, CHECKSUM_SIZE}) &&
        checksum_add(&checksum, bytes) && checksum_finish(&checksum, digest);

    checksum_release(&checksum);
    return summed;
}

void checksum_text(const unsigned char digest[CHECKSUM_SIZE], char text[CHECKSUM_TEXT_SIZE])
{
    hex_put(digest, CHECKSUM_SIZE, text);
}

void checksum_base64(const unsigned char digest[CHECKSUM_SIZE], char text[CHECKSUM_BASE64_SIZE])
{
    EVP_EncodeBlock((unsigned char *)text, digest, CHECKSUM_SIZE);
}
