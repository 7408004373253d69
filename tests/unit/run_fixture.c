#include "run_fixture.h"

#include <check.h>
#include <sys/stat.h>

#include "read_fixture.h"
#include "run/resolve.h"

#define DIGITS "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static const struct reader_options reader = {
    BATCH_SIZE_DEFAULT, RECORD_LIMIT_DEFAULT, {EXPANSION_LIMIT_DEFAULT, false, false}};

void run_fixture_open(struct run_fixture *fixture, const char *rules)
{
    *fixture = (struct run_fixture){.plan = RUN_PLAN_INIT, .diagnostics = DIAGNOSTICS_INIT};
    rules_fixture_enter(&fixture->rules);
    ck_assert_int_eq(mkdir("in", 0700), 0);
    rules_fixture_load_valid(&fixture->rules, rules, &fixture->ruleset);
    ck_assert_int_eq(secret_parse(SPAN(DIGITS), "", &fixture->secret, &fixture->diagnostics),
                     STATUS_OK);
    fixture->stream = stream_new(2, &fixture->stop);
    ck_assert_ptr_nonnull(fixture->stream);
}

static void end_resolution(struct run_fixture *fixture)
{
    resolution_release(&fixture->resolution);
    run_plan_release(&fixture->plan);
    fixture->plan = (struct run_plan)RUN_PLAN_INIT;
}

void run_fixture_close(struct run_fixture *fixture)
{
    end_resolution(fixture);
    stream_free(fixture->stream);
    secret_free(fixture->secret);
    ruleset_release(&fixture->ruleset);
    diagnostics_release(&fixture->diagnostics);
    rules_fixture_leave(&fixture->rules);
}

void run_fixture_contacts(struct run_fixture *fixture, const char *text)
{
    struct diagnostics *diagnostics = &fixture->diagnostics;
    struct run_plan *plan = &fixture->plan;

    end_resolution(fixture);
    input_file("in/c.csv", span_of(text));
    ck_assert_int_eq(resolution_init(&fixture->resolution, &fixture->ruleset, diagnostics),
                     STATUS_OK);
    ck_assert_int_eq(run_plan_open_folder(plan, "in", &reader, diagnostics), STATUS_OK);
    ck_assert_int_eq(run_plan_files(plan, &fixture->ruleset, diagnostics), STATUS_OK);
    ck_assert_int_eq(
        technique_book_compile(&fixture->ruleset, &plan->arena, &fixture->book, diagnostics),
        STATUS_OK);
    ck_assert_int_eq(run_plan_columns(plan, &fixture->resolution, &fixture->book, diagnostics),
                     STATUS_OK);
}

void run_fixture_target(struct run_fixture *fixture, const char *value, enum mode mode)
{
    struct resolution *resolution = &fixture->resolution;

    ck_assert_int_eq(target_list_add_value(&resolution->list, &resolution->key, span_of(value),
                                           mode, &fixture->diagnostics),
                     STATUS_OK);
}

void run_fixture_resolve(struct run_fixture *fixture)
{
    const enum status status = resolve(&fixture->plan, fixture->stream, fixture->secret,
                                       &fixture->resolution, fixture->kept, &fixture->diagnostics);

    ck_assert_msg(fixture->diagnostics.count == 0, "%s", fixture->diagnostics.items[0].text);
    ck_assert_int_eq(status, STATUS_OK);
}
