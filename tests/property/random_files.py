"""Random export files for the plans of random_rules: cells, records, part files and their bytes."""

from dataclasses import dataclass

import csv_bytes
import values
from random_rules import KEYED, chance

DELIMITERS = [",", ";", "\t", "|"]
NULL = None  # as a value: the dialect's null


@dataclass
class Format:
    """How one file is written."""
    delimiter: str
    found_in_header: bool
    null: str
    ends: list
    quoted_percent: int


def random_files(rng, document, plans):
    """The export: path to uncompressed bytes. Adds the globs to the plans' rules."""
    files = {}
    for plan in plans:
        paths, globs = random_layout(rng, plan.name)
        plan.rules["files"] = globs
        if plan is not plans[0] and chance(rng, 8):
            plan.rules["optional"] = "true"
            paths = paths if chance(rng, 50) else []
        add_part_files(rng, files, document, plan, paths)
    files.update(foreign_files(rng, document))
    return files


def random_layout(rng, name):
    """Paths and the globs that find them."""
    return rng.choice([
        ([f"{name}.csv"], [f"{name}.csv"]),
        ([f"{name}.csv"], [f"{name}*.csv", f"old/{name}*.csv"]),
        ([f"{name}-1.csv", f"{name}-2.csv"], [f"{name}-?.csv"]),
        ([f"{name}.csv.gz"], [f"{name}.csv.gz"]),
        ([f"{name}-a.csv", f"{name}-b.csv.gz"], [f"{name}-*.csv", f"{name}-*.csv.gz"]),
        ([f"events/x{n}/{name}.csv" for n in (1, 22, 3)], [f"events/*/{name}.csv"]),
        ([f"{name}.csv", f"deep/er/{name}.csv"], [f"**/{name}.csv"]),
    ])


def foreign_files(rng, document):
    files = {}
    if document.get("unmatched_files", "fail") != "fail" and chance(rng, 70):
        files = {"notes.txt": rng.randbytes(40), "docs/read me.md": b"", "x.csv.gz": b'a,"b\n'}
    if chance(rng, 5):
        files["efface-report/manifest.json"] = b"{}"
        files["efface-report/field-summary.xlsx"] = b"PK"
    return files


def add_part_files(rng, files, document, plan, paths):
    dialect = document.get("dialect", {})
    records = random_records(rng, plan, null_allowed=bool(dialect.get("null")))
    cuts = sorted(rng.randint(0, len(records)) for _ in paths[1:])
    for path, start, end in zip(paths, [0, *cuts], [*cuts, len(records)]):
        columns = rng.sample(plan.columns, len(plan.columns))
        layout = random_format(rng, dialect)
        files[path] = write_file(rng, [c.name for c in columns], records[start:end], layout)


# Records

def random_records(rng, plan, null_allowed):
    keys = plan.stocks.get(("Id",)) or plan.stocks.get(("Site", "Nr")) or []
    count = max(5, len(keys)) if keys else rng.randint(5, 30)
    records = []
    for number in range(count):
        records.append(random_record(rng, plan, keys[number] if number < len(keys) else None, null_allowed))
        if chance(rng, 3):
            records.append(dict(records[-1]))
    rng.shuffle(records)
    return records


def random_record(rng, plan, key, null_allowed):
    key = random_key(rng, plan, key)
    record, drawn = {}, {}
    for column in plan.columns:
        if column.role == "key":
            record[column.name] = key[column.part]
        elif column.part and column.role == "link":
            record[column.name] = values.variant(rng, drawn["tuple"][1], column.match)
        else:
            record[column.name] = random_cell(rng, plan, column, drawn, null_allowed)
    return record


def random_key(rng, plan, key):
    """Mostly the next one of the stock; now and then empty, or one that another record has as well."""
    names = [column.name for column in plan.columns if column.role == "key"]
    if not names:
        return None
    if key is None or chance(rng, 6):
        key = rng.choice(plan.stocks[tuple(names)])
    if chance(rng, 4):
        return tuple("" if chance(rng, 70) else part for part in key)
    return tuple(values.variant(rng, part, plan.key_match) if chance(rng, 10) else part for part in key)


