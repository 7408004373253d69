/*
 * As many characters as before, each of the class of the one before it: a digit becomes a
 * digit, a capital letter a capital, any other letter a small one, always of ASCII. Letters
 * without case and combining marks, of any script, become small letters, and so do bytes that
 * are no UTF-8. Blanks, punctuation and symbols stay, so this is for codes and single words,
 * not for text.
 *
 * What a character becomes depends on the key, the whole value and the place. A character may
 * become itself, so a value of few characters may stay as it is.
 *
 * A scrambled value can't be told from one that isn't; so where an earlier run was before, it
 * is scrambled again.
 */
#include "deidentify/code_points.h"
#include "deidentify/keyed_draws.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

static bool append_scrambled(struct keyed_draws *draws, enum character_class class,
                             struct span character, struct buffer *out)
{
    switch (class) {
    case CHARACTER_DIGIT:
        return buffer_append_byte(out, (char)('0' + keyed_draws_below(draws, 10)));
    case CHARACTER_UPPER:
        return buffer_append_byte(out, (char)('A' + keyed_draws_below(draws, 26)));
    case CHARACTER_LOWER:
        return buffer_append_byte(out, (char)('a' + keyed_draws_below(draws, 26)));
    case CHARACTER_OTHER:
        break;
    }
    return buffer_append(out, character);
}

static enum treatment scramble_treat(const void *state, const struct cell *cell,
                                     struct tagger *tagger, struct buffer *out)
{
    struct keyed_draws draws;
    struct span rest = cell->value;

    (void)state;
    if (!keyed_draws_begin(&draws, tagger, SPAN("scramble"), cell_source(cell)))
        return TREATMENT_FAILED;
    while (rest.size > 0) {
        size_t size;
        const enum character_class class = code_points_class(rest, &size);

        if (!append_scrambled(&draws, class, (struct span){rest.at, size}, out) || draws.failed)
            return TREATMENT_FAILED;
        rest = (struct span){rest.at + size, rest.size - size};
    }
    return TREATMENT_REPLACED;
}

const struct technique technique_scramble = {
    .name = "scramble",
    .label = LABEL_PSEUDONYMIZED,
    .compile = no_options_compile,
    .treat = scramble_treat,
    .describe = no_options_describe,
};
