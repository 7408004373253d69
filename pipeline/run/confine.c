#include "run/confine.h"

#include <fcntl.h>
#include <string.h>

#include "base/confinement.h"
#include "base/folder.h"

/* What a process needs to be one: where silence goes, and what libraries ask about itself. */
static void begin(struct confinement *confinement)
{
    confinement_begin(confinement);
    confinement_allow(confinement, AT_FDCWD, "/dev/null", ACCESS_WRITE);
    confinement_allow(confinement, AT_FDCWD, "/proc/self", ACCESS_READ);
}

/* At the folder that a path's last name stands in. One that can't be opened is told of by others.
 */
static void allow_parent(struct confinement *confinement, const char *path, enum access access)
{
    struct diagnostics nobody = DIAGNOSTICS_INIT;
    struct parent_folder parent;

    if (parent_folder_open(path, &parent, &nobody) == STATUS_OK)
        confinement_allow(confinement, parent.fd, "", access);
    else
        confinement_abandon(confinement);
    parent_folder_close(&parent);
    diagnostics_release(&nobody);
}

void confine_to_options(const struct run_options *options)
{
    struct confinement confinement;

    if (!options->confined)
        return;
    begin(&confinement);
    confinement_allow(&confinement, AT_FDCWD, options->rules, ACCESS_READ);
    allow_parent(&confinement, options->rules, ACCESS_READ);
    for (const char *const *folder = options->pack_folders; *folder; folder++)
        confinement_allow(&confinement, AT_FDCWD, *folder, ACCESS_READ);
    if (options->targets)
        confinement_allow(&confinement, AT_FDCWD, options->targets, ACCESS_READ);
    confinement_allow(&confinement, AT_FDCWD, options->in, ACCESS_READ);
    if (options->out)
        allow_parent(&confinement, options->out, ACCESS_WRITE);
    if (options->out && options->ledger)
        allow_parent(&confinement, options->ledger, ACCESS_WRITE);
    confinement_enter(&confinement);
}

int confine_to_export(const struct run_options *options, const struct staged_folder *staged)
{
    struct confinement confinement;

    if (!options->confined)
        return 0;
    begin(&confinement);
    confinement_allow(&confinement, AT_FDCWD, options->in, ACCESS_READ);
    if (staged) {
        confinement_allow(&confinement, staged_folder_fd(staged), "", ACCESS_WRITE);
        allow_parent(&confinement, options->out, ACCESS_FOLDER);
    }
    if (options->out && options->ledger)
        allow_parent(&confinement, options->ledger, ACCESS_WRITE);
    return confinement_enter(&confinement);
}
