/*
 * Who is to be processed, as the operator names them: rows of a targets file, values
 * of --contact, a selection, or everybody; or as a ledger of earlier erasures does.
 *
 * A name is a row of cells that must all agree on a contact; each cell stands in a
 * slot: slot 0 is the subject's key, slot i its i-th identifier. A value of
 * --contact may match in any slot. What records bear of it is found and noted by
 * target_matches.h, and judged at the end.
 *
 * There may be millions of names. One takes 4 bytes, and each value in a slot 20 by 8/7: it
 * is kept once, as a fingerprint in the slot's map, and what the values of a name are is never
 * asked the other way round.
 *
 * Somebody erased before is found by the key alone, whatever else has changed, or, under
 * another key, by an identifier, if no other identifier of the record says that it is
 * somebody else's. It is no fault if nobody is found: that is what erasing is for.
 */
#ifndef EFFACE_MATCH_TARGET_LIST_H
#define EFFACE_MATCH_TARGET_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/fingerprint.h"
#include "base/key_map.h"
#include "base/span.h"
#include "base/status.h"
#include "read/row_reader.h"
#include "ruleset/ruleset.h"

enum { SLOT_LIMIT = 16 };

enum mode { MODE_ANONYMIZE, MODE_DELETE };

/* A name as the list keeps it. */
struct target_name {
    uint16_t slots;  /* a bit for each slot that a cell stands in */
    bool any : 1;    /* one cell is enough (--contact) */
    bool erased : 1; /* of somebody erased before */
    bool blind : 1;  /* a cell of it can match nothing */
    bool to_delete : 1;
    bool found; /* a record agrees; no bit, as it is noted while other threads read those */
};

/* The lines from a name on, each one more than that of the name before; all 0: not of a file. */
struct target_lines {
    uint32_t name;
    uint32_t line;
};

/* A name whose value in a slot stands in names before it too. */
struct target_repeat {
    uint32_t name;
    uint32_t first; /* the first name with the value, of which there is no target_repeat */
    uint32_t next;  /* index of the one before, of the value, or TARGET_NO_REPEAT: `first` */
};

/*
 * The values that stand in a slot. In `names` the number of a value is its name; where it has
 * several, TARGET_REPEAT_BIT and the index of the newest repeat.
 */
struct target_slot {
    struct key_map names;
    struct target_repeat *repeats; /* in the order of the names */
    size_t repeat_count, repeat_room;
};

#define TARGET_REPEAT_BIT 0x80000000u
#define TARGET_NO_REPEAT UINT32_MAX

struct target_list {
    const struct entity_rule *subject;
    const char *path; /* of the targets file; NULL: none */
    bool everybody;
    const struct condition *of_whom; /* everybody of whom this holds; NULL: really everybody */
    enum mode everybody_mode;
    struct target_name *names; /* in the order they were added */
    size_t name_count;
    size_t name_room;
    struct target_lines *lines;
    size_t line_count, line_room;
    uint16_t *seen;    /* slots of each name that a record bears without agreeing; NULL: no such */
    size_t slot_count; /* 1 + the subject's identifiers */
    bool slot_used[SLOT_LIMIT];
    struct target_slot slots[SLOT_LIMIT]; /* empty once target_list_forget was called */
};

/* An empty list of contacts of `subject`. Release it in the end. */
MUST_USE enum status target_list_init(struct target_list *list, const struct entity_rule *subject,
                                      struct diagnostics *diagnostics);
void target_list_release(struct target_list *list);

/* Everybody is a target. */
void target_list_add_everybody(struct target_list *list, enum mode mode);

/* Everybody of whom `condition` holds is a target. */
void target_list_add_selected(struct target_list *list, const struct condition *condition,
                              enum mode mode);

/* Adds a value of --contact. STATUS_USAGE where no such value can name anybody. */
MUST_USE enum status target_list_add_value(struct target_list *list,
                                           const struct fingerprint_key *key, struct span value,
                                           enum mode mode, struct diagnostics *diagnostics);

/*
 * Adds the rows of a targets file, in their order; the reader is then at its end. Its columns are
 * the subject's key or identifiers, and `mode`. STATUS_INPUT for a column that is neither, an empty
 * row, an unknown mode, part of a composite key, or no row at all. `path` must outlive the list.
 */
MUST_USE enum status target_list_add_rows(struct target_list *list,
                                          const struct fingerprint_key *key,
                                          struct row_reader *rows, const char *path, enum mode mode,
                                          struct diagnostics *diagnostics);

/* A record's values in the slots: what a name is held against. */
struct contact_values {
    bool named[SLOT_LIMIT]; /* the slot's value names something */
    struct fingerprint values[SLOT_LIMIT];
};

/*
 * Adds somebody erased before, by fingerprints under the key that the records' are made
 * with. Behind all other names.
 */
MUST_USE enum status target_list_add_erased(struct target_list *list,
                                            const struct contact_values *contact, enum mode mode,
                                            struct diagnostics *diagnostics);

/*
 * After every record was held against the list: STATUS_INPUT where a name's cells
 * name different contacts, or one of several matches nothing while another does.
 */
MUST_USE enum status target_list_judge(const struct target_list *list,
                                       struct diagnostics *diagnostics);

/* The line of the targets file that a name begins on; 0: it is not named there. */
uint32_t target_list_line(const struct target_list *list, size_t name);

/* No record is held against the list any more: of its values nothing is kept. */
void target_list_forget(struct target_list *list);

/* Whether a name that the operator gave found nobody. */
static inline bool target_name_failed(const struct target_name *name)
{
    return !name->found && !name->erased;
}

#endif
