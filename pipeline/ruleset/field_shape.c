/*
 * A field has three levels: its own keys, the name of a technique, and that one's options. A key
 * that stands on another level than its own is reported with the place where it belongs, and then
 * taken as if it stood there: so nothing is called missing, or unknown, that is only misplaced.
 */
#include "ruleset/rule_loader.h"

struct field_shape {
    struct rule_loader *loader;
    const char *const *field_keys;
    const char *const *options; /* the names of the technique's options */
    struct node *technique_key; /* the word `technique` */
    struct node *name;          /* of the technique; NULL: none is known */
    struct node *written;       /* what stands behind the name; NULL: nothing */
    /* What belongs to each level, in the arena, with room for every pair of the field. */
    struct node *field;
    struct node *technique;
    struct node *arguments;
};

static const char *const *options_of(const struct field_shape *shape, const struct node *name)
{
    technique_option_names *const names = shape->loader->option_names;

    return names != NULL ? names(name->text) : NULL;
}

/* At any depth. */
static size_t count_pairs(const struct node *node)
{
    size_t count = node->kind == NODE_MAP ? node->count : 0;

    for (size_t i = 0; i < node->count; i++)
        count += count_pairs(node->items[i]);
    return count;
}

static struct node *new_map(struct field_shape *shape, struct place place, size_t room)
{
    struct node_reader *reader = &shape->loader->reader;
    struct node *map = node_reader_array(reader, 1, sizeof *map);
    struct node **keys = node_reader_array(reader, room, sizeof *keys);
    struct node **items = node_reader_array(reader, room, sizeof *items);

    if (map == NULL || keys == NULL || items == NULL)
        return NULL;
    *map = (struct node){.kind = NODE_MAP, .place = place, .items = items, .keys = keys};
    return map;
}

static void add_pair(struct node *map, struct node *key, struct node *item)
{
    map->keys[map->count] = key;
    map->items[map->count++] = item;
}

static bool is_blank(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->text.size == 0;
}

/* A technique whose name is a key of the field, where `technique` is missing or says nothing. */
static void find_bare_technique(struct field_shape *shape, const struct node *map)
{
    for (size_t i = 0; i < map->count && shape->name == NULL; i++) {
        struct node *name = map->keys[i];
        const char *const *options = options_of(shape, name);
        if (options == NULL)
            continue;
        shape->name = name;
        if (options[0] != NULL && !is_blank(map->items[i]))
            shape->written = map->items[i];
        node_reader_error(&shape->loader->reader, name->place,
                          options[0] != NULL
                              ? "'%.*s' is a technique (write 'technique: {%.*s: ...}')"
                              : "'%.*s' is a technique (write 'technique: %.*s')",
                          SHOWN(name->text), SHOWN(name->text));
    }
}

/* The one key of what stands behind `technique`, or among several the one that names one. */
static void find_name(struct field_shape *shape, const struct node *technique)
{
    for (size_t i = 0; i < technique->count && shape->name == NULL; i++)
        if (options_of(shape, technique->keys[i]) != NULL) {
            shape->name = technique->keys[i];
            shape->written = technique->items[i];
        }
}

static void report_misplaced(struct field_shape *shape, const struct node *key, bool option)
{
    struct node_reader *reader = &shape->loader->reader;

    if (option)
        node_reader_error(reader, key->place,
                          "'%.*s' is an option of '%.*s' (write 'technique: {%.*s: {%.*s: ...}}')",
                          SHOWN(key->text), SHOWN(shape->name->text), SHOWN(shape->name->text),
                          SHOWN(key->text));
    else
        node_reader_error(reader, key->place,
                          "'%.*s' is a key of the field (write it beside 'technique')",
                          SHOWN(key->text));
}

/* Whether a key of the field's is an invented word for options: what stands behind it are some. */
static bool wraps_options(const struct field_shape *shape, const struct node *item)
{
    if (item->kind != NODE_MAP || item->count == 0)
        return false;
    for (size_t i = 0; i < item->count; i++)
        if (!node_is_one_of(item->keys[i], shape->options))
            return false;
    return true;
}

static struct node *home_of(struct field_shape *shape, struct node *level, const struct node *key)
{
    if (node_is_one_of(key, shape->field_keys))
        return shape->field;
    return node_is_one_of(key, shape->options) ? shape->arguments : level;
}

