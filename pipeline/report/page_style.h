/*
 * The style sheet of all pages: light and dark, screen and paper.
 *
 * Text has a contrast of at least 4.5 to 1 to what is behind it, marks of at least 3 to 1
 * (WCAG 2.2, level AA); tests/reports measures it.
 */
#ifndef EFFACE_REPORT_PAGE_STYLE_H
#define EFFACE_REPORT_PAGE_STYLE_H

#include "report/html_page.h"

/* Its parts, in order; ends with NULL. */
const char *const *page_style(enum page_form form);

#endif
