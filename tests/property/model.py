"""What `efface run` must do, as slowly and plainly as it can be said.

    run(document, files, request, key, run_date, lists) -> Outcome

`document` is the mapping in the rules file, `files` the export (path to uncompressed bytes), `request` names the
targets, `key` is the 32 bytes of the pseudonymization key, `lists` are the files beside the rules. The outcome is the exit status and the published files.
This is the way of the data: export.py reads, whose.py finds the targets' records, fates.py decides what happens to
each record, and here its cells are rewritten.
"""

from dataclasses import dataclass, field

import csv_bytes
import techniques
from conditions import holds
from export import Record, Refused, comparable, is_declared, read_export
from fates import (ANONYMIZED, DROPPED, UNLINKED, decide_fates, dropped_values, loses_reference,
                   refers_to)
from normal_forms import normal_form
from rules import read_rules
from whose import contact_of, elements, name_targets, offered_values, references, resolve

DONE, DONE_EXCEPT_SOME = 0, 1


@dataclass
class Outcome:
    status: int
    files: dict = field(default_factory=dict)

    @property
    def is_refusal(self):
        return self.status not in (DONE, DONE_EXCEPT_SOME)


@dataclass
class Run:
    """All that the new cells depend on."""
    export: object
    fates: object
    key: bytes
    run_date: str
    marked_targets: set

    @property
    def rules(self):
        return self.export.rules

    def fate(self, record):
        return self.fates.fate[record]

    def owners(self, record):
        return self.fates.owners[record]


def run(document, files, request, key, run_date, lists=None):
    try:
        export = read_export(read_rules(document, lists), files)
        modes, nowhere = name_targets(request, export)
    except Refused as refused:
        return Outcome(refused.status)
    fates = decide_fates(export, resolve(export, modes), modes)
    state = Run(export, fates, key, run_date, marked_targets(export, modes))
    published = {data.path: clean_file(data, state) for data in export.data_files}
    status = DONE_EXCEPT_SOME if nowhere or fates.held else DONE
    return Outcome(status, {**published, **export.copies})


# Markers

def is_marked(record):
    """An anonymized record can no longer be edited."""
    marker = record.entity.marker
    return marker is not None and record.value(marker.column) != b""


def marked_targets(export, targets):
    """The targets of whom every record of the subject entity is marked."""
    subjects = export.records_of(export.rules.subject)
    return {target for target in targets
            if all(is_marked(record) for record in subjects if contact_of(record) == target)}


# Files

def clean_file(data, state):
    table = data.table
    columns = [column for column in table.columns if not is_dropped_column(data.entity, column, state)]
    header = dict(zip(table.columns, table.header.cells))
    first = csv_bytes.join([header[column].raw for column in columns], table.delimiter)
    lines = [first + table.header.end]
    for row in data.rows:
        lines.append(clean_row(row, columns, table.delimiter, state))
    return table.mark + b"".join(lines)


def is_dropped_column(entity, column, state):
    entry = state.rules.field_of(entity, column)
    return entry is not None and entry.technique.name == "drop_column"


def clean_row(row, columns, delimiter, state):
    if not isinstance(row, Record):
        return row.end  # a blank line
    if state.fate(row) == DROPPED:
        return b""
    raw_cells = [clean_cell(row, column, delimiter, state) for column in columns]
    return csv_bytes.join(raw_cells, delimiter) + row.end


def clean_cell(record, column, delimiter, state):
    cell = record.cells[column]
    new = new_value(record, column, state)
    if new is techniques.NULL:
        return record.null
    return csv_bytes.write_value(cell, new, delimiter)


# Cells

def new_value(record, column, state):
    """The cell's new value, or the one it has. Of several reasons to change it, the first counts."""
    entry = state.rules.field_of(record.entity, column)
    if points_at_dropped(record, column, state):
        return rewritten_references(record, column, state)
    if entry and is_treated(record, column, entry, state):
        new = treated_value(record, column, entry, state)
        if new != kept_value(record, column):  # a technique that leaves the cell decides nothing
            return new
    if is_replaced_key(record, column, state):
        return replaced_key(record, column, state)
    if is_to_be_marked(record, column, state):
        return marker_value(record, state)
    if is_to_be_cleared(record, column, state):
        return b""
    return rewritten_references(record, column, state)


def is_to_be_marked(record, column, state):
    marker = record.entity.marker
    return (marker is not None and column == marker.column and not is_marked(record)
            and state.fate(record) in (ANONYMIZED, UNLINKED))


def marker_value(record, state):
    value = record.entity.marker.value
    return (state.run_date if value == "run_date" else value).encode()


def is_to_be_cleared(record, column, state):
    undeclared = not is_declared(record.entity, column, state.rules)
    return undeclared and record.entity.undeclared == "clear" and record.value(column) != b""


# Cells that are personal fields

def is_treated(record, column, entry, state):
    """Whether the field's technique applies to this cell."""
    if not holds(entry.when, record, state.export):
        return False
    return bool(applies_to_record(record, entry, state)
                or mentioned_targets(record, column, entry, state))


