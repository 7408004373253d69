#include "cli/processors.h"

#include <sched.h>

#include "cli/option_words.h"
#include "cli/processor_quota.h"

enum { JOBS_LIMIT = 256 };

size_t processors(void)
{
    const size_t quota = processor_quota("/proc/self/cgroup", "/sys/fs/cgroup");
    cpu_set_t set;
    size_t count;

    if (sched_getaffinity(0, sizeof(set), &set) != 0 || CPU_COUNT(&set) < 1)
        return 1;
    count = (size_t)CPU_COUNT(&set);
    return count < quota ? count : quota;
}

size_t jobs_option(const char *text, struct diagnostics *diagnostics)
{
    return option_number("--jobs", text, 1, JOBS_LIMIT, diagnostics);
}
