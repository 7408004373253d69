/*
 * The words of a command line, taken by a table of options.
 *
 * Long options, written out whole: getopt_long takes abbreviations, on which scripts would
 * come to rely. One option of a command may have a letter, too. All problems are reported, none
 * stops the reading.
 */
#ifndef EFFACE_CLI_OPTION_WORDS_H
#define EFFACE_CLI_OPTION_WORDS_H

#include <getopt.h>
#include <stdint.h>

#include "base/diagnostics.h"

enum { OPTION_CODE_LIMIT = 32 };

/* Where in a command's struct it goes what an option says. */
struct option_slot {
    enum {
        SLOT_TEXT,
        SLOT_PATH,   /* a text that must not be empty */
        SLOT_FOLDER, /* a path, whose end is cut as folder_word does */
        SLOT_FLAG,
        SLOT_OTHER,
    } kind;
    size_t place; /* of a bool for a flag, else of a const char * */
    /* for another: makes of the value what it says */
    void (*take)(void *context, const char *value, struct diagnostics *diagnostics);
};

struct option_table {
    const struct option *options;    /* as getopt_long has them; `val` from 1 to below the limit */
    int repeatable;                  /* the one that may be given several times; 0: none */
    const struct option_slot *slots; /* by `val`; or NULL */
    /* Is told of each option in order; `value` is NULL for one that takes none. NULL: the slots
       take what they are for. */
    void (*take)(void *context, int code, char *value, struct diagnostics *diagnostics);
    char letter;     /* by which an option that takes a value may be given, too; '\0': none */
    int letter_code; /* that option's */
};

/*
 * Reads the words behind argv[0]. Those that are no options are moved to the end of argv;
 * returns where they begin. Anything wrong is an error in `diagnostics`, without a place.
 */
int option_words_read(const struct option_table *table, int argc, char **argv, void *context,
                      struct diagnostics *diagnostics);

/* Puts what an option says into its slot of a command's struct. */
void option_slot_take(const struct option_slot *slot, void *context, char *value,
                      struct diagnostics *diagnostics);

/*
 * The one word that is no option, which is a `what`: "rules file". An error, and NULL, where there
 * is none (or an empty one), or are several.
 */
char *option_words_operand(int first, int argc, char **argv, const char *what,
                           struct diagnostics *diagnostics);

/* The name of a folder without the slashes at its end, which are cut off where it stands. */
char *folder_word(char *word);

/* Adds an error about the command line: what, and of which word. */
void option_complain(struct diagnostics *diagnostics, const char *what, const char *word);

/* ... that needs no word. */
void option_miss(struct diagnostics *diagnostics, const char *what);

/* A whole number in decimal digits. An error, and `low`, where the text is none in the range. */
uint64_t option_number(const char *option, const char *text, uint64_t low, uint64_t high,
                       struct diagnostics *diagnostics);

#endif
