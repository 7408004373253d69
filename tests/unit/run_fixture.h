/*
 * A run as far as its resolution, over an export of one file of contacts, for the tests of what
 * looks at the contacts afterwards.
 *
 * Failures to do what is asked are failed assertions.
 */
#ifndef EFFACE_UNIT_RUN_FIXTURE_H
#define EFFACE_UNIT_RUN_FIXTURE_H

#include "base/secret.h"
#include "match/resolution.h"
#include "rules_fixture.h"
#include "run/kept_records.h"
#include "run/run_plan.h"
#include "run/stream.h"
#include "run/technique_book.h"

struct run_fixture {
    struct rules_fixture rules; /* entered */
    struct ruleset ruleset;
    struct technique_book book;
    struct run_plan plan;
    struct resolution resolution;
    struct secret *secret;
    struct stream *stream;     /* of two threads */
    struct kept_records *kept; /* the test's; NULL: resolve keeps nothing */
    atomic_int stop;
    struct diagnostics diagnostics;
};

/* Enters a scratch folder, and loads the rules of an entity `c` that takes c.csv. */
void run_fixture_open(struct run_fixture *fixture, const char *rules);
void run_fixture_close(struct run_fixture *fixture);

/* Begins a resolution of these contacts, of whom nobody is a target yet; an earlier one ends. */
void run_fixture_contacts(struct run_fixture *fixture, const char *text);

/* Makes a target of whom the value names. */
void run_fixture_target(struct run_fixture *fixture, const char *value, enum mode mode);

/* Finds out whose every record is. */
void run_fixture_resolve(struct run_fixture *fixture);

#endif
