/*
 * How much of the processors a control group may use, version 1 or 2: what containers limit.
 */
#ifndef EFFACE_CLI_PROCESSOR_QUOTA_H
#define EFFACE_CLI_PROCESSOR_QUOTA_H

#include <stddef.h>
#include <stdint.h>

#define PROCESSOR_QUOTA_NONE SIZE_MAX

/*
 * The least quota of the groups listed in `membership` (/proc/self/cgroup) and of those they are
 * in, below `mount` (/sys/fs/cgroup), as processors, rounded up. PROCESSOR_QUOTA_NONE where none
 * is set or can be read.
 */
size_t processor_quota(const char *membership, const char *mount);

#endif
