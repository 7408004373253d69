/*
 * The key that outlives the run: of --key-file, else of the variable EFFACE_KEY.
 */
#ifndef EFFACE_CLI_KEPT_KEY_H
#define EFFACE_CLI_KEPT_KEY_H

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/status.h"

/*
 * `key_file` NULL: none was named. *secret is NULL where there is no key at all, or with any
 * other status; else the caller frees it. The variable is wiped.
 */
MUST_USE enum status kept_key_take(const char *key_file, struct secret **secret,
                                   struct diagnostics *diagnostics);

#endif
