/*
 * Reading a piece of a file whole: pread(2) may give less than it is asked for, or be interrupted.
 */
#ifndef EFFACE_BASE_READ_AT_H
#define EFFACE_BASE_READ_AT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Reads `size` bytes from an offset, or as many as there are up to the end of the file. How many;
 * -1 with errno. The position of the descriptor stays.
 */
ssize_t read_at(int fd, void *to, size_t size, uint64_t offset);

#endif
