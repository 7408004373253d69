#include "run/fill_count.h"

/* The size in raw bytes that no blank cell exceeds. */
static size_t longest_blank(const struct dialect *dialect)
{
    const size_t empty_quotes = 2;

    return dialect->null.size > empty_quotes ? dialect->null.size : empty_quotes;
}

/* One column at a time: its ends lie evenly spaced, and its count stays in a register. */
static uint64_t count_column(const struct batch *batch, size_t column,
                             const struct dialect *dialect)
{
    const size_t longest = longest_blank(dialect);
    uint64_t filled = 0;

    for (size_t record = 0; record < batch->record_count; record++) {
        const struct span raw = batch_raw(batch, record, column);

        filled += raw.size > longest || !raw_is_blank(raw, dialect);
    }
    return filled;
}

void count_filled(const struct file_columns_plan *plan, const struct batch *batch,
                  const struct dialect *dialect, struct file_tally *tally)
{
    for (size_t i = 0; i < plan->counted_count; i++)
        tally->columns[plan->counted[i]].filled += count_column(batch, plan->counted[i], dialect);
}
