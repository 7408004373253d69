#include "read/framer.h"

#include <assert.h>
#include <endian.h>

#include "read/record_fault.h"

/*
 * Bytes are looked at 64 at a time. Of each such block four masks are made, a bit a byte: where the
 * quotes, delimiters, newlines and carriage returns are. A prefix XOR of the quotes' mask is set
 * from each opening quote up to its closing quote, and so says which of the others count. What
 * strictness asks is then asked of all 64 bytes at once, by shifting a mask one byte on. A fault
 * found so is left to fault_find to name: it walks the same record again, byte by byte.
 */
enum { BLOCK = 64 };

struct block_masks {
    uint64_t quotes;
    uint64_t delimiters;
    uint64_t newlines;
    uint64_t returns;
};

struct framer {
    const struct framing *framing;
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

size_t framer_cut_piece(struct span piece, bool *inside)
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

size_t framer_cut(struct span bytes)
{
    bool inside = false;

    return framer_cut_piece(bytes, &inside);
}

/* Where `byte` stands in a block: bit i for byte i. */
static uint64_t mask_of(const char block[BLOCK], char byte)
{
    unsigned char equal[BLOCK];
    uint64_t mask = 0;

    for (size_t i = 0; i < BLOCK; i++)
        equal[i] = block[i] == byte;
    for (size_t i = 0; i < BLOCK; i += 8) {
        uint64_t eight;

        /* The product has bit 0 of each byte side by side in its highest byte. */
        memcpy(&eight, equal + i, sizeof eight);
        mask |= (le64toh(eight) * 0x0102040810204080 >> 56) << i;
    }
    return mask;
}

static struct block_masks find_masks(const char block[BLOCK], char delimiter)
{
    return (struct block_masks){mask_of(block, '"'), mask_of(block, delimiter),
                                mask_of(block, '\n'), mask_of(block, '\r')};
}

/* Bit i of the result is the XOR of bits 0 to i. */
static uint64_t prefix_xor(uint64_t mask)
{
    for (unsigned shift = 1; shift < BLOCK; shift *= 2)
        mask ^= mask << shift;
    return mask;
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

static void add_fields(struct framer *framer, uint64_t ends, size_t base)
{
    uint32_t *to = framer->batch->field_end + framer->fields;

    for (; ends != 0; ends &= ends - 1)
        *to++ = (uint32_t)(base + (size_t)__builtin_ctzll(ends));
    framer->fields = (size_t)(to - framer->batch->field_end);
}

/* Takes the block's line ends in turn. False where a record has a wrong number of fields. */
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
    /* More fields than a record has, and not at its end: no need to wait for it. */
    return framer->fields - batch->record_count * batch->field_count < batch->field_count;
}

/* Indexes a block whose first `size` bytes count. False where a rule is broken. */
static bool index_block(struct framer *framer, const char block[BLOCK], size_t size, size_t base)
{
    const struct block_masks at = find_masks(block, framer->framing->delimiter);
    const uint64_t valid = ~(uint64_t)0 >> (BLOCK - size);
    const uint64_t quoted = prefix_xor(at.quotes) ^ framer->inside;
    const uint64_t closing = at.quotes & ~quoted;
    const uint64_t newlines = at.newlines & ~quoted;
    const uint64_t returns = at.returns & ~quoted;
    const uint64_t ends = (at.delimiters & ~quoted) | newlines;

    framer->inside = 0 - (quoted >> 63);
    const uint64_t may_open = shift_on(ends | closing, &framer->may_open);
    const uint64_t closed = shift_on(closing, &framer->closed);
    const uint64_t returned = shift_on(returns, &framer->returned);
    const uint64_t separators = at.quotes | at.delimiters | at.newlines | at.returns;
    const uint64_t faults =
        (at.quotes & quoted & ~may_open) | (closed & ~separators) | (returned & ~at.newlines);
    if ((faults & valid) != 0)
        return false;

    const uint64_t line_start = shift_on(newlines, &framer->line_ended);
    const uint64_t bare_return = shift_on(returns & line_start, &framer->bare_return);
    const uint64_t blank = newlines & (line_start | bare_return);
    add_fields(framer, ends & ~blank, base);
    return end_lines(framer, newlines, blank, base);
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

static bool reserve_block(struct framer *framer)
{
    /* One more of each than a block can end, for a last record without a line end. */
    return batch_reserve(framer->batch, framer->batch->record_count + BLOCK + 1,
                         framer->fields + BLOCK + 1);
}

/* False where memory ran out; *sound is then, and where a rule is broken, false. */
static bool index_bytes(struct framer *framer, bool *sound)
{
    const struct span bytes = buffer_span(&framer->batch->bytes);
    size_t base = 0;

    *sound = false;
    for (; bytes.size - base >= BLOCK; base += BLOCK) {
        if (!reserve_block(framer))
            return false;
        if (!index_block(framer, bytes.at + base, BLOCK, base))
            return true;
    }
    if (!reserve_block(framer))
        return false;
    if (base < bytes.size) {
        char rest[BLOCK] = {0};

        memcpy(rest, bytes.at + base, bytes.size - base);
        if (!index_block(framer, rest, bytes.size - base, base))
            return true;
    }
    *sound = index_end(framer);
    return true;
}

/* Room for records of fields as short as they usually are; more is made as need be. */
static bool reserve_usual(struct batch *batch)
{
    return batch_reserve(batch, batch->bytes.size / 128, batch->bytes.size / 16);
}

enum status framer_index(const struct framing *framing, struct batch *batch,
                         struct diagnostics *diagnostics)
{
    struct framer framer = {framing, batch, .after_blank = batch->after_blank, .may_open = 1,
                            .line_ended = 1};
    bool sound;

    assert(framing->field_count > 0);
    assert(batch->bytes.size < UINT32_MAX);
    batch->field_count = framing->field_count;
    batch->record_count = 0;
    if (!reserve_usual(batch))
        return diagnostics_no_memory(diagnostics);
    batch->record_start[0] = 0;
    if (!index_bytes(&framer, &sound))
        return diagnostics_no_memory(diagnostics);
    if (sound)
        return STATUS_OK;
    const struct record_site site = {buffer_span(&batch->bytes), batch->first_line,
                                     batch->record_start[batch->record_count]};
    return fault_find(framing, site, framer.after_blank, diagnostics);
}
