/*
 * Patterns looked for in text of unknown making: PCRE2, bounded in steps and memory.
 *
 * Texts are bytes to a pattern, not UTF-8, so any bytes will do and nothing is checked first.
 *
 * A pattern runs as machine code where that can be had, and is interpreted elsewhere. The two count
 * steps in their own ways, so patterns should be such that no text takes near as many as they may
 * have: then both find the same.
 */
#ifndef EFFACE_DEIDENTIFY_TEXT_PATTERN_H
#define EFFACE_DEIDENTIFY_TEXT_PATTERN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/span.h"

struct text_pattern; /* opaque; read-only once compiled */

/* What searches in one text after the other need; of one thread. */
struct text_scratch {
    void *data;
};

#define TEXT_SCRATCH_INIT                                                                          \
    {                                                                                              \
        NULL                                                                                       \
    }

void text_scratch_release(struct text_scratch *scratch);

enum finding {
    FINDING_MATCH,
    FINDING_NONE,
    FINDING_LIMIT,  /* the text takes more steps or memory than a pattern may have */
    FINDING_FAILED, /* memory ran out */
};

struct text_match {
    size_t start; /* offsets into the text */
    size_t end;
};

/* The expression must be right, and outlive nothing. NULL where memory ran out. Ends with the
 * arena. */
const struct text_pattern *text_pattern_compile(const char *expression, struct arena *arena);

/* The first match that begins at `from` or behind; what stands before `from` is seen too. */
enum finding text_pattern_find(const struct text_pattern *pattern, struct span text, size_t from,
                               struct text_scratch *scratch, struct text_match *match);

/* The same, interpreted: where machine code has too little room on its stack. */
enum finding text_pattern_interpret(const struct text_pattern *pattern, struct span text,
                                    size_t from, struct text_scratch *scratch,
                                    struct text_match *match);

#endif
