#include "read/framer.h"

#include <assert.h>

#include "read/framer_masks.h"
#include "read/record_fault.h"

/*
 * Bytes are looked at 64 at a time. Of each such block there are masks, a bit a byte: where the
 * quotes, delimiters, newlines and carriage returns are, and whether the quotes so far are odd in
 * number. The last is set from each opening quote up to its closing quote, and so says which of
 * the others count. What strictness asks is then asked of all 64 bytes at once, by shifting a mask
 * one byte on. A fault found so is left to fault_find to name: it walks the same record again,
 * byte by byte.
 */
enum {
    BLOCK = MASK_BLOCK,
    BLOCKS_AHEAD = 16, /* whose masks are made at once */
};

struct framer {
    struct batch *batch;
    size_t fields;    /* entries of field_end filled */
    bool after_blank; /* a blank line has come: of several columns, no record may follow */
    /* of the byte before the block: a mask's bit 63, as bit 0 */
    uint64_t inside;      /* all ones: it is within quotes */
    uint64_t may_open;    /* a field may begin behind it, or a doubled quote end */
    uint64_t closed;      /* it is a closing quote */
    uint64_t returned;    /* it is a CR outside quotes */
    uint64_t line_ended;  /* it is a newline outside quotes */
    uint64_t bare_return; /* it is a CR at a line's start */
};

static bool has_odd_quotes(struct span bytes)
{
    unsigned char parity = 0; /* of one byte, so that compilers vectorize well */

    for (size_t i = 0; i < bytes.size; i++)
        parity = (unsigned char)(parity ^ (bytes.at[i] == '"'));
    return parity != 0;
}

size_t framer_cut(struct span piece, bool *inside)
{
    bool quoted = *inside != has_odd_quotes(piece);
    size_t end = piece.size;

    *inside = quoted;
    while (end > 0 && (quoted || piece.at[end - 1] != '\n')) {
        end--;
        quoted = quoted != (piece.at[end] == '"');
    }
    return end;
}

/* The mask one byte on. *carry is the bit that comes in, and is set to the one that goes out. */
static uint64_t shift_on(uint64_t mask, uint64_t *carry)
{
    const uint64_t shifted = mask << 1 | *carry;

    *carry = mask >> 63;
    return shifted;
}

/* Ends the record at hand at `position`. False where it has a wrong number of fields. */
static bool end_record(struct framer *framer, size_t position)
{
    struct batch *batch = framer->batch;
    const size_t last = (batch->record_count + 1) * batch->field_count - 1;

    if (last >= framer->fields || batch->field_end[last] != position)
        return false;
    if (framer->after_blank && batch->field_count > 1)
        return false;
    if (position > 0 && batch->bytes.at[position - 1] == '\r')
        batch->field_end[last]--;
    batch->record_count++;
    batch->record_start[batch->record_count] = (uint32_t)(position + 1);
    return true;
}

/* Of some blocks, each: its field ends, its newlines outside quotes, those that end blank lines. */
struct block_ends {
    uint64_t fields[BLOCKS_AHEAD];
    uint64_t newlines[BLOCKS_AHEAD];
    uint64_t blank[BLOCKS_AHEAD];
};

/* Finds the ends of block `i`, of whose bytes those that are set in `valid` count. False: a rule
 * is broken. */
static inline bool end_block(struct framer *framer, const struct block_masks *at, uint64_t valid,
                             size_t i, struct block_ends *to)
{
    const uint64_t quoted = at->quote_parity ^ framer->inside;
    const uint64_t closing = at->quotes & ~quoted;
    const uint64_t newlines = at->newlines & ~quoted;
    const uint64_t returns = at->returns & ~quoted;
    const uint64_t ends = (at->delimiters & ~quoted) | newlines;

    framer->inside = 0 - (quoted >> 63);
    const uint64_t may_open = shift_on(ends | closing, &framer->may_open);
    const uint64_t closed = shift_on(closing, &framer->closed);
    const uint64_t returned = shift_on(returns, &framer->returned);
    const uint64_t separators = at->quotes | at->delimiters | at->newlines | at->returns;
    const uint64_t faults =
        (at->quotes & quoted & ~may_open) | (closed & ~separators) | (returned & ~at->newlines);
    if ((faults & valid) != 0)
        return false;

    const uint64_t line_start = shift_on(newlines, &framer->line_ended);
    const uint64_t bare_return = shift_on(returns & line_start, &framer->bare_return);
    to->newlines[i] = newlines;
    to->blank[i] = newlines & (line_start | bare_return);
    to->fields[i] = ends & ~to->blank[i];
    return true;
}

/* Ends the file's last record, if no line end did. False where a rule is broken. */
static bool index_end(struct framer *framer)
{
    struct batch *batch = framer->batch;
    const uint32_t size = (uint32_t)batch->bytes.size;

    if (framer->inside != 0 || (size > 0 && batch->bytes.at[size - 1] == '\r'))
        return false;
    if (batch->record_start[batch->record_count] < size) {
        batch->field_end[framer->fields++] = size;
        if (!end_record(framer, size))
            return false;
        batch->record_start[batch->record_count] = size;
    }
    return true;
}

