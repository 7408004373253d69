"""Which records belong to a target."""

from collections import defaultdict
from dataclasses import dataclass, field

import csv_bytes
from conditions import holds
from export import Refused, comparable
from normal_forms import normal_form


@dataclass
class Request:
    """What the command line asks for: one of targets file, contacts, selection and all."""
    mode: str = "anonymize"
    targets_file: bytes = None
    contacts: list = field(default_factory=list)
    selection: str = None
    all: bool = False


# Naming targets. A contact is its key or, without a key, the bytes of its record.

def contact_of(record):
    return record.key or ("without a key", record.raw)


def name_targets(request, export):
    """The mode of every target, and whether some target was found nowhere."""
    modes, nowhere = {}, False
    for contacts, mode in named_contacts(request, export):
        nowhere = nowhere or not contacts
        for contact in contacts:
            modes[contact] = "delete" if "delete" in (mode, modes.get(contact)) else mode
    return modes, nowhere


def named_contacts(request, export):
    """Pairs of a set of contacts and their mode, one for each thing that names targets."""
    subjects = export.records_of(export.rules.subject)
    if request.selection or request.all:  # an export may have no such contact
        where = export.rules.selections[request.selection] if request.selection else None
        return [({contact_of(record)}, request.mode) for record in subjects
                if holds(where, record, export)]
    if request.contacts:
        return [(contacts_with(value, subjects, export), request.mode)
                for value in request.contacts]
    named = list(read_targets_file(request, subjects, export))
    if not named:
        raise Refused(4)
    return named


def contacts_with(value, subjects, export):
    """The contacts whose key or any identifier the value is."""
    subject = export.rules.entities[export.rules.subject]
    by_key = contacts_by_key((value,), subjects)
    return by_key.union(*(contacts_by_identifier(column, value, match, subjects)
                          for column, match in subject.identifiers.items()))


def contacts_by_key(key, subjects):
    return {contact_of(record) for record in subjects if record.key == key}


def contacts_by_identifier(column, value, match, subjects):
    wanted = normal_form(value, match)
    return {contact_of(record) for record in subjects
            if wanted and comparable(record, [column], match) == (wanted,)}


def read_targets_file(request, subjects, export):
    table = csv_bytes.parse(request.targets_file)
    for line in table.lines:
        row = {column: cell.value for column, cell in zip(table.columns, line.cells)}
        mode = row.pop("mode", b"").decode() or request.mode
        yield contacts_of_row(row, subjects, export), mode


def contacts_of_row(row, subjects, export):
    """All cells of a row agree on its contacts, or none of them is found anywhere."""
    candidates = list(candidates_of_row(row, subjects, export))
    if not candidates:
        raise Refused(4)
    if not any(candidates):
        return set()
    agreed = set.intersection(*candidates)
    if not agreed:
        raise Refused(4)
    return agreed


def candidates_of_row(row, subjects, export):
    subject = export.rules.entities[export.rules.subject]
    key = tuple(row.get(column, b"") for column in subject.key)
    if any(key) and not all(key):
        raise Refused(4)
    if any(key):
        yield contacts_by_key(key, subjects)
    for column, match in subject.identifiers.items():
        if row.get(column):
            yield contacts_by_identifier(column, row[column], match, subjects)


# Following links to the fixed point

def resolve(export, targets):
    """The targets that each record belongs to."""
    owners = {record: set() for record in export.records}
    for record in export.records_of(export.rules.subject):
        owners[record] = {contact_of(record)} & set(targets)
    while follow_links_once(export, owners):
        pass
    return owners


def follow_links_once(export, owners):
    grown = False
    for record in export.records:
        for link in claiming_links(record, export):
            claimed = claimed_by(record, link, export, owners)
            grown = grown or not claimed <= owners[record]
            owners[record] |= claimed
    return grown


def claiming_links(record, export):
    """The links that make a record belong to somebody: a subject's own links claim nothing."""
    if record.entity.name == export.rules.subject:
        return []
    return [link for link in record.entity.links if link.follow]


def claimed_by(record, link, export, owners):
    offered = offered_values(export.records_of(link.entity), link.offer, owners)
    return set().union(*(offered[value] for value in references(record, link, export)))


def offered_values(records, offer, owners):
    """The value that each record offers to links, with the targets behind it."""
    _, columns, match = offer
    offered = defaultdict(set)
    for record in records:
        offered[comparable(record, columns, match)] |= owners[record]
    offered.pop(None, None)
    return offered


def references(record, link, export):
    """What the record's link refers to, in normal form."""
    if not holds(link.when, record, export):
        return []
    if link.separator is None:
        value = comparable(record, link.columns, link.match)
        return [value] if value else []
    return [(normal_form(element, link.match),) for element in elements(record, link)
            if normal_form(element, link.match)]


def elements(record, link):
    """The values of a list cell, as they stand; of any other cell, its only value."""
    value = record.value(link.columns[0])
    return value.split(link.separator) if link.separator else [value]
