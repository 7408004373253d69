/*
 * A technique compiled from a line of rules, under a key that is always the same, and
 * expectations of what it does to single cells.
 *
 *     struct technique_probe probe;
 *     technique_probe_open(&probe, "mask: {keep_first: 1}");
 *     expect_replaced(&probe, SPAN("jana"), "j***");
 *     technique_probe_close(&probe);
 */
#ifndef EFFACE_TECHNIQUE_PROBE_H
#define EFFACE_TECHNIQUE_PROBE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/span.h"
#include "deidentify/technique.h"

struct technique_probe {
    struct arena arena;
    struct diagnostics diagnostics;
    struct secret *secret; /* the bytes 0 to 31 */
    struct tagger *tagger;
    struct compiled_technique compiled;
    struct buffer out;
    bool keep_own;       /* what the cells come with, */
    struct span subject; /* this too */
};

/* Nothing is compiled yet. */
void technique_probe_begin(struct technique_probe *probe);

/* Compiles "NAME" or "NAME: OPTIONS", whatever comes of it. */
enum status technique_probe_compile(struct technique_probe *probe, struct span rule);

/* Both. Compiles "NAME" or "NAME: OPTIONS"; fails the test if that is refused. */
void technique_probe_open(struct technique_probe *probe, const char *rule);

void technique_probe_close(struct technique_probe *probe);

/* Treats a cell that is its own normal form. */
enum treatment technique_probe_treat(struct technique_probe *probe, struct span value);

void expect_replaced(struct technique_probe *probe, struct span value, const char *expected);
void expect_unchanged(struct technique_probe *probe, struct span value);
void expect_untaken(struct technique_probe *probe, struct span value);

/* Empty and null cells stay. */
void expect_blank_stays(struct technique_probe *probe);

void expect_described(struct technique_probe *probe, const char *expected);

/* A rule that does not compile, and the one message that says why, from its line on. */
void expect_refused(const char *rule, const char *message);

#endif
