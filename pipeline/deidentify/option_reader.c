#include "deidentify/option_reader.h"

#include "ruleset/rule_keys.h"

void option_reader_init(struct option_reader *reader, const char *const *names,
                        const char *shorthand, const struct node *options,
                        const struct technique_setting *setting)
{
    *reader = (struct option_reader){
        .nodes = {.arena = setting->arena, .diagnostics = setting->diagnostics},
        .options = options,
        .shorthand = shorthand,
        .place = setting->place,
        .errors_before = setting->diagnostics->errors,
    };

    if (options == NULL || (options->kind == NODE_SCALAR && shorthand != NULL))
        return;
    if (options->kind == NODE_MAP)
        node_check_keys(&reader->nodes, options, names);
    else
        node_reader_error(&reader->nodes, options->place,
                          "expected options, as in {%s: ...}, not %s", names[0],
                          node_kind_name(options->kind));
}

const struct node *option_node(const struct option_reader *reader, const char *name)
{
    const struct node *options = reader->options;

    if (options == NULL)
        return NULL;
    if (options->kind == NODE_SCALAR && reader->shorthand != NULL)
        return strcmp(name, reader->shorthand) == 0 ? options : NULL;
    return node_get(options, name);
}

/* The same if it is a scalar, else NULL. */
static const struct node *find_scalar(struct option_reader *reader, const char *name)
{
    const struct node *option = option_node(reader, name);

    return option != NULL && node_expect(&reader->nodes, option, NODE_SCALAR) ? option : NULL;
}

void option_require(struct option_reader *reader, const char *name)
{
    if (reader->options == NULL)
        node_reader_error(&reader->nodes, reader->place, "missing option '%s'", name);
    else if (reader->options->kind == NODE_MAP)
        (void)node_require(&reader->nodes, reader->options, name);
}

void option_reject(struct option_reader *reader, const char *name, const char *problem)
{
    const struct node *option = option_node(reader, name);

    node_reader_error(&reader->nodes, option != NULL ? option->place : reader->place, "%s",
                      problem);
}

struct span option_text(struct option_reader *reader, const char *name, struct span fallback)
{
    const struct node *option = find_scalar(reader, name);

    if (option == NULL)
        return fallback;
    if (option->text.size > 0)
        return option->text;
    node_reader_error(&reader->nodes, option->place, "empty '%s'", name);
    return fallback;
}

/* Decimal digits and nothing else, of a number up to `most`. */
static bool parse_size(struct span text, size_t most, size_t *number)
{
    size_t value = 0;

    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        const size_t digit = (size_t)(text.at[i] - '0');
        if (digit > most || value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return text.size > 0;
}

size_t option_size(struct option_reader *reader, const char *name, size_t least, size_t most,
                   size_t fallback)
{
    const struct node *option = find_scalar(reader, name);
    size_t number;

    if (option == NULL)
        return fallback;
    if (parse_size(option->text, most, &number) && number >= least)
        return number;
    node_reader_error(&reader->nodes, option->place,
                      "expected a whole number from %zu to %zu for '%s'", least, most, name);
    return fallback;
}

bool option_flag(struct option_reader *reader, const char *name, bool fallback)
{
    const struct node *options = reader->options;

    if (options == NULL || options->kind != NODE_MAP)
        return fallback;
    return node_flag(&reader->nodes, options, name, fallback);
}

int option_word(struct option_reader *reader, const char *name, const char *what,
                const char *const *words, int fallback)
{
    const struct node *option = option_node(reader, name);

    return option != NULL ? node_word(&reader->nodes, option, what, words, fallback) : fallback;
}

const struct node *option_list(struct option_reader *reader, const char *name)
{
    const struct node *option = option_node(reader, name);

    return option != NULL && node_expect(&reader->nodes, option, NODE_LIST) ? option : NULL;
}

bool option_decimal(struct option_reader *reader, const struct node *node, const char *name,
                    struct decimal_text *decimal)
{
    if (!node_expect(&reader->nodes, node, NODE_SCALAR))
        return false;
    if (!decimal_split(node->text, decimal)) {
        node_reader_error(&reader->nodes, node->place, "expected a decimal number for '%s'", name);
        return false;
    }
    if (decimal->fraction.size <= OPTION_DECIMALS_MAX)
        return true;
    node_reader_error(&reader->nodes, node->place, "more than %d decimals in '%s'",
                      OPTION_DECIMALS_MAX, name);
    return false;
}

enum status option_reader_status(const struct option_reader *reader)
{
    return reader->nodes.diagnostics->errors == reader->errors_before ? STATUS_OK : STATUS_RULES;
}

enum status no_options_compile(const struct node *options, const struct technique_setting *setting,
                               const void **state)
{
    char place[KEY_PLACE_SIZE] = "";
    const struct node *key;

    *state = NULL;
    if (options == NULL)
        return STATUS_OK;
    key = options->kind == NODE_MAP && options->count > 0 ? options->keys[0] : NULL;
    if (key != NULL && rule_key_place(key->text, place)[0] != '\0')
        diagnostics_error(setting->diagnostics, key->place,
                          "this technique takes no options ('%.*s' belongs %s)", SHOWN(key->text),
                          place);
    else
        diagnostics_error(setting->diagnostics, options->place, "this technique takes no options");
    return STATUS_RULES;
}

const char *no_options_describe(const void *state, struct arena *arena)
{
    (void)state, (void)arena;
    return "";
}
