#include "ruleset/node_reader.h"

#include <stdio.h>

#include "base/buffer.h"
#include "ruleset/name_index.h"
#include "ruleset/spelling.h"

enum { SHOWN_LIMIT = 100 };

int name_shown_size(struct span name)
{
    size_t size = name.size;

    if (size > SHOWN_LIMIT)
        for (size = SHOWN_LIMIT; size > 0 && (name.at[size] & 0xC0) == 0x80; size--)
            continue; /* not within a UTF-8 character */
    return (int)size;
}

void *node_reader_array(struct node_reader *reader, size_t count, size_t size)
{
    void *array = arena_array(reader->arena, count, size);

    if (array == NULL)
        reader->no_memory = true;
    return array;
}

bool node_expect(struct node_reader *reader, const struct node *node, enum node_kind kind)
{
    if (node->kind == kind)
        return true;
    if (node->kind == NODE_SCALAR && node->text.size == 0 && !node->quoted) {
        node_reader_error(reader, node->place, "expected %s, but nothing stands here",
                          node_kind_name(kind));
        return false;
    }
    node_reader_error(reader, node->place, "expected %s, not %s", node_kind_name(kind),
                      node_kind_name(node->kind));
    return false;
}

const char *node_key_hint(const struct node *key, const char *const *words,
                          char hint[KEY_HINT_SIZE])
{
    struct spelling spelling = spelling_of(key->text);
    char place[KEY_PLACE_SIZE];

    spelling_consider_all(&spelling, words);
    if (spelling.nearest.size > 0 || rule_key_place(key->text, place)[0] == '\0')
        return spelling_hint(&spelling, hint);
    snprintf(hint, KEY_HINT_SIZE, " (it belongs %s)", place);
    return hint;
}

void node_unknown_key(struct node_reader *reader, const struct node *key, const char *const *words)
{
    char hint[KEY_HINT_SIZE];

    node_reader_error(reader, key->place, "unknown key '%.*s'%s", SHOWN(key->text),
                      node_key_hint(key, words, hint));
}

void node_check_keys(struct node_reader *reader, const struct node *map, const char *const *words)
{
    for (size_t i = 0; i < map->count; i++)
        if (!node_is_one_of(map->keys[i], words))
            node_unknown_key(reader, map->keys[i], words);
}

const struct node *node_require(struct node_reader *reader, const struct node *map, const char *key)
{
    const struct node *value = node_get(map, key);

    if (value == NULL)
        node_reader_error(reader, map->place, "missing key '%s'", key);
    return value;
}

const struct node *node_part(struct node_reader *reader, const struct node *map, const char *key,
                             enum node_kind kind)
{
    const struct node *value = node_get(map, key);

    return value != NULL && node_expect(reader, value, kind) ? value : NULL;
}

struct name node_name(struct node_reader *reader, const struct node *node)
{
    struct name name = {{NULL, 0}, node->place};

    if (node_expect(reader, node, NODE_SCALAR))
        name.text = node->text;
    return name;
}

static void refuse_repeated(struct node_reader *reader, const struct name_list *names)
{
    struct name_index index;

    if (!name_index_init(&index, names->count, reader->arena)) {
        reader->no_memory = true;
        return;
    }
    for (size_t i = 0; i < names->count; i++)
        index.items[i] = (struct indexed_name){names->items[i].text, i};
    name_index_sort(&index);
    for (size_t i = 1; i < index.count; i++) {
        const struct name *name = &names->items[index.items[i].position];
        if (name_index_repeats(&index, i))
            node_reader_error(reader, name->place, "duplicate '%.*s'", SHOWN(name->text));
    }
}

/* `count` nodes at `nodes`; those that are no scalars are left out. */
static struct name_list collect_names(struct node_reader *reader, struct node *const *nodes,
                                      size_t count)
{
    struct name *items = node_reader_array(reader, count, sizeof *items);
    struct name_list names = {items, 0};

    for (size_t i = 0; i < count && items != NULL; i++) {
        const struct name name = node_name(reader, nodes[i]);
        if (name.text.at != NULL)
            items[names.count++] = name;
    }
    refuse_repeated(reader, &names);
    return names;
}

struct name_list node_names(struct node_reader *reader, const struct node *node)
{
    if (!node_expect(reader, node, NODE_LIST))
        return (struct name_list){NULL, 0};
    return collect_names(reader, node->items, node->count);
}

static struct name_list one_name(struct node_reader *reader, const struct node *node)
{
    struct name *item = node_reader_array(reader, 1, sizeof *item);

    if (item == NULL)
        return (struct name_list){NULL, 0};
    *item = node_name(reader, node);
    return (struct name_list){item, 1};
}

struct name_list node_name_or_names(struct node_reader *reader, const struct node *node)
{
    const struct name_list none = {NULL, 0};

    if (node->kind == NODE_SCALAR)
        return one_name(reader, node);
    if (node->kind == NODE_MAP) {
        node_reader_error(reader, node->place, "expected a scalar or a list, not %s",
                          node_kind_name(node->kind));
        return none;
    }
    if (node->count == 0)
        node_reader_error(reader, node->place, "the list is empty");
    return collect_names(reader, node->items, node->count);
}

bool node_flag(struct node_reader *reader, const struct node *map, const char *key, bool fallback)
{
    const struct node *value = node_get(map, key);

    if (value == NULL)
        return fallback;
    if (!node_is(value, "true") && !node_is(value, "false"))
        node_reader_error(reader, value->place, "expected true or false");
    return node_is(value, "true");
}

/* "drop, unlink or restrict" */
static void append_words(struct buffer *list, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        const char *separator = i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ";
        if (!buffer_append_format(list, "%s%s", separator, words[i]))
            return; /* the message is then shorter */
    }
}

static void report_word(struct node_reader *reader, const struct node *node, const char *what,
                        const char *const *words)
{
    struct spelling spelling = spelling_of(node->text);
    struct buffer list = BUFFER_INIT;
    char hint[SPELLING_HINT_SIZE];

    spelling_consider_all(&spelling, words);
    append_words(&list, words);
    if (spelling.nearest.size > 0)
        node_reader_error(reader, node->place, "unknown %s '%.*s'%s", what, SHOWN(node->text),
                          spelling_hint(&spelling, hint));
    else
        node_reader_error(reader, node->place, "unknown %s '%.*s' (expected %.*s)", what,
                          SHOWN(node->text), (int)list.size, list.at);
    buffer_release(&list);
}

int node_word(struct node_reader *reader, const struct node *node, const char *what,
              const char *const *words, int fallback)
{
    if (!node_expect(reader, node, NODE_SCALAR))
        return fallback;
    for (int i = 0; words[i] != NULL; i++)
        if (node_is(node, words[i]))
            return i;
    report_word(reader, node, what, words);
    return fallback;
}

int node_choice(struct node_reader *reader, const struct node *map, const char *key,
                const char *const *words, int fallback)
{
    const struct node *value = node_get(map, key);

    return value != NULL ? node_word(reader, value, key, words, fallback) : fallback;
}
