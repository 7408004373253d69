#include "cli/option_name.h"

#include <getopt.h>
#include <string.h>

bool option_is_whole(char **argv, const char *name)
{
    const size_t size = strlen(name);
    const char *word = argv[optind - 1];

    if (optarg && word == optarg)
        word = argv[optind - 2];
    return strncmp(word, "--", 2) == 0 && strncmp(word + 2, name, size) == 0 &&
           (word[size + 2] == '\0' || word[size + 2] == '=');
}
