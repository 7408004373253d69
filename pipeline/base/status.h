/*
 * What a function, and in the end the program, reports of its success.
 *
 * The values are the program's exit statuses. Everything that can fail returns
 * one of them and puts the details into a struct diagnostics.
 */
#ifndef EFFACE_BASE_STATUS_H
#define EFFACE_BASE_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_INCOMPLETE = 1,  /* done, but some target was found nowhere or held back */
    STATUS_USAGE = 2,       /* the command line makes no sense */
    STATUS_RULES = 3,       /* the rules are invalid */
    STATUS_INPUT = 4,       /* the input is invalid: CSV, gzip, column, targets, file */
    STATUS_UNCONFIRMED = 5, /* the word CONFIRM was not given */
    STATUS_SYSTEM = 6,      /* output, memory or another part of the system failed */
    STATUS_LEAK = 7,        /* a target's identifier was found in what was written */
};

/* On every function whose status must not be dropped. */
#define MUST_USE __attribute__((warn_unused_result))

#endif
