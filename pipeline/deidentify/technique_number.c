/*
 * The range that a number falls into (number_ranges.h).
 *
 *     bucket: 10            30-39, or [30,40) where the number or the size isn't whole, or the
 *                           number is below 0
 *     edges: [18, 30, 65]   <18, [18,30), [30,65), >=65
 *     bottom: 20, top: 90   <20 below 20, and >=90 from 90 on. With a bucket they stand at the
 *                           bounds of buckets; without, the numbers between stay as they are
 *
 * What is no number in plain decimals is untaken. A range stays, so that treating an output
 * again changes nothing.
 */
#include "base/decimal.h"
#include "deidentify/number_ranges.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { EDGES_MAX = 1000 };

struct coding {
    struct number_ranges ranges;
    const char *text; /* the options in words */
};

static const char *const option_names[] = {"bucket", "edges", "bottom", "top", NULL};

/* The options in the rules, before they are counted in units. */
struct range_options {
    const struct node *bucket, *bottom, *top, *edges;
};

/* Lets the scale be as fine as an option needs. */
static void widen_scale(struct option_reader *reader, const struct node *node, const char *name,
                        size_t *scale)
{
    struct decimal_text decimal;

    if (node != NULL && option_decimal(reader, node, name, &decimal) &&
        decimal.fraction.size > *scale)
        *scale = decimal.fraction.size;
}

/* The units of an option that widen_scale has seen. */
static int64_t read_units(struct option_reader *reader, const struct node *node, const char *name,
                          size_t scale)
{
    struct decimal_text decimal;
    int64_t units = 0;

    if (node->kind == NODE_SCALAR && decimal_split(node->text, &decimal) &&
        decimal.fraction.size <= OPTION_DECIMALS_MAX && !decimal_floor(&decimal, scale, &units))
        node_reader_error(&reader->nodes, node->place,
                          "more digits in '%s' than can be counted exactly", name);
    return units;
}

static void find_scale(struct option_reader *reader, const struct range_options *options,
                       struct number_ranges *ranges)
{
    widen_scale(reader, options->bucket, "bucket", &ranges->scale);
    widen_scale(reader, options->bottom, "bottom", &ranges->scale);
    widen_scale(reader, options->top, "top", &ranges->scale);
    for (size_t i = 0; options->edges != NULL && i < options->edges->count; i++)
        widen_scale(reader, options->edges->items[i], "edges", &ranges->scale);
}

static bool is_fine(const struct option_reader *reader)
{
    return option_reader_status(reader) == STATUS_OK;
}

static void read_bucket(struct option_reader *reader, const struct range_options *options,
                        struct number_ranges *ranges)
{
    if (options->bucket == NULL)
        return;
    ranges->bucket = read_units(reader, options->bucket, "bucket", ranges->scale);
    if (is_fine(reader) && ranges->bucket <= 0)
        option_reject(reader, "bucket", "expected a number above 0 for 'bucket'");
}

static void read_bounds(struct option_reader *reader, const struct range_options *options,
                        struct number_ranges *ranges)
{
    ranges->has_bottom = options->bottom != NULL;
    ranges->has_top = options->top != NULL;
    if (ranges->has_bottom)
        ranges->bottom = read_units(reader, options->bottom, "bottom", ranges->scale);
    if (ranges->has_top)
        ranges->top = read_units(reader, options->top, "top", ranges->scale);
    if (!is_fine(reader))
        return;
    if (ranges->has_bottom && ranges->has_top && ranges->bottom >= ranges->top)
        option_reject(reader, "top", "expected 'top' to be above 'bottom'");
    if (ranges->bucket > 0 && ranges->bottom % ranges->bucket != 0)
        option_reject(reader, "bottom", "expected 'bottom' to be a multiple of 'bucket'");
    if (ranges->bucket > 0 && ranges->top % ranges->bucket != 0)
        option_reject(reader, "top", "expected 'top' to be a multiple of 'bucket'");
}

static void read_edges(struct option_reader *reader, const struct range_options *options,
                       struct number_ranges *ranges)
{
    const struct node *list = options->edges;

