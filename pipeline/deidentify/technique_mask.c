/*
 * The ends of a value, and three mask characters for all the rest, so that its length stays
 * unknown. A value that has no rest is masked as a whole.
 *
 * `as: email` keeps the first character of the local part and of the host, and the last label:
 * jana@mail.example.org becomes j***@m***.org. Blanks around it go. What is no address of
 * that form is untaken.
 */
#include "deidentify/code_points.h"
#include "deidentify/formula.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { MASK_LENGTH = 3, KEEP_MAX = 1000, LABEL_MAX = 63 };

struct mask {
    bool is_email;
    size_t keep_first; /* code points */
    size_t keep_last;
    struct span text; /* the mask characters */
};

static const char *const option_names[] = {"as", "keep_first", "keep_last", "with", NULL};
static const char *const forms[] = {"email", NULL};

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
    option_reader_init(&reader, option_names, "as", options, setting);
    mask->is_email = option_word(&reader, "as", "form", forms, -1) == 0;
    mask->keep_first = option_size(&reader, "keep_first", 0, KEEP_MAX, 0);
    mask->keep_last = option_size(&reader, "keep_last", 0, KEEP_MAX, 0);
    if (mask->is_email && (mask->keep_first || mask->keep_last))
        option_reject(&reader, "as", "an email keeps neither 'keep_first' nor 'keep_last'");
    mask->text = repeat(read_character(&reader), setting->arena);
    if (mask->text.at == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    return option_reader_status(&reader);
}

static struct span span_between(struct span text, size_t start, size_t end)
{
    return (struct span){text.at + start, end - start};
}

static bool is_blank(char byte)
{
    return memchr(" \t\r\n", byte, 4) != NULL;
}

static struct span trimmed(struct span text)
{
    while (text.size > 0 && is_blank(text.at[0]))
        text = span_between(text, 1, text.size);
    while (text.size > 0 && is_blank(text.at[text.size - 1]))
        text.size--;
    return text;
}

/* Letters, digits and dashes, those beyond ASCII too. */
static bool is_label(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        const bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';

        if (!is_letter && !(byte >= '0' && byte <= '9') && byte != '-' && byte < 0x80)
            return false;
    }
    return text.size > 0 && text.size <= LABEL_MAX;
}

/* Appends the first character and the mask. */
static bool append_head(const struct mask *mask, struct span text, struct buffer *out)
{
    return buffer_append(out, span_between(text, 0, code_points_offset(text, 1))) &&
           buffer_append(out, mask->text);
}

static enum treatment mask_email(const struct mask *mask, struct span value, struct buffer *out)
{
    const struct span address = trimmed(value);
    const char *at = address.size ? memrchr(address.at, '@', address.size) : NULL;
    if (at == NULL || at == address.at)
        return TREATMENT_UNTAKEN;

    const struct span local = {address.at, (size_t)(at - address.at)};
    const struct span host = {at + 1, address.size - local.size - 1};
    const char *dot = host.size ? memrchr(host.at, '.', host.size) : NULL;
    if (dot == NULL || dot == host.at)
        return TREATMENT_UNTAKEN;

    const struct span label = {dot + 1, (size_t)(host.at + host.size - dot) - 1};
    if (!is_label(label))
        return TREATMENT_UNTAKEN;
    return append_head(mask, local, out) && buffer_append_byte(out, '@') &&
                   append_head(mask, host, out) && buffer_append_byte(out, '.') &&
                   buffer_append(out, label)
               ? TREATMENT_REPLACED
               : TREATMENT_FAILED;
}

static enum treatment mask_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    const struct mask *mask = state;
    const struct span value = cell->value;
    const size_t count = code_points_count(value);
    const size_t kept = mask->keep_first + mask->keep_last;

    (void)tagger;
    if (mask->is_email)
        return mask_email(mask, value, out);
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

    if (mask->is_email)
        return "email: keep the first of name and host, and the last label";
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
    .options = option_names,
    .label = LABEL_GENERALIZED,
    .compile = mask_compile,
    .treat = mask_treat,
    .describe = mask_describe,
};
