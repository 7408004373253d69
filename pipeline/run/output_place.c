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

/* Climbs from `fd` to the root, looking for `sought`. Closes `fd`. -1 with errno on failure. */
static int is_within(int fd, const struct stat *sought)
{
    struct stat here, above;
    bool found = false;

    if (fstat(fd, &here) != 0)
        goto failed;
    while (!(found = same_folder(&here, sought))) {
        int next = openat(fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);

        if (next < 0)
            goto failed;
        close(fd);
        fd = next;
        if (fstat(fd, &above) != 0)
            goto failed;
        if (same_folder(&above, &here))
            break;
        here = above;
    }
    close(fd);
    return found;
failed:
    close(fd);
    return -1;
}

enum status check_output_place(int in_fd, const char *out, struct diagnostics *diagnostics)
{
    struct parent_folder parent = PARENT_FOLDER_INIT;
    enum status status = parent_folder_open(out, &parent, diagnostics);
    struct stat in;
    int within;

    if (status != STATUS_OK)
        goto out;
    within = fstat(in_fd, &in) == 0 ? is_within(dup(parent.fd), &in) : -1;
    if (within < 0)
        status = diagnostics_system(diagnostics, out, "find the folder of", errno);
    if (within > 0) {
        diagnostics_error(diagnostics, (struct place){out, 0, 0},
                          "the output can't be inside the input folder");
        status = STATUS_USAGE;
    }
out:
    parent_folder_close(&parent);
    return status;
}
