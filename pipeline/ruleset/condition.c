#include "ruleset/condition.h"

static bool test_reads(const struct test *test, const struct entity_rule *asked,
                       const struct entity_rule *entity, struct span column)
{
    return (asked == entity && span_equal(test->column, column)) ||
           condition_reads(test->where, test->entity, entity, column);
}

bool condition_reads(const struct condition *condition, const struct entity_rule *asked,
                     const struct entity_rule *entity, struct span column)
{
    for (size_t i = 0; condition != NULL && i < condition->count; i++) {
        const struct alternative *alternative = &condition->alternatives[i];
        for (size_t j = 0; j < alternative->count; j++)
            if (test_reads(&alternative->tests[j], asked, entity, column))
                return true;
    }
    return false;
}
