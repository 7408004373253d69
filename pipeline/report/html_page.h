/*
 * A page of HTML, written as it is made, so its size costs no memory.
 *
 *     page_open          on a descriptor
 *     page_head          from the doctype to the opened <main>
 *     PAGE_MARKUP ...    our own markup, a string literal
 *     page_text ...      everybody else's text: the one place where it is escaped
 *     page_close         ends the document, and tells whether all of it was written
 *
 * A page stands alone: no script, no image, no font, no request. Its policy (Content
 * Security Policy, level 3) allows its own style sheet by that sheet's SHA-256, and nothing
 * else. It is drawn for light, dark and paper. Errors are kept until page_close.
 */
#ifndef EFFACE_REPORT_HTML_PAGE_H
#define EFFACE_REPORT_HTML_PAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/status.h"

struct page {
    FILE *file;
    struct buffer clean; /* room for one text */
    int error;           /* errno of the first failure, or 0 */
};

/* `fd` stays the caller's. Must be ended with page_close, whatever happens. */
void page_open(struct page *page, int fd);

enum page_form { PAGE_UPRIGHT, PAGE_ACROSS }; /* how it lies on paper */

/* `title` is the document's and its heading's; `subject` follows it in the document's. */
void page_head(struct page *page, enum page_form form, const char *title, const char *subject);

/* Only a literal can be given, so that no text slips through unescaped. */
#define PAGE_MARKUP(page, literal) page_put_markup(page, "" literal)

/* For PAGE_MARKUP. */
void page_put_markup(struct page *page, const char *markup);

/* Text or the value of a quoted attribute, cleaned as report_text.h says. NULL is empty. */
void page_text(struct page *page, const char *text);

/* The same, cut after `limit` UTF-16 code units. */
void page_short_text(struct page *page, const char *text, size_t limit);

/* In groups of three: 1,204,311. */
void page_count(struct page *page, uint64_t count);

/* "98.3 %"; nothing of none. */
void page_share(struct page *page, uint64_t count, uint64_t whole);

/* A length or place in a drawing, with one decimal. */
void page_length(struct page *page, double length);

/* Notes that the page can't be whole, for a reason that the caller has met. */
void page_fail(struct page *page, int error);

/* Writes what is left and gives everything back. `name` is the file's, for the message. */
MUST_USE enum status page_close(struct page *page, const char *name,
                                struct diagnostics *diagnostics);

#endif
