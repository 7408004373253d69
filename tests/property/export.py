"""An export: the files of a folder as records of the entities that the rules give them to."""

import re
from dataclasses import dataclass, field

import csv_bytes
from normal_forms import normal_form
from rules import Entity


class Refused(Exception):
    """The run ends with this exit status and publishes nothing."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


@dataclass(eq=False)
class Record:
    entity: Entity
    cells: dict  # by column, in the order of the file
    null: bytes
    end: bytes

    def is_null(self, column):
        return self.cells[column].raw == self.null

    def value(self, column):
        """The cell's value; null counts as empty."""
        return b"" if self.is_null(column) else self.cells[column].value

    @property
    def key(self):
        """The values of the key columns; None where one is empty, for an empty key is no key."""
        values = tuple(self.value(column) for column in self.entity.key)
        return values if values and all(values) else None

    @property
    def raw(self):
        return tuple(cell.raw for cell in self.cells.values())


@dataclass
class DataFile:
    path: str
    entity: Entity
    table: csv_bytes.Table
    rows: list = field(default_factory=list)  # records, and the blank lines between them


@dataclass
class Export:
    rules: object
    data_files: list
    copies: dict  # path to bytes, of files that no rule names

    @property
    def records(self):
        return [row for data in self.data_files for row in data.rows if isinstance(row, Record)]

    def records_of(self, entity_name):
        return [record for record in self.records if record.entity.name == entity_name]


def read_export(rules, files):
    export = Export(rules, [], {})
    for path in sorted(files):
        entity = entity_of(path, rules)
        if entity:
            export.data_files.append(read_data_file(path, entity, files[path], rules))
        elif path.startswith("efface-report/") and "efface-report/manifest.json" in files:
            continue
        elif rules.unmatched_files == "fail":
            raise Refused(4)
        elif rules.unmatched_files == "copy":
            export.copies[path] = files[path]
    refuse_missing_files(export)
    return export


def entity_of(path, rules):
    for entity in rules.entities.values():
        if any(glob_pattern(glob).fullmatch(path) for glob in entity.files):
            return entity
    return None


def glob_pattern(glob):
    """`*` and `?` within a name, `**/` across any number of folders, none included."""
    wild = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*|\?)", glob)
    return re.compile("".join(wild.get(part, re.escape(part)) for part in parts))


def refuse_missing_files(export):
    present = {data.entity.name for data in export.data_files}
    for entity in export.rules.entities.values():
        if entity.name not in present and not entity.optional:
            raise Refused(4)


def read_data_file(path, entity, content, rules):
    try:
        table = csv_bytes.parse(content, rules.delimiter)
    except csv_bytes.Malformed:
        raise Refused(4) from None
    if entity.undeclared == "fail":
        refuse_undeclared(table, entity, rules)
    data = DataFile(path, entity, table)
    for line in table.lines:
        data.rows.append(line if line.blank else read_record(line, data, rules))
    return data


def refuse_undeclared(table, entity, rules):
    for column in table.columns:
        if not is_declared(entity, column, rules):
            raise Refused(4)


def is_declared(entity, column, rules):
    return entity.declares(column) or rules.field_of(entity, column) is not None


def read_record(line, data, rules):
    return Record(data.entity, dict(zip(data.table.columns, line.cells)), rules.null, line.end)


def comparable(record, columns, match):
    """The values of the columns in normal form; None where one can match nothing."""
    values = tuple(normal_form(record.value(column), match) for column in columns)
    return values if all(values) else None
