/*
 * Giving up rights that a run has no use for, so that a flaw in it can't use them: reading other
 * files than it was given, writing anywhere but to its output, reaching a network. By Landlock
 * (landlock(7)), as far as the kernel has it.
 *
 *     confinement_begin     asks the kernel
 *     confinement_allow     a path, or an open folder, and what remains allowed there
 *     confinement_enter     everything else is given up, for good and for all children
 *
 * It can be done again later, to give up more. Nothing is ever refused to the caller here: where
 * the kernel has no Landlock, or any step fails, nothing is given up, and 0 says so. What is open
 * already stays usable. Call it while the process has one thread.
 */
#ifndef EFFACE_BASE_CONFINEMENT_H
#define EFFACE_BASE_CONFINEMENT_H

enum access {
    ACCESS_READ,   /* files and folders */
    ACCESS_FOLDER, /* folders may be made, renamed and removed, nothing else */
    ACCESS_WRITE,  /* anything but devices and the like; reading too */
};

struct confinement {
    int version; /* of the kernel's interface; 0: none, and all that follows does nothing */
    int rules;   /* a descriptor, owned until it is entered */
};

void confinement_begin(struct confinement *confinement);

/*
 * At `path`, relative to `folder_fd` or AT_FDCWD, and for a folder everything below it. A path of
 * "" is the folder itself; one that doesn't exist is passed over.
 */
void confinement_allow(struct confinement *confinement, int folder_fd, const char *path,
                       enum access access);

/* Nothing is given up then: better that than to be kept from what must be done. */
void confinement_abandon(struct confinement *confinement);

/* The version of the interface that confines from here on; 0: nothing does. */
int confinement_enter(struct confinement *confinement);

#endif
