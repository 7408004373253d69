#include "run/phase_meter.h"

#include <stddef.h>

const char *run_phase_name(enum run_phase phase)
{
    static const char *const names[PHASE_COUNT] = {
        [PHASE_RESOLVE] = "resolve",
        [PHASE_COLLECT] = "collect",
        [PHASE_APPLY] = "apply",
        [PHASE_REPORTS] = "reports",
    };

    return names[phase];
}

static void tell(struct phase_meter *meter, enum phase_moment moment)
{
    meter->progress.moment = moment;
    if (meter->watcher.told)
        meter->watcher.told(meter->watcher.context, &meter->progress);
}

void phase_meter_begin(struct phase_meter *meter, enum run_phase phase, uint64_t files,
                       uint64_t bytes)
{
    meter->progress = (struct run_progress){.phase = phase, .files = files, .bytes = bytes};
    tell(meter, PHASE_BEGINS);
}

void phase_meter_file(struct phase_meter *meter, uint64_t size)
{
    struct run_progress *progress = &meter->progress;

    meter->bytes_before = progress->bytes_done;
    meter->file_size = size;
    if (progress->files < progress->files_done + 1)
        progress->files = progress->files_done + 1;
    if (progress->bytes < progress->bytes_done + size)
        progress->bytes = progress->bytes_done + size;
}

void phase_meter_batch(struct phase_meter *meter, uint64_t position, uint64_t records)
{
    const uint64_t within = position < meter->file_size ? position : meter->file_size;

    meter->progress.bytes_done = meter->bytes_before + within;
    meter->progress.records += records;
    tell(meter, PHASE_GOES_ON);
}

void phase_meter_file_end(struct phase_meter *meter)
{
    meter->progress.bytes_done = meter->bytes_before + meter->file_size;
    meter->progress.files_done++;
    tell(meter, PHASE_GOES_ON);
}

void phase_meter_end(struct phase_meter *meter)
{
    meter->progress.files = meter->progress.files_done;
    meter->progress.bytes = meter->progress.bytes_done;
    tell(meter, PHASE_ENDS);
}
