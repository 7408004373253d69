#include "run/run_plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/glob.h"
#include "report/manifest_words.h"
#include "ruleset/node_reader.h"
#include "ruleset/rule_source.h"
#include "run/column_hint.h"
#include "run/header_faults.h"

/* The folder that an earlier run left beside its output. */
#define REPORT_FOLDER "efface-report/"

static bool takes(const struct entity_rule *entity, const char *path)
{
    for (size_t i = 0; i < entity->files.count; i++)
        if (glob_matches(entity->files.items[i].text.at, path))
            return true;
    return false;
}

/* What to say of a file that an entity would take if case didn't matter; "" of any other. */
static const char *any_case_hint(struct run_plan *plan, const char *path)
{
    const struct ruleset *ruleset = plan->ruleset;

    for (size_t i = 0; i < ruleset->entity_count; i++) {
        const struct entity_rule *entity = &ruleset->entities[i];

        for (size_t j = 0; j < entity->files.count; j++)
            if (glob_matches_any_case(entity->files.items[j].text.at, path))
                return arena_printf(&plan->arena, " (case matters in '%.*s' of '%.*s')",
                                    SHOWN(entity->files.items[j].text), SHOWN(entity->name.text));
    }
    return "";
}

/* The entity that takes the file; NULL: none. An error where several do. */
static enum status find_entity(const struct run_plan *plan, const struct file_plan *file,
                               const struct entity_rule **found, struct diagnostics *diagnostics)
{
    const struct ruleset *ruleset = plan->ruleset;

    *found = NULL;
    for (size_t i = 0; i < ruleset->entity_count; i++) {
        const struct entity_rule *entity = &ruleset->entities[i];

        if (!takes(entity, file->path))
            continue;
        if (*found) {
            diagnostics_error(diagnostics, (struct place){file->name, 0, 0},
                              "both '%s' and '%s' take this file", (*found)->name.text.at,
                              entity->name.text.at);
            return STATUS_INPUT;
        }
        *found = entity;
    }
    return STATUS_OK;
}

/*
 * A file that no entity takes. A name that is only written in another case is told also where the
 * rules let such files be: copied as it is, the file would still hold everybody.
 */
static enum status judge_unmatched(struct run_plan *plan, const struct file_plan *file,
                                   struct diagnostics *diagnostics)
{
    const char *hint = any_case_hint(plan, file->path);
    const struct place place = {file->name, 0, 0};

    if (hint == NULL)
        return diagnostics_no_memory(diagnostics);
    if (plan->ruleset->unmatched == UNMATCHED_FAIL) {
        diagnostics_error(diagnostics, place, "no entity of the rules takes this file%s", hint);
        return STATUS_INPUT;
    }
    if (hint[0] != '\0')
        diagnostics_warning(diagnostics, place, "no entity of the rules takes this file%s", hint);
    return STATUS_OK;
}

/* Plans one listed file, or leaves it out where nobody takes it and the rules allow that. */
static enum status plan_file(struct run_plan *plan, const struct listed_file *listed,
                             struct diagnostics *diagnostics)
{
    const enum unmatched unmatched = plan->ruleset->unmatched;
    struct file_plan *file = &plan->files[plan->file_count];
    enum status status;

    *file =
        (struct file_plan){.path = listed->path,
                           .seen.st_size = listed->size,
                           .name = arena_printf(&plan->arena, "%s/%s", plan->folder, listed->path)};
    if (!file->name)
        return diagnostics_no_memory(diagnostics);
    status = find_entity(plan, file, &file->entity, diagnostics);
    if (status == STATUS_OK && !file->entity && listed->kind == FILE_REGULAR)
        status = judge_unmatched(plan, file, diagnostics);
    if (status != STATUS_OK || (!file->entity && unmatched == UNMATCHED_IGNORE))
        return status;
    if (listed->kind != FILE_REGULAR) {
        diagnostics_error(diagnostics, (struct place){file->name, 0, 0}, "is %s",
                          listed->kind == FILE_SYMLINK ? "a symbolic link" : "not a regular file");
        return STATUS_INPUT;
    }
    plan->file_count++;
    return STATUS_OK;
}

