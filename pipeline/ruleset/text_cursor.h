/*
 * From libyaml's marks, which count characters, to bytes.
 *
 * A cursor stands at a character of a UTF-8 text and steps to the one asked for, so
 * that asking in the order of the text costs one walk through it.
 */
#ifndef EFFACE_RULESET_TEXT_CURSOR_H
#define EFFACE_RULESET_TEXT_CURSOR_H

#include <stddef.h>

#include "base/span.h"

struct text_cursor {
    struct span text; /* borrowed */
    size_t character; /* from 0 */
    size_t offset;    /* its first byte */
};

/* The first byte of a character, counted from 0; the text's size behind its last. */
static inline size_t text_cursor_seek(struct text_cursor *cursor, size_t character)
{
    const char *at = cursor->text.at;
    size_t offset = cursor->offset;

    for (; cursor->character < character && offset < cursor->text.size; cursor->character++)
        do
            offset++;
        while (offset < cursor->text.size && (at[offset] & 0xC0) == 0x80);
    for (; cursor->character > character && offset > 0; cursor->character--)
        do
            offset--;
        while (offset > 0 && (at[offset] & 0xC0) == 0x80);
    return cursor->offset = offset;
}

#endif