    if (list == NULL)
        return;
    if (list->count == 0 || list->count > EDGES_MAX) {
        option_reject(reader, "edges", "expected 1 to 1000 numbers in 'edges'");
        return;
    }
    if (options->bucket != NULL || options->bottom != NULL || options->top != NULL)
        option_reject(reader, "edges", "'edges' go with none of 'bucket', 'bottom' and 'top'");
    int64_t *edges = node_reader_array(&reader->nodes, list->count, sizeof *edges);
    if (edges == NULL)
        return;
    for (size_t i = 0; i < list->count; i++) {
        edges[i] = read_units(reader, list->items[i], "edges", ranges->scale);
        if (is_fine(reader) && i > 0 && edges[i] <= edges[i - 1])
            node_reader_error(&reader->nodes, list->items[i]->place, "expected 'edges' to ascend");
    }
    ranges->edges = edges;
    ranges->edge_count = list->count;
    ranges->has_bottom = ranges->has_top = true;
    ranges->bottom = edges[0];
    ranges->top = edges[list->count - 1];
}

/* ", NAME TEXT" behind the words so far. */
static const char *add_words(const char *words, const char *name, const struct node *node,
                             struct arena *arena)
{
    if (node == NULL || words == NULL)
        return words;
    return arena_printf(arena, "%s%s%s%s", words, words[0] != '\0' ? ", " : "", name,
                        node->text.at);
}

static const char *put_in_words(const struct range_options *options, struct arena *arena)
{
    const char *words = add_words("", "buckets of ", options->bucket, arena);

    words = add_words(words, "bottom ", options->bottom, arena);
    words = add_words(words, "top ", options->top, arena);
    for (size_t i = 0; options->edges != NULL && i < options->edges->count; i++)
        words = add_words(words, i == 0 ? "edges " : "", options->edges->items[i], arena);
    return words;
}

/* Everything but the words. */
static enum status read_ranges(struct option_reader *reader, const struct range_options *options,
                               struct number_ranges *ranges)
{
    find_scale(reader, options, ranges);
    read_bucket(reader, options, ranges);
    read_bounds(reader, options, ranges);
    read_edges(reader, options, ranges);
    return option_reader_status(reader);
}

static enum status number_compile(const struct node *options,
                                  const struct technique_setting *setting, const void **state)
{
    struct coding *coding = arena_alloc(setting->arena, sizeof *coding);
    if (coding == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = coding;

    struct option_reader reader;
    option_reader_init(&reader, option_names, NULL, options, setting);
    const struct range_options given = {
        option_node(&reader, "bucket"),
        option_node(&reader, "bottom"),
        option_node(&reader, "top"),
        option_list(&reader, "edges"),
    };
    if (!given.bottom && !given.top && !option_node(&reader, "edges"))
        option_require(&reader, "bucket");
    if (read_ranges(&reader, &given, &coding->ranges) != STATUS_OK)
        return STATUS_RULES;
    coding->text = put_in_words(&given, setting->arena);
    if (reader.nodes.no_memory || coding->text == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    return STATUS_OK;
}

static enum treatment number_treat(const void *state, const struct cell *cell,
                                   struct tagger *tagger, struct buffer *out)
{
    const struct number_ranges *ranges = &((const struct coding *)state)->ranges;
    struct decimal_text number;
    int64_t units;

    (void)tagger;
    if (number_ranges_hold(ranges, cell->value, out))
        return TREATMENT_UNCHANGED;
    if (!decimal_split(cell->value, &number) || !decimal_floor(&number, ranges->scale, &units))
        return TREATMENT_UNTAKEN;

    const bool whole = ranges->scale == 0 && !number.has_fraction && units >= 0;
    if (!number_ranges_append(ranges, units, whole ? NOTATION_WHOLE : NOTATION_INTERVAL, out))
        return TREATMENT_FAILED;
    return out->size > 0 ? TREATMENT_REPLACED : TREATMENT_UNCHANGED;
}

static const char *number_describe(const void *state, struct arena *arena)
{
    (void)arena;
    return ((const struct coding *)state)->text;
}

const struct technique technique_number = {
    .name = "number",
    .options = option_names,
    .label = LABEL_GENERALIZED,
    .compile = number_compile,
    .treat = number_treat,
    .describe = number_describe,
};
