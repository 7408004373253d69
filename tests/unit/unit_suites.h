/*
 * The list of all unit test suites.
 *
 * Every file tests/unit/test_X.c is one suite and exports `Suite *test_X_suite(void)`. The list is
 * written by the Makefile from the names of these files, so a new file is run without being
 * declared anywhere.
 */
#ifndef EFFACE_UNIT_SUITES_H
#define EFFACE_UNIT_SUITES_H

#include <check.h>

/* Makes a suite; the runner that it is added to frees it. */
typedef Suite *unit_suite(void);

/* Ends with NULL. */
extern unit_suite *const unit_suites[];

#endif
