/*
 * What a run certifies: certificate.json for programs, certificate.html for the files of
 * whoever answers for the request.
 *
 *     certificate_make         when it is known what became of contacts and files
 *     certificate_json_write   when all other reports but the manifest are written
 *     certificate_page_write   prints the checksum of the JSON, so that paper vouches for it
 *
 * The manifest, written later, lists both. No personal value and no key stands in either:
 * a contact is a keyed digest, and its line in the targets file.
 */
#ifndef EFFACE_REPORT_CERTIFICATE_H
#define EFFACE_REPORT_CERTIFICATE_H

#include <stddef.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "report/run_report.h"

/* Of more contacts the rest stand in the checksum over the list only. */
enum { CERTIFIED_CONTACTS = 1000 };

struct certificate {
    const struct run_report *report;
    const struct file_report *reports; /* the other report files */
    size_t report_count;
    /* SHA-256 of a line for each: "DIGEST MODE OUTCOME\n", names as in the JSON */
    unsigned char contact_list[CHECKSUM_SIZE];
    /* ... and for each clean file "SHA256  PATH\n", as sha256sum prints it */
    unsigned char file_list[CHECKSUM_SIZE];
};

/* Borrows the report, and the list, which is read when the certificate is written. STATUS_SYSTEM
 * where memory ran out. */
MUST_USE enum status certificate_make(const struct run_report *report,
                                      const struct file_report *reports, size_t report_count,
                                      struct certificate *certificate,
                                      struct diagnostics *diagnostics);

MUST_USE enum status certificate_json_write(const struct certificate *certificate, int fd,
                                            const char *name, struct diagnostics *diagnostics);

/* `json` is the file that was written before. */
MUST_USE enum status certificate_page_write(const struct certificate *certificate,
                                            const struct file_report *json, int fd,
                                            const char *name, struct diagnostics *diagnostics);

/* What the certificate says and what it doesn't, sentence by sentence; each ends with NULL. */
const char *const *certificate_attests(const struct run_report *report);
const char *const *certificate_leaves_open(const struct run_report *report);

#endif
