/*
 * The line of a rules file that a message points at, and a caret below the place:
 *
 *         7 |     fieldz: {}
 *           |     ^
 */
#ifndef EFFACE_CLI_RULES_EXCERPT_H
#define EFFACE_CLI_RULES_EXCERPT_H

#include <stdint.h>
#include <stdio.h>

#include "base/span.h"

/* Columns of the terminal that the line may fill; a longer one is cut on either side. */
enum { EXCERPT_WIDTH = 100 };

/*
 * Prints line `line` of the text, with a caret below its byte `column`; both count from 1.
 * Lines end as YAML 1.1 has it. Nothing is printed where there is no such line. Tabs become
 * blanks; what is not printable, and bytes that are no UTF-8, are printed as \xNN.
 */
void rules_excerpt_print(struct span text, uint64_t line, uint64_t column, FILE *stream);

#endif
