/*
 * A ledger in a folder of its own, with the contacts of a small rule set, for the tests of what
 * keeps it.
 *
 * Failures to do what is asked are failed assertions.
 */
#ifndef EFFACE_UNIT_LEDGER_FIXTURE_H
#define EFFACE_UNIT_LEDGER_FIXTURE_H

#include "base/secret.h"
#include "ledger/ledger.h"
#include "rules_fixture.h"

#define LEDGER "l"

struct ledger_fixture {
    struct rules_fixture rules; /* entered */
    struct ruleset ruleset;
    struct secret *secret, *other;
    struct ledger ledger;
    struct diagnostics diagnostics;
};

void ledger_fixture_open(struct ledger_fixture *fixture);
void ledger_fixture_close(struct ledger_fixture *fixture);

/* Opens the ledger under the fixture's secret; closed with ledger_close, whatever comes back. */
enum status ledger_fixture_use(struct ledger_fixture *fixture, enum ledger_access access);

/* Adds a run with so many contacts, of which no two are alike. Behind a ledger_each. */
void ledger_fixture_add(struct ledger_fixture *fixture, size_t contacts);

/* The same as a run does it: opened, added, committed, closed. */
void ledger_fixture_run(struct ledger_fixture *fixture, size_t contacts);

/* The status of reading all of the ledger from its files; messages are dropped. */
enum status ledger_fixture_verdict(struct ledger_fixture *fixture);

/* Lines that stand. */
uint64_t ledger_fixture_lines(struct ledger_fixture *fixture);

/* A whole file; freed with buffer_release. And the other way. */
struct buffer ledger_fixture_read(const char *path);
void ledger_fixture_write(const char *path, struct span bytes);

#endif
