#include "run/leak_facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

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

static bool refuses(enum identifier_kind kind)
{
    return kind != IDENTIFIER_NAME;
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

        if (leak->kind == like->kind && strcmp(leak->entity, like->entity) == 0 &&
            strcmp(leak->field, like->field) == 0 && strcmp(leak->file, like->file) == 0)
            return leak;
    }
    leaks = array_room(gathering->leaks, gathering->count + 1, &gathering->room, sizeof(*leaks));
    if (!leaks)
        return NULL;
    gathering->leaks = leaks;
    leaks[gathering->count] = *like;
    return &leaks[gathering->count++];
}

static bool gather_column(struct gathering *gathering, const struct file_plan *file, size_t column,
                          const struct column_tally *tally)
{
    for (size_t kind = 0; kind < IDENTIFIER_KINDS; kind++) {
        const struct leak_report like = {
            .entity = file->entity ? file->entity->name.text.at : "",
            .file = file->entity ? "" : file->path,
            .field = file->entity ? file->columns.columns[column].name.at : "",
            .kind = kinds[kind].name,
        };
        struct leak_report *leak;

        if (tally->leaks[kind] == 0)
            continue;
        leak = leak_of(gathering, &like);
        if (!leak)
            return false;
        leak->count += tally->leaks[kind];
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

/* "2 email addresses, 1 phone number" of the kinds that refuse, or that don't. NULL: no memory. */
static const char *count_words(const struct run_report *report, bool refusing, struct arena *arena)
{
    uint64_t totals[IDENTIFIER_KINDS] = {0};
    const char *text = "";

    for (size_t i = 0; i < report->leak_count; i++)
        totals[kind_of(&report->leaks[i])] += report->leaks[i].count;
    for (size_t kind = 0; kind < IDENTIFIER_KINDS && text; kind++)
        if (totals[kind] && refuses((enum identifier_kind)kind) == refusing)
            text = arena_printf(arena, "%s%s%" PRIu64 " %s", text, *text ? ", " : "", totals[kind],
                                words_for((enum identifier_kind)kind, totals[kind]));
    return text;
}

/* The sentence of the reports. NULL where memory ran out. */
static const char *sentence(const struct run_plan *plan, const struct run_report *report,
                            struct arena *arena)
{
    const char *refusing = count_words(report, true, arena);
    const char *names = count_words(report, false, arena);

    if (plan->ruleset->leak_check == LEAK_OFF)
        return "off: the output was not searched for identifiers of the targets";
    if (!refusing || !names)
        return NULL;
    if (*refusing)
        return arena_printf(arena,
                            "failed: %s%s%s of targets are left in the output, which is there all "
                            "the same because the rules say 'leak_check: warn'",
                            refusing, *names ? ", " : "", names);
    if (*names)
        return arena_printf(arena,
                            "passed: no email address, phone number or replaced key of a target is "
                            "left; %s of targets stand in the output, but others may bear the same",
                            names);
    return "passed: no email address, phone number, replaced key or full name of a target is left";
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
        if (!refuses(kind_of(&report->leaks[i])))
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
