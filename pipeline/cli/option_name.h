/*
 * Options as they were written on the command line.
 */
#ifndef EFFACE_CLI_OPTION_NAME_H
#define EFFACE_CLI_OPTION_NAME_H

#include <stdbool.h>

/*
 * Whether the option that getopt_long has just read, whose name is `name`, was written out.
 * It takes abbreviations, on which scripts would come to rely.
 */
bool option_is_whole(char **argv, const char *name);

#endif
