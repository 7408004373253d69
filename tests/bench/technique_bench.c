/*
 * What each technique costs: prints nanoseconds a cell, as JSON.
 *
 * Every technique treats the same few values over and over, as its own rule below compiles it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/secret.h"
#include "deidentify/technique.h"
#include "ruleset/node.h"

enum { ROUNDS = 5, CELLS = 20000, VALUE_COUNT = 4 };

struct bench_case {
    const char *rule;
    const char *values[VALUE_COUNT];
};

#define WORDS                                                                                      \
    {                                                                                              \
        "Amélie", "Zoltán", "Jana", "Søren"                                                       \
    }
#define ADDRESSES                                                                                  \
    {                                                                                              \
        "a.b@example.org", "zoltan@example.net", "jana.novakova@example.com", "s@example.org"      \
    }
#define PHONES                                                                                     \
    {                                                                                              \
        "+420 555 010 203", "+1 (212) 555-0104", "0047 5550 1234", "020 5550 0104"                 \
    }
#define DATES                                                                                      \
    {                                                                                              \
        "1983-05-19", "2001-12-31", "1999-01-01T08:00:00Z", "2024-02-29"                           \
    }
#define NUMBERS                                                                                    \
    {                                                                                              \
        "17", "42.5", "1200", "-3"                                                                 \
    }
#define TEXTS                                                                                      \
    {                                                                                              \
        "call me before noon", "write to a.b@example.org or +420 555 010 203",                     \
            "nothing of note was said about the matter at hand",                                   \
            "IBAN DE89 3704 0044 0532 0130 00"                                                     \
    }

static const struct bench_case cases[] = {
    {"clear", WORDS},
    {"\"null\"", WORDS},
    {"constant: gone", WORDS},
    {"pseudonym: token", WORDS},
    {"pseudonym: uuid", WORDS},
    {"pseudonym: integer", WORDS},
    {"pseudonym: email", ADDRESSES},
    {"pseudonym: phone", PHONES},
    {"pseudonym: first_name", WORDS},
    {"pseudonym: last_name", WORDS},
    {"pseudonym: full_name", WORDS},
    {"pseudonym: company", WORDS},
    {"hash", WORDS},
    {"scramble", WORDS},
    {"mask: {keep_first: 1}", WORDS},
    {"mask: email", ADDRESSES},
    {"truncate: 2", WORDS},
    {"date: month", DATES},
    {"date: {to: year, format: \"%Y-%m-%d\"}", DATES},
    {"number: {bucket: 10}", NUMBERS},
    {"number: {edges: [18, 30, 65]}", NUMBERS},
    {"noise: {range: 5}", NUMBERS},
    {"shift_date: {days: 30}", DATES},
    {"scrub: {patterns: [email, phone, iban, ip, url, credit_card]}", TEXTS},
    {"keep", WORDS},
};

enum { CASE_COUNT = sizeof(cases) / sizeof(cases[0]) };

static void fail(const char *why)
{
    fprintf(stderr, "technique-bench: %s\n", why);
    exit(1);
}

/* Processor time: what else runs on the machine matters less. */
static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static struct compiled_technique compile(const char *rule, struct arena *arena)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    const struct technique_setting setting = {arena, &diagnostics, {"bench", 1, 1}};
    struct compiled_technique compiled;
    struct node *root;
    bool is_map;

    if (node_parse("bench", span_of(rule), arena, &root, &diagnostics) != STATUS_OK)
        fail(rule);
    is_map = root->kind == NODE_MAP;
    if (technique_compile(is_map ? root->keys[0]->text : root->text, is_map ? root->items[0] : NULL,
                          &setting, &compiled) != STATUS_OK)
        fail(rule);
    diagnostics_release(&diagnostics);
    return compiled;
}

/* The least of several rounds, in nanoseconds a cell. */
static double measure(const struct bench_case *bench, struct tagger *tagger)
{
    static const char subject[] = "0123456789abcdef";
    struct arena arena = ARENA_INIT;
    struct buffer out = BUFFER_INIT;
    const struct compiled_technique compiled = compile(bench->rule, &arena);
    double least = 0;

    for (int round = 0; round < ROUNDS; round++) {
        const double start = now();

        for (int i = 0; i < CELLS; i++) {
            const struct span value = span_of(bench->values[i % VALUE_COUNT]);
            const struct cell cell = {.value = value, .normal = value, .subject = {subject, 16}};

            if (technique_treat(&compiled, &cell, tagger, &out) == TREATMENT_FAILED)
                fail(bench->rule);
        }
        const double spent = (now() - start) / CELLS;
        least = round == 0 || spent < least ? spent : least;
    }
    buffer_release(&out);
    arena_release(&arena);
    return least;
}

/* A rule as a JSON string: of what needs escaping it holds quotes only. */
static void print_name(const char *rule)
{
    putchar('"');
    for (; *rule; rule++)
        printf(*rule == '"' ? "\\%c" : "%c", *rule);
    putchar('"');
}

int main(void)
{
    struct secret *secret = secret_draw();
    struct tagger *tagger = secret ? tagger_new(secret) : NULL;

    if (!tagger)
        fail("out of memory");
    puts("{");
    for (size_t i = 0; i < CASE_COUNT; i++) {
        fputs("  ", stdout);
        print_name(cases[i].rule);
        printf(": %.0f%s\n", measure(&cases[i], tagger), i + 1 < CASE_COUNT ? "," : "");
    }
    puts("}");
    tagger_free(tagger);
    secret_free(secret);
    return 0;
}