/* Takes the pairs that stand on a level to where they belong; others stay, to be refused there. */
static void take_pairs(struct field_shape *shape, struct node *level, const struct node *written)
{
    for (size_t i = 0; i < written->count; i++) {
        struct node *key = written->keys[i];
        struct node *home = home_of(shape, level, key);

        if (key == shape->technique_key || key == shape->name)
            continue;
        if (home == level && level == shape->field && wraps_options(shape, written->items[i])) {
            take_pairs(shape, shape->technique, written->items[i]);
            continue;
        }
        if (home != level)
            report_misplaced(shape, key, home == shape->arguments);
        add_pair(home, key, written->items[i]);
    }
}

/* What stands behind the technique's name, as it is meant; NULL: nothing. */
static struct node *join_options(const struct field_shape *shape)
{
    struct node *written = shape->written;

    if (shape->arguments->count > 0 &&
        (written == NULL || written->kind == NODE_MAP || is_blank(written)))
        return shape->arguments;
    return written != NULL && written->kind == NODE_MAP ? NULL : written;
}

/* What stands behind `technique`. */
static struct node *join_technique(struct field_shape *shape)
{
    struct node *options = join_options(shape);

    if (options == NULL && shape->technique->count == 0)
        return shape->name;
    add_pair(shape->technique, shape->name, options != NULL ? options : shape->arguments);
    return shape->technique;
}

/* Reads the three levels; false where memory ran out. */
static bool take_field(struct field_shape *shape, const struct node *map,
                       const struct node *technique)
{
    const size_t room = count_pairs(map) + 1;

    shape->field = new_map(shape, map->place, room);
    shape->technique = new_map(shape, technique->place, room);
    shape->arguments = new_map(shape, shape->name->place, room);
    if (shape->field == NULL || shape->technique == NULL || shape->arguments == NULL)
        return false;
    if (shape->written != NULL && shape->written->kind == NODE_MAP) {
        const struct node latest = loader_latest(shape->loader, shape->written);
        shape->arguments->place = latest.place;
        take_pairs(shape, shape->arguments, &latest);
    }
    if (technique->kind == NODE_MAP)
        take_pairs(shape, shape->technique, technique);
    take_pairs(shape, shape->field, map);
    add_pair(shape->field, shape->technique_key, join_technique(shape));
    return true;
}

/* Finds the word `technique`, and the name. Gives what stands behind the word, blank if nothing. */
static struct node find_technique(struct field_shape *shape, const struct node *map)
{
    struct node technique = {.kind = NODE_SCALAR};
    struct node *item = NULL;

    for (size_t i = 0; i < map->count; i++)
        if (node_is(map->keys[i], "technique")) {
            shape->technique_key = map->keys[i];
            item = map->items[i];
        }
    if (item == NULL)
        return technique;
    technique = item->kind == NODE_MAP ? loader_latest(shape->loader, item) : *item;
    if (item->kind == NODE_MAP)
        find_name(shape, &technique);
    else if (item->kind == NODE_SCALAR && options_of(shape, item) != NULL)
        shape->name = item;
    return technique;
}

/* The word `technique`, which the field lacks. */
static struct node *new_word(struct field_shape *shape)
{
    struct node *word = node_reader_array(&shape->loader->reader, 1, sizeof *word);

    if (word != NULL)
        *word = (struct node){
            .kind = NODE_SCALAR, .text = SPAN("technique"), .place = shape->name->place};
    return word;
}

struct node field_straighten(struct rule_loader *loader, const struct node *map,
                             const char *const *field_keys)
{
    struct field_shape shape = {.loader = loader, .field_keys = field_keys};
    const size_t errors_before = loader->reader.diagnostics->errors;
    struct node technique = find_technique(&shape, map);

    if (is_blank(&technique))
        find_bare_technique(&shape, map);
    if (shape.name == NULL)
        return *map;
    if (shape.technique_key == NULL) {
        shape.technique_key = new_word(&shape);
        technique.place = shape.name->place;
    }
    shape.options = options_of(&shape, shape.name);
    if (shape.technique_key == NULL || !take_field(&shape, map, &technique))
        return *map;
    return loader->reader.diagnostics->errors > errors_before ? *shape.field : *map;
}
