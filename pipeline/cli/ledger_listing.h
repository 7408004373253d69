/*
 * What `efface ledger list` prints: every line of a ledger, without its links.
 */
#ifndef EFFACE_CLI_LEDGER_LISTING_H
#define EFFACE_CLI_LEDGER_LISTING_H

#include "base/diagnostics.h"
#include "base/status.h"
#include "ledger/ledger.h"

/* A line for each contact, on stdout. STATUS_INPUT where the ledger was changed. */
MUST_USE enum status ledger_list_text(struct ledger *ledger, struct diagnostics *diagnostics);

/* One JSON object on stdout. Nothing is printed unless the whole ledger proves right. */
MUST_USE enum status ledger_list_json(struct ledger *ledger, struct diagnostics *diagnostics);

#endif
