/*
 * Opening a file that must lie below a folder, whatever its path says.
 */
#ifndef EFFACE_BASE_CONTAINED_OPEN_H
#define EFFACE_BASE_CONTAINED_OPEN_H

/*
 * Opens `path` below `folder_fd` (or AT_FDCWD) for reading. It may not be absolute, not lead out of
 * the folder by "..", and no part of it may be a symbolic link. Never waits for a FIFO's writer.
 * By openat2(2), or contained_open_stepwise where the kernel has none. Returns a descriptor that
 * the caller closes, or -1 with errno set.
 */
int contained_open(int folder_fd, const char *path);

/* The same by one openat(2) a name; ".." and "." are then refused altogether, with EXDEV. */
int contained_open_stepwise(int folder_fd, const char *path);

#endif
