/*
 * Where the rule packs that came with the program are.
 */
#ifndef EFFACE_CLI_PACK_FOLDERS_H
#define EFFACE_CLI_PACK_FOLDERS_H

#include <limits.h>

enum { PACK_FOLDER_COUNT = 3 };

struct pack_folders {
    const char *list[PACK_FOLDER_COUNT + 1]; /* ends with NULL */
    char installed[PATH_MAX];
    char built[PATH_MAX];
};

/*
 * $EFFACE_RULES_DIR if it is set; and, relative to the program itself, so that an
 * installation can be moved: ../share/efface/rules, and ../../rules in a build tree.
 */
void pack_folders_find(struct pack_folders *folders);

#endif
