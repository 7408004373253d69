/*
 * All that is known of one input file before its records are read.
 */
#ifndef EFFACE_RUN_FILE_PLAN_H
#define EFFACE_RUN_FILE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include <sys/stat.h>

#include "match/file_binding.h"
#include "record/dialect.h"
#include "ruleset/ruleset.h"
#include "run/column_plan.h"
#include "run/file_tally.h"
#include "run/leak_plan.h"

struct file_plan {
    const char *path;                 /* relative to the input folder */
    const char *name;                 /* for messages: with the folder */
    const struct entity_rule *entity; /* NULL: copied as it is */
    struct stat seen;                 /* what the file was when its header was read; of a copied
                                         one only the size, as listed */
    bool gzip;
    struct dialect dialect; /* with the delimiter found */
    struct span *names;     /* the header's */
    size_t column_count;
    struct column_faults faults; /* what the rules need of the header and don't find */
    struct file_binding binding;
    struct file_columns_plan columns;
    struct leak_plan leaks; /* by run_plan_leaks; empty where nothing is looked for */
};

#endif
