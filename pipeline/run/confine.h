/*
 * What a run gives up of the rights it was started with (base/confinement.h), in two steps.
 *
 * Where the kernel does its part, bytes of an export that get the better of the program can't make
 * it read another file, change the export or what else lies beside the output, start a program or
 * send anything away.
 */
#ifndef EFFACE_RUN_CONFINE_H
#define EFFACE_RUN_CONFINE_H

#include "base/staged_folder.h"
#include "run/run.h"

/*
 * Before anything is read. Left are: to read the rules file and its folder, where the lists and
 * tables beside it are, the packs, the targets file and the export; to write in the folder that
 * OUT is to appear in.
 */
void confine_to_options(const struct run_options *options);

/*
 * Once rules and targets are read and the staging folder is there. Left are: to read the export;
 * to write in the staging folder, and to rename it; nothing of a preview's, whose `staged` is NULL.
 * The version of what confines, 0 for nothing.
 */
int confine_to_export(const struct run_options *options, const struct staged_folder *staged);

#endif
