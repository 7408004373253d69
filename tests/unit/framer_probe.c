#include "framer_probe.h"

#include <check.h>

#include "read/framer.h"
#include "read_fixture.h"

void framer_probe_open(struct framer_probe *probe)
{
    *probe = (struct framer_probe){mask_finder_best(), BATCH_INIT, DIAGNOSTICS_INIT};
}

void framer_probe_close(struct framer_probe *probe)
{
    batch_release(&probe->batch);
    diagnostics_release(&probe->diagnostics);
}

enum status framer_probe_frame(struct framer_probe *probe, struct span bytes, char delimiter,
                               size_t columns, bool after_blank, bool last)
{
    static const struct span names[FRAMER_PROBE_COLUMNS] = {
        {"Id", 2}, {"Name", 4}, {"Position", 8}};
    const struct framing framing = {"contacts.csv", delimiter, names, columns};
    struct batch *batch = &probe->batch;

    batch_clear(batch);
    REQUIRE(buffer_append(&batch->bytes, bytes));
    batch->first_line = 2;
    batch->after_blank = after_blank;
    batch->last = last;
    return framer_index_by(probe->finder, &framing, batch, &probe->diagnostics);
}

/* The rule of batch.after_blank, said once more. */
static bool ends_blank(struct span bytes)
{
    const char *const ends[] = {"\n\n", "\n\r\n"};

    if (span_equal(bytes, SPAN("\n")) || span_equal(bytes, SPAN("\r\n")))
        return true;
    for (size_t i = 0; i < 2; i++) {
        const struct span end = span_of(ends[i]);

        if (bytes.size >= end.size &&
            memcmp(bytes.at + bytes.size - end.size, end.at, end.size) == 0)
            return true;
    }
    return false;
}

/* Frames the bytes as the batches that a cut in the first `chop` of them makes. */
static bool frame_chopped(struct framer_probe *probe, struct span bytes, char delimiter,
                          size_t columns, size_t chop, struct buffer *records)
{
    const size_t cut = framer_cut((struct span){bytes.at, chop}, &(bool){false});
    const struct span head = {bytes.at, cut};
    const struct span tail = {bytes.at + cut, bytes.size - cut};

    REQUIRE(cut <= chop);
    if (framer_probe_frame(probe, head, delimiter, columns, false, false) != STATUS_OK)
        return false;
    assert_batch_covers_its_bytes(&probe->batch, delimiter);
    append_records(records, &probe->batch);
    if (framer_probe_frame(probe, tail, delimiter, columns, ends_blank(head), true) != STATUS_OK)
        return false;
    assert_batch_covers_its_bytes(&probe->batch, delimiter);
    append_records(records, &probe->batch);
    return true;
}

static void assert_chopped_agrees(struct framer_probe *probe, struct span bytes, char delimiter,
                                  size_t columns, size_t chop, const struct buffer *expected)
{
    struct buffer records = BUFFER_INIT;

    if (frame_chopped(probe, bytes, delimiter, columns, chop, &records) != (expected != NULL))
        ck_abort_msg("%s, libcsv %s %zu columns, cut at %zu: %.*s", probe->finder->name,
                     expected != NULL ? "accepts" : "refuses", columns, chop, (int)bytes.size,
                     bytes.at);
    REQUIRE(expected == NULL || span_equal(buffer_span(&records), buffer_span(expected)));
    REQUIRE(probe->diagnostics.count == (expected != NULL ? 0 : 1));
    diagnostics_release(&probe->diagnostics);
    probe->diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    buffer_release(&records);
}

void assert_framed_as_by_libcsv(struct framer_probe *probe, struct span bytes, char delimiter,
                                size_t columns, size_t first, size_t last)
{
    struct buffer expected = BUFFER_INIT;
    const bool accepted = oracle_read(bytes, delimiter, columns, true, &expected);

    for (const struct mask_finder *const *each = mask_finders; *each != NULL; each++) {
        probe->finder = *each;
        if (!probe->finder->is_available())
            continue;
        for (size_t chop = first; chop <= last; chop++)
            assert_chopped_agrees(probe, bytes, delimiter, columns, chop,
                                  accepted ? &expected : NULL);
    }
    buffer_release(&expected);
}

bool assert_pieces_cut_as_the_whole(struct span bytes, size_t size)
{
    bool inside = false;
    size_t cut = 0;

    for (size_t at = 0; at < bytes.size; at += size) {
        const size_t rest = bytes.size - at;
        const struct span piece = {bytes.at + at, size < rest ? size : rest};
        const size_t found = framer_cut(piece, &inside);

        cut = found > 0 ? at + found : cut;
    }
    ck_assert_uint_eq(cut, framer_cut(bytes, &(bool){false}));
    return inside;
}
