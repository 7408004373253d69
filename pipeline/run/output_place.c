#include "run/output_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

static bool same_folder(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Climbs from a folder to the root, looking for `sought`. -1 with errno on failure. */
static int is_within(int folder_fd, const struct stat *sought)
{
    int fd = openat(folder_fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct stat here = {0}, above;
    int within = -1;

    while (fd >= 0 && fstat(fd, &above) == 0) {
        int next;

        within = same_folder(&above, sought);
        if (within || same_folder(&above, &here))
            break;
        within = -1;
        here = above;
        next = openat(fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        close_keeping_errno(fd);
        fd = next;
    }
    if (fd >= 0)
        close_keeping_errno(fd);
    return within;
}

enum status check_output_place(int in_fd, const char *out, struct diagnostics *diagnostics)
{
    struct parent_folder parent = PARENT_FOLDER_INIT;
    enum status status = parent_folder_open(out, &parent, diagnostics);
    struct stat in;
    int within;

    if (status != STATUS_OK)
        goto out;
    within = fstat(in_fd, &in) == 0 ? is_within(parent.fd, &in) : -1;
    if (within < 0)
        status = diagnostics_system(diagnostics, out, "find out where it is", errno);
    if (within > 0) {
        diagnostics_error(diagnostics, (struct place){out, 0, 0},
                          "the output can't be inside the input folder");
        status = STATUS_USAGE;
    }
out:
    parent_folder_close(&parent);
    return status;
}
