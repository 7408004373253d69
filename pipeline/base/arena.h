/*
 * Memory that is all given back at once.
 *
 * Allocations are aligned for any type, zeroed, and never freed singly. An arena
 * belongs to one thread at a time.
 */
#ifndef EFFACE_BASE_ARENA_H
#define EFFACE_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/status.h"

struct arena_block;
struct arena_guest;

struct arena {
    struct arena_block *newest;
    char *next; /* free room in the newest block: next .. end */
    char *end;
    struct arena_guest *guests;
};

#define ARENA_INIT                                                                                 \
    {                                                                                              \
        NULL, NULL, NULL, NULL                                                                     \
    }

/* NULL where memory ran out. Good until arena_clear or arena_release. A size of 0 is fine. */
void *arena_alloc(struct arena *arena, size_t size);

/* An array of `count` elements; NULL also where the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy, or NULL. */
char *arena_string(struct arena *arena, struct span bytes);

/* A copy of the bytes; `at` is NULL where memory ran out (never for an empty span). */
struct span arena_span(struct arena *arena, struct span bytes);

/* printf into the arena; NULL where memory ran out. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Has `release` called with the guest, which need not lie in the arena, when the arena is cleared
 * or released: the latest guest first, while all allocations are still good. False where memory ran
 * out: then it was called.
 */
MUST_USE bool arena_host(struct arena *arena, void *guest, void (*release)(void *guest));

/* Forgets every allocation, keeps one block for the next ones. */
void arena_clear(struct arena *arena);

/* Gives everything back; the arena is as new. */
void arena_release(struct arena *arena);

#endif
