#include "run/leak_facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/key_map.h"

/* The words for a kind: in the reports' lists, of one, and of several. */
static const struct kind_words {
    const char *name, *one, *several;
} kinds[IDENTIFIER_KINDS] = {
    [IDENTIFIER_EMAIL] = {"email", "email address", "email addresses"},
    [IDENTIFIER_PHONE] = {"phone", "phone number", "phone numbers"},
    [IDENTIFIER_NAME] = {"name", "full name", "full names"},
    [IDENTIFIER_KEY] = {"key", "replaced key", "replaced keys"},
};

static const char *words_for(enum identifier_kind kind, uint64_t count)
{
    return count == 1 ? kinds[kind].one : kinds[kind].several;
}

static bool refuses(const struct leak_report *leak)
{
    return !leak->shared;
}

static bool note_borne(const struct file_tally *tally, struct key_map *borne)
{
    bool is_new;

    for (size_t i = 0; i < tally->left_count; i++)
        if (tally->left[i].borne &&
            key_map_insert(borne, tally->left[i].value, &is_new) == KEY_MAP_NONE)
            return false;
    return true;
}

static void share(struct file_tally *tally, const struct key_map *borne)
{
    for (size_t i = 0; i < tally->left_count; i++) {
        const struct left_identifier *left = &tally->left[i];
        struct column_tally *column = &tally->columns[left->column];

        if (key_map_find(borne, left->value) == KEY_MAP_NONE)
            continue;
        column->leaks[left->kind]--;
        column->shared[left->kind]++;
    }
}

enum status leak_facts_share(const struct run_plan *plan, struct file_tally *tallies,
                             struct diagnostics *diagnostics)
{
    struct key_map borne = KEY_MAP_OF(0);
    bool noted = true;

    for (size_t i = 0; i < plan->file_count && noted; i++)
        noted = note_borne(&tallies[i], &borne);
    for (size_t i = 0; i < plan->file_count && noted; i++)
        share(&tallies[i], &borne);
    key_map_release(&borne);
    return noted ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

/* What gathering grows; the array moves to the arena in the end. */
struct gathering {
    struct leak_report *leaks;
    size_t count, room;
};

/* The leak of this place and kind; a new one where there is none. NULL where memory ran out. */
static struct leak_report *leak_of(struct gathering *gathering, const struct leak_report *like)
{
    struct leak_report *leaks;

    for (size_t i = 0; i < gathering->count; i++) {
        struct leak_report *leak = &gathering->leaks[i];

        if (leak->kind == like->kind && leak->shared == like->shared &&
            strcmp(leak->entity, like->entity) == 0 && strcmp(leak->field, like->field) == 0 &&
            strcmp(leak->file, like->file) == 0)
            return leak;
    }
    leaks = array_room(gathering->leaks, gathering->count + 1, &gathering->room, sizeof(*leaks));
    if (!leaks)
        return NULL;
    gathering->leaks = leaks;
    leaks[gathering->count] = *like;
    return &leaks[gathering->count++];
}

static bool add_leak(struct gathering *gathering, const struct file_plan *file, size_t column,
                     enum identifier_kind kind, bool shared, uint64_t count)
{
    const struct leak_report like = {
        .entity = file->entity ? file->entity->name.text.at : "",
        .file = file->entity ? "" : file->path,
        .field = file->entity ? file->columns.columns[column].name.at : "",
        .kind = kinds[kind].name,
        .shared = shared,
    };
    struct leak_report *leak;

    if (count == 0)
        return true;
    leak = leak_of(gathering, &like);
    if (leak)
        leak->count += count;
    return leak != NULL;
}

static bool gather_column(struct gathering *gathering, const struct file_plan *file, size_t column,
                          const struct column_tally *tally)
{
    for (size_t i = 0; i < IDENTIFIER_KINDS; i++) {
        const enum identifier_kind kind = (enum identifier_kind)i;

        if (!add_leak(gathering, file, column, kind, kind == IDENTIFIER_NAME, tally->leaks[i]) ||
            !add_leak(gathering, file, column, kind, true, tally->shared[i]))
            return false;
    }
    return true;
}

/* Of the files of one entity; NULL: of those that are copied. */
static bool gather_entity(struct gathering *gathering, const struct run_plan *plan,
                          const struct entity_rule *entity, const struct file_tally *tallies)
{
    for (size_t i = 0; i < plan->file_count; i++)
        for (size_t column = 0; plan->files[i].entity == entity && column < tallies[i].column_count;
             column++)
            if (!gather_column(gathering, &plan->files[i], column, &tallies[i].columns[column]))
                return false;
    return true;
}

static enum identifier_kind kind_of(const struct leak_report *leak)
{
    size_t kind = 0;

