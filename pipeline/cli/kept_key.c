#include "cli/kept_key.h"

#include <stdlib.h>
#include <string.h>

#define VARIABLE "EFFACE_KEY"

/*
 * Wipes the text itself, which the system shows as the process's environment for as long as it
 * lives; unsetenv would only forget where it is.
 */
static void wipe_variable(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    unsetenv(VARIABLE);
}

enum status kept_key_take(const char *key_file, struct secret **secret,
                          struct diagnostics *diagnostics)
{
    char *digits = getenv(VARIABLE);
    enum status status = STATUS_OK;

    *secret = NULL;
    if (key_file)
        status = secret_read(key_file, secret, diagnostics);
    else if (digits && *digits)
        status = secret_parse(span_of(digits), VARIABLE, secret, diagnostics);
    wipe_variable(digits);
    return status;
}
