#include "report/html_page.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/checksum.h"
#include "report/output_stream.h"
#include "report/page_style.h"
#include "report/report_text.h"

enum { COUNT_TEXT_SIZE = 32 };

void page_fail(struct page *page, int error)
{
    if (page->error == 0)
        page->error = error != 0 ? error : EIO;
}

void page_put_markup(struct page *page, const char *markup)
{
    if (page->error == 0 && fputs(markup, page->file) == EOF)
        page_fail(page, errno);
}

void page_open(struct page *page, int fd)
{
    *page = (struct page){.file = output_stream(fd)};
    if (page->file == NULL)
        page_fail(page, errno);
}

/* The characters that mean something in markup or a quoted attribute. */
static const char special[] = "&<>\"'";

static const char *entity_of(char character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

void page_short_text(struct page *page, const char *text, size_t limit)
{
    if (page->error != 0)
        return;
    if (!report_text_clean(&page->clean, text != NULL ? text : "", limit)) {
        page_fail(page, ENOMEM);
        return;
    }
    for (const char *at = page->clean.at; *at != '\0' && page->error == 0;) {
        const size_t plain = strcspn(at, special);

        if (fwrite(at, 1, plain, page->file) != plain)
            page_fail(page, errno);
        at += plain;
        if (*at != '\0')
            page_put_markup(page, entity_of(*at++));
    }
}

void page_text(struct page *page, const char *text)
{
    page_short_text(page, text, SIZE_MAX);
}

void page_count(struct page *page, uint64_t count)
{
    char digits[COUNT_TEXT_SIZE], grouped[2 * COUNT_TEXT_SIZE];
    const size_t size = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, count);
    size_t at = 0;

    for (size_t i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0)
            grouped[at++] = ',';
        grouped[at++] = digits[i];
    }
    grouped[at] = '\0';
    page_put_markup(page, grouped);
}

void page_share(struct page *page, uint64_t count, uint64_t whole)
{
    char text[COUNT_TEXT_SIZE];

    if (whole == 0)
        return;
    snprintf(text, sizeof(text), "%.1f %%", 100 * (double)count / (double)whole);
    page_put_markup(page, text);
}

void page_length(struct page *page, double length)
{
    char text[COUNT_TEXT_SIZE];

    snprintf(text, sizeof(text), "%.1f", length);
    page_put_markup(page, text);
}

/* By which the policy knows the style sheet. False where memory ran out. */
static bool style_digest(enum page_form form, char text[CHECKSUM_BASE64_SIZE])
{
    struct checksum checksum = CHECKSUM_INIT;
    unsigned char digest[CHECKSUM_SIZE];
    bool summed = checksum_start(&checksum);

    for (const char *const *part = page_style(form); *part != NULL && summed; part++)
        summed = checksum_add(&checksum, span_of(*part));
    summed = summed && checksum_finish(&checksum, digest);
    checksum_release(&checksum);
    if (summed)
        checksum_base64(digest, text);
    return summed;
}

static void put_style(struct page *page, enum page_form form)
{
    char digest[CHECKSUM_BASE64_SIZE] = "";

    if (!style_digest(form, digest))
        page_fail(page, ENOMEM);
    PAGE_MARKUP(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'sha256-");
    page_put_markup(page, digest);
    PAGE_MARKUP(page, "'; base-uri 'none'; form-action 'none'\">\n<style>");
    for (const char *const *part = page_style(form); *part != NULL; part++)
        page_put_markup(page, *part);
    PAGE_MARKUP(page, "</style>\n");
}

void page_head(struct page *page, enum page_form form, const char *title, const char *subject)
{
    PAGE_MARKUP(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n");
    put_style(page, form);
    PAGE_MARKUP(page, "<title>");
    page_text(page, title);
    PAGE_MARKUP(page, ": ");
    page_text(page, subject);
    PAGE_MARKUP(page, "</title>\n</head>\n<body>\n<main>\n<h1>");
    page_text(page, title);
    PAGE_MARKUP(page, "</h1>\n");
}

enum status page_close(struct page *page, const char *name, struct diagnostics *diagnostics)
{
    PAGE_MARKUP(page, "</main>\n</body>\n</html>\n");
    if (page->file != NULL && fclose(page->file) == EOF)
        page_fail(page, errno);
    buffer_release(&page->clean);
    if (page->error != 0)
        return diagnostics_system(diagnostics, name, "write", page->error);
    return STATUS_OK;
}