static bool reserve_blocks(struct framer *framer, size_t count)
{
    /* One more of each than they can end, for a last record without a line end; and as many fields
     * more as may be written over. */
    const size_t records = framer->batch->record_count + count * BLOCK + 1;
    const size_t fields = framer->fields + (count + 1) * BLOCK + 1;

    if (records < framer->batch->record_room && fields <= framer->batch->field_room)
        return true;
    return batch_reserve(framer->batch, records, fields);
}

/* What became of some blocks. */
enum outcome { SOUND, BROKEN, NO_MEMORY };

/* Takes a block's line ends in turn. False where a record has a wrong number of fields. */
static bool end_lines(struct framer *framer, uint64_t newlines, uint64_t blank, size_t base)
{
    struct batch *batch = framer->batch;

    for (; newlines != 0; newlines &= newlines - 1) {
        const size_t position = base + (size_t)__builtin_ctzll(newlines);

        if ((newlines & -newlines & blank) != 0) {
            framer->after_blank = true;
            batch->record_start[batch->record_count] = (uint32_t)(position + 1);
        } else if (!end_record(framer, position)) {
            return false;
        }
    }
    return true;
}

/* More fields than a record has, and not at its end: no need to wait for it. */
static bool has_too_many_fields(const struct framer *framer)
{
    const struct batch *batch = framer->batch;

    return framer->fields - batch->record_count * batch->field_count >= batch->field_count;
}

/* Indexes some blocks; of the last one's bytes those that are set in `valid` count. */
static enum outcome index_blocks(struct framer *framer, const struct mask_finder *finder,
                                 const struct block_masks *masks, size_t count, uint64_t valid,
                                 size_t base)
{
    struct block_ends ends;
    size_t sound = 0;

    if (!reserve_blocks(framer, count))
        return NO_MEMORY;
    while (sound < count &&
           end_block(framer, &masks[sound], sound + 1 < count ? ~(uint64_t)0 : valid, sound, &ends))
        sound++;
    /* A fault is found in the record at hand, behind those that end in the blocks before it. */
    framer->fields +=
        finder->list(ends.fields, sound, base, framer->batch->field_end + framer->fields);
    for (size_t i = 0; i < sound; i++)
        if (!end_lines(framer, ends.newlines[i], ends.blank[i], base + i * BLOCK))
            return BROKEN;
    return sound == count && !has_too_many_fields(framer) ? SOUND : BROKEN;
}

/* Indexes the last bytes, which are no whole block. */
static enum outcome index_rest(struct framer *framer, const struct framing *framing,
                               const struct mask_finder *finder, struct span rest, size_t base)
{
    char block[BLOCK] = {0};
    struct block_masks masks;
    enum outcome outcome = SOUND;

    if (rest.size > 0) {
        memcpy(block, rest.at, rest.size);
        finder->find(block, 1, framing->delimiter, &masks);
        outcome =
            index_blocks(framer, finder, &masks, 1, ~(uint64_t)0 >> (BLOCK - rest.size), base);
    }
    if (outcome != SOUND)
        return outcome;
    if (!reserve_blocks(framer, 0))
        return NO_MEMORY;
    return index_end(framer) ? SOUND : BROKEN;
}

static enum outcome index_bytes(struct framer *framer, const struct framing *framing,
                                const struct mask_finder *finder)
{
    const struct span bytes = buffer_span(&framer->batch->bytes);
    struct block_masks masks[BLOCKS_AHEAD];
    size_t base = 0;

    while (bytes.size - base >= BLOCK) {
        const size_t whole = (bytes.size - base) / BLOCK;
        const size_t count = whole < BLOCKS_AHEAD ? whole : BLOCKS_AHEAD;

        finder->find(bytes.at + base, count, framing->delimiter, masks);
        const enum outcome outcome = index_blocks(framer, finder, masks, count, ~(uint64_t)0, base);
        if (outcome != SOUND)
            return outcome;
        base += count * BLOCK;
    }
    return index_rest(framer, framing, finder, span_from(bytes, base), base);
}

/* Room for records of fields as short as they usually are; more is made as need be. */
static bool reserve_usual(struct batch *batch)
{
    return batch_reserve(batch, batch->bytes.size / 128, batch->bytes.size / 16);
}

enum status framer_index_by(const struct mask_finder *finder, const struct framing *framing,
                            struct batch *batch, struct diagnostics *diagnostics)
{
    struct framer framer = {batch, .after_blank = batch->after_blank, .may_open = 1,
                            .line_ended = 1};

    assert(framing->field_count > 0);
    assert(batch->bytes.size < UINT32_MAX);
    batch->field_count = framing->field_count;
    batch->record_count = 0;
    if (!reserve_usual(batch))
        return diagnostics_no_memory(diagnostics);
    batch->record_start[0] = 0;
    switch (index_bytes(&framer, framing, finder)) {
    case SOUND:
        return STATUS_OK;
    case NO_MEMORY:
        return diagnostics_no_memory(diagnostics);
    case BROKEN:
        break;
    }
    const struct record_site site = {buffer_span(&batch->bytes), batch->first_line,
                                     batch->record_start[batch->record_count]};
    return fault_find(framing, site, framer.after_blank, diagnostics);
}

enum status framer_index(const struct framing *framing, struct batch *batch,
                         struct diagnostics *diagnostics)
{
    return framer_index_by(mask_finder_best(), framing, batch, diagnostics);
}
