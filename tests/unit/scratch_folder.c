#include "scratch_folder.h"

#include <check.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void scratch_folder_enter(struct scratch_folder *folder)
{
    strcpy(folder->path, "/tmp/efface-unit-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder->path));
    folder->fd = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(folder->fd, 0);
    ck_assert_int_eq(fchdir(folder->fd), 0);
}

static int remove_visited(const char *path, const struct stat *info, int type, struct FTW *position)
{
    (void)info;
    (void)type;
    (void)position;
    return remove(path);
}

void scratch_folder_leave(struct scratch_folder *folder)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(close(folder->fd), 0);
    ck_assert_int_eq(nftw(folder->path, remove_visited, 16, FTW_DEPTH | FTW_PHYS), 0);
}

void scratch_file(const char *path, const char *contents)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, contents, strlen(contents)), (ssize_t)strlen(contents));
    ck_assert_int_eq(close(fd), 0);
}
