/*
 * Located messages for the person who runs the program.
 *
 *     path:line:column: error: what 'subject'
 *
 * lower case, no full stop, never a cell's value, never a key. The functions that
 * can fail take a struct diagnostics, leave it untouched on success and add to it
 * on failure, so steps chain. Messages collect in order and are printed once by
 * the caller. Control characters in any of them (a file's or column's name may
 * hold them), and characters that can't be seen or turn the text around, are printed as \xNN.
 *
 * A message that stands already, word for word at the same place, is not added again.
 * Adding never fails: where memory runs out, or more than DIAGNOSTICS_LIMIT stand
 * already, the message is dropped but counted.
 */
#ifndef EFFACE_BASE_DIAGNOSTICS_H
#define EFFACE_BASE_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/span.h"
#include "base/status.h"

enum { DIAGNOSTICS_LIMIT = 200 };

/* Where a message points. Lines and columns count from 1, columns in bytes; 0 is unknown. */
struct place {
    const char *path; /* borrowed until the message is added; NULL: no file */
    uint64_t line;
    uint64_t column;
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diagnostic {
    enum severity severity;
    char *path; /* NULL: none */
    uint64_t line;
    uint64_t column;
    char *text;
};

struct diagnostics {
    struct diagnostic *items; /* in order of arrival */
    size_t count;
    size_t capacity;
    size_t errors;  /* errors added, those dropped included */
    size_t dropped; /* messages that could not be kept */
};

#define DIAGNOSTICS_INIT                                                                           \
    {                                                                                              \
        NULL, 0, 0, 0, 0                                                                           \
    }

void diagnostics_release(struct diagnostics *diagnostics);

/* Adds an error, printf-wise. `place` may have any part unknown. */
void diagnostics_error(struct diagnostics *diagnostics, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void diagnostics_warning(struct diagnostics *diagnostics, struct place place, const char *format,
                         ...) __attribute__((format(printf, 3, 4)));

/* Whether it is the machine's fault that a file can't be opened, not the file's: an errno. */
bool is_failure_of_system(int reason);

/*
 * Adds "cannot VERB: REASON" for a failed system call on `path`, with errno's
 * text, and returns STATUS_SYSTEM.
 */
enum status diagnostics_system(struct diagnostics *diagnostics, const char *path, const char *verb,
                               int error_number);

/* Adds "out of memory" and returns STATUS_SYSTEM. */
enum status diagnostics_no_memory(struct diagnostics *diagnostics);

/* Adds that memory or threads can't be had, by one who asked for both; returns STATUS_SYSTEM. */
enum status diagnostics_no_threads(struct diagnostics *diagnostics);

/* Moves every message of `from` behind those of `to`; `from` is left empty. */
void diagnostics_move(struct diagnostics *to, struct diagnostics *from);

/* Writes one message, a line. */
void diagnostic_print(const struct diagnostic *diagnostic, FILE *stream);

/* Writes how many messages were dropped, if any. */
void diagnostics_print_dropped(const struct diagnostics *diagnostics, FILE *stream);

/*
 * Writes every message, a line each, and how many were dropped, if any. Whether
 * `stream` took it does not matter.
 */
void diagnostics_print(const struct diagnostics *diagnostics, FILE *stream);

#endif
