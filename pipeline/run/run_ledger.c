#include "run/run_ledger.h"

enum entered_flag { ENTERED_ANONYMIZED = 1, ENTERED_DELETED = 2 };

enum status run_ledger_open(struct run_ledger *ledger, const char *path, enum ledger_access access,
                            bool replays, const struct secret *secret,
                            struct diagnostics *diagnostics)
{
    ledger->is_open = true;
    ledger->replays = replays;
    return ledger_open(&ledger->ledger, path, access, secret, diagnostics);
}

void run_ledger_release(struct run_ledger *ledger)
{
    if (ledger->is_open)
        ledger_close(&ledger->ledger);
    ledger->is_open = false;
    key_map_release(&ledger->entered);
    erased_contacts_release(&ledger->erased);
}

/* What loading keeps from line to line. */
struct loading {
    struct run_ledger *ledger;
    struct target_list *list;
    size_t slots[LEDGER_SLOT_LIMIT]; /* of the list, for those of the ledger's run; or NO_SLOT */
    size_t strange;                  /* contacts that the rules can't know */
};

#define NO_SLOT SIZE_MAX

static bool is_same_key(const struct ledger_run *run, const struct entity_rule *subject)
{
    for (size_t i = 0; i < subject->key.count; i++)
        if (i == run->column_count || !run->columns[i].is_key ||
            !span_equal(run->columns[i].name, subject->key.items[i].text))
            return false;
    return subject->key.count == run->column_count || !run->columns[subject->key.count].is_key;
}

static size_t identifier_slot(const struct ledger_column *column, const struct entity_rule *subject)
{
    for (size_t i = 0; i < subject->identifier_count; i++)
        if (subject->identifiers[i].match == column->match &&
            span_equal(subject->identifiers[i].column.text, column->name))
            return i + 1;
    return NO_SLOT;
}

/* Finds which slots of the rules a run's digests are of: those of equal name and comparison. */
static void map_slots(struct loading *loading, const struct ledger_run *run)
{
    const struct entity_rule *subject = loading->list->subject;
    size_t slot = 1;

    loading->slots[0] = is_same_key(run, subject) ? 0 : NO_SLOT;
    for (size_t i = 0; i < run->column_count; i++)
        if (!run->columns[i].is_key)
            loading->slots[slot++] = identifier_slot(&run->columns[i], subject);
}

static bool note_entered(struct run_ledger *ledger, struct fingerprint digest, bool deletes)
{
    bool is_new;
    const size_t at = key_map_insert(&ledger->entered, digest, &is_new);

    if (at == KEY_MAP_NONE)
        return false;
    ledger->entered.flags[at] |= deletes ? ENTERED_DELETED : ENTERED_ANONYMIZED;
    return true;
}

static enum status load_erasure(struct loading *loading, const struct ledger_erasure *erasure,
                                struct diagnostics *diagnostics)
{
    struct contact_values values = {.named = {false}};
    bool named = false, known = false;

    for (size_t i = 0; i < erasure->slot_count; i++) {
        const size_t slot = loading->slots[i];

        named |= erasure->named[i];
        if (!erasure->named[i] || slot == NO_SLOT)
            continue;
        known = values.named[slot] = true;
        values.values[slot] = erasure->digests[i];
        if (!note_entered(loading->ledger, erasure->digests[i], erasure->deletes))
            return diagnostics_no_memory(diagnostics);
    }
    loading->strange += named && !known;
    if (!known || !loading->ledger->replays)
        return STATUS_OK;
    return target_list_add_erased(loading->list, &values,
                                  erasure->deletes ? MODE_DELETE : MODE_ANONYMIZE, diagnostics);
}

static enum status load_line(void *context, const struct ledger_line *line,
                             struct diagnostics *diagnostics)
{
    struct loading *loading = context;

    if (line->kind == LEDGER_RUN)
        map_slots(loading, &line->run);
    if (line->kind != LEDGER_ERASED)
        return STATUS_OK;
    return load_erasure(loading, &line->erasure, diagnostics);
}

enum status run_ledger_load(struct run_ledger *ledger, struct resolution *resolution,
                            struct diagnostics *diagnostics)
{
    struct loading loading = {.ledger = ledger, .list = &resolution->list};
    enum status status;

    ledger->before = ledger->ledger.head.stands;
    status = ledger_each(&ledger->ledger, load_line, &loading, diagnostics);
    if (status != STATUS_OK || !ledger->replays || loading.strange == 0)
        return status;
    diagnostics_error(diagnostics, (struct place){ledger->ledger.file.path, 0, 0},
                      "who stands in the ledger can't be looked for (%zu of its contacts): the "
                      "columns they are known by are neither key nor identifiers of '%s', or "
                      "compare in another way",
                      loading.strange, resolution->list.subject->name.text.at);
    return STATUS_INPUT;
}

