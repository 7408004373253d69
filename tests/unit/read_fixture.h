/*
 * Input files and CSV text for the unit tests of the readers, and an oracle to judge them by.
 *
 * Records are compared as text: an 'R' a record, and each of its fields as SIZE:VALUE.
 */
#ifndef EFFACE_UNIT_READ_FIXTURE_H
#define EFFACE_UNIT_READ_FIXTURE_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "record/batch.h"

/* As ck_assert, which writes a mark each time: too slow for what is asserted a million times. */
#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("'%s' failed", #condition);                                               \
    } while (0)

/* Makes a file in the working folder, or replaces it. */
void input_file(const char *path, struct span bytes);

/* Appends a gzip member that holds `bytes`. */
void append_gzip(struct buffer *to, struct span bytes);

/* Asserts that there is exactly this one message, and forgets it. */
void assert_message(struct diagnostics *diagnostics, const char *expected);

/* Appends the batch's records as text. */
void append_records(struct buffer *to, const struct batch *batch);

/* Asserts that the batch's raw fields, delimiters and line ends are its bytes, with nothing left.
 */
void assert_batch_covers_its_bytes(const struct batch *batch, char delimiter);

/*
 * Appends what libcsv reads as records out of the bytes behind a header of so many columns. False
 * if it, or one of the rules that go beyond it, refuses them: every record has as many fields as
 * the header; a CR outside quotes is part of a CRLF; a blank line is fine in a file of one column,
 * and else only at the end.
 */
bool oracle_read(struct span bytes, char delimiter, size_t columns, bool strict,
                 struct buffer *records);

/* Inputs that are odd in one way or another, for any number of columns; ends with a NULL span. */
extern const struct span odd_inputs[];

/* Replaces *to by records of so many columns, right or slightly wrong, the same for the same seed.
 */
void generate_records(struct buffer *to, uint64_t seed, char delimiter, size_t columns);

#endif
