#include <check.h>
#include <stdlib.h>

#include "match/findings.h"
#include "match_fixture.h"

/* Contacts, and a tree of records below them that link to each other. */
static const char rules[] = "version: 1\nsubject: c\nentities:\n"
                            "  c:\n"
                            "    key: Id\n"
                            "    files: [c.csv]\n"
                            "    identifiers: {Email: email}\n"
                            "    marker: {column: Done}\n"
                            "  t:\n"
                            "    key: Id\n"
                            "    files: [t.csv]\n"
                            "    on_delete: restrict\n"
                            "    links:\n"
                            "      - {column: C, to: c}\n"
                            "      - {column: Up, to: t, separator: ';'}\n";

/* One resolution of the two files; `whole` is compared with `cut`. */
struct side {
    struct match_fixture fixture;
    struct match_file contacts, records;
};

static struct side whole, cut;
static struct buffer contact_text, record_text;

static void append_contacts(unsigned short seed[3])
{
    ck_assert(buffer_append(&contact_text, SPAN("Id,Email,Done\n")));
    for (int i = 0; i < 30; i++) {
        if (nrand48(seed) % 5)
            ck_assert(buffer_append_format(&contact_text, "c%ld", nrand48(seed) % 20));
        ck_assert(buffer_append_format(&contact_text, ",a%ld@example.com,%s\n", nrand48(seed) % 12,
                                       nrand48(seed) % 3 ? "" : "x"));
    }
}

static void append_records(unsigned short seed[3])
{
    ck_assert(buffer_append(&record_text, SPAN("Id,C,Up\n")));
    for (int i = 0; i < 40; i++) {
        ck_assert(buffer_append_format(&record_text, "t%d,", i));
        if (nrand48(seed) % 4 == 0)
            ck_assert(buffer_append_format(&record_text, "c%ld", nrand48(seed) % 20));
        ck_assert(buffer_append_format(&record_text, ",t%ld;t%ld\n", nrand48(seed) % 60,
                                       nrand48(seed) % 60));
    }
}

static void open_side(struct side *side)
{
    match_fixture_open(&side->fixture, rules);
    match_file_open(&side->fixture, &side->contacts, "c", buffer_span(&contact_text));
    match_file_open(&side->fixture, &side->records, "t", buffer_span(&record_text));
    match_fixture_target(&side->fixture, "c3", MODE_DELETE);
    match_fixture_target(&side->fixture, "a5@example.com", MODE_ANONYMIZE);
    match_fixture_target(&side->fixture, "c7", MODE_ANONYMIZE);
    match_fixture_target(&side->fixture, "a1@example.com", MODE_DELETE);
}

static void close_side(struct side *side)
{
    match_file_close(&side->contacts);
    match_file_close(&side->records);
    match_fixture_close(&side->fixture);
}

static void open_sides(unsigned short number)
{
    unsigned short seed[3] = {number, 1, 2};

    contact_text = record_text = (struct buffer)BUFFER_INIT;
    append_contacts(seed);
    append_records(seed);
    open_side(&whole);
    open_side(&cut);
}

static void close_sides(void)
{
    close_side(&whole);
    close_side(&cut);
    buffer_release(&contact_text);
    buffer_release(&record_text);
}

static void merge(struct side *side)
{
    ck_assert_int_eq(findings_merge(&side->fixture.findings, &side->fixture.resolution,
                                    &side->fixture.diagnostics),
                     STATUS_OK);
}

/* Searches a file batch by batch, cut at random. */
static void search_cut(struct side *side, enum search search, const struct match_file *file,
                       unsigned short seed[3])
{
    const size_t count = file->csv.batch.record_count;
    struct batch batch = BATCH_INIT;

    for (size_t at = 0; at < count;) {
        const size_t wanted = at + 1 + (size_t)nrand48(seed) % 7;
        const size_t end = wanted < count ? wanted : count;

        csv_text_cut(&file->csv, at, end, &batch);
        match_fixture_collect(&side->fixture, search, file, &batch);
        merge(side);
        at = end;
    }
    batch_release(&batch);
}

static uint64_t growth(const struct side *side)
{
    const struct resolution *resolution = &side->fixture.resolution;
    uint64_t sum = 0;

    for (size_t i = 0; i < resolution->set_count; i++)
        sum += resolution->sets[i].generation;
    return sum;
}

static void resolve_cut(struct side *side, unsigned short seed[3])
{
    uint64_t before;

    search_cut(side, SEARCH_TARGETS, &side->contacts, seed);
    search_cut(side, SEARCH_SAME_KEY, &side->contacts, seed);
    do {
        before = growth(side);
        search_cut(side, SEARCH_OWNED, &side->records, seed);
    } while (growth(side) != before);
}

static void resolve_whole(struct side *side)
{
    match_fixture_resolve(&side->fixture,
                          (struct match_file *[]){&side->contacts, &side->records, NULL});
}

/* Seven sets of files, each cut in its own way. */
START_TEST(batches_of_any_cut_give_the_same_resolution)
{
    unsigned short seed[3] = {(unsigned short)_i, 8, 9};

    open_sides((unsigned short)_i);
    resolve_whole(&whole);
    resolve_cut(&cut, seed);
    ck_assert_uint_gt(whole.fixture.resolution.target_count, 3);
    ck_assert(same_resolution(&whole.fixture.resolution, &cut.fixture.resolution));
    close_sides();
}
END_TEST

