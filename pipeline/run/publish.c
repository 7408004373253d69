#include "run/publish.h"

#include <errno.h>
#include <stdio.h>

#include "base/checksum.h"
#include "report/manifest_words.h"
#include "report/reports.h"

#define FOLDER "efface-report/"

enum { REPORT_COUNT = 4 };

/* Room for /proc/self/fd/N. */
enum { SCRATCH_SIZE = 40 };

typedef enum status report_writer(const struct run_report *report, int fd, const char *name,
                                  const char *scratch_folder, struct diagnostics *diagnostics);

static enum status write_json(const struct run_report *report, int fd, const char *name,
                              const char *scratch_folder, struct diagnostics *diagnostics)
{
    (void)scratch_folder;
    return anonymization_json_write(report, fd, name, diagnostics);
}

static enum status write_target_list(const struct run_report *report, int fd, const char *name,
                                     const char *scratch_folder, struct diagnostics *diagnostics)
{
    (void)scratch_folder;
    return target_list_write(report, fd, name, diagnostics);
}

static enum status checksum_of(int fd, const char *name, struct file_report *report,
                               struct diagnostics *diagnostics)
{
    report->path = name;
    if (checksum_file(fd, report->checksum_out, &report->size_out))
        return STATUS_OK;
    return diagnostics_system(diagnostics, name, "read back", errno);
}

static enum status write_report(report_writer *writer, const char *name,
                                const struct run_report *report, struct staged_folder *staged,
                                struct file_report *file, struct diagnostics *diagnostics)
{
    char scratch[SCRATCH_SIZE];
    int fd;
    enum status closed, status = staged_file_create(staged, name, &fd, diagnostics);

    if (status != STATUS_OK)
        return status;
    snprintf(scratch, sizeof(scratch), "/proc/self/fd/%d", staged_folder_fd(staged));
    status = writer(report, fd, name, scratch, diagnostics);
    if (status == STATUS_OK)
        status = checksum_of(fd, name, file, diagnostics);
    closed = staged_file_close(fd, name, diagnostics);
    return status == STATUS_OK ? closed : status;
}

static enum status write_manifest(const struct run_report *report, const struct file_report *files,
                                  struct staged_folder *staged, struct diagnostics *diagnostics)
{
    static const char name[] = MANIFEST_PATH;
    int fd;
    enum status closed, status = staged_file_create(staged, name, &fd, diagnostics);

    if (status != STATUS_OK)
        return status;
    status = manifest_write(report, files, REPORT_COUNT, fd, name, diagnostics);
    closed = staged_file_close(fd, name, diagnostics);
    return status == STATUS_OK ? closed : status;
}

enum status publish_reports(const struct run_report *report, struct staged_folder *staged,
                            struct phase_meter *meter, struct diagnostics *diagnostics)
{
    static const struct {
        report_writer *write;
        const char *name;
    } reports[REPORT_COUNT] = {
        {field_summary_write, FOLDER "field-summary.xlsx"},
        {anonymization_workbook_write, FOLDER "anonymization-report.xlsx"},
        {write_json, FOLDER "anonymization-report.json"},
        {write_target_list, TARGET_LIST_PATH},
    };
    struct file_report files[REPORT_COUNT] = {{.path = NULL}};
    enum status status = STATUS_OK;

    phase_meter_begin(meter, PHASE_REPORTS, REPORT_COUNT + 1, 0);
    for (size_t i = 0; i < REPORT_COUNT && status == STATUS_OK; i++) {
        status =
            write_report(reports[i].write, reports[i].name, report, staged, &files[i], diagnostics);
        phase_meter_file(meter, files[i].size_out);
        phase_meter_file_end(meter);
    }
    if (status == STATUS_OK)
        status = write_manifest(report, files, staged, diagnostics);
    phase_meter_file(meter, 0);
    phase_meter_file_end(meter);
    return status;
}
