/*
 * A folder for the files of one unit test.
 *
 * Failures to make or remove it are failed assertions.
 */
#ifndef EFFACE_UNIT_SCRATCH_FOLDER_H
#define EFFACE_UNIT_SCRATCH_FOLDER_H

struct scratch_folder {
    char path[64];
    int fd;
};

/* Makes a new one under /tmp and enters it, so that relative paths lead into it. */
void scratch_folder_enter(struct scratch_folder *folder);

/* Leaves it and removes it with all that is in it. */
void scratch_folder_leave(struct scratch_folder *folder);

/* Makes a file in the folder entered, with mode 0600 and these contents. */
void scratch_file(const char *path, const char *contents);

#endif