/* As threads do that run ahead: every batch is collected before the first is merged. */
START_TEST(targets_may_be_merged_after_all_are_collected)
{
    enum { BATCHES = 6 };
    struct findings kept[BATCHES];
    struct batch batch = BATCH_INIT;

    open_sides(1);
    match_fixture_search(&whole.fixture, SEARCH_TARGETS, &whole.contacts);
    for (size_t i = 0; i < BATCHES; i++) {
        csv_text_cut(&cut.contacts.csv, i * 5, i * 5 + 5, &batch);
        match_fixture_collect(&cut.fixture, SEARCH_TARGETS, &cut.contacts, &batch);
        kept[i] = cut.fixture.findings;
        cut.fixture.findings = (struct findings){.values = NULL};
    }
    for (size_t i = 0; i < BATCHES; i++) {
        cut.fixture.findings = kept[i];
        merge(&cut);
        findings_release(&cut.fixture.findings);
    }
    ck_assert(same_resolution(&whole.fixture.resolution, &cut.fixture.resolution));
    batch_release(&batch);
    close_sides();
}
END_TEST

START_TEST(merging_again_adds_nothing)
{
    open_sides(2);
    resolve_whole(&whole);
    resolve_whole(&cut);
    const uint64_t before = growth(&cut);
    match_fixture_search(&cut.fixture, SEARCH_TARGETS, &cut.contacts);
    match_fixture_search(&cut.fixture, SEARCH_SAME_KEY, &cut.contacts);
    match_fixture_search(&cut.fixture, SEARCH_OWNED, &cut.records);
    ck_assert_uint_eq(growth(&cut), before);
    ck_assert(same_resolution(&whole.fixture.resolution, &cut.fixture.resolution));
    close_sides();
}
END_TEST

/* Two resolutions that differ are told apart, or the tests above would mean nothing. */
START_TEST(resolutions_of_other_targets_differ)
{
    open_sides(3);
    match_fixture_target(&cut.fixture, "c9", MODE_ANONYMIZE);
    target_list_add_everybody(&cut.fixture.resolution.list, MODE_ANONYMIZE);
    resolve_whole(&whole);
    resolve_whole(&cut);
    ck_assert(!same_resolution(&whole.fixture.resolution, &cut.fixture.resolution));
    close_sides();
}
END_TEST

/* Rules as above over two records of one contact and the records that restrict it. */
static void open_small(struct side *side, struct span contacts, struct span records)
{
    match_fixture_open(&side->fixture, rules);
    match_file_open(&side->fixture, &side->contacts, "c", contacts);
    match_file_open(&side->fixture, &side->records, "t", records);
}

START_TEST(records_of_one_key_are_one_target)
{
    open_small(&whole, SPAN("Id,Email,Done\nc1,a@example.com,x\nc1,b@example.com,\nc1,,x\n"),
               SPAN("Id,C,Up\n"));
    match_fixture_target(&whole.fixture, "c1", MODE_DELETE);
    resolve_whole(&whole);
    ck_assert_uint_eq(whole.fixture.resolution.target_count, 1);
    ck_assert(whole.fixture.resolution.targets[0].unmarked);
    ck_assert(whole.fixture.resolution.targets[0].to_delete);
    close_side(&whole);
}
END_TEST

START_TEST(equal_records_without_key_are_one_target)
{
    open_small(&whole, SPAN("Id,Email,Done\n,a@example.com,\n,a@example.com,\n,a@example.com,x\n"),
               SPAN("Id,C,Up\n"));
    match_fixture_target(&whole.fixture, "a@example.com", MODE_DELETE);
    resolve_whole(&whole);
    ck_assert_uint_eq(whole.fixture.resolution.target_count, 2);
    close_side(&whole);
}
END_TEST

START_TEST(only_targets_of_deletion_are_held)
{
    open_small(&whole, SPAN("Id,Email,Done\nc1,,\nc2,,\nc3,,\n"),
               SPAN("Id,C,Up\nt1,c1,t2\nt2,c2,\n"));
    match_fixture_target(&whole.fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&whole.fixture, "c2", MODE_DELETE);
    match_fixture_target(&whole.fixture, "c3", MODE_DELETE);
    resolve_whole(&whole);
    const struct target *targets = whole.fixture.resolution.targets;
    ck_assert(!target_is_held(&targets[0]));
    ck_assert_ptr_eq(target_holder(&whole.fixture.resolution, &targets[1]).restricting,
                     whole.records.binding.entity);
    ck_assert(!target_is_held(&targets[2]));
    close_side(&whole);
}
END_TEST

START_TEST(matches_are_noted)
{
    open_small(&whole, SPAN("Id,Email,Done\nc1,,\n"), SPAN("Id,C,Up\n"));
    match_fixture_target(&whole.fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&whole.fixture, "c9", MODE_ANONYMIZE);
    resolve_whole(&whole);
    ck_assert(whole.fixture.resolution.list.names[0].found);
    ck_assert(!whole.fixture.resolution.list.names[1].found);
    close_side(&whole);
}
END_TEST

Suite *test_findings_merge_suite(void)
{
    Suite *suite = suite_create("findings_merge");
    TCase *cases = tcase_create("findings_merge");

    tcase_add_loop_test(cases, batches_of_any_cut_give_the_same_resolution, 0, 7);
    tcase_add_test(cases, targets_may_be_merged_after_all_are_collected);
    tcase_add_test(cases, merging_again_adds_nothing);
    tcase_add_test(cases, resolutions_of_other_targets_differ);
    tcase_add_test(cases, records_of_one_key_are_one_target);
    tcase_add_test(cases, equal_records_without_key_are_one_target);
    tcase_add_test(cases, only_targets_of_deletion_are_held);
    tcase_add_test(cases, matches_are_noted);
    suite_add_tcase(suite, cases);
    return suite;
}
