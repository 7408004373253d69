#include "cli/output_format.h"

#include <string.h>

#include "cli/option_words.h"

bool output_format_is_json(const char *word, struct diagnostics *diagnostics)
{
    const bool json = strcmp(word, "json") == 0;

    if (!json && strcmp(word, "text") != 0)
        option_complain(diagnostics, "--format takes text or json, not", word);
    return json;
}
