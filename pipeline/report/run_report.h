/*
 * Everything the reports say of a run: plain facts, filled by run/, of which the
 * workbook, the JSON and the manifest are views.
 *
 * Nothing here is a personal value or a clear key. All text is NUL-terminated and
 * borrowed until the reports are written.
 */
#ifndef EFFACE_REPORT_RUN_REPORT_H
#define EFFACE_REPORT_RUN_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/checksum.h"
#include "record/dialect.h"

enum target_outcome {
    OUTCOME_ANONYMIZED,
    OUTCOME_DELETED,
    OUTCOME_HELD,      /* left alone everywhere, by a hold or an entity that restricts */
    OUTCOME_NOT_FOUND, /* no record of the subject bears the name */
    OUTCOME_ALREADY,   /* marked by an earlier run */
};

enum { OUTCOME_COUNT = OUTCOME_ALREADY + 1, TARGET_DIGEST_SIZE = 33 };

struct reported_target {
    char digest[TARGET_DIGEST_SIZE]; /* keyed, 128 bits in hexadecimal; of the key, or where not
                                        found, of the row's cells */
    const char
        *key; /* in clear, where the run was asked to tell it and found the target; or NULL */
    bool delete_mode;
    enum target_outcome outcome;
    bool resurrected;        /* stood in the ledger, and yet had data */
    const char *hold;        /* of a held one: the hold; NULL: none */
    const char *restricting; /* ... or the entity that restricts deletion; NULL: none */
    uint64_t line;           /* of the targets file; 0: not named by a file */
    uint64_t ordinal;        /* among the values named one by one, from 1; 0: not so named */
    const uint64_t *touched; /* records touched for it, beside the run's entities; NULL: none */
};

/*
 * The targets, which may be millions: each is described when it is asked for. What it points
 * to is borrowed until the next one is.
 */
struct reported_targets {
    uint64_t count;
    uint64_t outcomes[OUTCOME_COUNT]; /* of them, by outcome */
    uint64_t to_delete;               /* of mode delete */
    uint64_t resurrected;
    void *source;
    struct reported_target (*describe)(void *source, size_t index);
};

/*
 * More targets, or records, are not told one by one but in CSV files of their own, which have all
 * of them: reading them takes a program anyway.
 */
enum { REPORT_ROWS = 10000 };

#define TARGET_LIST_PATH "efface-report/targets.csv.gz"
#define RECORD_LIST_PATH "efface-report/records.csv.gz"

/* A record that something became of. */
struct reported_record {
    const char *entity;
    const char *file;
    char digest[TARGET_DIGEST_SIZE]; /* keyed; of a contact as among the targets */
    const char *outcome;             /* "anonymized", "unlinked", "dropped", "already anonymized" */
    const char *targets;             /* whose it is: digests, with a blank between */
    const char *route; /* by which links it was reached: "tickets.ContactId > contacts" */
};

struct entity_tally {
    const char *name;
    const char *scope;
    uint64_t files;
    uint64_t records;   /* read; the sum of the five below */
    uint64_t unchanged; /* belong to no target, or to one held back */
    uint64_t anonymized;
    uint64_t unlinked; /* kept, but parted from a deleted contact */
    uint64_t dropped;
    uint64_t already;  /* belong to a target, but marked by an earlier run */
    uint64_t mentions; /* records of others of which a cell changed all the same: a mention, a
                          whole column, a link */
    uint64_t orphans;  /* link cells that hold the key of a target no subject record has */
};

enum field_origin {
    ORIGIN_CHOSEN,
    ORIGIN_DEFAULT,
    ORIGIN_EXEMPTED,
    ORIGIN_UNDECLARED,
    ORIGIN_KEPT
};

struct field_report {
    const char *entity;
    const char *scope; /* "audience", ... or "" */
    const char *file;  /* the entity's globs, joined */
    const char *column;
    enum field_origin origin;
    const char *class;     /* "direct", ...; "" for exempted, undeclared and kept */
    const char *technique; /* "" where none; or "rekey", "marker" */
    const char *options;   /* in words */
    const char *label;     /* "removed", ... */
    const char *condition; /* in words: "about OrganizerId", "when QuestionId in survey_questions";
                              "" none */
    uint64_t records;      /* that have the column */
    uint64_t filled;       /* cells that came neither empty nor null; not counted of ORIGIN_KEPT */
    uint64_t treated;      /* cells given a new value */
    uint64_t untaken;      /* of these, cleared as nothing the technique can take */
};

