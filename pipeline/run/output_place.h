/*
 * Where output may not be: in the folder that is read.
 */
#ifndef EFFACE_RUN_OUTPUT_PLACE_H
#define EFFACE_RUN_OUTPUT_PLACE_H

#include "base/diagnostics.h"
#include "base/status.h"

/*
 * STATUS_USAGE where `out` would stand in the open folder `in_fd` or anywhere below
 * it, by the identity of the folders, whatever the paths look like.
 */
MUST_USE enum status check_output_place(int in_fd, const char *out,
                                        struct diagnostics *diagnostics);

#endif
