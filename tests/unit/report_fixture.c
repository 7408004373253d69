#include "report_fixture.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct reported_target targets[] = {
    {"0f3c9a1be0c84d2a95a1f2d37c6e8b01", NULL, false, OUTCOME_ANONYMIZED, true, NULL, NULL, 2, 0,
     NULL},
    {"5be2d7704e1146b0b3a0c9d8e7f61522", NULL, true, OUTCOME_DELETED, false, NULL, NULL, 3, 0,
     NULL},
    {"9ad41c2f7b8e4f60a1c2d3e4f5061733", NULL, true, OUTCOME_HELD, false, NULL, "tickets", 4, 0,
     NULL},
    {"c0ffee00d15ea5e0b01dface0ddba110", NULL, false, OUTCOME_NOT_FOUND, false, NULL, NULL, 5, 0,
     NULL},
    {"e7a1b2c3d4e5f60718293a4b5c6d7e8f", NULL, false, OUTCOME_ALREADY, false, NULL, NULL, 0, 0,
     NULL},
};

static const uint64_t touched[][4] = {{1, 6, 1, 0}, {1, 4, 0, 0}, {0}, {0}, {1, 0, 0, 0}};

static const struct reported_record records[] = {
    {"contacts", "audience/contacts-1.csv.gz", "0f3c9a1be0c84d2a95a1f2d37c6e8b01", "anonymized",
     "0f3c9a1be0c84d2a95a1f2d37c6e8b01", "contacts"},
    {"contacts", "audience/contacts-1.csv.gz", "5be2d7704e1146b0b3a0c9d8e7f61522", "dropped",
     "5be2d7704e1146b0b3a0c9d8e7f61522", "contacts"},
    {"participants", "events/caf\xE9/participants.csv", "7d1e0a55c3b9f0422e6a8d9b01c4f7e3",
     "unlinked", "0f3c9a1be0c84d2a95a1f2d37c6e8b01 5be2d7704e1146b0b3a0c9d8e7f61522",
     "participants.ContactId > contacts; participants.Email > contacts.Email"},
};

static const struct entity_tally entities[] = {
    {"contacts", "audience", 2, 1204311, 1204308, 1, 0, 1, 1, 12, 0},
    {"participants", "events", 1, 50000, 49990, 6, 1, 3, 0, 4, 2},
    {"members", "community", 1, 731, 730, 1, 0, 0, 0, 0, 0},
    {"currencies", "", 1, 8, 8, 0, 0, 0, 0, 0, 0},
};

static const struct field_report fields[] = {
    {"contacts", "audience", "**/contacts*.csv, **/contacts*.csv.gz", "Email", ORIGIN_DEFAULT,
     "direct", "clear", "", "removed", "", 1204311, 1204300, 2, 0},
    {"contacts", "audience", "**/contacts*.csv, **/contacts*.csv.gz", "BirthDate", ORIGIN_CHOSEN,
     "quasi", "date", "to the year, written as %d/%m/%Y", "generalized", "", 1204311, 903233, 2, 1},
    {"contacts", "audience", "**/contacts*.csv, **/contacts*.csv.gz", "LoyaltyNumber",
     ORIGIN_CHOSEN, "direct", "pseudonym", "as a token, domain loyalty", "anonymized", "", 1204311,
     0, 2, 0},
    {"contacts", "audience", "**/contacts*.csv, **/contacts*.csv.gz", "Country", ORIGIN_KEPT, "",
     "", "", "", "", 1204311, 0, 0, 0},
    {"contacts", "audience", "**/contacts*.csv, **/contacts*.csv.gz", "Position", ORIGIN_EXEMPTED,
     "", "", "", "", "", 1204311, 120431, 0, 0},
    {"participants", "events", "**/participants*.csv", "OrganizerName", ORIGIN_CHOSEN, "direct",
     "clear", "", "removed", "about OrganizerId", 50000, 49990, 9, 0},
    {"participants", "events", "**/participants*.csv", "Answer", ORIGIN_CHOSEN, "free_text",
     "scrub", "email, phone, known identifiers", "generalized",
     "when QuestionId in survey_questions with IsPersonalData equal to true", 50000, 41, 41, 0},
    {"participants", "events", "**/participants*.csv", "Caf\xE9\x01", ORIGIN_UNDECLARED, "", "", "",
     "", "", 50000, 7, 0, 0},
    {"members", "community", "**/members*.csv", "FirstName", ORIGIN_DEFAULT, "direct", "clear", "",
     "removed", "", 731, 731, 1, 0},
    {"currencies", "", "currencies.csv", "ModifiedBy", ORIGIN_DEFAULT, "quasi", "clear", "",
     "removed", "where it names a contacts.Email", 8, 0, 0, 0},
};

