/*
 * Headers. Of an input, the first byte chooses the delimiter, the second how many bytes come at
 * a time; the rest is the file. In pieces it must read as it does in one.
 */
#include <check.h>

#include "fuzz_input.h"
#include "read/header_parser.h"

struct verdict {
    struct arena arena;
    struct diagnostics diagnostics;
    struct header header;
    char delimiter;
    bool complete;
    enum status status;
};

static void judge(struct verdict *verdict, struct span bytes, bool ended, char delimiter)
{
    const struct file_head head = {"x.csv", bytes, ended};

    *verdict = (struct verdict){
        .arena = ARENA_INIT, .diagnostics = DIAGNOSTICS_INIT, .delimiter = delimiter};
    verdict->status = header_parse(&head, &verdict->arena, &verdict->header, &verdict->delimiter,
                                   &verdict->complete, &verdict->diagnostics);
    ck_assert((verdict->status != STATUS_OK) == (verdict->diagnostics.errors > 0));
}

static void forget(struct verdict *verdict)
{
    arena_release(&verdict->arena);
    diagnostics_release(&verdict->diagnostics);
}

static void judge_pieces(struct verdict *verdict, struct span bytes, size_t step, char delimiter)
{
    for (size_t size = step; size < bytes.size; size += step) {
        judge(verdict, (struct span){bytes.at, size}, false, delimiter);
        if (verdict->status != STATUS_OK || verdict->complete)
            return;
        forget(verdict);
    }
    judge(verdict, bytes, true, delimiter);
}

static void check_header(const struct verdict *verdict, struct span bytes)
{
    const struct header *header = &verdict->header;

    ck_assert(verdict->complete);
    ck_assert(header->count > 0 && header->count <= COLUMN_LIMIT);
    ck_assert(header->raw.size <= bytes.size);
    ck_assert(memcmp(header->raw.at, bytes.at, header->raw.size) == 0);
    for (size_t i = 0; i < header->count; i++) {
        ck_assert(header->fields[i].at >= header->raw.at);
        ck_assert(header->fields[i].at + header->fields[i].size <=
                  header->raw.at + header->raw.size);
        ck_assert(header->names[i].size <= header->fields[i].size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const char delimiter = "\0,;\t|"[fuzz_byte(&input) % 5];
    const size_t step = 1 + fuzz_byte(&input);
    struct verdict whole, pieces;

    judge(&whole, input, true, delimiter);
    judge_pieces(&pieces, input, step, delimiter);
    ck_assert_int_eq(whole.status, pieces.status);
    if (whole.status == STATUS_OK) {
        check_header(&whole, input);
        ck_assert(span_equal(whole.header.raw, pieces.header.raw));
        ck_assert_uint_eq(whole.header.count, pieces.header.count);
        ck_assert_int_eq(whole.delimiter, pieces.delimiter);
    }
    forget(&whole);
    forget(&pieces);
    return 0;
}
