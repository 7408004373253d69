#include "cli/ledger_arguments.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "cli/option_words.h"
#include "cli/output_format.h"

enum option_code {
    OPTION_KEY_FILE = 1,
    OPTION_NEW_KEY_FILE,
    OPTION_EXPECT,
    OPTION_CONTACT,
    OPTION_DIGEST,
    OPTION_FORMAT,
    OPTION_CONFIRM,
};

static const struct option long_options[] = {
    {"key-file", required_argument, NULL, OPTION_KEY_FILE},
    {"new-key-file", required_argument, NULL, OPTION_NEW_KEY_FILE},
    {"expect", required_argument, NULL, OPTION_EXPECT},
    {"contact", required_argument, NULL, OPTION_CONTACT},
    {"digest", required_argument, NULL, OPTION_DIGEST},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"confirm", required_argument, NULL, OPTION_CONFIRM},
    {NULL, 0, NULL, 0},
};

/* The words for the actions, and the options that each takes besides --key-file. */
static const struct action {
    const char *word;
    unsigned options; /* a bit for each code */
} actions[] = {
    [ACTION_INIT] = {"init", 0},
    [ACTION_LIST] = {"list", 1u << OPTION_FORMAT},
    [ACTION_VERIFY] = {"verify", 1u << OPTION_EXPECT},
    [ACTION_REKEY] = {"rekey", 1u << OPTION_NEW_KEY_FILE},
    [ACTION_FORGET] = {"forget", 1u << OPTION_CONTACT | 1u << OPTION_DIGEST | 1u << OPTION_CONFIRM},
};

enum { ACTION_COUNT = sizeof(actions) / sizeof(actions[0]) };

static void take_contact(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct ledger_arguments *arguments = context;

    (void)diagnostics;
    arguments->contacts[arguments->contact_count++] = value;
}

static void take_format(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct ledger_arguments *arguments = context;

    arguments->json = output_format_is_json(value, diagnostics);
}

/* "LINES:LINK" */
static void take_head(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct ledger_arguments *arguments = context;
    char *end;

    errno = 0;
    arguments->expected_lines = strtoull(value, &end, 10);
    if (errno == 0 && *end == ':' && arguments->expected_lines &&
        hex_read(span_of(end + 1), arguments->expected_link, LINK_SIZE))
        return;
    option_miss(diagnostics, "--expect takes a head as 'efface ledger verify' prints it");
}

#define PLACE(member) offsetof(struct ledger_arguments, member)

static const struct option_slot slots[] = {
    [OPTION_KEY_FILE] = {SLOT_PATH, PLACE(key_file), NULL},
    [OPTION_NEW_KEY_FILE] = {SLOT_PATH, PLACE(new_key_file), NULL},
    [OPTION_EXPECT] = {SLOT_OTHER, 0, take_head},
    [OPTION_CONTACT] = {SLOT_OTHER, 0, take_contact},
    [OPTION_DIGEST] = {SLOT_TEXT, PLACE(digest), NULL},
    [OPTION_FORMAT] = {SLOT_OTHER, 0, take_format},
    [OPTION_CONFIRM] = {SLOT_TEXT, PLACE(confirmation.word), NULL},
};

static void take_option(void *context, int code, char *value, struct diagnostics *diagnostics)
{
    const struct ledger_arguments *arguments = context;

    if (code != OPTION_KEY_FILE && !(actions[arguments->action].options & 1u << code))
        option_complain(diagnostics, "an option that does not belong to",
                        actions[arguments->action].word);
    option_slot_take(&slots[code], context, value, diagnostics);
}

static void take_action(const char *word, struct ledger_arguments *arguments,
                        struct diagnostics *diagnostics)
{
    for (size_t i = 0; word && i < ACTION_COUNT; i++) {
        if (strcmp(word, actions[i].word) != 0)
            continue;
        arguments->action = (enum ledger_action)i;
        return;
    }
    option_miss(diagnostics, "the first word is init, list, verify, rekey or forget");
}

static void check_whole(const struct ledger_arguments *arguments, struct diagnostics *diagnostics)
{
    if (arguments->action == ACTION_REKEY && !arguments->new_key_file)
        option_miss(diagnostics, "--new-key-file is missing: the key that the ledger gets");
    if (arguments->action == ACTION_FORGET && !arguments->contact_count && !arguments->digest)
        option_miss(diagnostics, "--contact or --digest is missing: who is to be forgotten");
}

enum status ledger_arguments_parse(int argc, char **argv, struct ledger_arguments *arguments,
                                   struct diagnostics *diagnostics)
{
    static const struct option_table table = {
        .options = long_options, .repeatable = OPTION_CONTACT, .slots = slots, .take = take_option};
    int first;

    *arguments = (struct ledger_arguments){.contacts = calloc((size_t)argc, sizeof(char *))};
    if (!arguments->contacts)
        return diagnostics_no_memory(diagnostics);
    take_action(argc > 1 ? argv[1] : NULL, arguments, diagnostics);
    if (diagnostics->errors)
        return STATUS_USAGE;
    first = option_words_read(&table, argc - 1, argv + 1, arguments, diagnostics);
    if (!diagnostics->errors)
        arguments->ledger = option_words_operand(first, argc - 1, argv + 1, "ledger", diagnostics);
    if (!diagnostics->errors)
        check_whole(arguments, diagnostics);
    return diagnostics->errors ? STATUS_USAGE : STATUS_OK;
}

void ledger_arguments_release(struct ledger_arguments *arguments)
{
    free(arguments->contacts);
    arguments->contacts = NULL;
}
