#include "match/route_table.h"

#include <stdlib.h>

#include "base/array.h"

void route_table_release(struct route_table *table)
{
    free(table->routes);
    *table = (struct route_table){.routes = NULL};
}

static struct route *route_at(const struct route_table *table, uint16_t number)
{
    return &table->routes[number - 1];
}

static uint16_t *first_longer(struct route_table *table, uint16_t number)
{
    return number == ROUTE_SUBJECT ? &table->first_longer : &route_at(table, number)->first_longer;
}

/* Where the step's link stands in the route it leads to already; ROUTE_SUBJECT: it doesn't. */
static uint16_t find_loop(const struct route_table *table, struct route_step step)
{
    uint16_t number = step.next;

    while (number != ROUTE_SUBJECT && route_at(table, number)->step.link != step.link)
        number = route_at(table, number)->step.next;
    return number;
}

static bool add_new(struct route_table *table, struct route_step step, uint16_t *route)
{
    struct route *routes =
        array_room(table->routes, table->count + 1, &table->room, sizeof(*routes));
    uint16_t *first;

    if (!routes)
        return false;
    table->routes = routes;
    *route = (uint16_t)(table->count + 1);
    first = first_longer(table, step.next);
    routes[table->count++] = (struct route){.step = step, .sibling = *first};
    *first = *route;
    return true;
}

bool route_table_add(struct route_table *table, struct route_step step, uint16_t *route)
{
    *route = step.next;
    if (!step.link || step.next == ROUTE_UNTOLD)
        return true;
    *route = find_loop(table, step);
    if (*route != ROUTE_SUBJECT)
        return true;
    *route = *first_longer(table, step.next);
    while (*route != ROUTE_SUBJECT && route_at(table, *route)->step.link != step.link)
        *route = route_at(table, *route)->sibling;
    if (*route != ROUTE_SUBJECT)
        return true;
    *route = ROUTE_UNTOLD;
    return table->count == ROUTE_UNTOLD - 1 || add_new(table, step, route);
}

/* "entity.Column", of a composite key "entity.First+Second". */
static bool append_columns(const struct entity_rule *entity, const struct name_list *columns,
                           struct buffer *out)
{
    bool appended = buffer_append(out, entity->name.text);

    for (size_t i = 0; i < columns->count && appended; i++)
        appended =
            buffer_append_byte(out, i ? '+' : '.') && buffer_append(out, columns->items[i].text);
    return appended;
}

static bool append_end(const struct link_rule *link, struct buffer *out)
{
    return link->to_key ? buffer_append(out, link->to->name.text)
                        : append_columns(link->to, &link->to_columns, out);
}

bool route_append_words(const struct route_table *table, const struct entity_rule *entity,
                        struct route_step step, struct buffer *out)
{
    if (!step.link)
        return buffer_append(out, entity->name.text);
    if (step.next != ROUTE_UNTOLD) {
        const uint16_t loop = find_loop(table, step);
        step = loop != ROUTE_SUBJECT ? route_at(table, loop)->step : step;
    }
    for (;;) {
        if (!append_columns(entity, &step.link->columns, out) || !buffer_append(out, SPAN(" > ")))
            return false;
        if (step.next == ROUTE_UNTOLD)
            return buffer_append(out, SPAN("..."));
        if (step.next == ROUTE_SUBJECT)
            return append_end(step.link, out);
        entity = step.link->to;
        step = route_at(table, step.next)->step;
    }
}
