#include "deidentify/text_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <assert.h>
#include <pcre2.h>

enum { MATCH_LIMIT = 5000000, HEAP_LIMIT_KIB = 4096 };

struct text_pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
};

static void *allocate_in(PCRE2_SIZE size, void *arena)
{
    return arena_alloc(arena, size);
}

/* The arena frees it with all the rest. */
static void leave(void *memory, void *arena)
{
    (void)memory, (void)arena;
}

const struct text_pattern *text_pattern_compile(const char *expression, struct arena *arena)
{
    struct text_pattern *pattern = arena_alloc(arena, sizeof *pattern);
    pcre2_general_context *memory = pcre2_general_context_create(allocate_in, leave, arena);
    pcre2_compile_context *setting = memory ? pcre2_compile_context_create(memory) : NULL;
    int problem;
    PCRE2_SIZE offset;

    if (pattern == NULL || setting == NULL)
        return NULL;
    pattern->limits = pcre2_match_context_create(memory);
    pattern->code =
        pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED, 0, &problem, &offset, setting);
    assert(pattern->code != NULL || problem == PCRE2_ERROR_HEAP_FAILED);
    if (pattern->limits == NULL || pattern->code == NULL)
        return NULL;
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
    return pattern;
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

enum finding text_pattern_find(const struct text_pattern *pattern, struct span text, size_t from,
                               struct text_match *match)
{
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    if (data == NULL)
        return FINDING_FAILED;

    const enum finding finding = finding_of(
        pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.size, from, 0, data, pattern->limits));
    if (finding == FINDING_MATCH) {
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(data);
        *match = (struct text_match){offsets[0], offsets[1]};
    }
    pcre2_match_data_free(data);
    return finding;
}
