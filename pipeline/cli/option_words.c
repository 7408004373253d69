#include "cli/option_words.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ruleset/spelling.h"

void option_complain(struct diagnostics *diagnostics, const char *what, const char *word)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "%s '%s'", what, word);
}

void option_miss(struct diagnostics *diagnostics, const char *what)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "%s", what);
}

uint64_t option_number(const char *option, const char *text, uint64_t low, uint64_t high,
                       struct diagnostics *diagnostics)
{
    char *end;
    unsigned long long number;

    errno = 0;
    number = strtoull(text, &end, 10);
    if (errno == 0 && end != text && *end == '\0' && text[0] >= '0' && text[0] <= '9' &&
        number >= low && number <= high)
        return number;
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                      "%s takes a whole number from %llu to %llu", option, (unsigned long long)low,
                      (unsigned long long)high);
    return low;
}

static const struct option *option_of_code(const struct option_table *table, int code)
{
    for (const struct option *option = table->options; option->name; option++)
        if (option->val == code)
            return option;
    return NULL;
}

static bool looks_like_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* The option that a word, which looks like one, names exactly, up to a '='. NULL: none. */
static const struct option *find_option(const struct option_table *table, const char *word)
{
    const char *name = word + 2;
    size_t size = strcspn(name, "=");

    if (word[1] != '-')
        return word[1] == table->letter && word[2] == '\0'
                   ? option_of_code(table, table->letter_code)
                   : NULL;
    for (const struct option *option = table->options; option->name; option++)
        if (strlen(option->name) == size && strncmp(option->name, name, size) == 0)
            return option;
    return NULL;
}

/* The option that a word, which looks like one, may have been meant for. Empty: none. */
static struct span nearest_option(const struct option_table *table, const char *word)
{
    const char *name = word + strspn(word, "-");
    struct spelling spelling = spelling_of((struct span){name, strcspn(name, "=")});

    for (const struct option *option = table->options; option->name; option++)
        spelling_consider(&spelling, span_of(option->name));
    return spelling.nearest;
}

static void report_unknown(const struct option_table *table, const char *word,
                           struct diagnostics *diagnostics)
{
    const struct span nearest = nearest_option(table, word);
    const int size = (int)strcspn(word, "=");

    if (nearest.size > 0)
        diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                          "unknown option '%.*s' (did you mean '--%.*s'?)", size, word,
                          (int)nearest.size, nearest.at);
    else
        diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "unknown option '%.*s'", size,
                          word);
}

/*
 * Where the value of an option, as it was given, should stand, refuses an option, and a word that
 * may be one misspelt: getopt_long would take whatever stands there.
 */
static void refuse_option(const struct option_table *table, const struct option *option,
                          const char *given, const char *word, struct diagnostics *diagnostics)
{
    struct span nearest;

    if (!word || !looks_like_option(word))
        return;
    nearest = word[1] == '-' ? nearest_option(table, word) : SPAN("");
    if (find_option(table, word))
        option_complain(diagnostics, "no value for option", given);
    else if (nearest.size > 0)
        diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                          "no value for option '%s', but '%s' (did you mean '--%.*s'? A value "
                          "that begins so is given as '--%s=--...')",
                          given, word, (int)nearest.size, nearest.at, option->name);
}

/* Refuses words that look like options and are none: getopt_long can't say which it was. */
static void check_words(const struct option_table *table, int argc, char **argv,
                        struct diagnostics *diagnostics)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *word = argv[i];
        const struct option *option;

        if (!looks_like_option(word))
            continue;
        option = find_option(table, word);
        if (!option)
            report_unknown(table, word, diagnostics);
        else if (!option->has_arg && strchr(word, '='))
            option_complain(diagnostics, "no value belongs to option", option->name);
        else if (option->has_arg && !strchr(word, '='))
            refuse_option(table, option, word, argv[++i], diagnostics);
    }
}

char *folder_word(char *word)
{
    size_t size = strlen(word);

    while (size > 1 && word[size - 1] == '/')
        word[--size] = '\0';
    return word;
}

void option_slot_take(const struct option_slot *slot, void *context, char *value,
                      struct diagnostics *diagnostics)
{
    void *place = (char *)context + slot->place;

    switch (slot->kind) {
    case SLOT_TEXT:
    case SLOT_PATH:
        *(const char **)place = value;
        break;
    case SLOT_FOLDER:
        *(const char **)place = folder_word(value);
        break;
    case SLOT_FLAG:
        *(bool *)place = true;
        break;
    case SLOT_OTHER:
        slot->take(context, value, diagnostics);
        break;
    }
}

/* Whether a path was asked for, and an empty word is all that was given. */
static bool lacks_path(const struct option_table *table, int code, const char *value)
{
    return table->slots && value && *value == '\0' &&
           (table->slots[code].kind == SLOT_PATH || table->slots[code].kind == SLOT_FOLDER);
}

/* Hands one option with its value on. */
static void take_option(const struct option_table *table, int code, void *context,
                        struct diagnostics *diagnostics)
{
    if (lacks_path(table, code, optarg))
        diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "no path for option '--%s'",
                          option_of_code(table, code)->name);
    else if (table->take)
        table->take(context, code, optarg, diagnostics);
    else
        option_slot_take(&table->slots[code], context, optarg, diagnostics);
}

int option_words_read(const struct option_table *table, int argc, char **argv, void *context,
                      struct diagnostics *diagnostics)
{
    const char letters[] = {':', table->letter, ':', '\0'};
    bool given[OPTION_CODE_LIMIT] = {false};
    int code, index = 0;

    check_words(table, argc, argv, diagnostics);
    if (diagnostics->errors)
        return argc;
    opterr = 0;
    optind = 1;
    while ((code = getopt_long(argc, argv, table->letter ? letters : ":", table->options,
                               &index)) != -1) {
        if (code == table->letter)
            code = table->letter_code;
        assert((code > 0 && code < OPTION_CODE_LIMIT) || code == ':');
        if (code == ':') {
            option_complain(diagnostics, "no value for option", argv[optind - 1]);
            continue;
        }
        if (given[code] && code != table->repeatable)
            option_complain(diagnostics, "given twice: option", option_of_code(table, code)->name);
        else
            take_option(table, code, context, diagnostics);
        given[code] = true;
    }
    return optind;
}

char *option_words_operand(int first, int argc, char **argv, const char *what,
                           struct diagnostics *diagnostics)
{
    const bool several = first + 1 < argc;

    if (first < argc && !several && argv[first][0] != '\0')
        return argv[first];
    diagnostics_error(
        diagnostics, (struct place){NULL, 0, 0},
        several ? "more than one %s, or a value without its option" : "a %s is missing", what);
    return NULL;
}
