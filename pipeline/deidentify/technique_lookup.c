/*
 * The value that a table beside the rules has for it: a generalization hierarchy (city to
 * country), one step of it.
 *
 *     lookup: {file: cities.csv, from: City, to: Country, otherwise: clear}
 *
 * `file` is a CSV file relative to the rules file that names it, in the same folder or below.
 * Values compare exactly, by their bytes. What isn't in the table is given to the technique
 * `otherwise`; without it, such a value is untaken. A value that the table gives and doesn't take
 * stays, so that treating an output again changes nothing.
 */
#include <stdlib.h>

#include "base/folder.h"
#include "deidentify/formula.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"
#include "read/table_reader.h"
#include "ruleset/spelling.h"

struct pair {
    struct span from;
    struct span to;
    uint64_t line; /* of the table */
};

struct lookup {
    const char *file;
    const char *from;
    const char *to;
    const char *path; /* of the table, for messages */
    struct pair *by_from;
    struct pair *by_to; /* the same pairs */
    size_t count;
    struct compiled_technique otherwise; /* .technique NULL: there is none */
};

static const char *const option_names[] = {"file", "from", "to", "otherwise", NULL};

static int compare_from(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    const int order = span_compare(left->from, right->from);

    return order != 0 ? order : (left->line > right->line) - (left->line < right->line);
}

static int compare_to(const void *a, const void *b)
{
    return span_compare(((const struct pair *)a)->to, ((const struct pair *)b)->to);
}

static int seek_from(const void *value, const void *pair)
{
    return span_compare(*(const struct span *)value, ((const struct pair *)pair)->from);
}

static int seek_to(const void *value, const void *pair)
{
    return span_compare(*(const struct span *)value, ((const struct pair *)pair)->to);
}

static bool leaves_folder(struct span path)
{
    if (path.at[0] == '/')
        return true;
    for (const char *part = path.at; part != NULL;) {
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return true;
        part = strchr(part, '/');
        part = part != NULL ? part + 1 : NULL;
    }
    return false;
}

/* The path of the table in messages: the rules file's folder and the file. */
static const char *path_beside(const char *rules, const char *file, struct arena *arena)
{
    const char *slash = strrchr(rules, '/');

    return slash != NULL ? arena_printf(arena, "%.*s%s", (int)(slash - rules) + 1, rules, file)
                         : file;
}

/* The table's own problems are the rules' problems. */
static enum status read_table(const struct node *file, struct lookup *lookup, struct arena *arena,
                              struct table *table, struct diagnostics *diagnostics)
{
    struct parent_folder folder = PARENT_FOLDER_INIT;
    enum status status = parent_folder_open(file->place.path, &folder, diagnostics);

    if (status == STATUS_OK)
        status = table_read_below(folder.fd, lookup->file, lookup->path, arena, table, diagnostics);
    parent_folder_close(&folder);
    return status == STATUS_OK || status == STATUS_SYSTEM ? status : STATUS_RULES;
}

static size_t find_column(const struct table *table, const char *path, const char *name,
                          struct diagnostics *diagnostics)
{
    struct spelling spelling = spelling_of(span_of(name));
    char hint[SPELLING_HINT_SIZE];
    size_t found = 0, count = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        spelling_consider(&spelling, table->names[i]);
        if (!span_equal(table->names[i], span_of(name)))
            continue;
        found = i;
        count++;
    }
    if (count != 1)
        diagnostics_error(diagnostics, (struct place){path, 1, 0}, "%s column '%.*s'%s",
                          count == 0 ? "no" : "more than one", SHOWN(span_of(name)),
                          count == 0 ? spelling_hint(&spelling, hint) : "");
    return found;
}

static void check_pairs(const struct lookup *lookup, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < lookup->count; i++) {
        const struct pair *pair = &lookup->by_from[i];
        const struct place place = {lookup->path, pair->line, 0};

        if (formula_starts(pair->to))
            diagnostics_error(diagnostics, place, "value that would start a spreadsheet formula");
        if (i > 0 && span_equal(pair->from, pair[-1].from) && !span_equal(pair->to, pair[-1].to))
            diagnostics_error(diagnostics, place, "another value for what line %ju has already",
                              (uintmax_t)pair[-1].line);
    }
}

static bool make_pairs(struct lookup *lookup, const struct table *table, size_t from, size_t to,
                       struct arena *arena)
{
    lookup->count = table->row_count;
    lookup->by_from = arena_array(arena, lookup->count, sizeof *lookup->by_from);
    lookup->by_to = arena_array(arena, lookup->count, sizeof *lookup->by_to);
    if (lookup->by_from == NULL || lookup->by_to == NULL)
        return false;
    for (size_t i = 0; i < lookup->count; i++) {
        const struct span *row = table->cells + i * table->column_count;

        lookup->by_from[i] = (struct pair){row[from], row[to], table->lines[i]};
        lookup->by_to[i] = lookup->by_from[i];
    }
    if (lookup->count > 0) {
        qsort(lookup->by_from, lookup->count, sizeof *lookup->by_from, compare_from);
        qsort(lookup->by_to, lookup->count, sizeof *lookup->by_to, compare_to);
    }
    return true;
}

