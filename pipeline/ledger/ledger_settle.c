#include "ledger/ledger_settle.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/staging.h"

/* Whether a folder has that manifest. */
static bool has_manifest(int parent_fd, const char *folder,
                         const unsigned char manifest[CHECKSUM_SIZE])
{
    unsigned char digest[CHECKSUM_SIZE];
    uint64_t size;
    char *path;
    int fd;
    bool same;

    if (!folder || asprintf(&path, "%s/efface-report/manifest.json", folder) < 0)
        return false;
    fd = openat(parent_fd, path, O_RDONLY | O_CLOEXEC);
    free(path);
    if (fd < 0)
        return false;
    same = checksum_file(fd, digest, &size) && memcmp(digest, manifest, CHECKSUM_SIZE) == 0;
    close(fd);
    return same;
}

enum appearance ledger_appearance(const char *out, const unsigned char manifest[CHECKSUM_SIZE])
{
    struct diagnostics ignored = DIAGNOSTICS_INIT;
    struct parent_folder parent;
    enum appearance appearance = OUT_IS_UNKNOWN;

    if (parent_folder_open(out, &parent, &ignored) == STATUS_OK) {
        char *staging = staging_name(parent.name);

        if (has_manifest(parent.fd, parent.name, manifest))
            appearance = OUT_APPEARED;
        else if (has_manifest(parent.fd, staging, manifest))
            appearance = OUT_DID_NOT_APPEAR;
        free(staging);
    }
    parent_folder_close(&parent);
    diagnostics_release(&ignored);
    return appearance;
}
