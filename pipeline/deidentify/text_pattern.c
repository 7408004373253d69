#include "deidentify/text_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <assert.h>
#include <pcre2.h>

enum { MATCH_LIMIT = 5000000, HEAP_LIMIT_KIB = 4096 };

struct text_pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
};

static void release(void *guest)
{
    struct text_pattern *pattern = guest;

    pcre2_code_free(pattern->code); /* with its machine code */
    pcre2_match_context_free(pattern->limits);
}

const struct text_pattern *text_pattern_compile(const char *expression, struct arena *arena)
{
    struct text_pattern *pattern = arena_alloc(arena, sizeof *pattern);
    int problem;
    PCRE2_SIZE offset;

    if (pattern == NULL)
        return NULL;
    pattern->limits = pcre2_match_context_create(NULL);
    pattern->code =
        pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED, 0, &problem, &offset, NULL);
    assert(pattern->code != NULL || problem == PCRE2_ERROR_HEAP_FAILED);
    if (!arena_host(arena, pattern, release) || pattern->limits == NULL || pattern->code == NULL)
        return NULL;
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
    /* where machine code can't be had, the interpreter does the same more slowly */
    (void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    return pattern;
}

void text_scratch_release(struct text_scratch *scratch)
{
    pcre2_match_data_free(scratch->data);
    scratch->data = NULL;
}

static enum finding finding_of(int result)
{
    switch (result) {
    case PCRE2_ERROR_NOMATCH:
        return FINDING_NONE;
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
        return FINDING_LIMIT;
    default:
        return result >= 0 ? FINDING_MATCH : FINDING_FAILED;
    }
}

/* A result of pcre2_match. */
static int search(const struct text_pattern *pattern, struct span text, size_t from,
                  uint32_t options, struct text_scratch *scratch)
{
    if (scratch->data == NULL)
        scratch->data = pcre2_match_data_create(1, NULL);
    if (scratch->data == NULL)
        return PCRE2_ERROR_NOMEMORY;
    return pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.size, from, options, scratch->data,
                       pattern->limits);
}

static enum finding take(int result, const struct text_scratch *scratch, struct text_match *match)
{
    const enum finding finding = finding_of(result);

    if (finding == FINDING_MATCH) {
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(scratch->data);

        *match = (struct text_match){offsets[0], offsets[1]};
    }
    return finding;
}

enum finding text_pattern_interpret(const struct text_pattern *pattern, struct span text,
                                    size_t from, struct text_scratch *scratch,
                                    struct text_match *match)
{
    return take(search(pattern, text, from, PCRE2_NO_JIT, scratch), scratch, match);
}

enum finding text_pattern_find(const struct text_pattern *pattern, struct span text, size_t from,
                               struct text_scratch *scratch, struct text_match *match)
{
    const int result = search(pattern, text, from, 0, scratch);

    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        return text_pattern_interpret(pattern, text, from, scratch, match);
    return take(result, scratch, match);
}