static enum status load_table(const struct node *file, struct lookup *lookup,
                              const struct technique_setting *setting)
{
    struct diagnostics *diagnostics = setting->diagnostics;
    const size_t errors_before = diagnostics->errors;
    struct table table;

    const enum status status = read_table(file, lookup, setting->arena, &table, diagnostics);
    if (status != STATUS_OK)
        return status;
    const size_t from = find_column(&table, lookup->path, lookup->from, diagnostics);
    const size_t to = find_column(&table, lookup->path, lookup->to, diagnostics);
    if (diagnostics->errors != errors_before)
        return STATUS_RULES;
    if (!make_pairs(lookup, &table, from, to, setting->arena))
        return diagnostics_no_memory(diagnostics);
    check_pairs(lookup, diagnostics);
    return diagnostics->errors == errors_before ? STATUS_OK : STATUS_RULES;
}

static const char *read_text(struct option_reader *reader, const char *name)
{
    option_require(reader, name);
    return option_text(reader, name, SPAN("")).at;
}

/* A technique's name, or a mapping of it to its options. */
static enum status compile_otherwise(struct option_reader *reader, struct lookup *lookup,
                                     const struct technique_setting *setting)
{
    const struct node *node = option_node(reader, "otherwise");
    if (node == NULL)
        return STATUS_OK;

    const bool has_options = node->kind == NODE_MAP && node->count == 1;
    const struct node *name = has_options ? node->keys[0] : node;
    const struct technique_setting inner = {setting->arena, setting->diagnostics, name->place};
    if (!node_expect(&reader->nodes, name, NODE_SCALAR))
        return STATUS_RULES;
    const enum status status = technique_compile(name->text, has_options ? node->items[0] : NULL,
                                                 &inner, &lookup->otherwise);
    if (status == STATUS_OK && lookup->otherwise.technique->whole_column)
        option_reject(reader, "otherwise", "a technique for whole columns can't take single cells");
    return status;
}

static enum status lookup_compile(const struct node *options,
                                  const struct technique_setting *setting, const void **state)
{
    struct lookup *lookup = arena_alloc(setting->arena, sizeof *lookup);
    if (lookup == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = lookup;

    struct option_reader reader;
    option_reader_init(&reader, option_names, NULL, options, setting);
    lookup->file = read_text(&reader, "file");
    lookup->from = read_text(&reader, "from");
    lookup->to = read_text(&reader, "to");
    if (leaves_folder(span_of(lookup->file)))
        option_reject(&reader, "file", "expected a path below the folder of the rules file");
    const enum status status = compile_otherwise(&reader, lookup, setting);
    if (status != STATUS_OK || option_reader_status(&reader) != STATUS_OK)
        return status == STATUS_SYSTEM ? status : STATUS_RULES;

    const struct node *file = option_node(&reader, "file");
    lookup->path = path_beside(file->place.path, lookup->file, setting->arena);
    if (lookup->path == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    return load_table(file, lookup, setting);
}

static enum treatment lookup_treat(const void *state, const struct cell *cell,
                                   struct tagger *tagger, struct buffer *out)
{
    const struct lookup *lookup = state;
    const struct pair *pair = NULL;

    if (lookup->count > 0)
        pair = bsearch(&cell->value, lookup->by_from, lookup->count, sizeof *pair, seek_from);
    if (pair != NULL)
        return buffer_append(out, pair->to) ? TREATMENT_REPLACED : TREATMENT_FAILED;
    if (lookup->count > 0 &&
        bsearch(&cell->value, lookup->by_to, lookup->count, sizeof *pair, seek_to) != NULL)
        return TREATMENT_UNCHANGED;
    if (lookup->otherwise.technique == NULL)
        return TREATMENT_UNTAKEN;
    return technique_treat(&lookup->otherwise, cell, tagger, out);
}

static bool lookup_wants_known(const void *state)
{
    const struct lookup *lookup = state;

    return lookup->otherwise.technique != NULL && technique_wants_known(&lookup->otherwise);
}

static const char *lookup_describe(const void *state, struct arena *arena)
{
    const struct lookup *lookup = state;

    if (lookup->otherwise.technique == NULL)
        return arena_printf(arena, "%s to %s by %s", lookup->from, lookup->to, lookup->file);
    return arena_printf(arena, "%s to %s by %s, otherwise %s", lookup->from, lookup->to,
                        lookup->file, lookup->otherwise.technique->name);
}

static bool append_part(struct buffer *text, struct span part)
{
    return buffer_append_format(text, "%zu:", part.size) && buffer_append(text, part);
}

/* The pairs say it all: neither other columns nor the order of the rows make a difference. */
static bool lookup_digest(const void *state, unsigned char digest[CHECKSUM_SIZE])
{
    const struct lookup *lookup = state;
    struct buffer text = BUFFER_INIT;
    bool done = true;

    for (size_t i = 0; i < lookup->count && done; i++)
        done = append_part(&text, lookup->by_from[i].from) &&
               append_part(&text, lookup->by_from[i].to);
    done = done && checksum_chain(digest, buffer_span(&text)) &&
           (lookup->otherwise.technique == NULL || technique_digest(&lookup->otherwise, digest));
    buffer_release(&text);
    return done;
}

const struct technique technique_lookup = {
    .name = "lookup",
    .options = option_names,
    .label = LABEL_GENERALIZED,
    .per_subject = true, /* as the technique `otherwise` may be */
    .wants_known = lookup_wants_known,
    .compile = lookup_compile,
    .treat = lookup_treat,
    .describe = lookup_describe,
    .digest = lookup_digest,
};
