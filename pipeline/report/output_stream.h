/*
 * A stdio stream over a descriptor that stays the caller's.
 */
#ifndef EFFACE_REPORT_OUTPUT_STREAM_H
#define EFFACE_REPORT_OUTPUT_STREAM_H

#include <stdio.h>

/* Writes from where `fd` stands, through a duplicate. Caller closes. NULL with errno. */
FILE *output_stream(int fd);

#endif
