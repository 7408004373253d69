#include "base/confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the header may be too old to tell: a kernel is asked for its version, whatever built this.
 */
enum {
    VERSION_REFER = 2,
    VERSION_TRUNCATE = 3,
    VERSION_NETWORK = 4,
    VERSION_SCOPES = 6,
};

#define RIGHT_TRUNCATE (UINT64_C(1) << 14)
#define NETWORK_ALL UINT64_C(3) /* to bind and to connect by TCP */
#define SCOPES_ALL UINT64_C(3)  /* abstract Unix sockets, and signals, of processes outside */

/* struct landlock_ruleset_attr of version 6; older kernels take a shorter one. */
struct given_up {
    uint64_t file_system;
    uint64_t network;
    uint64_t scopes;
};

#define RIGHTS_OF_FILES                                                                            \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |   \
     RIGHT_TRUNCATE)

#define RIGHTS_TO_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

#define RIGHTS_TO_MAKE_FOLDERS (LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR)

#define RIGHTS_TO_WRITE                                                                            \
    (RIGHTS_TO_READ | RIGHTS_TO_MAKE_FOLDERS | LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_TRUNCATE |    \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)

/* All rights from the first to the one of renaming from folder to folder. */
#define RIGHTS_ALL (((LANDLOCK_ACCESS_FS_REFER << 1) - 1) | RIGHT_TRUNCATE)

static uint64_t known_rights(int version)
{
    uint64_t rights = RIGHTS_ALL;

    if (version < VERSION_REFER)
        rights &= ~(uint64_t)LANDLOCK_ACCESS_FS_REFER;
    if (version < VERSION_TRUNCATE)
        rights &= ~RIGHT_TRUNCATE;
    return rights;
}

void confinement_begin(struct confinement *confinement)
{
    const long version =
        syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
    struct given_up all = {known_rights((int)version), NETWORK_ALL, SCOPES_ALL};
    size_t size = sizeof all;

    *confinement = (struct confinement){0, -1};
    if (version < 1)
        return;
    if (version < VERSION_SCOPES)
        size = offsetof(struct given_up, scopes);
    if (version < VERSION_NETWORK)
        size = offsetof(struct given_up, network);
    confinement->rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0U);
    if (confinement->rules >= 0)
        confinement->version = (int)version;
}

static uint64_t rights_of(enum access access, bool is_folder, int version)
{
    uint64_t rights = access == ACCESS_WRITE  ? RIGHTS_TO_WRITE
                      : access == ACCESS_READ ? RIGHTS_TO_READ
                                              : RIGHTS_TO_MAKE_FOLDERS;

    if (!is_folder)
        rights &= RIGHTS_OF_FILES;
    return rights & known_rights(version);
}

void confinement_abandon(struct confinement *confinement)
{
    if (confinement->rules >= 0)
        close(confinement->rules);
    *confinement = (struct confinement){0, -1};
}

static bool add_rule(const struct confinement *confinement, int fd, enum access access)
{
    struct landlock_path_beneath_attr rule = {.parent_fd = fd};
    struct stat file;

    if (fstat(fd, &file) != 0)
        return false;
    rule.allowed_access = rights_of(access, S_ISDIR(file.st_mode), confinement->version);
    return syscall(SYS_landlock_add_rule, confinement->rules, LANDLOCK_RULE_PATH_BENEATH, &rule,
                   0U) == 0;
}

/* Whether nothing is there, or nothing for this process. */
static bool is_out_of_reach(int reason)
{
    return reason == ENOENT || reason == ENOTDIR || reason == ELOOP || reason == EACCES;
}

void confinement_allow(struct confinement *confinement, int folder_fd, const char *path,
                       enum access access)
{
    if (confinement->version == 0)
        return;
    const int fd = openat(folder_fd, *path != '\0' ? path : ".", O_PATH | O_CLOEXEC);
    if (fd < 0 && is_out_of_reach(errno))
        return;
    if (fd < 0 || !add_rule(confinement, fd, access))
        confinement_abandon(confinement);
    if (fd >= 0)
        close(fd);
}

int confinement_enter(struct confinement *confinement)
{
    int version = confinement->version;

    if (version == 0)
        return 0;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        syscall(SYS_landlock_restrict_self, confinement->rules, 0U) != 0)
        version = 0;
    confinement_abandon(confinement);
    return version;
}
