#include "run/kept_records.h"

#include <stdlib.h>

static struct kept_file *kept_file(const struct kept_records *kept, const struct file_plan *file)
{
    return &kept->files[file - kept->plan->files];
}

bool kept_records_init(struct kept_records *kept, const struct run_plan *plan, size_t limit)
{
    *kept = (struct kept_records){.plan = plan, .limit = limit};
    kept->files = calloc(plan->file_count, sizeof(*kept->files));
    return kept->files || plan->file_count == 0;
}

void kept_records_release(struct kept_records *kept)
{
    for (size_t i = 0; kept->files && i < kept->plan->file_count; i++)
        buffer_release(&kept->files[i].bytes);
    free(kept->files);
    *kept = (struct kept_records){.plan = NULL};
}

void kept_records_forget(struct kept_records *kept, const struct file_plan *file)
{
    struct kept_file *of_file = kept_file(kept, file);

    kept->size -= of_file->bytes.size;
    buffer_release(&of_file->bytes);
    of_file->whole = false;
}

void kept_records_begin(struct kept_records *kept, const struct file_plan *file)
{
    kept_records_forget(kept, file);
    kept_file(kept, file)->whole = kept->size < kept->limit;
}

bool kept_records_wanted(const struct kept_records *kept, const struct file_plan *file)
{
    return kept_file(kept, file)->whole;
}

static bool append(struct kept_records *kept, struct buffer *to, struct span bytes)
{
    if (kept->limit - kept->size < bytes.size || !buffer_append(to, bytes))
        return false;
    kept->size += bytes.size;
    return true;
}

void kept_records_add(struct kept_records *kept, const struct file_plan *file, struct span header,
                      struct span records)
{
    struct kept_file *of_file = kept_file(kept, file);
    const bool begins = of_file->bytes.size == 0;

    if (!of_file->whole || records.size == 0)
        return;
    if ((begins && !append(kept, &of_file->bytes, header)) ||
        !append(kept, &of_file->bytes, records))
        kept_records_forget(kept, file);
}

bool kept_records_have(const struct kept_records *kept, const struct file_plan *file, size_t *size)
{
    const struct kept_file *of_file = kept_file(kept, file);

    *size = of_file->bytes.size;
    return of_file->whole;
}

enum status kept_records_open(const struct kept_records *kept, const struct file_plan *file,
                              struct export_reader **reader, struct diagnostics *diagnostics)
{
    return export_reader_open_bytes(buffer_span(&kept_file(kept, file)->bytes), file->name,
                                    &kept->plan->ruleset->dialect, &kept->plan->reader, reader,
                                    diagnostics);
}