def random_cell(rng, plan, column, drawn, null_allowed):
    if column.role == "link":
        return link_cell(rng, column, drawn)
    if chance(rng, 10):
        return NULL if null_allowed and chance(rng, 50) else ""
    if column.role == "marker":
        return rng.choices(["", "2023-05-06", "yes"], [60, 25, 15])[0]
    if column.role == "condition":
        if column.sources:
            return rng.choice(column.sources[0])[0]
        return values.CONDITION_VALUES[column.kind](rng)
    return plain_cell(rng, plan, column)


def link_cell(rng, column, drawn):
    if column.separator:
        count = rng.choice([0, 1, 1, 1, 2, 2, 3, 4])
        return column.separator.join(reference(rng, column, drawn) for _ in range(count))
    return reference(rng, column, drawn)


def reference(rng, column, drawn):
    """A value of the column that the link refers to, in one of its spellings; an orphan; or nothing."""
    drawn["tuple"] = rng.choice(rng.choice(column.sources))
    if chance(rng, 7):
        drawn["tuple"] = tuple(values.BASE_VALUES[column.match](rng) for _ in drawn["tuple"])
    if chance(rng, 7):
        return ""
    return with_own_output(rng, column, values.variant(rng, drawn["tuple"][0], column.match))


def plain_cell(rng, plan, column):
    stock = column.mentions or plan.stocks.get((column.name,))
    if stock and chance(rng, 85):
        value = values.variant(rng, rng.choice(stock)[0], column.match)
    else:
        value = values.PLAIN_VALUES[column.kind](rng)
    if column.technique is None and column.role == "plain" and not column.linked and chance(rng, 3):
        return b"\xff\xfe\x00" + value.encode()  # nobody's business: it stays as it is
    return with_own_output(rng, column, value)


def with_own_output(rng, column, value):
    often = column.technique and column.technique.name in KEYED
    if column.technique and chance(rng, 35 if often else 12):
        return values.own_output(rng, column.technique, value)
    return value


# Bytes

def random_format(rng, dialect):
    delimiter = dialect.get("delimiter", "auto")
    return Format(
        delimiter=rng.choice(DELIMITERS) if delimiter == "auto" else delimiter,
        found_in_header=delimiter == "auto",
        null=dialect.get("null", ""),
        ends=rng.choice([["\n"], ["\r\n"], ["\n", "\r\n"]]),
        quoted_percent=rng.choice([0, 10, 10, 50, 100]),
    )


def write_file(rng, columns, records, layout):
    if len(columns) == 1 and layout.found_in_header:
        layout.delimiter = ","  # a header of one column tells none
    lines = [write_record(rng, [column.encode() for column in columns], layout)]
    lines += [write_record(rng, [record[column] for column in columns], layout) for record in records]
    if len(columns) == 1:
        lines[1:] = [part for line in lines[1:] for part in maybe_blank(rng, line)]
    ends = [rng.choice(layout.ends).encode() for _ in lines]
    if chance(rng, 15) and lines[-1]:
        ends[-1] = b""
    elif chance(rng, 8):
        lines += [b"", b""]
        ends += [rng.choice(layout.ends).encode() for _ in range(2)]
    mark = csv_bytes.BYTE_ORDER_MARK if chance(rng, 12) else b""
    return mark + b"".join(line + end for line, end in zip(lines, ends))


def maybe_blank(rng, line):
    return [b"", line] if chance(rng, 10) else [line]


def write_record(rng, record, layout):
    cells = [write_cell(rng, value, layout) for value in record]
    return csv_bytes.join(cells, layout.delimiter.encode())


def write_cell(rng, value, layout):
    if value is NULL:
        return layout.null.encode()
    value = value.encode() if isinstance(value, str) else value
    must = any(mark in value for mark in (layout.delimiter.encode(), b'"', b"\r", b"\n"))
    is_null_text = value == layout.null.encode() != b""
    if must or is_null_text or chance(rng, layout.quoted_percent):
        return csv_bytes.quote(value)
    return value