struct file_report {
    const char *path;
    const char *entity; /* "" for a copied file */
    bool gzip;
    uint64_t size_in, size_out;
    uint64_t records_in, records_out, records_changed;
    unsigned char checksum_in[CHECKSUM_SIZE];
    unsigned char checksum_out[CHECKSUM_SIZE];
    struct dialect dialect; /* with the delimiter found; of no meaning for a copied file */
};

/* The records: all in a file of their own, the first REPORT_ROWS here. */
struct reported_records {
    uint64_t count;
    const struct reported_record *first;
    size_t first_count;
    struct file_report file; /* records.csv.gz: path, size_out, checksum_out */
};

/* Identifiers of targets that the leak check found in the output: how many, not which. */
struct leak_report {
    const char *entity; /* "" for a copied file */
    const char *file;   /* of a copied file its path; else "" */
    const char *field;  /* "" for a copied file */
    const char *kind;   /* "email", "phone", "name", "key" */
    bool shared; /* a contact that is no target bears the same, or, for a name, may bear it */
    uint64_t count;
};

/* What the leak check came to. */
enum leak_verdict {
    LEAKS_UNCHECKED, /* it was off */
    LEAKS_NONE,
    LEAKS_SHARED, /* what is left may be others', too */
    LEAKS_LEFT,   /* of a target, and published all the same */
};

enum { LEDGER_HEAD_BYTES = 16, LEDGER_HEAD_SIZE = 2 * LEDGER_HEAD_BYTES + 1 };

/* The ledger of erasures, and what the run adds to it. */
struct ledger_report {
    bool is_kept;
    uint64_t lines_before;
    unsigned char head_before[LEDGER_HEAD_BYTES]; /* what the last of them ended with */
    uint64_t entered;                             /* contacts that did not stand in it yet */
};

struct run_report {
    const char *version;
    const char *rules_path, *rules_name;
    unsigned char rules_digest[CHECKSUM_SIZE];
    bool is_preview;          /* nothing was written */
    time_t started, ended;    /* both SOURCE_DATE_EPOCH where it is set */
    bool reproducible;        /* ... which it is */
    const char *mode;         /* "anonymize", "delete", "both" */
    bool tells_keys;          /* of targets, in clear */
    bool key_is_kept;         /* by a key file or variable */
    const char *gzip_library; /* that compressed, and its version */
    int gzip_level;
    int sandbox; /* the version of Landlock that confined the run; 0: nothing did */
    enum leak_verdict leak_verdict;
    const char *leak_check; /* what to say of it, in words */
    struct ledger_report ledger;
    const struct leak_report *leaks;
    size_t leak_count;
    struct reported_targets targets;
    struct reported_records records;
    const struct entity_tally *entities;
    size_t entity_count;
    const struct field_report *fields;
    size_t field_count;
    const struct file_report *files;
    size_t file_count;
};

/* How many of so many targets or records are told one by one. */
static inline size_t report_rows(uint64_t count)
{
    return count < REPORT_ROWS ? (size_t)count : REPORT_ROWS;
}

static inline struct reported_target report_target(const struct run_report *report, size_t index)
{
    return report->targets.describe(report->targets.source, index);
}

/* A value of the JSON report: "not_found". */
const char *target_outcome_name(enum target_outcome outcome);

/* The same for people: "not found". */
const char *target_outcome_words(enum target_outcome outcome);

/* A value of the certificate: "passed". */
const char *leak_verdict_name(enum leak_verdict verdict);

/* A value of the JSON report, and fit for people. */
const char *field_origin_name(enum field_origin origin);

/*
 * What changed the field's cells, and what that made of them: its technique and label. Cells of a
 * field without any are changed where they were links to a contact that was deleted: "unlink".
 */
const char *field_treatment(const struct field_report *field);
const char *field_result(const struct field_report *field);

/* The class of a field_report for people: "quasi-identifier"; "" for none. */
const char *field_class_title(const char *class);

#endif
