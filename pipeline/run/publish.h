/*
 * The reports, the manifest last, and the commit.
 */
#ifndef EFFACE_RUN_PUBLISH_H
#define EFFACE_RUN_PUBLISH_H

#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/staged_folder.h"
#include "base/status.h"
#include "report/run_report.h"
#include "run/phase_meter.h"

/*
 * Writes OUT/efface-report/, as a phase of `meter`, which the caller ends. The process must have
 * one thread only, because the workbooks are written by children.
 */
MUST_USE enum status publish_reports(const struct run_report *report, struct staged_folder *staged,
                                     struct phase_meter *meter, struct diagnostics *diagnostics);

/* The SHA-256 of the manifest, which tells this output from any other. */
MUST_USE enum status publish_manifest_checksum(struct staged_folder *staged,
                                               unsigned char digest[CHECKSUM_SIZE],
                                               struct diagnostics *diagnostics);

#endif
