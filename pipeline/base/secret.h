/*
 * The pseudonymization key and the keyed digests made with it.
 *
 * The key lives in memory that is locked (where the system's limit lets it), left
 * out of core dumps, guarded, wiped when freed (libsodium), and not there in a child. It is never
 * printed, and derives everything by HMAC-SHA-256 (RFC 2104, by libcrypto):
 *
 *     tag = HMAC-SHA-256(key, domain || 0x00 || value)
 */
#ifndef EFFACE_BASE_SECRET_H
#define EFFACE_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"

enum { SECRET_SIZE = 32, TAG_SIZE = 32 };

/*
 * To be called once, before anything secret is read: nothing of the process's memory goes into a
 * core dump, and other processes of the user can't look into it (PR_SET_DUMPABLE). What the system
 * refuses of it is done without.
 */
void secret_guard_process(void);

struct secret; /* opaque: one key */

/* A new random key that dies with the process. NULL where memory can't be had. */
struct secret *secret_draw(void);

/*
 * The key that stands in a file, as secret_parse takes it. The file must be regular, not a symbolic
 * link, owned by the caller, and unreadable and unwritable to anybody else. STATUS_USAGE otherwise,
 * STATUS_SYSTEM where reading or memory fails. No message holds what stands in the file.
 */
MUST_USE enum status secret_read(const char *path, struct secret **secret,
                                 struct diagnostics *diagnostics);

/*
 * The key that stands in a text of 64 hexadecimal digits, before which there may be a byte order
 * mark, and behind which the end of its line: an editor's, and no part of the key. `name` says
 * where it came from. STATUS_USAGE where it is anything else.
 */
MUST_USE enum status secret_parse(struct span text, const char *name, struct secret **secret,
                                  struct diagnostics *diagnostics);

/*
 * Writes a new random key to a file that must not exist yet, mode 0600, and syncs it.
 * STATUS_SYSTEM where that fails, and no file is left then.
 */
MUST_USE enum status secret_write_new(const char *path, struct diagnostics *diagnostics);

/* Wipes and frees. NULL is fine. */
void secret_free(struct secret *secret);

/* A maker of tags; belongs to one thread. What it makes of the key lies in memory like the key's.
 */
struct tagger;

/* NULL where memory can't be had. The secret must outlive it. Caller frees with tagger_free. */
struct tagger *tagger_new(const struct secret *secret);

void tagger_free(struct tagger *tagger);

/* False only where libcrypto fails. */
MUST_USE bool tagger_tag(struct tagger *tagger, struct span domain, struct span value,
                         unsigned char tag[TAG_SIZE]);

#endif
