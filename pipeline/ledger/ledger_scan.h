/*
 * A ledger's lines in order, each held against the chain.
 */
#ifndef EFFACE_LEDGER_LEDGER_SCAN_H
#define EFFACE_LEDGER_LEDGER_SCAN_H

#include <stdint.h>

#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "ledger/ledger_chain.h"
#include "ledger/ledger_file.h"
#include "ledger/ledger_head.h"
#include "ledger/ledger_line.h"

enum ledger_line_kind { LEDGER_HEADER, LEDGER_RUN, LEDGER_ERASED, LEDGER_FORGOTTEN };

/* Everything here is borrowed until the next line. */
struct ledger_line {
    uint64_t number; /* from 1 */
    enum ledger_line_kind kind;
    struct span text;                        /* without its link */
    struct ledger_run run;                   /* the latest; from LEDGER_RUN on */
    struct ledger_erasure erasure;           /* of LEDGER_ERASED */
    struct span forgotten;                   /* of LEDGER_FORGOTTEN, its date */
    const unsigned char *link;               /* what the next line's is made with */
    unsigned char forgotten_link[LINK_SIZE]; /* of the line that was here */
};

typedef enum status ledger_visitor(void *context, const struct ledger_line *line,
                                   struct diagnostics *diagnostics);

/*
 * Reads the file up to `state`, and tells `visit` (NULL: nobody) each line that proved
 * right. STATUS_INPUT where a line isn't, or the end is not where `state` has it. The chain is left
 * at the last line.
 */
MUST_USE enum status ledger_scan(const struct ledger_file *file, struct ledger_chain *chain,
                                 const struct ledger_state *state, ledger_visitor *visit,
                                 void *context, struct diagnostics *diagnostics);

#endif
