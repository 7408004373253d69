#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/hex.h"
#include "cli/command.h"
#include "cli/counts.h"
#include "cli/kept_key.h"
#include "cli/ledger_arguments.h"
#include "cli/ledger_listing.h"
#include "cli/run_clock.h"
#include "run/ledger_forget.h"

/* Whether a head that was noted earlier is in the ledger, which may have grown since. */
struct expectation {
    const struct ledger_arguments *arguments;
    bool met;
};

static enum status expect_line(void *context, const struct ledger_line *line,
                               struct diagnostics *diagnostics)
{
    struct expectation *expectation = context;

    (void)diagnostics;
    if (line->number == expectation->arguments->expected_lines)
        expectation->met =
            memcmp(line->link, expectation->arguments->expected_link, LINK_SIZE) == 0;
    return STATUS_OK;
}

static void print_verdict(const struct ledger_arguments *arguments, const struct ledger *ledger)
{
    const struct ledger_state *stands = &ledger->head.stands;
    char link[LINK_DIGITS + 1], lines[COUNT_SIZE];

    hex_put(stands->link, LINK_SIZE, link);
    printf("%s: %s, none of them changed; head %" PRIu64 ":%s\n", arguments->ledger,
           count_of(lines, stands->lines, "line", "lines"), stands->lines, link);
    if (ledger->head.has_pending)
        printf("%s: a run was interrupted as it published; the next change settles its lines so\n",
               arguments->ledger);
}

static enum status verify(const struct ledger_arguments *arguments, struct ledger *ledger,
                          struct diagnostics *diagnostics)
{
    struct expectation expectation = {.arguments = arguments};
    const enum status status = ledger_each(ledger, expect_line, &expectation, diagnostics);

    if (status != STATUS_OK)
        return status;
    if (arguments->expected_lines && !expectation.met) {
        diagnostics_error(diagnostics, (struct place){arguments->ledger, 0, 0},
                          "the ledger does not contain the head that is expected: it was put "
                          "back to an earlier state, rekeyed, or is another");
        return STATUS_INPUT;
    }
    print_verdict(arguments, ledger);
    return STATUS_OK;
}

static enum status rekey(const struct ledger_arguments *arguments, struct ledger *ledger,
                         struct diagnostics *diagnostics)
{
    struct secret *secret;
    enum status status = secret_read(arguments->new_key_file, &secret, diagnostics);

    if (status == STATUS_OK)
        status = ledger_rewrite(ledger, secret, NULL, NULL, SPAN(""), diagnostics);
    if (status == STATUS_OK)
        print_verdict(arguments, ledger);
    secret_free(secret);
    return status;
}

static enum status take_search(const struct ledger_arguments *arguments,
                               const struct ledger *ledger, struct forget_search *search,
                               struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < arguments->contact_count; i++)
        if (!forget_search_value(search, &ledger->key, span_of(arguments->contacts[i])))
            return diagnostics_no_memory(diagnostics);
    if (!arguments->digest || forget_search_digest(search, span_of(arguments->digest)))
        return STATUS_OK;
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                      "--digest takes 32 hexadecimal digits, as 'efface ledger list' prints them");
    return STATUS_USAGE;
}

static enum status count_line(void *context, const struct ledger_line *line,
                              struct diagnostics *diagnostics)
{
    (void)diagnostics;
    if (line->kind == LEDGER_ERASED)
        (void)forget_chooses(context, line);
    return STATUS_OK;
}

static enum status today(char date[DATE_TEXT_SIZE], struct diagnostics *diagnostics)
{
    time_t now;
    bool reproducible;
    const enum status status = run_clock(&now, &reproducible, diagnostics);

    if (status != STATUS_OK || date_text_utc(now, date))
        return status;
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "no calendar holds this day");
    return STATUS_SYSTEM;
}

/* Takes out what the search finds, if there is any and it is confirmed. */
static enum status take_out(const struct ledger_arguments *arguments, const struct secret *secret,
                            struct ledger *ledger, struct forget_search *search,
                            struct diagnostics *diagnostics)
{
    char date[DATE_TEXT_SIZE], lines[COUNT_SIZE];
    enum status status = ledger_each(ledger, count_line, search, diagnostics);

    if (status != STATUS_OK)
        return status;
    if (search->found == 0) {
        diagnostics_warning(diagnostics, (struct place){arguments->ledger, 0, 0},
                            "nobody of these stands in the ledger");
        return STATUS_INCOMPLETE;
    }
    fprintf(stderr,
            "efface: %s will be taken out of %s: a replay will leave the contact alone\n"
            "  this can't be undone\n",
            count_of(lines, search->found, "entry", "entries"), arguments->ledger);
    status = confirmation_await(&arguments->confirmation, diagnostics);
    if (status == STATUS_OK)
        status = today(date, diagnostics);
    if (status == STATUS_OK)
        status = ledger_rewrite(ledger, secret, forget_chooses, search, span_of(date), diagnostics);
    if (status == STATUS_OK)
        print_verdict(arguments, ledger);
    return status;
}

