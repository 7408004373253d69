#include "cli/confirmation.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/counts.h"

#define WORD "CONFIRM"

static enum status refuse(const char *why, struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "%s", why);
    return STATUS_UNCONFIRMED;
}

enum status confirmation_possible(const struct confirmation *confirmation,
                                  struct diagnostics *diagnostics)
{
    if (confirmation->word && strcmp(confirmation->word, WORD) != 0)
        return refuse("not confirmed: --confirm takes the word " WORD, diagnostics);
    if (!confirmation->word && !isatty(STDIN_FILENO))
        return refuse("not confirmed: this can't be undone; give --confirm " WORD, diagnostics);
    return STATUS_OK;
}

static void print_intent(const struct run_intent *intent)
{
    char one[COUNT_SIZE], two[COUNT_SIZE];

    fprintf(stderr, "efface: %s of %s in %s\n", count_of(one, intent->files, "file", "files"),
            count_of(two, intent->entities, "entity", "entities"), intent->in);
    if (intent->selection && !intent->to_anonymize && !intent->to_delete && !intent->already &&
        !intent->held)
        fprintf(stderr, "  the selection '%s' selects nobody\n", intent->selection);
    if (intent->to_anonymize)
        fprintf(stderr, "  %s will be anonymized\n",
                count_of(one, intent->to_anonymize, "contact", "contacts"));
    if (intent->to_delete)
        fprintf(stderr, "  %s will be deleted, with all records that are theirs\n",
                count_of(one, intent->to_delete, "contact", "contacts"));
    if (intent->resurrected)
        fprintf(stderr, "  of these, %s in the ledger, erased before, and back with data\n",
                count_of(one, intent->resurrected, "contact is", "contacts are"));
    if (intent->replays && !intent->to_anonymize && !intent->to_delete && !intent->held)
        fprintf(stderr, "  nobody who stands in the ledger is back\n");
    if (intent->already)
        fprintf(stderr, "  %s anonymized by an earlier run\n",
                count_of(one, intent->already, "contact was", "contacts were"));
    if (intent->held)
        fprintf(stderr, "  %s held back\n",
                count_of(one, intent->held, "contact is", "contacts are"));
    if (intent->not_found)
        fprintf(stderr, "  %s found nowhere\n",
                count_of(one, intent->not_found, "target was", "targets were"));
    fprintf(stderr, "  this can't be undone; the clean export will be %s\n", intent->out);
}

/* Reads a line and compares it with the word. */
static bool word_is_typed(void)
{
    char line[sizeof(WORD) + 2];

    if (!fgets(line, sizeof(line), stdin))
        return false;
    line[strcspn(line, "\n")] = '\0';
    return strcmp(line, WORD) == 0;
}

enum status confirmation_ask(const struct confirmation *confirmation,
                             const struct run_intent *intent, struct diagnostics *diagnostics)
{
    if (!confirmation->told)
        print_intent(intent);
    return confirmation_await(confirmation, diagnostics);
}

enum status confirmation_await(const struct confirmation *confirmation,
                               struct diagnostics *diagnostics)
{
    if (confirmation->word)
        return STATUS_OK;
    fputs("type " WORD " to go on: ", stderr);
    fflush(stderr);
    if (word_is_typed())
        return STATUS_OK;
    return refuse("not confirmed: nothing was written", diagnostics);
}
