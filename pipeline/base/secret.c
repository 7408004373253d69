/* For SHA256_CTX: EVP has no state that can be copied without allocating. */
#define OPENSSL_API_COMPAT 0x10101000L

#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

enum { DIGITS = 2 * SECRET_SIZE };

struct secret {
    unsigned char key[SECRET_SIZE];
};

/*
 * HMAC by the states of SHA-256 behind the key's two blocks, which are copied for each tag: EVP's
 * own HMAC allocates and frees several objects a tag, and takes five times as long. A state is as
 * good as the key, so all of them live in memory like the key's, the one at work too.
 */
struct tagger {
    SHA256_CTX inner, outer;
    SHA256_CTX work;
};

_Static_assert(TAG_SIZE == SHA256_DIGEST_LENGTH && SECRET_SIZE <= SHA256_CBLOCK,
               "a tag is a digest, and the key fits a block");

void secret_guard_process(void)
{
    const struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    /* A pattern that pipes dumps to a program has them in spite of the limit, but not of this. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* The page that `size` bytes at the end of sodium_malloc's pages lie in isn't a child's. */
static void hide_from_children(void *memory, size_t size)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t offset = (uintptr_t)memory % page;

    madvise((char *)memory - offset, offset + size, MADV_DONTFORK);
}

/* Memory that is guarded and wiped when freed with sodium_free, also where it isn't a key yet. */
static void *secret_memory(size_t size)
{
    void *memory = sodium_init() < 0 ? NULL : sodium_malloc(size);

    if (memory != NULL)
        hide_from_children(memory, size);
    return memory;
}

/* From here on the key only can be read. */
static struct secret *seal(struct secret *secret)
{
    if (sodium_mprotect_readonly(secret) == 0)
        return secret;
    sodium_free(secret);
    return NULL;
}

struct secret *secret_draw(void)
{
    struct secret *secret = secret_memory(sizeof *secret);

    if (secret == NULL)
        return NULL;
    randombytes_buf(secret->key, sizeof secret->key);
    return seal(secret);
}

void secret_free(struct secret *secret)
{
    sodium_free(secret);
}

/* Without what an editor puts around it: a byte order mark, and the end of the line. */
static struct span take_digits(struct span text)
{
    const struct span mark = SPAN("\xef\xbb\xbf");

    if (text.size >= mark.size && memcmp(text.at, mark.at, mark.size) == 0)
        text = span_from(text, mark.size);
    if (text.size == 0 || text.at[text.size - 1] != '\n')
        return text;
    text.size--;
    if (text.size > 0 && text.at[text.size - 1] == '\r')
        text.size--;
    return text;
}

static bool is_digit(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
}

/* Tells what is wrong with a key, and nothing of what it says. */
static enum status refuse_digits(struct span digits, const char *name,
                                 struct diagnostics *diagnostics)
{
    const struct place place = {name, 0, 0};
    size_t count = 0;

    while (count < digits.size && is_digit(digits.at[count]))
        count++;
    if (count < digits.size && count < DIGITS)
        diagnostics_error(diagnostics, place, "not %d hexadecimal digits: character %zu is none",
                          DIGITS, count + 1);
    else if (count < DIGITS)
        diagnostics_error(diagnostics, place, "not %d hexadecimal digits, but %zu", DIGITS, count);
    else
        diagnostics_error(diagnostics, place, "something stands behind the %d hexadecimal digits",
                          DIGITS);
    return STATUS_USAGE;
}

static bool decode(struct span digits, struct secret *secret)
{
    size_t decoded;

    return digits.size == DIGITS &&
           sodium_hex2bin(secret->key, sizeof secret->key, digits.at, digits.size, NULL, &decoded,
                          NULL) == 0 &&
           decoded == sizeof secret->key;
}

enum status secret_parse(struct span text, const char *name, struct secret **secret,
                         struct diagnostics *diagnostics)
{
    const struct span digits = take_digits(text);
    struct secret *parsed = secret_memory(sizeof *parsed);

    *secret = NULL;
    if (parsed == NULL)
        return diagnostics_no_memory(diagnostics);
    if (!decode(digits, parsed)) {
        sodium_free(parsed);
        return refuse_digits(digits, name, diagnostics);
    }
    *secret = seal(parsed);
    return *secret != NULL ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

static enum status refuse(const char *path, const char *why, struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){path, 0, 0}, "%s", why);
    return STATUS_USAGE;
}

/* A key that others can read is none; one that others can write may be theirs. */
static enum status check_key_file(int fd, const char *path, struct diagnostics *diagnostics)
{
    struct stat file;

    if (fstat(fd, &file) != 0)
        return diagnostics_system(diagnostics, path, "read", errno);
    if (!S_ISREG(file.st_mode))
        return refuse(path, "the key file is not a regular file", diagnostics);
    if (file.st_uid != geteuid())
        return refuse(path, "the key file belongs to another user", diagnostics);
    if ((file.st_mode & 077) != 0)
        return refuse(path, "the key file is open to other users, its mode must be 0600",
                      diagnostics);
    return STATUS_OK;
}