static enum status forget(const struct ledger_arguments *arguments, const struct secret *secret,
                          struct ledger *ledger, struct diagnostics *diagnostics)
{
    struct forget_search search = {.values = NULL};
    enum status status = take_search(arguments, ledger, &search, diagnostics);

    if (status == STATUS_OK)
        status = take_out(arguments, secret, ledger, &search, diagnostics);
    forget_search_release(&search);
    return status;
}

static enum ledger_access access_of(enum ledger_action action)
{
    if (action == ACTION_INIT)
        return LEDGER_MAKE;
    return action == ACTION_LIST || action == ACTION_VERIFY ? LEDGER_LOOK : LEDGER_CHANGE;
}

static enum status act(const struct ledger_arguments *arguments, const struct secret *secret,
                       struct diagnostics *diagnostics)
{
    struct ledger ledger;
    enum status status =
        ledger_open(&ledger, arguments->ledger, access_of(arguments->action), secret, diagnostics);

    if (status == STATUS_OK) {
        switch (arguments->action) {
        case ACTION_INIT:
        case ACTION_VERIFY:
            status = verify(arguments, &ledger, diagnostics);
            break;
        case ACTION_LIST:
            status = arguments->json ? ledger_list_json(&ledger, diagnostics)
                                     : ledger_list_text(&ledger, diagnostics);
            break;
        case ACTION_REKEY:
            status = rekey(arguments, &ledger, diagnostics);
            break;
        case ACTION_FORGET:
            status = forget(arguments, secret, &ledger, diagnostics);
            break;
        }
    }
    ledger_close(&ledger);
    return status;
}

static enum status take_key(const struct ledger_arguments *arguments, struct secret **secret,
                            struct diagnostics *diagnostics)
{
    const enum status status = kept_key_take(arguments->key_file, secret, diagnostics);

    if (status != STATUS_OK || *secret)
        return status;
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                      "a ledger is read with its key: give --key-file or EFFACE_KEY");
    return STATUS_USAGE;
}

static enum status ledger_command(int argc, char **argv)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct ledger_arguments arguments;
    struct secret *secret = NULL;
    enum status status = ledger_arguments_parse(argc, argv, &arguments, &diagnostics);

    if (status == STATUS_OK && arguments.action == ACTION_FORGET)
        status = confirmation_possible(&arguments.confirmation, &diagnostics);
    if (status == STATUS_OK)
        status = take_key(&arguments, &secret, &diagnostics);
    if (status == STATUS_OK)
        status = act(&arguments, secret, &diagnostics);
    diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
    secret_free(secret);
    ledger_arguments_release(&arguments);
    return status;
}

const struct command command_ledger = {
    .name = "ledger",
    .summary = "read, check or change a ledger of erasures",
    .help =
        "Usage: efface ledger init   LEDGER [--key-file FILE]\n"
        "       efface ledger list   LEDGER [--key-file FILE] [--format text|json]\n"
        "       efface ledger verify LEDGER [--key-file FILE] [--expect HEAD]\n"
        "       efface ledger rekey  LEDGER [--key-file FILE] --new-key-file FILE\n"
        "       efface ledger forget LEDGER [--key-file FILE] (--contact VALUE ... | --digest "
        "DIGEST)\n"
        "                            [--confirm CONFIRM]\n"
        "\n"
        "A ledger holds who was erased by runs with --ledger: a keyed digest of the contact's key\n"
        "and of each identifier, the mode, the day, the rules. It holds no personal value; but\n"
        "whoever has its key, too, can find out whether somebody stands in it.\n"
        "\n"
        "  init      makes an empty one, or checks that the one that is there can be used\n"
        "  list      prints every entry\n"
        "  verify    checks that no line was edited, moved, added or removed, and prints the\n"
        "            head: how many lines, and what the last one ends with\n"
        "  rekey     gives the ledger another key; the old one is of no use for it any more\n"
        "  forget    takes out what is there of a contact, so that a replay leaves it alone: who\n"
        "            has come back and may stay\n"
        "\n"
        "  --key-file FILE      the key of the runs that wrote it; else the variable EFFACE_KEY\n"
        "  --new-key-file FILE  the key that the ledger gets\n"
        "  --format FORMAT      text (default), or json: one object on standard output\n"
        "  --expect HEAD        a head that was printed earlier: the ledger must have grown from\n"
        "                       it. This finds a ledger that was put back to an earlier state\n"
        "  --contact VALUE      the contact's key, or an identifier; may be given several times\n"
        "  --digest DIGEST      one of the digests that list prints\n"
        "  --confirm CONFIRM    the word that is otherwise asked for on the terminal\n"
        "\n"
        "Examples:\n"
        "  efface ledger init erasures.ledger --key-file nightly.key\n"
        "  efface ledger verify erasures.ledger --key-file nightly.key\n"
        "  efface ledger forget erasures.ledger --key-file nightly.key --contact ann@example.org\n"
        "\n"
        "Exit status: 0 done; 1 nobody was found to be forgotten; 2 usage, or not the ledger's\n"
        "key; 4 the ledger was changed or is no ledger; 5 not confirmed; 6 system error.\n",
    .run = ledger_command,
};
