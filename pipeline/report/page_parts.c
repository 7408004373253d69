#include "report/page_parts.h"

#include <assert.h>
#include <stdbool.h>

static void put_fact(struct page *page, const struct fact *fact)
{
    PAGE_MARKUP(page, "<div><dt>");
    page_text(page, fact->label);
    PAGE_MARKUP(page, "</dt><dd>");
    if (fact->kind == FACT_COUNT)
        page_count(page, fact->count);
    else
        page_text(page, fact->text);
    PAGE_MARKUP(page, "</dd></div>\n");
}

void page_facts(struct page *page, const struct fact *facts, size_t count)
{
    assert(count > 0 && facts[0].kind == FACT_HEADING);
    PAGE_MARKUP(page, "<div class=\"facts\">\n");
    for (size_t i = 0; i < count; i++) {
        if (facts[i].kind != FACT_HEADING) {
            put_fact(page, &facts[i]);
            continue;
        }
        if (i > 0)
            PAGE_MARKUP(page, "</dl></div>\n");
        PAGE_MARKUP(page, "<div><h3>");
        page_text(page, facts[i].label);
        PAGE_MARKUP(page, "</h3><dl>\n");
    }
    PAGE_MARKUP(page, "</dl></div>\n</div>\n");
}

static bool is_count(enum column_kind kind)
{
    return kind == COLUMN_COUNT || kind == COLUMN_SHARE || kind == COLUMN_PLACE;
}

static void put_class(struct page *page, enum column_kind kind)
{
    if (is_count(kind))
        PAGE_MARKUP(page, " class=\"count\"");
    else if (kind == COLUMN_CODE)
        PAGE_MARKUP(page, " class=\"code\"");
}

static void put_cell(struct page *page, enum column_kind kind, const struct table_cell *cell)
{
    if (kind == COLUMN_SHARE)
        page_share(page, cell->count, cell->whole);
    else if (kind == COLUMN_COUNT || (kind == COLUMN_PLACE && cell->count != 0))
        page_count(page, cell->count);
    else if (!is_count(kind))
        page_text(page, cell->text);
}

static void put_headings(struct page *page, const struct report_table *table)
{
    PAGE_MARKUP(page, "<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        const enum column_kind kind = table->columns[i].kind;

        PAGE_MARKUP(page, "<th scope=\"col\"");
        if (is_count(kind))
            put_class(page, kind);
        PAGE_MARKUP(page, ">");
        page_text(page, table->columns[i].title);
        PAGE_MARKUP(page, "</th>");
    }
    PAGE_MARKUP(page, "</tr></thead>\n");
}

/* The first cell heads its row. */
static void put_row(struct page *page, const struct report_table *table)
{
    struct table_cell cells[TABLE_COLUMNS] = {0};

    table->next_row(table->source, cells);
    PAGE_MARKUP(page, "<tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        if (i == 0)
            PAGE_MARKUP(page, "<th scope=\"row\"");
        else
            PAGE_MARKUP(page, "<td");
        put_class(page, table->columns[i].kind);
        PAGE_MARKUP(page, ">");
        put_cell(page, table->columns[i].kind, &cells[i]);
        if (i == 0)
            PAGE_MARKUP(page, "</th>");
        else
            PAGE_MARKUP(page, "</td>");
    }
    PAGE_MARKUP(page, "</tr>\n");
}

static void put_rows(struct page *page, const char *id, const struct report_table *table)
{
    PAGE_MARKUP(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"");
    page_text(page, id);
    PAGE_MARKUP(page, "\">\n<table>\n<caption>");
    page_text(page, table->note);
    PAGE_MARKUP(page, "</caption>\n");
    put_headings(page, table);
    PAGE_MARKUP(page, "<tbody>\n");
    for (size_t i = 0; i < table->row_count && i < PAGE_ROWS && page->error == 0; i++)
        put_row(page, table);
    PAGE_MARKUP(page, "</tbody>\n</table>\n</div>\n");
}

/* Says what is not here, and where it is. */
static void put_cut(struct page *page, const struct report_table *table, const char *rest)
{
    const uint64_t all = table->row_count + table->left_out;

    if (all <= PAGE_ROWS && table->left_out == 0)
        return;
    PAGE_MARKUP(page, "<p><strong>Only the first ");
    page_count(page, table->row_count < PAGE_ROWS ? table->row_count : PAGE_ROWS);
    PAGE_MARKUP(page, " of ");
    page_count(page, all);
    PAGE_MARKUP(page, " stand here.</strong> ");
    if (table->whole != NULL) {
        PAGE_MARKUP(page, "All of them stand in ");
        page_text(page, table->whole);
        PAGE_MARKUP(page, ".");
    } else {
        page_text(page, rest);
    }
    PAGE_MARKUP(page, "</p>\n");
}

void page_table(struct page *page, const char *id, const struct report_table *table,
                const char *rest)
{
    assert(table->column_count > 0 && table->column_count <= TABLE_COLUMNS);
    PAGE_MARKUP(page, "<section>\n<h2 id=\"");
    page_text(page, id);
    PAGE_MARKUP(page, "\">");
    page_text(page, table->title);
    PAGE_MARKUP(page, "</h2>\n");
    put_cut(page, table, rest);
    if (table->row_count > 0)
        put_rows(page, id, table);
    else
        PAGE_MARKUP(page, "<p>None.</p>\n");
    PAGE_MARKUP(page, "</section>\n");
}
