"""What happens to each record as a whole."""

from dataclasses import dataclass

from conditions import holds
from export import comparable
from normal_forms import normal_form
from whose import elements, references

UNTOUCHED, ANONYMIZED, UNLINKED, DROPPED = "untouched", "anonymized", "unlinked", "dropped"


@dataclass
class Fates:
    owners: dict  # the targets that each record belongs to, without those held back
    fate: dict    # of each record
    held: set     # the targets held back

    def dropped(self, records):
        return [record for record in records if self.fate[record] == DROPPED]


def decide_fates(export, owners, modes):
    held = held_back(export, owners, modes)
    active = {record: owners[record] - held for record in export.records}
    fate = {record: fate_of(record, active[record], modes, export) for record in export.records}
    fates = Fates(active, fate, held)
    while drop_emptied_once(export, fates):
        pass
    return fates


def held_back(export, owners, modes):
    """A target to delete with any record under `restrict` is held back whole, any with a record under a hold too."""
    restricted = [record for record in export.records if record.entity.on_delete == "restrict"]
    held = {target for record in restricted for target in owners[record]
            if modes[target] == "delete"}
    for hold in export.rules.holds:
        for record in export.records_of(hold.entity):
            held |= owners[record] if holds(hold.where, record, export) else set()
    return held


def fate_of(record, targets, modes, export):
    if not targets:
        return UNTOUCHED
    if all(modes[target] == "anonymize" for target in targets):
        return ANONYMIZED
    is_subject = record.entity.name == export.rules.subject
    return UNLINKED if record.entity.on_delete == "unlink" and not is_subject else DROPPED


# drop_when_empty, to the fixed point

def drop_emptied_once(export, fates):
    emptied = [record for record in export.records
               if fates.fate[record] != DROPPED and is_emptied(record, export, fates)]
    for record in emptied:
        fates.fate[record] = DROPPED
    return bool(emptied)


def is_emptied(record, export, fates):
    """Whether the record's list loses an element, and none but empty ones are left."""
    column = record.entity.drop_when_empty
    return any(loses_all(record, link, export, fates) for link in record.entity.links
               if link.columns == (column,) and holds(link.when, record, export))


def loses_all(record, link, export, fates):
    lost = dropped_values(link, export, fates)
    filled = [element for element in elements(record, link) if element]
    return bool(filled) and all(refers_to(element, link, lost) for element in filled)


def dropped_values(link, export, fates):
    """The values of the linked column, in normal form, in records that are dropped."""
    dropped = fates.dropped(export.records_of(link.entity))
    return {comparable(record, link.target_columns, link.match) for record in dropped} - {None}


def refers_to(element, link, values):
    return (normal_form(element, link.match),) in values


def loses_reference(record, link, export, fates):
    lost = dropped_values(link, export, fates)
    return any(reference in lost for reference in references(record, link, export))
