#include "run/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/checksum.h"
#include "report/certificate.h"
#include "report/manifest_words.h"
#include "report/reports.h"
#include "report/workbook_child.h"

#define FOLDER "efface-report/"

/* All but the manifest, in the order in which it tells of them. */
enum {
    REPORT_SUMMARY,
    REPORT_WORKBOOK,
    REPORT_JSON,
    REPORT_PAGE,
    REPORT_TARGETS,
    CERTIFIED_COUNT, /* the two forms of the certificate are about those before */
    REPORT_CERTIFICATE = CERTIFIED_COUNT,
    REPORT_CERTIFICATE_PAGE,
    REPORT_COUNT,
};

static const char *const report_names[REPORT_COUNT] = {
    [REPORT_SUMMARY] = FOLDER "field-summary.xlsx",
    [REPORT_WORKBOOK] = FOLDER "anonymization-report.xlsx",
    [REPORT_JSON] = FOLDER "anonymization-report.json",
    [REPORT_PAGE] = FOLDER "anonymization-report.html",
    [REPORT_TARGETS] = TARGET_LIST_PATH,
    [REPORT_CERTIFICATE] = FOLDER "certificate.json",
    [REPORT_CERTIFICATE_PAGE] = FOLDER "certificate.html",
};

/* Room for /proc/self/fd/N. */
enum { SCRATCH_SIZE = 40 };

struct publishing {
    const struct run_report *report;
    struct staged_folder *staged;
    struct child_workbook *summary, *workbook; /* that are being made; or NULL */
    struct file_report files[REPORT_COUNT];    /* of the reports written so far */
    struct certificate certificate;
};

typedef enum status report_writer(struct publishing *publishing, int fd, const char *name,
                                  struct diagnostics *diagnostics);

static const char *name_of(struct publishing *publishing, int report)
{
    return staged_file_name(publishing->staged, report_names[report]);
}

/* The folder that is being made holds what a library writes on its way. */
static enum status start_workbooks(struct publishing *publishing, struct diagnostics *diagnostics)
{
    char scratch[SCRATCH_SIZE];
    enum status status;

    snprintf(scratch, sizeof(scratch), "/proc/self/fd/%d", staged_folder_fd(publishing->staged));
    status = anonymization_workbook_start(publishing->report, name_of(publishing, REPORT_WORKBOOK),
                                          scratch, &publishing->workbook, diagnostics);
    if (status == STATUS_OK)
        status = field_summary_start(publishing->report, name_of(publishing, REPORT_SUMMARY),
                                     scratch, &publishing->summary, diagnostics);
    return status;
}

static enum status finish_workbook(struct child_workbook **book, int fd,
                                   struct diagnostics *diagnostics)
{
    struct child_workbook *finished = *book;

    *book = NULL;
    return child_workbook_finish(finished, fd, diagnostics);
}

static enum status write_summary(struct publishing *publishing, int fd, const char *name,
                                 struct diagnostics *diagnostics)
{
    (void)name;
    return finish_workbook(&publishing->summary, fd, diagnostics);
}

static enum status write_workbook(struct publishing *publishing, int fd, const char *name,
                                  struct diagnostics *diagnostics)
{
    (void)name;
    return finish_workbook(&publishing->workbook, fd, diagnostics);
}

static enum status write_json(struct publishing *publishing, int fd, const char *name,
                              struct diagnostics *diagnostics)
{
    return anonymization_json_write(publishing->report, fd, name, diagnostics);
}

static enum status write_page(struct publishing *publishing, int fd, const char *name,
                              struct diagnostics *diagnostics)
{
    return anonymization_page_write(publishing->report, fd, name, diagnostics);
}

static enum status write_target_list(struct publishing *publishing, int fd, const char *name,
                                     struct diagnostics *diagnostics)
{
    return target_list_write(publishing->report, fd, name, diagnostics);
}

static enum status write_certificate(struct publishing *publishing, int fd, const char *name,
                                     struct diagnostics *diagnostics)
{
    return certificate_json_write(&publishing->certificate, fd, name, diagnostics);
}

