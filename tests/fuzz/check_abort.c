/*
 * Check's assertions outside of its tests: one that fails prints itself and aborts. Linked in
 * the place of Check, for the fixtures.
 */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void _ck_assert_failed(const char *file, int line, const char *expression, const char *message, ...)
{
    va_list arguments;

    fprintf(stderr, "%s:%d: %s", file, line, expression);
    va_start(arguments, message);
    if (message != NULL) {
        fputs(": ", stderr);
        vfprintf(stderr, message, arguments);
    }
    va_end(arguments);
    fputc('\n', stderr);
    abort();
}

void _mark_point(const char *file, int line)
{
    (void)file;
    (void)line;
}
