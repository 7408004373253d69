/*
 * What a fuzz target is, and how it takes an input apart.
 *
 * NAME_fuzz.c is the target NAME: one function, called with one input after another, by
 * libFuzzer or by replay.c. It aborts where something is wrong; Check's assertions do
 * (check_abort.c), so the fixtures of the unit tests serve here as well.
 */
#ifndef EFFACE_FUZZ_FUZZ_INPUT_H
#define EFFACE_FUZZ_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* The target. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes the first byte off the front; 0 where nothing is left. */
static inline unsigned char fuzz_byte(struct span *input)
{
    if (input->size == 0)
        return 0;
    input->size--;
    return (unsigned char)*input->at++;
}

/* Takes what stands before the first empty line off the front, and that line with it. */
static inline struct span fuzz_part(struct span *input)
{
    const char *end = input->size > 0 ? memmem(input->at, input->size, "\n\n", 2) : NULL;
    const struct span part = {input->at, end != NULL ? (size_t)(end - input->at) : input->size};
    const size_t taken = end != NULL ? part.size + 2 : part.size;

    *input = (struct span){input->at + taken, input->size - taken};
    return part;
}

#endif
