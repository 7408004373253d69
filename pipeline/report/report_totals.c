#include "report/report_totals.h"

static void add_records(struct entity_tally *sum, const struct entity_tally *entity)
{
    sum->files += entity->files;
    sum->records += entity->records;
    sum->unchanged += entity->unchanged;
    sum->anonymized += entity->anonymized;
    sum->unlinked += entity->unlinked;
    sum->dropped += entity->dropped;
    sum->already += entity->already;
    sum->mentions += entity->mentions;
    sum->orphans += entity->orphans;
}

struct report_totals report_totals(const struct run_report *report)
{
    struct report_totals totals = {0};

    for (size_t i = 0; i < report->entity_count; i++)
        add_records(&totals.records, &report->entities[i]);
    for (size_t i = 0; i < report->file_count; i++) {
        totals.size_in += report->files[i].size_in;
        totals.size_out += report->files[i].size_out;
    }
    return totals;
}
