/*
 * What the writer of manifest.json and its reader must agree on.
 */
#ifndef EFFACE_REPORT_MANIFEST_WORDS_H
#define EFFACE_REPORT_MANIFEST_WORDS_H

#define MANIFEST_PATH "efface-report/manifest.json"
#define MANIFEST_SCHEMA "efface manifest"
#define MANIFEST_SEAL "manifest_sha256"
#define MANIFEST_TAB "tab" /* a delimiter is itself, but for this */
#define MANIFEST_STRICT "strict"
#define MANIFEST_LENIENT "lenient"

enum { MANIFEST_VERSION = 2 };

#endif
