/*
 * The framer, held against libcsv. Of an input, the first byte chooses delimiter and columns,
 * the second the size of the pieces, the third where to begin to cut; the rest is framed.
 */
#include "framer_probe.h"
#include "fuzz_input.h"

enum { CUTS = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const unsigned char choice = fuzz_byte(&input);
    const size_t piece = 1 + fuzz_byte(&input);
    const size_t wanted = fuzz_byte(&input);
    const size_t first = wanted < input.size ? wanted : input.size;
    const size_t last = first + CUTS < input.size ? first + CUTS : input.size;
    struct framer_probe probe;

    framer_probe_open(&probe);
    assert_framed_as_by_libcsv(&probe, input, ",;\t|"[choice % 4],
                               1 + choice / 4 % FRAMER_PROBE_COLUMNS, first, last);
    (void)assert_pieces_cut_as_the_whole(input, piece);
    framer_probe_close(&probe);
    return 0;
}
