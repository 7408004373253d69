#include "run/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/checksum.h"
#include "report/certificate.h"
#include "report/manifest_words.h"
#include "report/reports.h"

#define FOLDER "efface-report/"
#define MANIFEST FOLDER "manifest.json"

/* All but the manifest. The two forms of the certificate come last: it is about the others. */
enum { REPORT_COUNT = 7, CERTIFIED_COUNT = 5 };

/* Room for /proc/self/fd/N. */
enum { SCRATCH_SIZE = 40 };

struct publishing {
    const struct run_report *report;
    struct staged_folder *staged;
    struct file_report files[REPORT_COUNT]; /* of the reports written so far */
    struct certificate certificate;
};

typedef enum status report_writer(struct publishing *publishing, int fd, const char *name,
                                  struct diagnostics *diagnostics);

/* The folder that is being made holds what a library writes on its way. */
static void scratch_folder(const struct publishing *publishing, char path[SCRATCH_SIZE])
{
    snprintf(path, SCRATCH_SIZE, "/proc/self/fd/%d", staged_folder_fd(publishing->staged));
}

static enum status write_summary(struct publishing *publishing, int fd, const char *name,
                                 struct diagnostics *diagnostics)
{
    char scratch[SCRATCH_SIZE];

    scratch_folder(publishing, scratch);
    return field_summary_write(publishing->report, fd, name, scratch, diagnostics);
}

static enum status write_workbook(struct publishing *publishing, int fd, const char *name,
                                  struct diagnostics *diagnostics)
{
    char scratch[SCRATCH_SIZE];

    scratch_folder(publishing, scratch);
    return anonymization_workbook_write(publishing->report, fd, name, scratch, diagnostics);
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
    const enum status status =
        certificate_make(publishing->report, publishing->files, CERTIFIED_COUNT,
                         &publishing->certificate, diagnostics);

    if (status != STATUS_OK)
        return status;
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
    report->path = name;
    if (checksum_file(fd, report->checksum_out, &report->size_out))
        return STATUS_OK;
    return diagnostics_system(diagnostics, name, "read back", errno);
}

static enum status write_file(struct publishing *publishing, report_writer *write, const char *name,
                              struct file_report *file, struct diagnostics *diagnostics)
{
    int fd;
    enum status closed, status = staged_file_create(publishing->staged, name, &fd, diagnostics);

    if (status != STATUS_OK)
        return status;
    status = write(publishing, fd, name, diagnostics);
    if (status == STATUS_OK)
        status = checksum_of(fd, name, file, diagnostics);
    closed = staged_file_close(fd, name, diagnostics);
    return status == STATUS_OK ? closed : status;
}

static enum status write_reports(struct publishing *publishing, struct phase_meter *meter,
                                 struct diagnostics *diagnostics)
{
    static const struct {
        report_writer *write;
        const char *name;
    } reports[REPORT_COUNT] = {
        {write_summary, FOLDER "field-summary.xlsx"},
        {write_workbook, FOLDER "anonymization-report.xlsx"},
        {write_json, FOLDER "anonymization-report.json"},
        {write_page, FOLDER "anonymization-report.html"},
        {write_target_list, TARGET_LIST_PATH},
        {write_certificate, FOLDER "certificate.json"},
        {write_certificate_page, FOLDER "certificate.html"},
    };
    enum status status = STATUS_OK;

    for (size_t i = 0; i < REPORT_COUNT && status == STATUS_OK; i++) {
        status = write_file(publishing, reports[i].write, reports[i].name, &publishing->files[i],
                            diagnostics);
        phase_meter_file(meter, publishing->files[i].size_out);
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
    status = write_reports(&publishing, meter, diagnostics);
    if (status == STATUS_OK)
        status = write_file(&publishing, write_manifest, MANIFEST_PATH, &manifest, diagnostics);
    phase_meter_file(meter, manifest.size_out);
    phase_meter_file_end(meter);
    return status;
}

enum status publish_manifest_checksum(const struct staged_folder *staged,
                                      unsigned char digest[CHECKSUM_SIZE],
                                      struct diagnostics *diagnostics)
{
    const int fd =
        openat(staged_folder_fd(staged), MANIFEST_PATH, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    uint64_t size;
    bool summed;

    if (fd < 0)
        return diagnostics_system(diagnostics, MANIFEST_PATH, "read back", errno);
    summed = checksum_file(fd, digest, &size);
    if (!summed)
        (void)diagnostics_system(diagnostics, MANIFEST_PATH, "read back", errno);
    close(fd);
    return summed ? STATUS_OK : STATUS_SYSTEM;
}
