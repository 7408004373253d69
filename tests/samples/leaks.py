"""Looks in what was published for what should be gone: keys, addresses, phones, names."""

import html
import json
import re
import zipfile

import export_bytes
import sample_run

SHORTEST = 6  # characters of a value that stands in no report by chance


def texts(path):
    """The text of a published file, as a person or a program that opens it would see it."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return [html.unescape(book.read(part).decode()) for part in book.namelist()]
    text = export_bytes.content(path).decode()
    if path.suffix == ".json":
        return [text, json.dumps(json.loads(text), ensure_ascii=False)]
    return [text, html.unescape(text)]


def digits(text):
    return "".join(character for character in text if character.isdigit())


def text_problems(text, contact):
    first, last = contact["FirstName"], contact["LastName"]
    forms = [contact["ContactId"], contact["Email"], contact["Phone"], f"{first} {last}",
             f"{last} {first}", f"{last}, {first}"]  # fmt: skip
    folded = text.casefold()
    return [
        f"contact {contact['ContactId']}: form {number} of its identifiers is left"
        for number, form in enumerate(forms)
        if form and form.casefold() in folded
    ]


def cells_problems(values, contact):
    folded = [value.casefold() for value in values]
    phone = digits(contact["Phone"])
    problems = []
    if contact["FirstName"].casefold() in folded and contact["LastName"].casefold() in folded:
        problems.append(f"contact {contact['ContactId']}: both names in one record")
    if phone and any(phone in digits(value) for value in values):
        problems.append(f"contact {contact['ContactId']}: phone in a cell")
    for value in values:
        problems += text_problems(value, contact)
    return problems


def report_problems(text, contact):
    """Of a report, which has nothing of a contact at all; short values are words or numbers of it."""
    return [
        f"contact {contact['ContactId']}: the value of {column} is left"
        for column, value in contact.items()
        if len(value) >= SHORTEST and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.I)
    ]


def leak_problems(path, contacts):
    problems = []
    for contact in contacts:
        for text in texts(path):
            problems += text_problems(text, contact)
            if path.parent.name == sample_run.REPORTS:
                problems += report_problems(text, contact)
        if path.parent.name != sample_run.REPORTS:
            for record in export_bytes.read(path).records:
                problems += cells_problems(record.values, contact)
    return problems
