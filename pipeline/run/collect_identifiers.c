#include "run/collect_identifiers.h"

#include <stdlib.h>

#include "match/owner_sieve.h"
#include "run/identifier_source.h"

/* What the stages of this pass share. */
struct collecting {
    const struct run_plan *plan;
    struct stream *stream;
    const struct resolution *resolution;
    struct kept_records *kept;
    struct known_identifiers *known;
    struct identifier_source *sources; /* one a worker */
    struct found_identifiers *found;   /* one a slot */
    size_t next;                       /* of the plan's files: the first that was not looked at */
};

static enum status work(void *context, struct flight *flight)
{
    struct collecting *collecting = context;
    struct identifier_source *source = &collecting->sources[flight->worker];
    struct found_identifiers *found = &collecting->found[flight->slot];
    const size_t count = flight->batch.record_count;

    found->count = 0;
    source->file = flight->file;
    record_view_open(&source->view, &flight->batch, &source->file->dialect,
                     &collecting->resolution->key);
    if (!owner_sieve_fill(&source->owned, &source->file->binding, source->file->leaks.giving_links,
                          collecting->resolution, &source->view))
        return diagnostics_no_memory(&flight->diagnostics);
    for (size_t i = 0; (i = value_sieve_next(&source->owned, i, count)) < count; i++)
        if (!record_view_at(&source->view, i) || !identifiers_of_record(source, found))
            return condition_report_failure(&source->view, source->file->name,
                                            &flight->diagnostics);
    return STATUS_OK;
}

static enum status collect(void *context, struct flight *flight, struct diagnostics *diagnostics)
{
    struct collecting *collecting = context;

    if (known_identifiers_add(collecting->known, &collecting->found[flight->slot]))
        return STATUS_OK;
    return diagnostics_no_memory(diagnostics);
}

/* How many bytes there are to be looked at for a file: those on disk, or what is kept of them. */
static uint64_t amount_of(const struct collecting *collecting, const struct file_plan *file)
{
    size_t kept;

    if (!file->entity || !file->leaks.gives || collecting->resolution->target_count == 0)
        return 0;
    return kept_records_have(collecting->kept, file, &kept) ? kept : (uint64_t)file->seen.st_size;
}

static enum status open_next(void *context, struct export_reader **reader, const void **item,
                             struct diagnostics *diagnostics)
{
    struct collecting *collecting = context;
    const struct run_plan *plan = collecting->plan;
    size_t kept;

    *reader = NULL;
    while (collecting->next < plan->file_count) {
        const struct file_plan *file = &plan->files[collecting->next++];

        if (amount_of(collecting, file) == 0)
            continue;
        *item = file;
        return kept_records_have(collecting->kept, file, &kept)
                   ? kept_records_open(collecting->kept, file, reader, diagnostics)
                   : run_plan_open(plan, file, false, reader, diagnostics);
    }
    return STATUS_OK;
}

static bool replaces_keys(const struct resolution *resolution)
{
    for (size_t i = 0; i < resolution->set_count; i++)
        if (resolution->sets[i].is_key && resolution->sets[i].entity->rekey &&
            resolution->sets[i].map.count)
            return true;
    return false;
}

static bool prepare(struct collecting *collecting, const struct secret *secret)
{
    const size_t workers = stream_workers(collecting->stream);
    const struct resolution *resolution = collecting->resolution;

    if (!known_identifiers_init(collecting->known, resolution->target_count))
        return false;
    collecting->known->keys_are_replaced = replaces_keys(resolution);
    collecting->sources = calloc(workers, sizeof(*collecting->sources));
    collecting->found = calloc(stream_slots(collecting->stream), sizeof(*collecting->found));
    if (!collecting->sources || !collecting->found)
        return false;
    for (size_t i = 0; i < workers; i++) {
        collecting->sources[i].resolution = resolution;
        collecting->sources[i].known = collecting->known;
        collecting->sources[i].tagger = tagger_new(secret);
        if (!collecting->sources[i].tagger)
            return false;
    }
    return true;
}

static void begin_phase(struct collecting *collecting)
{
    struct file_amount amount = {0, 0};

    for (size_t i = 0; i < collecting->plan->file_count; i++) {
        const uint64_t bytes = amount_of(collecting, &collecting->plan->files[i]);

        amount.files += bytes > 0;
        amount.bytes += bytes;
    }
    phase_meter_begin(stream_meter(collecting->stream), PHASE_COLLECT, amount.files, amount.bytes);
}

static void release(struct collecting *collecting)
{
    for (size_t i = 0; collecting->sources && i < stream_workers(collecting->stream); i++)
        identifier_source_release(&collecting->sources[i]);
    for (size_t i = 0; collecting->found && i < stream_slots(collecting->stream); i++)
        found_identifiers_release(&collecting->found[i]);
    free(collecting->sources);
    free(collecting->found);
}

static enum status look(struct collecting *collecting, struct diagnostics *diagnostics)
{
    /* What is collected is not looked at by this pass, so batches may run ahead. */
    const struct stage stage = {collecting, open_next, work, collect, NULL, false};
    enum status status;

    begin_phase(collecting);
    collecting->next = 0;
    status = stream_files(collecting->stream, &stage, diagnostics);
    if (status == STATUS_OK)
        phase_meter_end(stream_meter(collecting->stream));
    return status;
}

/* A record that can't be judged is looked for in its file, which tells its line. */
static enum status look_at_all(struct collecting *collecting, struct diagnostics *diagnostics)
{
    struct diagnostics problems = DIAGNOSTICS_INIT;
    enum status status = look(collecting, &problems);

    if (status == STATUS_INPUT) {
        for (size_t i = 0; i < collecting->plan->file_count; i++)
            kept_records_forget(collecting->kept, &collecting->plan->files[i]);
        status = look(collecting, diagnostics);
    } else {
        diagnostics_move(diagnostics, &problems);
    }
    diagnostics_release(&problems);
    return status;
}

enum status collect_identifiers(const struct run_plan *plan, struct stream *stream,
                                const struct secret *secret, const struct resolution *resolution,
                                struct kept_records *kept, struct known_identifiers *known,
                                struct diagnostics *diagnostics)
{
    struct collecting collecting = {
        .plan = plan, .stream = stream, .resolution = resolution, .kept = kept, .known = known};
    enum status status = prepare(&collecting, secret) ? look_at_all(&collecting, diagnostics)
                                                      : diagnostics_no_memory(diagnostics);

    release(&collecting);
    return status;
}
