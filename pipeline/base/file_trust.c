#include "base/file_trust.h"

#include <unistd.h>

bool writable_by_others(const struct stat *file)
{
    return (file->st_mode & S_IWOTH) != 0 ||
           ((file->st_mode & S_IWGRP) != 0 && file->st_gid != getegid());
}
