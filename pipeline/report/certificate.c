#include "report/certificate.h"

#include "base/buffer.h"

/* About so many bytes of the list of contacts are summed at a time. */
enum { LINES_SIZE = 1 << 16 };

static bool put_contact(struct buffer *lines, const struct reported_target *target)
{
    return buffer_append(lines, span_of(target->digest)) &&
           buffer_append(lines, target->delete_mode ? SPAN(" delete ") : SPAN(" anonymize ")) &&
           buffer_append(lines, span_of(target_outcome_name(target->outcome))) &&
           buffer_append_byte(lines, '\n');
}

static bool add_file(struct checksum *checksum, const struct file_report *file)
{
    char digest[CHECKSUM_TEXT_SIZE];

    checksum_text(file->checksum_out, digest);
    return checksum_add(checksum, span_of(digest)) && checksum_add(checksum, SPAN("  ")) &&
           checksum_add(checksum, span_of(file->path)) && checksum_add(checksum, SPAN("\n"));
}

static bool sum_lines(struct checksum *checksum, struct buffer *lines)
{
    const bool summed = checksum_add(checksum, buffer_span(lines));

    buffer_clear(lines);
    return summed;
}

static bool sum_contacts(const struct run_report *report, struct checksum *checksum,
                         unsigned char digest[CHECKSUM_SIZE])
{
    struct buffer lines = BUFFER_INIT;
    bool summed = checksum_start(checksum);

    for (size_t i = 0; i < report->targets.count && summed; i++) {
        const struct reported_target target = report_target(report, i);

        summed = put_contact(&lines, &target) &&
                 (lines.size < LINES_SIZE || sum_lines(checksum, &lines));
    }
    summed = summed && sum_lines(checksum, &lines) && checksum_finish(checksum, digest);
    buffer_release(&lines);
    return summed;
}

static bool sum_files(const struct run_report *report, struct checksum *checksum,
                      unsigned char digest[CHECKSUM_SIZE])
{
    bool summed = checksum_start(checksum);

    for (size_t i = 0; i < report->file_count && summed; i++)
        summed = add_file(checksum, &report->files[i]);
    return summed && checksum_finish(checksum, digest);
}

enum status certificate_make(const struct run_report *report, const struct file_report *reports,
                             size_t report_count, struct certificate *certificate,
                             struct diagnostics *diagnostics)
{
    struct checksum checksum = CHECKSUM_INIT;

    *certificate = (struct certificate){report, reports, report_count, {0}, {0}};
    const bool summed = sum_contacts(report, &checksum, certificate->contact_list) &&
                        sum_files(report, &checksum, certificate->file_list);
    checksum_release(&checksum);
    return summed ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

#define READ_AND_WROTE                                                                             \
    "The export whose files are listed was read, the rules of the given SHA-256 were applied to "  \
    "it, and the files listed were written, with the given SHA-256."

#define CONTACTS_ARE_GONE                                                                          \
    "In the files written, the records that the rules link to the contacts listed were "           \
    "anonymized or left out, as the mode says; but not of a contact whose outcome is held back, "  \
    "not found or already anonymized."

const char *const *certificate_attests(const struct run_report *report)
{
    static const char *const unchecked[] = {READ_AND_WROTE, CONTACTS_ARE_GONE, NULL};
    static const char *const checked[] = {
        READ_AND_WROTE, CONTACTS_ARE_GONE,
        "Everything that was written was searched for the contacts' own email addresses, phone "
        "numbers, replaced keys and full names, with the result given under leak check.",
        NULL};

    return report->leak_verdict == LEAKS_UNCHECKED ? unchecked : checked;
}

#define ONLY_THESE_FILES                                                                           \
    "That nothing is left elsewhere: in the export that was read, in backups, in other systems, "  \
    "in copies that were made before. Only the files listed were written."

#define RULES_ARE_RIGHT                                                                            \
    "That the rules name every column that holds personal data. Whoever answers for the rules "    \
    "vouches for that; field-summary.xlsx lists all columns."

#define NOBODY_IS_RECOGNIZED                                                                       \
    "That nobody can be recognized by what remains. Rare combinations of values that the rules "   \
    "keep can still point at a person."

#define NOT_SIGNED                                                                                 \
    "Who ran it. The certificate bears no electronic signature, and its checksums have no key: "   \
    "they show accidents, not a forger."

const char *const *certificate_leaves_open(const struct run_report *report)
{
    static const char *const thrown_away[] = {
        ONLY_THESE_FILES,
        RULES_ARE_RIGHT,
        NOBODY_IS_RECOGNIZED,
        "Who a contact listed is. The digests were made with a key that died with the run; only "
        "the line of the targets file, where it is given, leads back to the request.",
        NOT_SIGNED,
        NULL};
    static const char *const kept[] = {
        ONLY_THESE_FILES,
        RULES_ARE_RIGHT,
        NOBODY_IS_RECOGNIZED,
        "That pseudonymized fields are anonymous. Their key was kept: whoever holds it can find "
        "out whose a pseudonym is, and who a contact listed is, by trying values.",
        NOT_SIGNED,
        NULL};

    return report->key_is_kept ? kept : thrown_away;
}