/* Also a file that can't be planned speaks for its entity: one problem, one message. */
static bool has_file(const struct entity_rule *entity, const struct folder_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++)
        if (takes(entity, listing->files[i].path))
            return true;
    return false;
}

/* Whether a pattern begins with the name of the very folder that patterns are below. */
static bool repeats_folder(const char *pattern, const char *folder)
{
    const char *slash = strrchr(folder, '/');
    const char *name = slash != NULL ? slash + 1 : folder;
    const size_t size = strlen(name);

    return size > 0 && strncmp(pattern, name, size) == 0 && pattern[size] == '/';
}

/* What the patterns of an entity without files may have been meant for. */
static const char *pattern_hint(const struct run_plan *plan, const struct entity_rule *entity)
{
    for (size_t i = 0; i < entity->files.count; i++) {
        const char *pattern = entity->files.items[i].text.at;

        if (repeats_folder(pattern, plan->folder))
            return " (its 'files' are paths within that folder)";
        if (strpbrk(pattern, "[{|\\") != NULL)
            return " (in its 'files' only * and ? are special)";
    }
    return "";
}

static enum status check_entities(const struct run_plan *plan, const struct folder_listing *listing,
                                  struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < plan->ruleset->entity_count; i++) {
        const struct entity_rule *entity = &plan->ruleset->entities[i];

        if (entity->optional || has_file(entity, listing))
            continue;
        diagnostics_error(diagnostics, entity->name.place,
                          "no file in '%s' belongs to entity '%s', which is not optional%s",
                          plan->folder, entity->name.text.at, pattern_hint(plan, entity));
        status = STATUS_INPUT;
    }
    return status;
}

static bool has_report(const struct folder_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++)
        if (strcmp(listing->files[i].path, MANIFEST_PATH) == 0)
            return true;
    return false;
}

enum status run_plan_open_folder(struct run_plan *plan, const char *folder,
                                 const struct reader_options *reader,
                                 struct diagnostics *diagnostics)
{
    plan->folder = folder;
    plan->reader = *reader;
    plan->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int reason = errno;
    enum status status;

    if (plan->folder_fd >= 0)
        return STATUS_OK;
    status = diagnostics_system(diagnostics, folder, "open", reason);
    return is_failure_of_system(reason) ? status : STATUS_INPUT;
}

/* Takes the report of an earlier run out of the listing. */
static void skip_report(struct folder_listing *listing)
{
    size_t left = 0;

    if (!has_report(listing))
        return;
    for (size_t i = 0; i < listing->count; i++)
        if (strncmp(listing->files[i].path, REPORT_FOLDER, strlen(REPORT_FOLDER)) != 0)
            listing->files[left++] = listing->files[i];
    listing->count = left;
}

enum status run_plan_files(struct run_plan *plan, const struct ruleset *ruleset,
                           struct diagnostics *diagnostics)
{
    struct folder_listing listing;
    enum status status =
        folder_list(plan->folder_fd, plan->folder, &plan->arena, &listing, diagnostics);
    enum status one;

    plan->ruleset = ruleset;
    if (status != STATUS_OK)
        return status;
    skip_report(&listing);
    plan->files = arena_array(&plan->arena, listing.count, sizeof(*plan->files));
    if (!plan->files)
        return diagnostics_no_memory(diagnostics);
    for (size_t i = 0; i < listing.count && status != STATUS_SYSTEM; i++) {
        one = plan_file(plan, &listing.files[i], diagnostics);
        status = one == STATUS_OK ? status : one;
    }
    one = check_entities(plan, &listing, diagnostics);
    return status == STATUS_OK ? one : status;
}

static int by_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct file_plan *)file)->path);
}

