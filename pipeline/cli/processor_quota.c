#include "cli/processor_quota.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Reads up to two numbers, *count of which stand there. */
static void read_numbers(const char *folder, const char *name, long long numbers[2], int *count)
{
    char path[PATH_MAX];
    FILE *file;

    *count = 0;
    if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
        return;
    file = fopen(path, "re");
    if (!file)
        return;
    *count = fscanf(file, "%lld %lld", &numbers[0], &numbers[1]);
    fclose(file);
}

static size_t rounded_up(long long quota, long long period)
{
    if (quota <= 0 || period <= 0)
        return PROCESSOR_QUOTA_NONE;
    return (size_t)((quota - 1) / period + 1);
}

/* Of one group alone. Version 2 says "max" and version 1 says -1 where there is none. */
static size_t quota_of_group(const char *folder)
{
    long long numbers[2], period[2];
    int count, periods;

    read_numbers(folder, "cpu.max", numbers, &count);
    if (count == 2)
        return rounded_up(numbers[0], numbers[1]);
    read_numbers(folder, "cpu.cfs_quota_us", numbers, &count);
    read_numbers(folder, "cpu.cfs_period_us", period, &periods);
    return count >= 1 && periods >= 1 ? rounded_up(numbers[0], period[0]) : PROCESSOR_QUOTA_NONE;
}

/* Of a group and all it is in, up to the first `root` bytes of its folder. */
static size_t quota_up_to(char *folder, size_t root)
{
    size_t least = PROCESSOR_QUOTA_NONE;
    char *slash = folder;

    while (slash && strlen(folder) >= root) {
        size_t quota = quota_of_group(folder);

        least = quota < least ? quota : least;
        slash = strrchr(folder, '/');
        if (slash)
            *slash = '\0';
    }
    return least;
}

static bool names_cpu(const char *controllers)
{
    while (controllers) {
        if (strncmp(controllers, "cpu", 3) == 0 && strchr(",", controllers[3]))
            return true;
        controllers = strchr(controllers, ',');
        controllers = controllers ? controllers + 1 : NULL;
    }
    return false;
}

/* A line is "1:cpu,cpuacct:/group" for version 1, "0::/group" for version 2. */
static size_t quota_of_line(char *line, const char *mount)
{
    char folder[PATH_MAX];
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;
    int root;

    if (!group)
        return PROCESSOR_QUOTA_NONE;
    *group++ = '\0';
    controllers++;
    group[strcspn(group, "\n")] = '\0';
    if (*controllers && !names_cpu(controllers))
        return PROCESSOR_QUOTA_NONE;
    root = snprintf(folder, sizeof(folder), "%s%s%s", mount, *controllers ? "/" : "", controllers);
    if (root < 0 || snprintf(folder + root, sizeof(folder) - (size_t)root, "%s",
                             strcmp(group, "/") ? group : "") >= (int)sizeof(folder) - root)
        return PROCESSOR_QUOTA_NONE;
    return quota_up_to(folder, (size_t)root);
}

size_t processor_quota(const char *membership, const char *mount)
{
    size_t least = PROCESSOR_QUOTA_NONE;
    char line[PATH_MAX];
    FILE *file = fopen(membership, "re");

    while (file && fgets(line, sizeof(line), file)) {
        size_t quota = quota_of_line(line, mount);

        least = quota < least ? quota : least;
    }
    if (file)
        fclose(file);
    return least;
}