    while (kinds[kind].name != leak->kind)
        kind++;
    return (enum identifier_kind)kind;
}

/* "2 email addresses, 1 phone number" of those that refuse, or those that don't. NULL: no memory.
 */
static const char *count_words(const struct run_report *report, bool refusing, struct arena *arena)
{
    uint64_t totals[IDENTIFIER_KINDS] = {0};
    const char *text = "";

    for (size_t i = 0; i < report->leak_count; i++)
        if (refuses(&report->leaks[i]) == refusing)
            totals[kind_of(&report->leaks[i])] += report->leaks[i].count;
    for (size_t kind = 0; kind < IDENTIFIER_KINDS && text; kind++)
        if (totals[kind])
            text = arena_printf(arena, "%s%s%" PRIu64 " %s", text, *text ? ", " : "", totals[kind],
                                words_for((enum identifier_kind)kind, totals[kind]));
    return text;
}

/* The sentence of the reports. NULL where memory ran out. */
static const char *sentence(const struct run_plan *plan, const struct run_report *report,
                            struct arena *arena)
{
    const char *refusing = count_words(report, true, arena);
    const char *shared = count_words(report, false, arena);

    if (plan->ruleset->leak_check == LEAK_OFF)
        return "off: the output was not searched for identifiers of the targets";
    if (!refusing || !shared)
        return NULL;
    if (*refusing)
        return arena_printf(arena,
                            "failed, and published because of 'leak_check: warn'; left of targets: "
                            "%s%s%s",
                            refusing, *shared ? "; left of targets and maybe of others: " : "",
                            shared);
    if (*shared)
        return arena_printf(
            arena, "passed: nothing is left of a target but what others may bear, too: %s", shared);
    return "passed: no email address, phone number, replaced key or full name of a target is left, "
           "but for fields with the technique 'keep'";
}

static enum leak_verdict verdict_of(const struct run_plan *plan, const struct run_report *report)
{
    enum leak_verdict verdict = LEAKS_NONE;

    if (plan->ruleset->leak_check == LEAK_OFF)
        return LEAKS_UNCHECKED;
    for (size_t i = 0; i < report->leak_count; i++) {
        if (refuses(&report->leaks[i]))
            return LEAKS_LEFT;
        verdict = LEAKS_SHARED;
    }
    return verdict;
}

enum status leak_facts_gather(const struct run_plan *plan, const struct file_tally *tallies,
                              struct arena *arena, struct run_report *report,
                              struct diagnostics *diagnostics)
{
    struct gathering gathering = {.leaks = NULL};
    struct leak_report *leaks = NULL;
    bool gathered = true;

    for (size_t i = 0; i < plan->ruleset->entity_count && gathered; i++)
        gathered = gather_entity(&gathering, plan, &plan->ruleset->entities[i], tallies);
    gathered = gathered && gather_entity(&gathering, plan, NULL, tallies);
    if (gathered)
        leaks = arena_array(arena, gathering.count, sizeof(*leaks));
    if (leaks && gathering.count)
        memcpy(leaks, gathering.leaks, gathering.count * sizeof(*leaks));
    free(gathering.leaks);
    report->leaks = leaks;
    report->leak_count = gathering.count;
    report->leak_verdict = verdict_of(plan, report);
    report->leak_check = leaks ? sentence(plan, report, arena) : NULL;
    return report->leak_check ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

typedef void message_adder(struct diagnostics *diagnostics, struct place place, const char *format,
                           ...) __attribute__((format(printf, 3, 4)));

static void tell(message_adder *add, const struct leak_report *leak,
                 struct diagnostics *diagnostics)
{
    const struct place place = {*leak->file ? leak->file : NULL, 0, 0};
    const enum identifier_kind kind = kind_of(leak);
    const char *what = words_for(kind, leak->count);

    if (*leak->file)
        add(diagnostics, place,
            "%" PRIu64 " %s of targets left in a file that is copied: name it "
            "in the rules, or leave it out",
            leak->count, what);
    else
        add(diagnostics, place, "%" PRIu64 " %s of targets left in field '%s' of entity '%s': %s",
            leak->count, what, leak->field, leak->entity,
            kind == IDENTIFIER_KEY ? "declare it as a link, or treat it"
                                   : "treat it, or give it the technique 'keep'");
}

enum status leak_verdict(const struct run_plan *plan, const struct run_report *report,
                         struct diagnostics *diagnostics)
{
    const bool fails = plan->ruleset->leak_check == LEAK_FAIL;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < report->leak_count; i++) {
        if (!refuses(&report->leaks[i]))
            continue;
        tell(fails ? diagnostics_error : diagnostics_warning, &report->leaks[i], diagnostics);
        status = fails ? STATUS_LEAK : status;
    }
    if (status == STATUS_LEAK)
        diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                          "nothing was published: identifiers of targets would have been left "
                          "('leak_check: warn' publishes all the same)");
    return status;
}