static enum status write_certificate_page(struct publishing *publishing, int fd, const char *name,
                                          struct diagnostics *diagnostics)
{
    return certificate_page_write(&publishing->certificate, &publishing->files[CERTIFIED_COUNT], fd,
                                  name, diagnostics);
}

static enum status write_manifest(struct publishing *publishing, int fd, const char *name,
                                  struct diagnostics *diagnostics)
{
    return manifest_write(publishing->report, publishing->files, REPORT_COUNT, fd, name,
                          diagnostics);
}

static enum status checksum_of(int fd, const char *name, struct file_report *report,
                               struct diagnostics *diagnostics)
{
    if (checksum_file(fd, report->checksum_out, &report->size_out))
        return STATUS_OK;
    return diagnostics_system(diagnostics, name, "read back", errno);
}

static enum status write_file(struct publishing *publishing, report_writer *write, const char *path,
                              struct file_report *file, struct diagnostics *diagnostics)
{
    const char *name = staged_file_name(publishing->staged, path);
    int fd;
    enum status closed, status = staged_file_create(publishing->staged, path, &fd, diagnostics);

    file->path = path;
    if (status != STATUS_OK)
        return status;
    status = write(publishing, fd, name, diagnostics);
    if (status == STATUS_OK)
        status = checksum_of(fd, name, file, diagnostics);
    closed = staged_file_close(fd, name, diagnostics);
    return status == STATUS_OK ? closed : status;
}

/* While two children make the workbooks, what can be written without them is. */
static enum status write_reports(struct publishing *publishing, struct phase_meter *meter,
                                 struct diagnostics *diagnostics)
{
    static const struct {
        int report;
        report_writer *write;
    } steps[REPORT_COUNT] = {
        {REPORT_JSON, write_json},
        {REPORT_PAGE, write_page},
        {REPORT_TARGETS, write_target_list},
        {REPORT_SUMMARY, write_summary},
        {REPORT_WORKBOOK, write_workbook},
        {REPORT_CERTIFICATE, write_certificate},
        {REPORT_CERTIFICATE_PAGE, write_certificate_page},
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < REPORT_COUNT && status == STATUS_OK; i++) {
        struct file_report *file = &publishing->files[steps[i].report];

        status = write_file(publishing, steps[i].write, report_names[steps[i].report], file,
                            diagnostics);
        phase_meter_file(meter, file->size_out);
        phase_meter_file_end(meter);
    }
    return status;
}

enum status publish_reports(const struct run_report *report, struct staged_folder *staged,
                            struct phase_meter *meter, struct diagnostics *diagnostics)
{
    struct publishing publishing = {.report = report, .staged = staged};
    struct file_report manifest = {.path = NULL}; /* of which nothing tells */
    enum status status;

    phase_meter_begin(meter, PHASE_REPORTS, REPORT_COUNT + 1, 0);
    status = start_workbooks(&publishing, diagnostics);
    if (status == STATUS_OK)
        status = certificate_make(report, publishing.files, CERTIFIED_COUNT,
                                  &publishing.certificate, diagnostics);
    if (status == STATUS_OK)
        status = write_reports(&publishing, meter, diagnostics);
    child_workbook_abandon(publishing.summary);
    child_workbook_abandon(publishing.workbook);
    if (status == STATUS_OK)
        status = write_file(&publishing, write_manifest, MANIFEST_PATH, &manifest, diagnostics);
    phase_meter_file(meter, manifest.size_out);
    phase_meter_file_end(meter);
    return status;
}

enum status publish_manifest_checksum(struct staged_folder *staged,
                                      unsigned char digest[CHECKSUM_SIZE],
                                      struct diagnostics *diagnostics)
{
    const char *name = staged_file_name(staged, MANIFEST_PATH);
    const int fd =
        openat(staged_folder_fd(staged), MANIFEST_PATH, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    uint64_t size;
    bool summed;

    if (fd < 0)
        return diagnostics_system(diagnostics, name, "read back", errno);
    summed = checksum_file(fd, digest, &size);
    if (!summed)
        (void)diagnostics_system(diagnostics, name, "read back", errno);
    close(fd);
    return summed ? STATUS_OK : STATUS_SYSTEM;
}
