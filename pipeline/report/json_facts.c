#include "report/json_facts.h"

void json_put_run(struct document *document, const struct run_report *report)
{
    document_text(document, "efface_version", report->version);
    document_time(document, "started", report->started);
    document_time(document, "ended", report->ended);
    document_text(document, "mode", report->mode);
    document_text(document, "key", report->key_is_kept ? "kept" : "thrown away");
}

void json_put_ledger(struct document *document, const struct ledger_report *ledger)
{
    if (!ledger->is_kept)
        return;
    document_object(document, "ledger");
    document_count(document, "lines_before", ledger->lines_before);
    document_hex(document, "head_before",
                 (struct span){(const char *)ledger->head_before, sizeof(ledger->head_before)});
    document_count(document, "entered", ledger->entered);
    document_end(document);
}

void json_put_outcomes(struct document *document, const struct reported_targets *targets)
{
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        document_count(document, target_outcome_name((enum target_outcome)i), targets->outcomes[i]);
    document_count(document, "resurrected", targets->resurrected);
}

void json_put_target(struct document *document, const struct reported_target *target)
{
    document_text(document, "digest", target->digest);
    document_text(document, "mode", target->delete_mode ? "delete" : "anonymize");
    document_text(document, "outcome", target_outcome_name(target->outcome));
    if (target->resurrected)
        document_flag(document, "resurrected", true);
}