/* Whether a file that was listed later ought to be planned. */
static bool is_missed(const struct run_plan *plan, const char *path)
{
    const struct ruleset *ruleset = plan->ruleset;
    bool counts = ruleset->unmatched != UNMATCHED_IGNORE;

    for (size_t i = 0; i < ruleset->entity_count && !counts; i++)
        counts = takes(&ruleset->entities[i], path);
    return counts && !bsearch(path, plan->files, plan->file_count, sizeof(*plan->files), by_path);
}

enum status run_plan_look_again(const struct run_plan *plan, struct diagnostics *diagnostics)
{
    struct arena arena = ARENA_INIT;
    struct folder_listing listing;
    enum status status = folder_list(plan->folder_fd, plan->folder, &arena, &listing, diagnostics);

    skip_report(&listing);
    for (size_t i = 0; i < listing.count && status != STATUS_SYSTEM; i++) {
        const char *path = listing.files[i].path;

        if (!is_missed(plan, path))
            continue;
        path = arena_printf(&arena, "%s/%s", plan->folder, path);
        status = path ? STATUS_INPUT : diagnostics_no_memory(diagnostics);
        if (path)
            diagnostics_error(diagnostics, (struct place){path, 0, 0},
                              "appeared while the export was read");
    }
    arena_release(&arena);
    return status;
}

struct file_amount run_plan_amount(const struct run_plan *plan, const struct entity_rule *entity)
{
    struct file_amount amount = {0, 0};

    for (size_t i = 0; i < plan->file_count; i++) {
        if (entity && plan->files[i].entity != entity)
            continue;
        amount.files++;
        amount.bytes += (uint64_t)plan->files[i].seen.st_size;
    }
    return amount;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           same_time(a->st_mtim, b->st_mtim) && same_time(a->st_ctim, b->st_ctim);
}

static enum status copy_names(struct run_plan *plan, struct file_plan *file,
                              const struct header *header, struct diagnostics *diagnostics)
{
    file->column_count = header->count;
    file->names = arena_array(&plan->arena, header->count, sizeof(*file->names));
    for (size_t i = 0; file->names && i < header->count; i++) {
        const char *name = arena_string(&plan->arena, header->names[i]);

        if (!name)
            return diagnostics_no_memory(diagnostics);
        file->names[i] = (struct span){name, header->names[i].size};
    }
    return file->names ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

static enum status read_header(struct run_plan *plan, struct file_plan *file,
                               struct diagnostics *diagnostics)
{
    struct export_reader *reader = NULL;
    enum status status =
        export_reader_open(plan->folder_fd, file->path, file->name, &plan->ruleset->dialect,
                           &plan->reader, &reader, diagnostics);

    if (status != STATUS_OK)
        return status;
    file->seen = *byte_source_stat(export_reader_source(reader));
    file->gzip = byte_source_is_gzip(export_reader_source(reader));
    file->dialect = plan->ruleset->dialect;
    file->dialect.delimiter = export_reader_dialect(reader)->delimiter;
    status = copy_names(plan, file, export_reader_header(reader), diagnostics);
    export_reader_free(reader);
    return status;
}

/* Also where the binding fails: the columns that are there may have problems of their own. */
static enum status bind_columns(struct run_plan *plan, struct file_plan *file,
                                const struct resolution *resolution,
                                const struct technique_book *book, struct diagnostics *diagnostics)
{
    const struct file_columns columns = header_columns(file);
    enum status planned, status = file_binding_make(&columns, file->entity, resolution,
                                                    &plan->arena, &file->binding, diagnostics);

    if (status == STATUS_SYSTEM)
        return status;
    planned = column_plan_make(&columns, &file->binding, resolution, book, &plan->arena,
                               &file->columns, diagnostics);
    if (file->faults.no_memory)
        return diagnostics_no_memory(diagnostics);
    return planned == STATUS_OK ? status : planned;
}

/* Without a header, what its messages would name is the first record. */
static void hide_columns(struct file_plan *file, struct diagnostics *messages)
{
    diagnostics_release(messages);
    file->faults.first = NULL;
    file->names = NULL;
    file->column_count = 0;
    diagnostics_error(
        messages, (struct place){file->name, 1, 0},
        "no column that the rules name for '%s' is in the first line: it is no header, "
        "or has another delimiter",
        file->entity->name.text.at);
}

static enum status plan_columns(struct run_plan *plan, struct file_plan *file,
                                const struct resolution *resolution,
                                const struct technique_book *book, struct diagnostics *diagnostics)
{
    struct diagnostics messages = DIAGNOSTICS_INIT;
    enum status status = read_header(plan, file, diagnostics);
    struct file_columns columns;

    if (status != STATUS_OK)
        return status;
    file->faults.arena = &plan->arena;
    status = bind_columns(plan, file, resolution, book, &messages);
    columns = header_columns(file);
    if (status == STATUS_INPUT && file->faults.first &&
        column_hint_knows_none(&columns, file->entity, plan->ruleset))
        hide_columns(file, &messages);
    diagnostics_move(diagnostics, &messages);
    return status;
}

enum status run_plan_columns(struct run_plan *plan, const struct resolution *resolution,
                             const struct technique_book *book, struct diagnostics *diagnostics)
{
    struct diagnostics messages = DIAGNOSTICS_INIT;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < plan->file_count && status != STATUS_SYSTEM; i++) {
        enum status one = STATUS_OK;

        if (plan->files[i].entity)
            one = plan_columns(plan, &plan->files[i], resolution, book, &messages);
        status = one == STATUS_OK ? status : one;
    }
    header_faults_report(plan, &messages);
    rule_source_sort(plan->ruleset->source, &messages);
    diagnostics_move(diagnostics, &messages);
    return status;
}