static const struct leak_report leaks[] = {
    {"participants", "", "Caf\xE9\x01", "email", false, 2},
    {"", "notes/caf\xE9.txt", "", "phone", false, 1},
    {"members", "", "FirstName", "name", true, 40},
};

static const struct file_report files[] = {
    {"audience/contacts-1.csv.gz",
     "contacts",
     true,
     81234567,
     81233990,
     700000,
     699999,
     2,
     {1},
     {2},
     {',', QUOTING_STRICT, {NULL, 0}}},
    {"audience/contacts-2.csv",
     "contacts",
     false,
     94371840,
     94371840,
     504311,
     504311,
     0,
     {3},
     {3},
     {'\t', QUOTING_STRICT, {NULL, 0}}},
    {"community/members.csv",
     "members",
     false,
     88210,
     88174,
     731,
     731,
     1,
     {4},
     {5},
     {';', QUOTING_LENIENT, {NULL, 0}}},
    {"currencies.csv",
     "",
     false,
     90,
     90,
     8,
     8,
     0,
     {6},
     {6},
     {DELIMITER_AUTO, QUOTING_STRICT, {NULL, 0}}},
    {"events/caf\xE9/participants.csv",
     "participants",
     false,
     7340032,
     7339120,
     50000,
     49997,
     11,
     {7},
     {8},
     {'|', QUOTING_STRICT, {NULL, 0}}},
};

static struct reported_target describe(void *source, size_t index)
{
    struct reported_target target = targets[index];

    (void)source;
    target.touched = touched[index];
    return target;
}

struct run_report report_fixture(void)
{
    return (struct run_report){
        .version = "1.0.0",
        .rules_path = "samples/event-platform/rules.yaml",
        .rules_name = "Sample event platform",
        .rules_digest = {0xAB, 0xCD},
        .started = 1717199990,
        .ended = 1717200000,
        .reproducible = true,
        .mode = "both",
        .leak_verdict = LEAKS_LEFT,
        .leak_check = "failed, and published all the same",
        .leaks = leaks,
        .leak_count = COUNT(leaks),
        .targets = {.count = COUNT(targets),
                    .outcomes = {1, 1, 1, 1, 1},
                    .to_delete = 2,
                    .describe = describe},
        .records = {.count = 12,
                    .first = records,
                    .first_count = COUNT(records),
                    .file = {.path = "efface-report/records.csv.gz",
                             .size_out = 612,
                             .checksum_out = {9}}},
        .entities = entities,
        .entity_count = COUNT(entities),
        .fields = fields,
        .field_count = COUNT(fields),
        .gzip_library = "zlib 1.2.13",
        .gzip_level = 6,
        .files = files,
        .file_count = COUNT(files),
    };
}

struct buffer report_fixture_sealed(struct span document)
{
    struct checksum checksum = CHECKSUM_INIT;
    struct buffer sealed = BUFFER_INIT;
    unsigned char digest[CHECKSUM_SIZE];
    char digits[CHECKSUM_TEXT_SIZE];

    ck_assert(checksum_start(&checksum) && checksum_add(&checksum, document) &&
              checksum_finish(&checksum, digest));
    checksum_release(&checksum);
    checksum_text(digest, digits);
    ck_assert(buffer_append(&sealed, document) &&
              buffer_append_format(&sealed, ",\n  \"manifest_sha256\": \"%s\"\n}\n", digits));
    return sealed;
}

struct report_place report_place_open(void)
{
    struct report_place place = {.folder = "/tmp/efface-report-XXXXXX"};

    ck_assert_ptr_nonnull(mkdtemp(place.folder));
    place.fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    ck_assert_int_ge(place.fd, 0);
    return place;
}

char *report_place_bytes(const struct report_place *place, size_t *size)
{
    struct stat about;
    ck_assert_int_eq(fstat(place->fd, &about), 0);

    *size = (size_t)about.st_size;
    char *bytes = calloc(1, *size + 1);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_int_eq(pread(place->fd, bytes, *size, 0), about.st_size);
    return bytes;
}

void report_place_release(struct report_place *place)
{
    ck_assert_int_eq(close(place->fd), 0);
    ck_assert_int_eq(rmdir(place->folder), 0);
}

char *report_workbook_bytes(workbook_starter *start, const struct run_report *report, size_t *size)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct child_workbook *book;

    ck_assert_int_eq(start(report, "book.xlsx", place.folder, &book, &diagnostics), STATUS_OK);
    ck_assert_int_eq(child_workbook_finish(book, place.fd, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    char *bytes = report_place_bytes(&place, size);
    report_place_release(&place);
    return bytes;
}