/* Reads until the end of the file, but no more than `size` bytes. False with errno. */
static bool read_up_to(int fd, char *bytes, size_t size, size_t *taken)
{
    *taken = 0;
    while (*taken < size) {
        const ssize_t got = read(fd, bytes + *taken, size - *taken);

        if (got == 0)
            break;
        if (got > 0)
            *taken += (size_t)got;
        else if (errno != EINTR)
            return false;
    }
    return true;
}

static enum status read_key(int fd, const char *path, struct secret **secret,
                            struct diagnostics *diagnostics)
{
    const size_t size = DIGITS + 6; /* mark, line end, and a byte that must not be there */
    char *text = secret_memory(size);
    size_t taken;
    enum status status;

    if (text == NULL)
        return diagnostics_no_memory(diagnostics);
    if (read_up_to(fd, text, size, &taken))
        status = secret_parse((struct span){text, taken}, path, secret, diagnostics);
    else
        status = diagnostics_system(diagnostics, path, "read", errno);
    sodium_free(text);
    return status;
}

enum status secret_read(const char *path, struct secret **secret, struct diagnostics *diagnostics)
{
    *secret = NULL;
    /* O_NONBLOCK: on a FIFO, open would wait for a writer. */
    const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 && errno == ELOOP)
        return refuse(path, "the key file is a symbolic link", diagnostics);
    if (fd < 0) {
        const int reason = errno;
        const enum status status = diagnostics_system(diagnostics, path, "open", reason);
        return is_failure_of_system(reason) ? status : STATUS_USAGE;
    }
    enum status status = check_key_file(fd, path, diagnostics);
    if (status == STATUS_OK)
        status = read_key(fd, path, secret, diagnostics);
    close(fd);
    return status;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        const ssize_t written = write(fd, bytes, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* A new key's digits and a newline. False with errno. */
static bool write_key(int fd)
{
    struct secret *secret = secret_draw();
    char *text = secret_memory(DIGITS + 1);
    bool written = false;

    errno = ENOMEM;
    if (secret != NULL && text != NULL) {
        sodium_bin2hex(text, DIGITS + 1, secret->key, sizeof secret->key);
        text[DIGITS] = '\n';
        written = write_all(fd, text, DIGITS + 1);
    }
    const int reason = errno;
    sodium_free(text);
    secret_free(secret);
    errno = reason;
    return written;
}

/* Writes, syncs and closes. False with errno. */
static bool fill_key_file(int fd, const struct parent_folder *parent)
{
    /* fchmod, as a umask may have taken the owner's rights too. */
    const bool filled = fchmod(fd, 0600) == 0 && write_key(fd) && fsync(fd) == 0;
    const int reason = errno;

    if (close(fd) != 0 && filled)
        return false;
    errno = reason;
    return filled && folder_sync(parent->fd);
}

static enum status make_key_file(const struct parent_folder *parent, const char *path,
                                 struct diagnostics *diagnostics)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const int fd = openat(parent->fd, parent->name, flags, 0600);

    if (fd < 0)
        return diagnostics_system(diagnostics, path, "create", errno);
    if (fill_key_file(fd, parent))
        return STATUS_OK;
    const int reason = errno;
    unlinkat(parent->fd, parent->name, 0);
    return diagnostics_system(diagnostics, path, "write", reason);
}

enum status secret_write_new(const char *path, struct diagnostics *diagnostics)
{
    struct parent_folder parent;
    enum status status = parent_folder_open(path, &parent, diagnostics);

    if (status == STATUS_OK)
        status = make_key_file(&parent, path, diagnostics);
    parent_folder_close(&parent);
    return status;
}

/* Absorbs the key's block, each byte with `pad` (RFC 2104). */
static bool absorb_key(SHA256_CTX *state, const struct secret *secret, unsigned char pad)
{
    unsigned char block[SHA256_CBLOCK];
    bool absorbed;

    for (size_t i = 0; i < sizeof block; i++)
        block[i] = pad ^ (i < SECRET_SIZE ? secret->key[i] : 0);
    absorbed = SHA256_Init(state) == 1 && SHA256_Update(state, block, sizeof block) == 1;
    sodium_memzero(block, sizeof block);
    return absorbed;
}

struct tagger *tagger_new(const struct secret *secret)
{
    struct tagger *tagger = secret_memory(sizeof *tagger);

    if (tagger == NULL)
        return NULL;
    if (!absorb_key(&tagger->inner, secret, 0x36) || !absorb_key(&tagger->outer, secret, 0x5c)) {
        tagger_free(tagger);
        return NULL;
    }
    return tagger;
}

void tagger_free(struct tagger *tagger)
{
    sodium_free(tagger);
}

static bool update(SHA256_CTX *state, struct span bytes)
{
    return SHA256_Update(state, bytes.at, bytes.size) == 1;
}

bool tagger_tag(struct tagger *tagger, struct span domain, struct span value,
                unsigned char tag[TAG_SIZE])
{
    SHA256_CTX *const state = &tagger->work;

    *state = tagger->inner;
    if (!update(state, domain) || !update(state, (struct span){"", 1}) || !update(state, value) ||
        SHA256_Final(tag, state) != 1)
        return false;
    *state = tagger->outer;
    return SHA256_Update(state, tag, TAG_SIZE) == 1 && SHA256_Final(tag, state) == 1;
}
