#include "match/owner_sieve.h"

/* A contact without key is looked up by its bytes, behind no filter. */
static void pass_keyless(struct value_sieve *sieve, const struct file_binding *binding,
                         const struct record_view *view)
{
    const struct batch *batch = view->batch;

    for (size_t i = 0; i < binding->entity->key.count; i++)
        for (size_t record = 0; record < batch->record_count; record++)
            if (raw_is_blank(batch_raw(batch, record, binding->key_columns[i]), view->dialect))
                value_sieve_pass(sieve, record);
}

static bool add_key(struct value_sieve *sieve, const struct file_binding *binding,
                    const struct resolution *resolution, struct record_view *view)
{
    const struct sieved_cells cells = {.columns = binding->key_columns,
                                       .column_count = binding->entity->key.count,
                                       .match = MATCH_EXACT,
                                       .map = &resolution->contacts->map};

    if (resolution->keyless.count)
        pass_keyless(sieve, binding, view);
    return value_sieve_add(sieve, &cells, view);
}

static bool add_link(struct value_sieve *sieve, const struct bound_link *link,
                     struct record_view *view)
{
    const struct sieved_cells cells = {.columns = link->columns,
                                       .column_count = link->rule->columns.count,
                                       .match = link->rule->match,
                                       .separator = link->rule->separator,
                                       .when = link->when,
                                       .map = &link->set->map};

    return value_sieve_add(sieve, &cells, view);
}

bool owner_sieve_fill(struct value_sieve *sieve, const struct file_binding *binding,
                      const bool *links, const struct resolution *resolution,
                      struct record_view *view)
{
    bool filled = value_sieve_begin(sieve, view->batch);

    if (filled && binding->entity == resolution->ruleset->subject)
        filled = add_key(sieve, binding, resolution, view);
    for (size_t i = 0; filled && i < binding->link_count; i++)
        if (!links || links[i])
            filled = add_link(sieve, &binding->links[i], view);
    return filled;
}
