#include "ruleset/pattern.h"

#include <stdio.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct pattern {
    pcre2_code *code;
    bool anchored; /* a match begins where the value does, or nowhere */
};

struct pattern_scratch {
    pcre2_match_context *limits;
    pcre2_match_data *data;
};

static void set_fault(struct pattern_fault *fault, const char *text, size_t offset)
{
    *fault = (struct pattern_fault){.offset = offset};
    snprintf(fault->text, sizeof fault->text, "%s", text);
}

static void set_no_memory(struct pattern_fault *fault)
{
    set_fault(fault, "out of memory", 0);
    fault->no_memory = true;
}

static void set_compile_fault(struct pattern_fault *fault, int error, size_t offset)
{
    PCRE2_UCHAR text[PATTERN_FAULT_SIZE];

    if (error == PCRE2_ERROR_HEAP_FAILED) {
        set_no_memory(fault);
        return;
    }
    pcre2_get_error_message(error, text, sizeof text);
    set_fault(fault, (const char *)text, offset);
}

/* Its limit is checked afterwards: not every version of the library can be told it. */
static bool is_too_large(const pcre2_code *code)
{
    size_t size = 0;

    return pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size) != 0 || size > PATTERN_COMPILED_LIMIT;
}

static pcre2_code *compile(struct span text, struct pattern_fault *fault)
{
    pcre2_compile_context *limits = pcre2_compile_context_create(NULL);
    pcre2_code *code = NULL;
    size_t offset = 0;
    int error = 0;

    if (limits == NULL) {
        set_no_memory(fault);
        return NULL;
    }
    pcre2_set_max_pattern_length(limits, PATTERN_SIZE_LIMIT);
    pcre2_set_parens_nest_limit(limits, PATTERN_NESTING_LIMIT);
    code = pcre2_compile((PCRE2_SPTR)text.at, text.size,
                         PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &error,
                         &offset, limits);
    pcre2_compile_context_free(limits);
    if (code == NULL)
        set_compile_fault(fault, error, offset);
    return code;
}

static bool is_anchored(const pcre2_code *code)
{
    uint32_t options = 0;

    return pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options) == 0 &&
           (options & PCRE2_ANCHORED) != 0;
}

struct pattern *pattern_new(struct span text, struct pattern_fault *fault)
{
    struct pattern *pattern = malloc(sizeof *pattern);

    if (pattern == NULL) {
        set_no_memory(fault);
        return NULL;
    }
    pattern->code = compile(text, fault);
    if (pattern->code == NULL)
        goto bad;
    if (is_too_large(pattern->code)) {
        set_fault(fault, "the pattern is too large once compiled", 0);
        goto bad;
    }
    pattern->anchored = is_anchored(pattern->code);
    /* where machine code can't be had, the interpreter does the same more slowly */
    (void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    return pattern;
bad:
    pattern_free(pattern);
    return NULL;
}

void pattern_free(struct pattern *pattern)
{
    if (pattern != NULL)
        pcre2_code_free(pattern->code);
    free(pattern);
}

struct pattern_scratch *pattern_scratch_new(void)
{
    struct pattern_scratch *scratch = malloc(sizeof *scratch);

    if (scratch == NULL)
        return NULL;
    scratch->limits = pcre2_match_context_create(NULL);
    scratch->data = pcre2_match_data_create(1, NULL);
    if (scratch->limits == NULL || scratch->data == NULL) {
        pattern_scratch_free(scratch);
        return NULL;
    }
    pcre2_set_depth_limit(scratch->limits, PATTERN_DEPTH_LIMIT);
    pcre2_set_heap_limit(scratch->limits, PATTERN_HEAP_LIMIT);
    return scratch;
}

void pattern_scratch_free(struct pattern_scratch *scratch)
{
    if (scratch == NULL)
        return;
    pcre2_match_context_free(scratch->limits);
    pcre2_match_data_free(scratch->data);
    free(scratch);
}

/* PCRE2 counts the steps anew at each place. */
static uint32_t steps_per_place(const struct pattern *pattern, struct span value)
{
    const size_t places = pattern->anchored ? 1 : value.size + 1;
    const size_t steps = PATTERN_STEP_LIMIT / places;

    return (uint32_t)(steps < PATTERN_PLACE_STEP_LIMIT ? steps : PATTERN_PLACE_STEP_LIMIT);
}

static int search(const struct pattern *pattern, struct span value, uint32_t options,
                  struct pattern_scratch *scratch)
{
    return pcre2_match(pattern->code, (PCRE2_SPTR)value.at, value.size, 0, options, scratch->data,
                       scratch->limits);
}

enum pattern_result pattern_search(const struct pattern *pattern, struct span value,
                                   struct pattern_scratch *scratch)
{
    if (value.size > PATTERN_VALUE_LIMIT)
        return PATTERN_OVERRUN;
    if (value.size == 0)
        value = SPAN("");

    pcre2_set_match_limit(scratch->limits, steps_per_place(pattern, value));
    int result = search(pattern, value, 0, scratch);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT) /* the interpreter has more room */
        result = search(pattern, value, PCRE2_NO_JIT, scratch);
    if (result >= 0) /* 0: more groups than scratch->data takes, which nobody asks for */
        return PATTERN_MATCHES;
    if (result == PCRE2_ERROR_NOMATCH)
        return PATTERN_MISSES;
    return result == PCRE2_ERROR_NOMEMORY ? PATTERN_FAILED : PATTERN_OVERRUN;
}
