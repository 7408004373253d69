"""A generated export, and the contacts in it who are to be erased."""

import csv
import random
import re
import subprocess
from collections import namedtuple

Person = namedtuple("Person", "key email phone first last")


def generate(generator, contacts, seed, folder, *options):
    command = [generator, "--contacts", str(contacts), "--seed", str(seed), *options, folder]
    subprocess.run(command, check=True)
    return folder


def read_people(export):
    with open(export / "contacts.csv", encoding="utf-8", newline="") as file:
        return [
            Person(row["ContactId"], row["Email"], row["Phone"], row["FirstName"], row["LastName"])
            for row in csv.DictReader(file)
        ]


def write_targets(path, targets, modes=("anonymize",)):
    with open(path, "w", encoding="utf-8") as file:
        file.write("ContactId,mode\n")
        file.writelines(f"{person.key},{random.choice(modes)}\n" for person in targets)
    return path


# ---- a second way of looking, which knows nothing of columns

EMAIL = re.compile(rb"[\w.%+'-]+@[\w.-]+")
PHONE = re.compile(rb"\+[0-9 ]{7,20}")
KEY = re.compile(rb"\bC[0-9]{9}\b")


def digits(text):
    return re.sub(rb"[^0-9]", b"", text)


def left_in(folder, targets):
    """How many addresses, numbers and keys of the targets stand in the exports of a folder."""
    emails = {person.email.encode().lower() for person in targets}
    phones = {digits(person.phone.encode()) for person in targets}
    keys = {person.key.encode() for person in targets}
    left = 0
    for path in folder.rglob("*.csv"):
        text = path.read_bytes()
        left += sum(found.lower() in emails for found in EMAIL.findall(text))
        left += sum(digits(found) in phones for found in PHONE.findall(text))
        left += sum(found in keys for found in KEY.findall(text))
    return left
