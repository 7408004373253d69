#include "cli/progress_json.h"

#include <unistd.h>

#include "cli/command.h"
#include "cli/progress_line.h"
#include "report/json_document.h"
#include "report/problem_json.h"

enum { PROGRESS_VERSION = 1 };

static void begin(struct document *document, const char *event)
{
    document_open_line(document, STDERR_FILENO);
    document_text(document, "event", event);
}

/* Nobody is told that a message could not be written: messages would say so. */
static void end(struct document *document)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    if (document_close(document, "standard error", &diagnostics) != STATUS_OK)
        diagnostics_release(&diagnostics);
}

void progress_json_start(const char *command)
{
    struct document document;

    begin(&document, "start");
    document_count(&document, "version", PROGRESS_VERSION);
    document_text(&document, "command", command);
    document_text(&document, "efface_version", EFFACE_VERSION);
    end(&document);
}

void progress_json_intent(const struct run_intent *intent)
{
    struct document document;

    begin(&document, "intent");
    document_text(&document, "in", intent->in);
    document_text(&document, "out", intent->out);
    document_count(&document, "to_anonymize", intent->to_anonymize);
    document_count(&document, "to_delete", intent->to_delete);
    document_count(&document, "resurrected", intent->resurrected);
    document_count(&document, "already", intent->already);
    document_count(&document, "held", intent->held);
    document_count(&document, "not_found", intent->not_found);
    document_count(&document, "files", intent->files);
    document_count(&document, "entities", intent->entities);
    end(&document);
}

static const char *event_of(enum phase_moment moment)
{
    static const char *const events[] = {
        [PHASE_BEGINS] = "phase",
        [PHASE_GOES_ON] = "progress",
        [PHASE_ENDS] = "done",
    };

    return events[moment];
}

void progress_json_tell(const struct run_progress *progress, uint64_t elapsed)
{
    const int64_t left = progress_left(progress, elapsed);
    struct document document;

    begin(&document, event_of(progress->moment));
    document_text(&document, "phase", run_phase_name(progress->phase));
    if (progress->moment != PHASE_BEGINS)
        document_count(&document, "files_done", progress->files_done);
    document_count(&document, "files", progress->files);
    if (progress->moment != PHASE_BEGINS)
        document_count(&document, "bytes_done", progress->bytes_done);
    document_count(&document, "bytes", progress->bytes);
    if (progress->moment != PHASE_BEGINS) {
        document_count(&document, "records", progress->records);
        document_count(&document, "elapsed", elapsed);
    }
    if (progress->moment == PHASE_GOES_ON && left != LEFT_UNKNOWN)
        document_count(&document, "left", (uint64_t)left);
    else if (progress->moment == PHASE_GOES_ON)
        document_text(&document, "left", NULL);
    end(&document);
}

void progress_json_messages(const struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->count; i++) {
        struct document document;

        begin(&document, "message");
        problem_json_members(&document, &diagnostics->items[i]);
        end(&document);
    }
}

void progress_json_end(enum status status, uint64_t elapsed)
{
    struct document document;

    begin(&document, "end");
    document_count(&document, "status", status);
    document_count(&document, "elapsed", elapsed);
    end(&document);
}
