#ifndef EXPORT_FILE_H
#define EXPORT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <zlib.h>

/*
 * A file of a generated export, written through one large buffer, plain or gzipped.
 *
 *     struct export_file file;
 *     export_file_open(&file, "DIR/contacts.csv", false);
 *     export_file_text(&file, "ContactId,Email\n");
 *     export_file_number(&file, 17, 9);                      gives 000000017
 *     export_file_end_cell(&file);
 *     export_file_cell(&file, "ana@example.org");
 *     export_file_end_record(&file);
 *     if (!export_file_close(&file))
 *         errno says why
 *
 * The first error is remembered and everything after it is dropped, so only the close is checked.
 * Bytes go out as they are given: who writes a cell that needs quotes, writes the quotes too.
 */

enum { EXPORT_FILE_BUFFER = 1 << 20 };

struct export_file {
    FILE *plain;  /* NULL if gzipped */
    gzFile gzip;  /* NULL if plain */
    int error;    /* errno of the first failure, or 0 */
    size_t used;  /* bytes of the buffer that wait to be written */
    char *buffer; /* EXPORT_FILE_BUFFER bytes */
};

/* Creates or empties the file at path; with gzip, path and ".gz". */
void export_file_open(struct export_file *file, const char *path, bool gzip);

/* Writes what waits and closes. Returns false, with errno set, if anything failed since the open.
 */
bool export_file_close(struct export_file *file);

void export_file_bytes(struct export_file *file, const char *at, size_t size);
void export_file_text(struct export_file *file, const char *text);
void export_file_char(struct export_file *file, char byte);

/* Write a cell and the comma behind it, or the comma alone. */
void export_file_cell(struct export_file *file, const char *text);
void export_file_end_cell(struct export_file *file);

/* Ends the record: the comma behind its last cell becomes a newline. */
void export_file_end_record(struct export_file *file);

/* Writes number in decimal, with leading zeros up to at least `digits` digits (at most 20). */
void export_file_number(struct export_file *file, uint64_t number, unsigned digits);

#endif
