"""One random case: rules, export, targets, command line; all of it from the seed."""

import random
from dataclasses import dataclass, field

import csv_bytes
import model
import values
from random_files import random_files
from random_rules import chance, random_rules
from whose import Request


@dataclass
class Case:
    document: dict
    files: dict
    request: Request
    key: bytes
    run_date: str
    options: list = field(default_factory=list)
    fault: str = None     # what is wrong, other than in rules, export and targets
    lists: dict = field(default_factory=lambda: dict(values.LISTS))


# Faults that the model of a run does not know, and the exit status they give.
FAULT_STATUS = {"not confirmed": 5, "out exists": 6, "unknown rule": 3, "short key": 2}
DATA_FAULTS = ["ragged", "stray quote", "text after quote", "open quote", "lone return", "undeclared column",
               "undeclared column", "foreign file", "missing file", "missing file", "empty file"]


def random_case(seed):
    rng = random.Random(seed)
    document, plans = random_rules(rng)
    files = random_files(rng, document, plans)
    request = random_request(rng, plans[0], files, document)
    day = f"20{rng.randint(10, 40)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    case = Case(document, files, request, rng.randbytes(32), day, random_options(rng))
    if chance(rng, 8):
        break_data(rng, case)
    elif chance(rng, 4) and not expected_outcome(case).is_refusal:
        case.fault = rng.choice(list(FAULT_STATUS))
    return case


def expected_outcome(case):
    if case.fault:
        return model.Outcome(FAULT_STATUS[case.fault])
    return model.run(case.document, case.files, case.request, case.key, case.run_date,
                     case.lists)


def random_options(rng):
    options = ["--jobs", str(rng.randint(1, 3))]
    if chance(rng, 70):
        options += ["--batch-size", str(rng.randint(64, 4096))]
    return options


# Targets

def random_request(rng, subject, files, document):
    request = Request(mode=rng.choice(["anonymize", "delete"]))
    records = subject_records(subject, files, document)
    way = rng.choices(["file", "contacts", "all"], [75, 15, 10])[0]
    if document.get("selections") and chance(rng, 50):
        request.selection = rng.choice(list(document["selections"]))
        return request
    if way == "all":
        request.all = True
    elif way == "contacts":
        request.contacts = random_contacts(rng, subject, records)
    if not request.all and not request.contacts:
        request.targets_file = random_targets_file(rng, subject, records)
    return request


def subject_records(subject, files, document):
    """The subject's records as the files have them, as mappings of column to text."""
    export = model.read_export(model.read_rules({
        **document, "entities": {**document["entities"], subject.name: subject.rules}}), files)
    columns = naming_columns(subject)
    return [{column: record.value(column).decode() for column in columns}
            for record in export.records_of(subject.name)]


def naming_columns(subject):
    return [column.name for column in subject.columns if column.role in ("key", "identifier")]


def random_contacts(rng, subject, records):
    names = [name for name in naming_columns(subject) if name not in ("Site", "Nr")]
    if not names:
        return []  # --contact can name nobody then
    wanted = [rng.choice(records)[rng.choice(names)] for _ in range(rng.randint(1, 3))]
    wanted = [value for value in wanted if value and not value.startswith("-")]
    return [value.encode() for value in wanted + ["nobody"] * chance(rng, 15)]


def random_targets_file(rng, subject, records):
    keys = [column.name for column in subject.columns if column.role == "key"]
    others = [name for name in naming_columns(subject) if name not in keys]
    names = rng.sample(others, rng.randint(0, len(others)))
    if not names or chance(rng, 75):
        names = keys + names
    with_modes = chance(rng, 60)
    rows = [random_row(rng, subject, names, keys, records) for _ in range(rng.choice([1, 2, 3, 6, 9]))]
    rows = [row for row in rows if any(row.values())] or [dict.fromkeys(names, "nobody")]
    if chance(rng, 3):
        rows = rng.choice([[], [*rows, dict.fromkeys(names, "")]])
    header = rng.sample(names, len(names)) + ["mode"] * with_modes
    for row in rows:
        row["mode"] = rng.choice(["anonymize", "delete", ""])
    return write_targets(rng, header, rows)


def random_row(rng, subject, names, keys, records):
    """A contact named by one or several cells; now and then nobody, or two people at once."""
    record = rng.choice(records)
    if chance(rng, 12):
        record = {name: "nobody" for name in record}
    row = {name: value_spelt(rng, subject, name, record[name]) for name in names}
    kept = [rng.choice(names)] if chance(rng, 70) else names
    if set(kept) & set(keys):
        kept = [*keys, *(name for name in kept if name not in keys)]
    if not all(row[name] for name in keys if name in row):
        row.update(dict.fromkeys(keys, ""))  # a key is given whole or not at all
    if chance(rng, 2):
        row[names[-1]] = "somebody else"
    return {name: row[name] if name in kept else "" for name in names}


def value_spelt(rng, subject, name, value):
    column = subject.column(name)
    return value if column.role == "key" else values.variant(rng, value, column.match)


def write_targets(rng, header, rows):
    delimiter = rng.choice(csv_bytes.DELIMITERS) if len(header) > 1 else b","
    end = rng.choice([b"\n", b"\r\n"])
    lines = [[name.encode() for name in header]]
    lines += [[row[name].encode() for name in header] for row in rows]
    return b"".join(csv_bytes.join([target_cell(rng, value, delimiter) for value in line], delimiter) + end
                    for line in lines)


def target_cell(rng, value, delimiter):
    quoted = csv_bytes.needs_quotes(value, delimiter) or chance(rng, 10)
    return csv_bytes.quote(value) if quoted else value


# Broken data

def break_data(rng, case):
    fault = rng.choice(DATA_FAULTS)
    path = rng.choice([p for p in case.files if ".csv" in p and p != "x.csv.gz"])
    content = case.files[path]
    content += b"" if content.endswith(b"\n") else b"\n"
    table = csv_bytes.parse(content, dialect_delimiter(case))
    delimiter, names = table.delimiter, [cell.raw for cell in table.header.cells]
    rest = [b"x"] * (len(names) - 1)
    case.files[path] = {
        "ragged": content + delimiter.join([b"x", b"y", *rest]) + b"\n",
        "stray quote": content + delimiter.join([b'x"y"', *rest]) + b"\n",
        "text after quote": content + delimiter.join([b'"x"y', *rest]) + b"\n",
        "open quote": content + delimiter.join([b'"x', *rest]) + b"\n",
        "lone return": content + delimiter.join([b"x\ry", *rest]) + b"\n",
        "undeclared column": delimiter.join([*names, b"Stranger"]) + b"\n",
        "empty file": b"",
    }.get(fault, case.files[path])
    if fault == "foreign file":
        case.files["foreign.bin"] = b"\0"
    if fault == "missing file":
        del case.files[path]


def dialect_delimiter(case):
    delimiter = case.document.get("dialect", {}).get("delimiter", "auto")
    return None if delimiter == "auto" else delimiter.encode()