static uint8_t entered_flags(const struct run_ledger *ledger, size_t contact, size_t slot)
{
    const size_t at =
        key_map_find(&ledger->entered, erased_contact_value(&ledger->erased, contact, slot));

    return at == KEY_MAP_NONE ? 0 : ledger->entered.flags[at];
}

/*
 * Whether a contact that stands in the ledger has data again. If the rules set a marker, none
 * means that it has; else an identifier does, which erasing would have taken.
 */
static bool is_back(const struct run_ledger *ledger, size_t contact,
                    const struct entity_rule *subject)
{
    const struct erased_contacts *erased = &ledger->erased;
    const bool key_is_enough = subject->marker.column.text.size || erased->slot_count == 1;

    for (size_t slot = key_is_enough ? 0 : 1; slot < erased->slot_count; slot++)
        if (erased_contact_names(erased, contact, slot) && entered_flags(ledger, contact, slot))
            return erased->items[contact].unmarked;
    return false;
}

enum status run_ledger_recognize(struct run_ledger *ledger, const struct run_plan *plan,
                                 struct stream *stream, struct resolution *resolution,
                                 struct diagnostics *diagnostics)
{
    struct erased_contacts *erased = &ledger->erased;
    const enum status status = collect_erased(plan, stream, resolution, erased, diagnostics);

    for (size_t i = 0; status == STATUS_OK && i < erased->count; i++) {
        struct target *target = &resolution->targets[erased->items[i].target];

        target->resurrected |= is_back(ledger, i, plan->ruleset->subject);
    }
    return status;
}

/* Whether all that a contact is known by stands in the ledger, erased at least in this way. */
static bool is_entered(const struct run_ledger *ledger, size_t contact, bool deletes)
{
    const struct erased_contacts *erased = &ledger->erased;
    const uint8_t wanted =
        deletes ? ENTERED_DELETED : (uint8_t)(ENTERED_DELETED | ENTERED_ANONYMIZED);
    bool entered = false;

    for (size_t slot = 0; slot < erased->slot_count; slot++) {
        if (!erased_contact_names(erased, contact, slot))
            continue;
        if (!(entered_flags(ledger, contact, slot) & wanted))
            return false;
        entered = true;
    }
    return entered;
}

/* Whether the run does anything to a contact's record. */
static bool is_erased_now(const struct erased_contact *contact, const struct target *target)
{
    return target->to_delete || contact->unmarked;
}

static enum status enter(struct run_ledger *ledger, size_t contact, bool deletes,
                         struct diagnostics *diagnostics)
{
    const struct erased_contacts *erased = &ledger->erased;
    struct ledger_erasure erasure = {.deletes = deletes, .slot_count = erased->slot_count};

    for (size_t slot = 0; slot < erased->slot_count; slot++) {
        erasure.named[slot] = erased_contact_names(erased, contact, slot);
        erasure.digests[slot] = erased_contact_value(erased, contact, slot);
        if (erasure.named[slot] && !note_entered(ledger, erasure.digests[slot], deletes))
            return diagnostics_no_memory(diagnostics);
    }
    ledger->added++;
    return ledger_add(&ledger->ledger, &erasure, diagnostics);
}

enum status run_ledger_enter(struct run_ledger *ledger, struct span date,
                             const struct resolution *resolution, struct diagnostics *diagnostics)
{
    const struct ruleset *ruleset = resolution->ruleset;
    const struct erased_contacts *erased = &ledger->erased;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < erased->count && status == STATUS_OK; i++) {
        const struct target *target = &resolution->targets[erased->items[i].target];
        const bool deletes = target->to_delete;

        if (!is_erased_now(&erased->items[i], target) || is_entered(ledger, i, deletes))
            continue;
        if (ledger->added == 0)
            status =
                ledger_begin(&ledger->ledger, date, ruleset->digest, ruleset->subject, diagnostics);
        if (status == STATUS_OK)
            status = enter(ledger, i, deletes, diagnostics);
    }
    return status;
}

struct ledger_report run_ledger_report(const struct run_ledger *ledger)
{
    struct ledger_report report = {
        .is_kept = ledger->is_open, .lines_before = ledger->before.lines, .entered = ledger->added};

    _Static_assert(sizeof(report.head_before) == LINK_SIZE, "the head is a link");
    memcpy(report.head_before, ledger->before.link, LINK_SIZE);
    return report;
}