bool run_plan_scrubs_known(const struct run_plan *plan)
{
    for (size_t i = 0; i < plan->file_count; i++) {
        const struct file_columns_plan *columns = &plan->files[i].columns;

        for (size_t j = 0; j < columns->count; j++)
            if (columns->columns[j].wants_known)
                return true;
    }
    return false;
}

bool run_plan_leaks(struct run_plan *plan)
{
    for (size_t i = 0; i < plan->file_count; i++) {
        struct file_plan *file = &plan->files[i];

        if (file->entity && !leak_plan_make(&file->binding, &file->columns, plan->ruleset,
                                            &plan->arena, &file->leaks))
            return false;
    }
    return true;
}

enum status run_plan_open(const struct run_plan *plan, const struct file_plan *file, bool checksum,
                          struct export_reader **reader, struct diagnostics *diagnostics)
{
    struct reader_options options = plan->reader;
    enum status status;

    options.source.checksum = checksum;
    status = export_reader_open(plan->folder_fd, file->path, file->name, &plan->ruleset->dialect,
                                &options, reader, diagnostics);
    if (status != STATUS_OK)
        return status;
    if (same_file(&file->seen, byte_source_stat(export_reader_source(*reader))))
        return STATUS_OK;
    export_reader_free(*reader);
    *reader = NULL;
    diagnostics_error(diagnostics, (struct place){file->name, 0, 0},
                      "changed since its header was read");
    return STATUS_INPUT;
}

enum status run_plan_open_next(const struct run_plan *plan, size_t *next, file_choice *is_read,
                               const void *context, struct export_reader **reader,
                               const void **file, struct diagnostics *diagnostics)
{
    while (*next < plan->file_count) {
        const struct file_plan *candidate = &plan->files[(*next)++];

        if (!is_read(context, candidate))
            continue;
        *file = candidate;
        return run_plan_open(plan, candidate, false, reader, diagnostics);
    }
    *reader = NULL;
    return STATUS_OK;
}

void run_plan_release(struct run_plan *plan)
{
    if (plan->folder_fd >= 0)
        close(plan->folder_fd);
    arena_release(&plan->arena);
    *plan = (struct run_plan)RUN_PLAN_INIT;
}
