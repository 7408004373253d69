/*
 * Gives a fuzz target every file of the folders named, each from a block of its own size, so
 * that a read past its end is seen. What libFuzzer does with them, without clang.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz_input.h"

static int fail(const char *path)
{
    fprintf(stderr, "replay: %s: %s\n", path, strerror(errno));
    return -1;
}

static int replay_file(int folder_fd, const char *name)
{
    struct stat about;
    const int fd = openat(folder_fd, name, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fstat(fd, &about) != 0)
        return fail(name);
    const size_t size = (size_t)about.st_size;
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL || read(fd, data, size) != (ssize_t)size)
        return fail(name);
    close(fd);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

/* The number of files given, or -1. */
static int replay_folder(const char *path)
{
    DIR *entries = opendir(path);
    const struct dirent *entry;
    int count = 0;

    if (entries == NULL)
        return fail(path);
    while (count >= 0 && (entry = readdir(entries)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        count = replay_file(dirfd(entries), entry->d_name) == 0 ? count + 1 : -1;
    }
    closedir(entries);
    return count;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (replay_folder(argv[i]) <= 0)
            return 1;
    return argc > 1 ? 0 : 2;
}
