/* The words of run_report.h's enumerations, the same in every report. */
#include "report/run_report.h"

#include <string.h>

static const struct {
    const char *name, *words;
} outcomes[OUTCOME_COUNT] = {
    [OUTCOME_ANONYMIZED] = {"anonymized", "anonymized"},
    [OUTCOME_DELETED] = {"deleted", "deleted"},
    [OUTCOME_HELD] = {"held", "held back"},
    [OUTCOME_NOT_FOUND] = {"not_found", "not found"},
    [OUTCOME_ALREADY] = {"already_anonymized", "already anonymized"},
};

const char *target_outcome_name(enum target_outcome outcome)
{
    return outcomes[outcome].name;
}

const char *target_outcome_words(enum target_outcome outcome)
{
    return outcomes[outcome].words;
}

const char *leak_verdict_name(enum leak_verdict verdict)
{
    switch (verdict) {
    case LEAKS_UNCHECKED:
        return "off";
    case LEAKS_NONE:
        return "passed";
    case LEAKS_SHARED:
        return "passed_but_shared";
    case LEAKS_LEFT:
        return "failed";
    }
    return "";
}

const char *field_origin_name(enum field_origin origin)
{
    switch (origin) {
    case ORIGIN_CHOSEN:
        return "chosen";
    case ORIGIN_DEFAULT:
        return "default";
    case ORIGIN_EXEMPTED:
        return "exempted";
    case ORIGIN_UNDECLARED:
        return "undeclared";
    case ORIGIN_KEPT:
        return "kept";
    }
    return "";
}

const char *field_class_title(const char *class)
{
    static const struct {
        const char *name, *title;
    } classes[] = {
        {"direct", "direct identifier"},
        {"quasi", "quasi-identifier"},
        {"sensitive", "sensitive attribute"},
        {"free_text", "free text"},
    };

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (strcmp(class, classes[i].name) == 0)
            return classes[i].title;
    return "";
}

static bool is_unlinked(const struct field_report *field)
{
    return field->technique[0] == '\0' && field->treated > 0;
}

const char *field_treatment(const struct field_report *field)
{
    return is_unlinked(field) ? "unlink" : field->technique;
}

const char *field_result(const struct field_report *field)
{
    return is_unlinked(field) ? "removed" : field->label;
}