def applies_to_record(record, entry, state):
    if is_marked(record):
        return False
    if entry.all_records:
        return True
    if state.fate(record) not in (ANONYMIZED, UNLINKED):
        return False
    return bool(targets_concerned(record, entry, state))


def targets_concerned(record, entry, state):
    """The targets whose the field is: the record's, or those that the link it is about names."""
    if state.fate(record) not in (ANONYMIZED, UNLINKED) or is_marked(record):
        return set()
    if entry.about is None:
        return state.owners(record)
    concerned = set()
    for link in record.entity.links:
        if link.columns != (entry.about,):
            continue
        offered = offered_values(state.export.records_of(link.entity), link.offer, state.fates.owners)
        concerned.update(*(offered[reference] for reference in references(record, link, state.export)))
    return concerned


def mentioned_targets(record, column, entry, state):
    """The targets that the cell of a `mentions` field names."""
    if entry.mentions is None:
        return set()
    entity, named_column = entry.mentions
    match = state.rules.entities[entity].identifiers.get(named_column, "exact")
    offer = entity, (named_column,), match
    offered = offered_values(state.export.records_of(entity), offer, state.fates.owners)
    value = comparable(record, [column], match)
    return offered[value] if value in offered else set()


def treated_value(record, column, entry, state):
    technique, value = entry.technique, record.value(column)
    if value == b"":
        fills = technique.name == "constant" and technique.options.get("fill_empty") == "true"
        return treated_empty(record, column, technique, state) if fills else kept_value(record, column)
    if is_pseudonymized_already(record, column, entry, state):
        return value
    normal = normal_form(value, column_match(record.entity, column)) or value
    return techniques.apply(technique, value, normal, state.key)


def treated_empty(record, column, technique, state):
    return techniques.apply(technique, kept_value(record, column), b"", state.key)


def kept_value(record, column):
    return record.cells[column].value


def is_pseudonymized_already(record, column, entry, state):
    """Whether an earlier run made the value, for all that it is treated for are marked already."""
    treated_for = (targets_concerned(record, entry, state)
                   or mentioned_targets(record, column, entry, state))
    return (bool(treated_for) and treated_for <= state.marked_targets
            and techniques.is_own_pseudonym(entry.technique, record.value(column)))


def column_match(entity, column):
    """How the values of an identifier or link column compare."""
    if column in entity.identifiers:
        return entity.identifiers[column]
    matches = [link.match for link in entity.links if column in link.columns]
    return next((match for match in matches if match != "exact"), "exact")


# Keys and the cells that link to them

def is_replaced_key(record, column, state):
    return (record.entity.rekey and (column,) == record.entity.key
            and has_replaced_key(record, state) and record.key is not None)


def has_replaced_key(record, state):
    return (record.entity.rekey and state.fate(record) == ANONYMIZED and not is_marked(record)
            and not has_key_replaced_already(record, state))


def has_key_replaced_already(record, state):
    """Whether an earlier run made the key, for all whose record it is are marked already."""
    return (state.owners(record) <= state.marked_targets
            and techniques.is_token(record.value(record.entity.key[0])))


def replaced_key(record, column, state):
    normal = normal_form(record.value(column), key_match(record.entity, state.rules)) or record.value(column)
    return techniques.token(state.key, "token", normal)


def key_match(entity, rules):
    """How links compare the entity's key: all in one way, where it is replaced."""
    matches = [link.match for other in rules.entities.values() for link in other.links
               if link.entity == entity.name and link.target_columns == entity.key]
    return matches[0] if matches else "exact"


def links_of(record, column, state):
    return [link for link in record.entity.links
            if column in link.columns and holds(link.when, record, state.export)]


def points_at_dropped(record, column, state):
    return any(loses_reference(record, link, state.export, state.fates)
               for link in links_of(record, column, state))


def rewritten_references(record, column, state):
    """The cell without its references to dropped records, and with replaced keys."""
    links = links_of(record, column, state)
    composite = [link for link in links if len(link.columns) > 1]
    single = [link for link in links if len(link.columns) == 1]
    if any(loses_reference(record, link, state.export, state.fates) for link in composite):
        return b""
    if not single or record.value(column) == b"":
        return kept_value(record, column)
    new = [rewritten_element(element, single, state) for element in elements(record, single[0])]
    return (single[0].separator or b"").join(element for element in new if element is not None)


def rewritten_element(element, links, state):
    """The element, its replacement, or None if what it refers to is dropped."""
    if any(refers_to(element, link, dropped_values(link, state.export, state.fates))
           for link in links):
        return None
    for link in links:
        if refers_to(element, link, replaced_values(link, state)):
            return techniques.token(state.key, "token", normal_form(element, link.match))
    return element


def replaced_values(link, state):
    entity = state.rules.entities[link.entity]
    if link.target_columns != entity.key:
        return set()
    records = state.export.records_of(entity.name)
    replaced = [record for record in records if has_replaced_key(record, state)]
    kept = [record for record in records if state.fate(record) == UNLINKED]  # an unlinked record keeps its key
    return keys_of(replaced, link, entity) - keys_of(kept, link, entity) - {None}


def keys_of(records, link, entity):
    return {comparable(record, entity.key, link.match) for record in records}
