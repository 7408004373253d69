#include "ledger_fixture.h"

#include <check.h>
#include <stdio.h>

#define DIGITS "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1"

void ledger_fixture_open(struct ledger_fixture *fixture)
{
    *fixture = (struct ledger_fixture){.diagnostics = DIAGNOSTICS_INIT};
    rules_fixture_enter(&fixture->rules);
    rules_fixture_load_valid(&fixture->rules,
                             "version: 1\nsubject: c\nentities:\n"
                             "  c: {key: Id, files: [c.csv], identifiers: {Email: email}}\n",
                             &fixture->ruleset);
    ck_assert_int_eq(secret_parse(SPAN(DIGITS "f"), "", &fixture->secret, &fixture->diagnostics),
                     STATUS_OK);
    ck_assert_int_eq(secret_parse(SPAN(DIGITS "0"), "", &fixture->other, &fixture->diagnostics),
                     STATUS_OK);
}

void ledger_fixture_close(struct ledger_fixture *fixture)
{
    secret_free(fixture->secret);
    secret_free(fixture->other);
    ruleset_release(&fixture->ruleset);
    diagnostics_release(&fixture->diagnostics);
    rules_fixture_leave(&fixture->rules);
}

enum status ledger_fixture_use(struct ledger_fixture *fixture, enum ledger_access access)
{
    return ledger_open(&fixture->ledger, LEDGER, access, fixture->secret, &fixture->diagnostics);
}

void ledger_fixture_add(struct ledger_fixture *fixture, size_t contacts)
{
    struct ledger *ledger = &fixture->ledger;
    struct ledger_erasure erasure = {.slot_count = 2, .named = {true, true}};

    ck_assert_int_eq(ledger_begin(ledger, SPAN("2024-05-31"), fixture->ruleset.digest,
                                  fixture->ruleset.subject, &fixture->diagnostics),
                     STATUS_OK);
    for (size_t i = 0; i < contacts; i++) {
        const uint64_t number = ledger->end.lines;

        for (size_t slot = 0; slot < 2; slot++)
            erasure.digests[slot] = (struct fingerprint){number, slot};
        erasure.deletes = i % 2;
        ck_assert_int_eq(ledger_add(ledger, &erasure, &fixture->diagnostics), STATUS_OK);
    }
}

void ledger_fixture_run(struct ledger_fixture *fixture, size_t contacts)
{
    static const unsigned char manifest[CHECKSUM_SIZE] = {0};
    struct ledger *ledger = &fixture->ledger;
    struct diagnostics *diagnostics = &fixture->diagnostics;

    ck_assert_int_eq(ledger_fixture_use(fixture, LEDGER_MAKE), STATUS_OK);
    ck_assert_int_eq(ledger_each(ledger, NULL, NULL, diagnostics), STATUS_OK);
    ledger_fixture_add(fixture, contacts);
    ck_assert_int_eq(ledger_prepare(ledger, manifest, "out", diagnostics), STATUS_OK);
    ck_assert_int_eq(ledger_commit(ledger, diagnostics), STATUS_OK);
    ledger_close(ledger);
    ck_assert_uint_eq(diagnostics->count, 0);
}

enum status ledger_fixture_verdict(struct ledger_fixture *fixture)
{
    enum status status = ledger_fixture_use(fixture, LEDGER_LOOK);

    if (status == STATUS_OK)
        status = ledger_each(&fixture->ledger, NULL, NULL, &fixture->diagnostics);
    ledger_close(&fixture->ledger);
    diagnostics_release(&fixture->diagnostics);
    return status;
}

uint64_t ledger_fixture_lines(struct ledger_fixture *fixture)
{
    uint64_t lines;

    ck_assert_int_eq(ledger_fixture_use(fixture, LEDGER_LOOK), STATUS_OK);
    ck_assert_int_eq(ledger_each(&fixture->ledger, NULL, NULL, &fixture->diagnostics), STATUS_OK);
    lines = fixture->ledger.head.stands.lines;
    ledger_close(&fixture->ledger);
    return lines;
}

struct buffer ledger_fixture_read(const char *path)
{
    struct buffer bytes = BUFFER_INIT;
    FILE *file = fopen(path, "r");
    int byte;

    ck_assert_ptr_nonnull(file);
    while ((byte = getc(file)) != EOF)
        ck_assert(buffer_append_byte(&bytes, (char)byte));
    fclose(file);
    return bytes;
}

void ledger_fixture_write(const char *path, struct span bytes)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    if (bytes.size)
        ck_assert_uint_eq(fwrite(bytes.at, 1, bytes.size, file), bytes.size);
    ck_assert_int_eq(fclose(file), 0);
}
