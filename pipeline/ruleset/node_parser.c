#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

#include "base/buffer.h"
#include "ruleset/name_index.h"
#include "ruleset/node.h"
#include "ruleset/node_reader.h"
#include "ruleset/text_cursor.h"

/* A list or map whose end has not come yet. */
struct open_node {
    struct node *node;
    size_t first; /* of its children in `pending` */
};

struct node_parser {
    yaml_parser_t yaml;
    const char *path;
    struct span bytes;
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct text_cursor column; /* at the latest mark */
    struct text_cursor line;   /* at the start of its line */
    struct open_node open[NODE_DEPTH_LIMIT];
    size_t depth;
    struct buffer
        pending; /* struct node *: children of open nodes, a map's keys and values in turn */
    size_t node_count;
    size_t document_count;
    struct node *root;
    bool stopped; /* no use in reading on */
    bool no_memory;
};

static struct place place_of(struct node_parser *parser, yaml_mark_t mark)
{
    const size_t line_start = mark.index >= mark.column ? mark.index - mark.column : 0;
    const size_t line_offset = text_cursor_seek(&parser->line, line_start);
    const size_t offset = text_cursor_seek(&parser->column, mark.index);

    return (struct place){parser->path, mark.line + 1, offset - line_offset + 1};
}

static void report(struct node_parser *parser, yaml_mark_t mark, const char *what)
{
    diagnostics_error(parser->diagnostics, place_of(parser, mark), "%s", what);
}

static void stop(struct node_parser *parser, yaml_mark_t mark, const char *what)
{
    report(parser, mark, what);
    parser->stopped = true;
}

static void run_out_of_memory(struct node_parser *parser)
{
    parser->no_memory = true;
    parser->stopped = true;
}

/* libyaml gives no mark for bytes that are no text, only their offset. */
static struct place place_of_byte(const struct node_parser *parser, size_t offset)
{
    struct place place = {parser->path, 1, 1};

