#include "cli/run_clock.h"

#include <errno.h>
#include <stdlib.h>

enum status run_clock(time_t *now, bool *reproducible, struct diagnostics *diagnostics)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end;

    *now = time(NULL);
    *reproducible = epoch && *epoch;
    if (!*reproducible)
        return STATUS_OK;
    errno = 0;
    *now = (time_t)strtoll(epoch, &end, 10);
    if (errno == 0 && *end == '\0' && *now >= 0)
        return STATUS_OK;
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                      "SOURCE_DATE_EPOCH is not a number of seconds");
    return STATUS_USAGE;
}
