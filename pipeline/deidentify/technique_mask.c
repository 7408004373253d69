/*
 * The ends of a value, and three mask characters for all the rest, so that its length stays
 * unknown. A value that has no rest is masked as a whole.
 */
#include "deidentify/code_points.h"
#include "deidentify/formula.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { MASK_LENGTH = 3, KEEP_MAX = 1000 };

struct mask {
    size_t keep_first; /* code points */
    size_t keep_last;
    struct span text; /* the mask characters */
};

static const char *const option_names[] = {"keep_first", "keep_last", "with", NULL};

static struct span read_character(struct option_reader *reader)
{
    const struct span character = option_text(reader, "with", SPAN("*"));

    if (code_points_count(character) != 1)
        option_reject(reader, "with", "expected one character for 'with'");
    else if (formula_starts(character))
        option_reject(reader, "with", "mask that would start a spreadsheet formula");
    return character;
}

static struct span repeat(struct span character, struct arena *arena)
{
    const size_t size = MASK_LENGTH * character.size;
    char *text = arena_alloc(arena, size);

    for (size_t done = 0; text && done < size; done += character.size)
        memcpy(text + done, character.at, character.size);
    return (struct span){text, size};
}

static enum status mask_compile(const struct node *options, const struct technique_setting *setting,
                                const void **state)
{
    struct mask *mask = arena_alloc(setting->arena, sizeof *mask);
    if (mask == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = mask;

    struct option_reader reader;
    option_reader_init(&reader, option_names, NULL, options, setting);
    mask->keep_first = option_size(&reader, "keep_first", 0, KEEP_MAX, 0);
    mask->keep_last = option_size(&reader, "keep_last", 0, KEEP_MAX, 0);
    mask->text = repeat(read_character(&reader), setting->arena);
    if (mask->text.at == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    return option_reader_status(&reader);
}

static struct span span_between(struct span text, size_t start, size_t end)
{
    return (struct span){text.at + start, end - start};
}

static enum treatment mask_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    const struct mask *mask = state;
    const struct span value = cell->value;
    const size_t count = code_points_count(value);
    const size_t kept = mask->keep_first + mask->keep_last;

    (void)tagger;
    if (count <= kept || span_equal(value, mask->text))
        return buffer_append(out, mask->text) ? TREATMENT_REPLACED : TREATMENT_FAILED;

    const size_t middle = code_points_offset(value, mask->keep_first);
    const size_t last = code_points_offset(value, count - mask->keep_last);
    const bool done = buffer_append(out, span_between(value, 0, middle)) &&
                      buffer_append(out, mask->text) &&
                      buffer_append(out, span_between(value, last, value.size));
    return done ? TREATMENT_REPLACED : TREATMENT_FAILED;
}

static const char *mask_describe(const void *state, struct arena *arena)
{
    const struct mask *mask = state;

    if (mask->keep_first && mask->keep_last)
        return arena_printf(arena, "keep the first %zu and the last %zu", mask->keep_first,
                            mask->keep_last);
    if (mask->keep_first)
        return arena_printf(arena, "keep the first %zu", mask->keep_first);
    if (mask->keep_last)
        return arena_printf(arena, "keep the last %zu", mask->keep_last);
    return "keep nothing";
}

const struct technique technique_mask = {
    .name = "mask",
    .label = LABEL_GENERALIZED,
    .compile = mask_compile,
    .treat = mask_treat,
    .describe = mask_describe,
};
