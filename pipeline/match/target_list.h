/*
 * Who is to be processed, as the operator names them: rows of a targets file, values
 * of --contact, a selection, or everybody; or as a ledger of earlier erasures does.
 *
 * A name is a row of cells that must all agree on a contact; each cell stands in a
 * slot: slot 0 is the subject's key, slot i its i-th identifier. A value of
 * --contact may match in any slot. Matching a record is pure; what was matched is
 * noted by target_list_note as findings are merged, and judged at the end.
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
#include "read/table_reader.h"
#include "ruleset/ruleset.h"

enum { SLOT_LIMIT = 16 };

enum mode { MODE_ANONYMIZE, MODE_DELETE };

struct target_cell {
    struct fingerprint value;
    uint32_t name;
    uint32_t next; /* the next cell with the same slot and value; UINT32_MAX: none */
    uint8_t slot;
    bool seen; /* a record of the subject bears the value */
};

struct target_name {
    uint64_t line; /* of the targets file; 0: named on the command line */
    uint32_t first_cell;
    uint16_t cell_count;
    bool any;    /* one cell is enough (--contact) */
    bool erased; /* of somebody erased before */
    bool blind;  /* a cell of it can match nothing */
    bool found;  /* a record agrees */
    enum mode mode;
};

struct target_list {
    const struct entity_rule *subject;
    const char *path; /* of the targets file; NULL: none */
    bool everybody;
    const struct condition *of_whom; /* everybody of whom this holds; NULL: really everybody */
    enum mode everybody_mode;
    struct target_name *names; /* in the order they were added */
    size_t name_count;
    size_t name_room;
    struct target_cell *cells;
    size_t cell_count;
    size_t cell_room;
    size_t slot_count; /* 1 + the subject's identifiers */
    bool slot_used[SLOT_LIMIT];
    struct key_map slots[SLOT_LIMIT]; /* value -> index of its first cell */
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
 * Adds the rows of a targets file. Its columns are the subject's key or identifiers,
 * and `mode`. STATUS_INPUT for a column that is neither, an empty row, an unknown
 * mode, part of a composite key, or no row at all. `path` must outlive the list.
 */
MUST_USE enum status target_list_add_table(struct target_list *list,
                                           const struct fingerprint_key *key,
                                           const struct table *table, const char *path,
                                           enum mode mode, struct diagnostics *diagnostics);

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

/* A cell of the list that a record bears. */
struct target_match {
    uint32_t cell;
    bool agrees; /* and so do all other cells of its name */
};

struct target_matches {
    struct target_match *items;
    size_t count;
    size_t capacity;
};

void target_matches_release(struct target_matches *matches);

/* Appends to `matches` every cell that the record bears. False where memory ran out. */
MUST_USE bool target_list_match(const struct target_list *list,
                                const struct contact_values *contact,
                                struct target_matches *matches);

/* Notes a match as found. */
void target_list_note(struct target_list *list, struct target_match match);

/*
 * After every record was held against the list: STATUS_INPUT where a name's cells
 * name different contacts, or one of several matches nothing while another does.
 */
MUST_USE enum status target_list_judge(const struct target_list *list,
                                       struct diagnostics *diagnostics);

/* Whether a name that the operator gave found nobody. */
static inline bool target_name_failed(const struct target_name *name)
{
    return !name->found && !name->erased;
}

#endif