    for (size_t i = 0; i < offset && i < parser->bytes.size; i++) {
        place.column++;
        if (parser->bytes.at[i] == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

/* libyaml finds that it "cannot start any token". */
static bool is_tab(const struct node_parser *parser, struct place place)
{
    struct span rest = parser->bytes;
    const char *end;

    for (uint64_t line = 1; line < place.line; line++) {
        if (rest.size == 0 || (end = memchr(rest.at, '\n', rest.size)) == NULL)
            return false;
        rest.size -= (size_t)(end + 1 - rest.at);
        rest.at = end + 1;
    }
    return place.column <= rest.size && rest.at[place.column - 1] == '\t';
}

enum { CONTEXT_SIZE = 120 };

static bool begins_as_utf16(struct span bytes)
{
    return bytes.size >= 2 &&
           (memcmp(bytes.at, "\xff\xfe", 2) == 0 || memcmp(bytes.at, "\xfe\xff", 2) == 0 ||
            bytes.at[0] == '\0' || bytes.at[1] == '\0');
}

/* What is most often meant, where libyaml says only what it did not find. */
static const char *syntax_hint(const yaml_parser_t *yaml)
{
    static const struct {
        const char *words, *hint;
    } hints[] = {
        {"scanning an alias", " (quote a text that begins with '*')"},
        {"scanning an anchor", " (quote a text that begins with '&')"},
        {"cannot start any token", " (quote a text that begins with '@', '`' or '%')"},
        {"mapping values are not allowed",
         " (a text that holds ': ' needs quotes, and every key ': ' behind it)"},
        {"did not find expected key", " (indent it as its neighbours)"},
    };

    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strstr(yaml->problem, hints[i].words) != NULL ||
            (yaml->context != NULL && strstr(yaml->context, hints[i].words) != NULL))
            return hints[i].hint;
    return "";
}

/* "while scanning a quoted scalar that begins in line 3", or "" where libyaml knows no more. */
static void write_context(const yaml_parser_t *yaml, char context[CONTEXT_SIZE])
{
    const size_t line = yaml->context_mark.line;
    size_t size = 0;

    context[0] = '\0';
    if (yaml->context != NULL)
        size = (size_t)snprintf(context, CONTEXT_SIZE, "%s", yaml->context);
    if (size > 0 && size < CONTEXT_SIZE && line != yaml->problem_mark.line)
        snprintf(context + size, CONTEXT_SIZE - size, " that begins in line %zu", line + 1);
}

static void report_encoding(struct node_parser *parser)
{
    const struct place place = place_of_byte(parser, parser->yaml.problem_offset);

    if (begins_as_utf16(parser->bytes))
        diagnostics_error(parser->diagnostics, (struct place){parser->path, 0, 0},
                          "the text is UTF-16, not UTF-8");
    else if (strstr(parser->yaml.problem, "UTF-8") != NULL)
        diagnostics_error(parser->diagnostics, place, "invalid YAML: a byte that is no UTF-8");
    else
        diagnostics_error(parser->diagnostics, place, "invalid YAML: %s", parser->yaml.problem);
}

static void report_syntax(struct node_parser *parser)
{
    const yaml_parser_t *yaml = &parser->yaml;

    parser->stopped = true;
    if (yaml->error == YAML_MEMORY_ERROR) {
        parser->no_memory = true;
        return;
    }
    if (yaml->error == YAML_READER_ERROR) {
        report_encoding(parser);
        return;
    }
    const struct place place = place_of(parser, yaml->problem_mark);
    char context[CONTEXT_SIZE];

    write_context(yaml, context);
    if (yaml->error == YAML_SCANNER_ERROR && is_tab(parser, place))
        diagnostics_error(parser->diagnostics, place, "invalid YAML: a tab; indent with blanks");
    else
        diagnostics_error(parser->diagnostics, place, "invalid YAML: %s%s%s%s", yaml->problem,
                          yaml->context != NULL ? " " : "", context, syntax_hint(yaml));
}

/* Hands a new node to the list or map that is open, or makes it the root. */
static void attach(struct node_parser *parser, struct node *node)
{
    if (parser->depth == 0)
        parser->root = node;
    else if (!buffer_append(&parser->pending, (struct span){(const char *)&node, sizeof node}))
        run_out_of_memory(parser);
}

/* NULL where reading must stop. */
static struct node *new_node(struct node_parser *parser, const yaml_event_t *event,
                             enum node_kind kind)
{
    if (parser->node_count == NODE_COUNT_LIMIT) {
        stop(parser, event->start_mark, "too many values");
        return NULL;
    }
    parser->node_count++;

    struct node *node = arena_alloc(parser->arena, sizeof *node);
    if (node == NULL) {
        run_out_of_memory(parser);
        return NULL;
    }
    node->kind = kind;
    node->place = place_of(parser, event->start_mark);
    node->text = SPAN("");
    return node;
}

static void refuse_extras(struct node_parser *parser, yaml_mark_t mark, const yaml_char_t *anchor,
                          const yaml_char_t *tag)
{
    if (anchor != NULL)
        report(parser, mark, "anchors are not allowed");
    if (tag != NULL)
        report(parser, mark, "tags are not allowed");
}

static void add_scalar(struct node_parser *parser, const yaml_event_t *event)
{
    struct node *node = new_node(parser, event, NODE_SCALAR);
    if (node == NULL)
        return;

    const struct span text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    refuse_extras(parser, event->start_mark, event->data.scalar.anchor, event->data.scalar.tag);
    if (text.size > 0 && memchr(text.at, '\0', text.size) != NULL)
        report(parser, event->start_mark, "a value must not hold a NUL");
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->text = (struct span){arena_string(parser->arena, text), text.size};
    if (node->text.at == NULL)
        run_out_of_memory(parser);
    else
        attach(parser, node);
}

/* A scalar stands in for what the alias names, so that reading goes on to the next problem. */
static void add_alias(struct node_parser *parser, const yaml_event_t *event)
{
    struct node *node = new_node(parser, event, NODE_SCALAR);
    if (node == NULL)
        return;
    report(parser, event->start_mark,
           "aliases are not allowed (quote a text that begins with '*')");
    attach(parser, node);
}

static void open_collection(struct node_parser *parser, const yaml_event_t *event,
                            enum node_kind kind)
{
    if (parser->depth == NODE_DEPTH_LIMIT) {
        stop(parser, event->start_mark, "nested too deeply");
        return;
    }
    struct node *node = new_node(parser, event, kind);
    if (node == NULL)
        return;
    attach(parser, node);
    parser->open[parser->depth].node = node;
    parser->open[parser->depth].first = parser->pending.size / sizeof node;
    parser->depth++;
}

static void check_keys(struct node_parser *parser, const struct node *map)
{
    struct name_index index;

    if (!name_index_init(&index, map->count, parser->arena)) {
        run_out_of_memory(parser);
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        const struct node *key = map->keys[i];
        index.items[i] = (struct indexed_name){key->text, i};
        if (key->kind != NODE_SCALAR)
            diagnostics_error(parser->diagnostics, key->place, "a key must be a scalar");
        else if (!key->quoted && node_is(key, "<<"))
            diagnostics_error(parser->diagnostics, key->place, "merge keys are not allowed");
    }
    name_index_sort(&index);
    for (size_t i = 1; i < index.count; i++) {
        const struct node *key = map->keys[index.items[i].position];
        const struct node *before = map->keys[index.items[i - 1].position];
        if (name_index_repeats(&index, i) && key->kind == NODE_SCALAR)
            diagnostics_error(parser->diagnostics, key->place,
                              "duplicate key '%.*s' (it stands in line %ju, too)", SHOWN(key->text),
                              (uintmax_t)before->place.line);
    }
}

/* Moves the children from `pending` into the node they belong to. */
static bool take_children(struct node_parser *parser, struct node *node, struct node **children,
                          size_t count)
{
    const size_t parts = node->kind == NODE_MAP ? 2 : 1;

    node->count = count / parts;
    node->items = arena_array(parser->arena, node->count, sizeof(struct node *));
    node->keys = arena_array(parser->arena, parts == 2 ? node->count : 0, sizeof(struct node *));
    if (node->items == NULL || node->keys == NULL)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        node->items[i] = children[parts * i + parts - 1];
        if (parts == 2)
            node->keys[i] = children[2 * i];
    }
    return true;
}

static void close_collection(struct node_parser *parser)
{
    const struct open_node open = parser->open[--parser->depth];
    const size_t pending = parser->pending.size / sizeof(struct node *);
    struct node **all = (struct node **)(void *)parser->pending.at; /* NULL if never appended to */
    struct node **children = pending > open.first ? all + open.first : NULL;

    if (!take_children(parser, open.node, children, pending - open.first)) {
        run_out_of_memory(parser);
        return;
    }
    parser->pending.size = open.first * sizeof(struct node *);
    if (open.node->kind == NODE_MAP)
        check_keys(parser, open.node);
}

static void start_document(struct node_parser *parser, const yaml_event_t *event)
{
    if (parser->document_count++ > 0)
        stop(parser, event->start_mark, "only one document is allowed");
    else if (event->data.document_start.tag_directives.start !=
             event->data.document_start.tag_directives.end)
        report(parser, event->start_mark, "tags are not allowed");
}

static void take_event(struct node_parser *parser, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        start_document(parser, event);
        break;
    case YAML_ALIAS_EVENT:
        add_alias(parser, event);
        break;
    case YAML_SCALAR_EVENT:
        add_scalar(parser, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        refuse_extras(parser, event->start_mark, event->data.sequence_start.anchor,
                      event->data.sequence_start.tag);
        open_collection(parser, event, NODE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_extras(parser, event->start_mark, event->data.mapping_start.anchor,
                      event->data.mapping_start.tag);
        open_collection(parser, event, NODE_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(parser);
        break;
    case YAML_STREAM_END_EVENT:
        parser->stopped = true;
        break;
    default:
        break;
    }
}

/* One event at a time: a document that is too deep or too large is refused as soon as it is. */
static void take_events(struct node_parser *parser)
{
    while (!parser->stopped) {
        yaml_event_t event;

        if (!yaml_parser_parse(&parser->yaml, &event)) {
            report_syntax(parser);
            return;
        }
        take_event(parser, &event);
        yaml_event_delete(&event);
    }
}

struct span node_text(struct span bytes)
{
    if (bytes.size >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0)
        return (struct span){bytes.at + 3, bytes.size - 3};
    return bytes;
}

enum status node_parse(const char *path, struct span bytes, struct arena *arena, struct node **root,
                       struct diagnostics *diagnostics)
{
    const size_t errors = diagnostics->errors;
    const struct span text = node_text(bytes);
    struct node_parser parser = {.path = path,
                                 .bytes = text,
                                 .arena = arena,
                                 .diagnostics = diagnostics,
                                 .column = {text, 0, 0},
                                 .line = {text, 0, 0}};

    *root = NULL;
    if (bytes.size > NODE_BYTES_LIMIT) {
        diagnostics_error(diagnostics, (struct place){path, 0, 0}, "larger than %d bytes",
                          NODE_BYTES_LIMIT);
        return STATUS_RULES;
    }
    if (!yaml_parser_initialize(&parser.yaml))
        return diagnostics_no_memory(diagnostics);
    yaml_parser_set_encoding(&parser.yaml, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser.yaml, (const unsigned char *)text.at, text.size);
    take_events(&parser);
    yaml_parser_delete(&parser.yaml);
    buffer_release(&parser.pending);

    if (parser.no_memory)
        return diagnostics_no_memory(diagnostics);
    if (parser.root == NULL && diagnostics->errors == errors)
        diagnostics_error(diagnostics, (struct place){path, 1, 1}, "empty document");
    if (diagnostics->errors > errors)
        return STATUS_RULES;
    *root = parser.root;
    return STATUS_OK;
}
