#include "cli/processors.h"

#include <sched.h>

#include "cli/option_words.h"

enum { JOBS_LIMIT = 256 };

size_t processors(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof(set), &set) != 0 || CPU_COUNT(&set) < 1)
        return 1;
    return (size_t)CPU_COUNT(&set);
}

size_t jobs_option(const char *text, struct diagnostics *diagnostics)
{
    return option_number("--jobs", text, 1, JOBS_LIMIT, diagnostics);
}
