#include "cli/counts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Copies digits with a comma before every third from the end. */
static void group(const char *digits, char *out)
{
    size_t count = strlen(digits);

    for (size_t i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
}

const char *count_of(char text[COUNT_SIZE], uint64_t count, const char *one, const char *many)
{
    char digits[24], grouped[32];

    snprintf(digits, sizeof(digits), "%" PRIu64, count);
    group(digits, grouped);
    snprintf(text, COUNT_SIZE, "%s %s", grouped, count == 1 ? one : many);
    return text;
}
