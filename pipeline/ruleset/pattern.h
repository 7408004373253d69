/*
 * Patterns of `matches`: regular expressions of PCRE2 over UTF-8, bounded in size and in
 * the work that matching may cost, so that neither rules nor data can make a run hang.
 *
 * A value that is not UTF-8 matches in its valid stretches. A search is not anchored,
 * unless the pattern says so.
 */
#ifndef EFFACE_RULESET_PATTERN_H
#define EFFACE_RULESET_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

/*
 * Bytes of a pattern and of what it compiles to, and how deep its parentheses nest. Bytes of
 * a value that is searched. The steps back that a search may make in all, shared out to the
 * places where a match may begin: to one, if the pattern is anchored, or to every byte of the
 * value; and at most at one place. How deep and how large (in KiB) these may stack up.
 */
enum {
    PATTERN_SIZE_LIMIT = 1000,
    PATTERN_COMPILED_LIMIT = 64 * 1024,
    PATTERN_NESTING_LIMIT = 50,
    PATTERN_VALUE_LIMIT = 64 * 1024,
    PATTERN_STEP_LIMIT = 64 * 1000 * 1000,
    PATTERN_PLACE_STEP_LIMIT = 500 * 1000,
    PATTERN_DEPTH_LIMIT = PATTERN_PLACE_STEP_LIMIT,
    PATTERN_HEAP_LIMIT = 32 * 1024,
};

enum { PATTERN_FAULT_SIZE = 160 };

/* What is wrong with a pattern. */
struct pattern_fault {
    char text[PATTERN_FAULT_SIZE];
    size_t offset; /* in bytes from 0, where it shows */
    bool no_memory;
};

struct pattern; /* opaque; read-only, for any number of threads */

/* NULL, with `fault`, where the pattern is bad. Caller frees with pattern_free. */
struct pattern *pattern_new(struct span text, struct pattern_fault *fault);

/* NULL is fine. */
void pattern_free(struct pattern *pattern);

struct pattern_scratch; /* opaque; what a thread needs to search */

/* NULL where memory ran out. Caller frees with pattern_scratch_free. */
struct pattern_scratch *pattern_scratch_new(void);

/* NULL is fine. */
void pattern_scratch_free(struct pattern_scratch *scratch);

enum pattern_result {
    PATTERN_MISSES,
    PATTERN_MATCHES,
    PATTERN_OVERRUN, /* beyond the limits above: it is not known */
    PATTERN_FAILED,  /* memory ran out */
};

enum pattern_result pattern_search(const struct pattern *pattern, struct span value,
                                   struct pattern_scratch *scratch);

#endif
