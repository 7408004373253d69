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

const char *count_grouped(char text[COUNT_SIZE], uint64_t count)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%" PRIu64, count);
    group(digits, text);
    return text;
}

const char *count_of(char text[COUNT_SIZE], uint64_t count, const char *one, const char *many)
{
    char grouped[COUNT_SIZE];
    size_t size;

    count_grouped(grouped, count);
    size = strlen(grouped);
    memcpy(text, grouped, size);
    snprintf(text + size, COUNT_SIZE - size, " %s", count == 1 ? one : many);
    return text;
}
