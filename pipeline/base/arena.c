#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_ROOM = 4096, LARGEST_ROOM = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t room; /* bytes, a multiple of the alignment */
    max_align_t bytes[];
};

/* Something that ends with the arena; lies in it. */
struct arena_guest {
    struct arena_guest *older;
    void *guest;
    void (*release)(void *guest);
};

/* The next multiple of the alignment; 0 where that overflows, or for 0. */
static size_t aligned(size_t size)
{
    const size_t mask = _Alignof(max_align_t) - 1;

    return (size + mask) & ~mask;
}

/* Blocks double, so that their number stays small, up to a size worth keeping for reuse. */
static size_t room_for(const struct arena *arena, size_t size)
{
    size_t room = FIRST_ROOM;

    if (arena->newest != NULL)
        room = arena->newest->room < LARGEST_ROOM / 2 ? 2 * arena->newest->room : LARGEST_ROOM;
    return size > room ? size : room;
}

static void use_block(struct arena *arena, struct arena_block *block)
{
    arena->newest = block;
    arena->next = (char *)block->bytes;
    arena->end = arena->next + block->room;
}

static bool add_block(struct arena *arena, size_t size)
{
    const size_t room = room_for(arena, size);

    if (room > SIZE_MAX - sizeof(struct arena_block))
        return false;
    struct arena_block *block = malloc(sizeof *block + room);
    if (block == NULL)
        return false;
    block->older = arena->newest;
    block->room = room;
    use_block(arena, block);
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t taken = aligned(size);

    if (taken < size)
        return NULL;
    if (arena->newest == NULL || taken > (size_t)(arena->end - arena->next)) {
        if (!add_block(arena, taken))
            return NULL;
    }
    void *memory = arena->next;
    arena->next += taken;
    return memset(memory, 0, taken);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return arena_alloc(arena, count * size);
}

char *arena_string(struct arena *arena, struct span bytes)
{
    if (bytes.size == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc(arena, bytes.size + 1);
    if (copy != NULL && bytes.size != 0)
        memcpy(copy, bytes.at, bytes.size);
    return copy;
}

struct span arena_span(struct arena *arena, struct span bytes)
{
    if (bytes.size == 0)
        return SPAN("");
    char *copy = arena_alloc(arena, bytes.size);
    if (copy == NULL)
        return (struct span){NULL, 0};
    memcpy(copy, bytes.at, bytes.size);
    return (struct span){copy, bytes.size};
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return NULL;

    const size_t size = (size_t)length + 1;
    char *text = arena_alloc(arena, size);
    if (text == NULL)
        return NULL;
    va_start(arguments, format);
    vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return text;
}

bool arena_host(struct arena *arena, void *guest, void (*release)(void *guest))
{
    struct arena_guest *hosted = arena_alloc(arena, sizeof *hosted);

    if (hosted == NULL) {
        release(guest);
        return false;
    }
    *hosted = (struct arena_guest){arena->guests, guest, release};
    arena->guests = hosted;
    return true;
}

static void release_guests(struct arena *arena)
{
    for (const struct arena_guest *at = arena->guests; at != NULL; at = at->older)
        at->release(at->guest);
    arena->guests = NULL;
}

static void free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
}

void arena_clear(struct arena *arena)
{
    release_guests(arena);
    if (arena->newest == NULL)
        return;
    free_blocks(arena->newest->older);
    arena->newest->older = NULL;
    use_block(arena, arena->newest);
}

void arena_release(struct arena *arena)
{
    release_guests(arena);
    free_blocks(arena->newest);
    *arena = (struct arena)ARENA_INIT;
}
