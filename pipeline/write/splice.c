#include "write/splice.h"

#include <stdlib.h>

#include "base/array.h"

enum { SHORT_STRETCH = 512 };

void splice_start(struct splice *splice, struct span source)
{
    splice->source = source;
    splice->taken = 0;
    splice->count = 0;
    buffer_clear(&splice->made);
}

void splice_release(struct splice *splice)
{
    buffer_release(&splice->made);
    free(splice->stretches);
    *splice = (struct splice)SPLICE_INIT;
}

static bool add_stretch(struct splice *splice, struct stretch stretch)
{
    struct stretch *last = splice->count ? &splice->stretches[splice->count - 1] : NULL;
    struct stretch *stretches;

    if (last && last->made == stretch.made && last->start + last->size == stretch.start) {
        last->size += stretch.size;
        return true;
    }
    stretches = array_room(splice->stretches, splice->count + 1, &splice->room, sizeof(*stretches));
    if (!stretches)
        return false;
    splice->stretches = stretches;
    stretches[splice->count++] = stretch;
    return true;
}

bool splice_keep(struct splice *splice, size_t end)
{
    struct span kept = {splice->source.at + splice->taken, end - splice->taken};
    size_t start = splice->taken;
    size_t before = splice->made.size;

    splice->taken = end;
    if (kept.size == 0)
        return true;
    if (kept.size >= SHORT_STRETCH)
        return add_stretch(splice, (struct stretch){start, kept.size, false});
    return buffer_append(&splice->made, kept) && splice_made(splice, before);
}

void splice_skip(struct splice *splice, size_t end)
{
    splice->taken = end;
}

struct buffer *splice_new_bytes(struct splice *splice)
{
    return &splice->made;
}

bool splice_made(struct splice *splice, size_t before)
{
    size_t size = splice->made.size - before;

    return size == 0 || add_stretch(splice, (struct stretch){before, size, true});
}

bool splice_pieces(const struct splice *splice, struct pieces *pieces)
{
    pieces_clear(pieces);
    for (size_t i = 0; i < splice->count; i++) {
        const struct stretch *stretch = &splice->stretches[i];
        const char *base = stretch->made ? splice->made.at : splice->source.at;

        if (!pieces_add(pieces, (struct span){base + stretch->start, stretch->size}))
            return false;
    }
    return true;
}
