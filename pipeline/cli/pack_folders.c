#include "cli/pack_folders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder the program stands in, or "." where the system does not say. */
static void program_folder(char folder[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    char *slash;

    if (length <= 0) {
        strcpy(folder, ".");
        return;
    }
    folder[length] = '\0';
    slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
}

void pack_folders_find(struct pack_folders *folders)
{
    const char *named = getenv("EFFACE_RULES_DIR");
    char program[PATH_MAX];
    size_t count = 0;

    program_folder(program);
    if (named && *named)
        folders->list[count++] = named;
    if (snprintf(folders->installed, PATH_MAX, "%s/../share/efface/rules", program) < PATH_MAX)
        folders->list[count++] = folders->installed;
    if (snprintf(folders->built, PATH_MAX, "%s/../../rules", program) < PATH_MAX)
        folders->list[count++] = folders->built;
    folders->list[count] = NULL;
}
