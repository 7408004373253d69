"""What is planted into an export, where, and what the leak check must say of it.

A form is a way to write something of a contact. A place takes texts, one a record, and tells in
which column (or copied file) those of a form stand. FOUND says which kinds are found in a place;
rules/README.md, "Leak check", says why: a replaced key is looked for as a whole cell only.
"""

import csv
import gzip
import random
import re
from collections import Counter, namedtuple

Form = namedtuple("Form", "kind write")


def grouped(signs):
    """Writes a number with one of the signs after the other between its groups of digits."""

    def write(person):
        groups = re.findall("[0-9]+", person.phone)
        return "".join(sign + group for sign, group in zip(signs, groups))

    return write


def capitals(text):
    """Case is that of single letters: the capital of ß is none of two."""
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)


FORMS = [
    Form("email", lambda person: person.email),
    Form("email", lambda person: person.email.upper()),
    Form("email", lambda person: f"Schreiben Sie an <{person.email.title()}>!"),
    Form("email", lambda person: f"mailto:{person.email}, oder nicht"),
    Form("phone", lambda person: person.phone),
    Form("phone", grouped(["+", "", "", ""])),
    Form("phone", grouped(["00", "-", "/", "."])),
    Form("phone", grouped(["rings at (+", ") ", "-", "-"])),
    Form("phone", grouped(["", " ", " ", " "])),
    Form("phone", grouped(["2024-05-01 call 00 ", " ", ".", "."])),
    Form("key", lambda person: person.key),
    Form("name", lambda person: f"{person.first} {person.last}"),
    Form("name", lambda person: f"{person.last} {person.first}"),
    Form("name", lambda person: f"{person.last}, {person.first}"),
    Form("name", lambda person: f"Seen: {capitals(f'{person.first} {person.last}')} (at noon)"),
]  # fmt: skip

TEXT_KINDS = ("email", "phone", "name")
KINDS = (*TEXT_KINDS, "key")


def column_of(number):
    """Nothing that sounds like a phone's or a name's column."""
    return f"Extra {number}"


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader), list(reader.fieldnames)


def write_table(path, rows, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


class Table:
    """A file of the export into whose columns texts are planted, each form into one of its own."""

    def __init__(self, name, entity, kinds, record=None, wrap="{}", packed=False):
        self.name, self.entity, self.kinds = name, entity, kinds
        self.record = record  # what a new record says of itself; None: the targets' own are used
        self.wrap, self.packed = wrap, packed
        self.label = f"{entity}{', quoted' * (wrap != '{}')}{', own' * (record is None)}"

    def rows_for(self, rows, plants):
        """The records that take the plants, those of one person in one."""
        own = {row["ContactId"]: row for row in rows} if self.record is None else {}
        for number, persons in plants.items():
            for place, person in enumerate(persons):
                row = own.get(person.key)
                if row is None:
                    # nobody's: what is planted is all that tells of anybody
                    row = self.record(f"{number}-{place}")
                    rows.insert(random.randrange(len(rows) + 1), row)
                yield row, number, self.wrap.format(FORMS[number].write(person))

    def plant(self, export, plants):
        path = export / self.name
        rows, columns = read_table(path)
        for row, number, text in list(self.rows_for(rows, plants)):
            row[column_of(number)] = text
        write_table(path, rows, columns + [column_of(number) for number in plants])
        if self.packed:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 1))
            path.unlink()

    def left(self, number):
        return (self.entity, "", column_of(number))


class KeptColumn(Table):
    """A column that the rules list under `keep`, in records of an entity that is nobody's."""

    def plant(self, export, plants):
        rows = [f'X{number}-{place},S1,"{FORMS[number].write(person)}",false\n'
                for number, persons in plants.items() for place, person in enumerate(persons)]
        with open(export / self.name, "a", encoding="utf-8") as file:
            file.writelines(rows)

    def left(self, number):
        return (self.entity, "", "Label")


class Copied:
    """Files that no rule takes; the texts lie across where the program cuts what it reads."""

    BORDER = 1 << 16
    kinds = TEXT_KINDS
    label = "copied files"

    def plant(self, export, plants):
        for number, persons in plants.items():
            with open(export / f"copied-{number}.txt", "wb") as file:
                for place, person in enumerate(persons, 1):
                    text = f" {FORMS[number].write(person)} ".encode()
                    start = place * self.BORDER - random.randrange(len(text) + 1)
                    file.write(b"no one \n" * ((start - file.tell()) // 8))
                    file.write(b"." * (start - file.tell()) + text)

    def left(self, number):
        return ("", f"copied-{number}.txt", "")


class OtherContacts(Table):
    """The address and the number of contacts who are no targets: they are theirs, too."""

    COLUMNS = {"email": "Email", "phone": "Phone"}

    def __init__(self, others):
        super().__init__("contacts.csv", "contacts", tuple(self.COLUMNS))
        self.keys = {person.key for person in others}

    def plant(self, export, plants):
        path = export / self.name
        rows, columns = read_table(path)
        others = [row for row in rows if row["ContactId"] in self.keys]
        for number, persons in plants.items():
            for row, person in zip(others, persons):
                row[self.left(number)[2]] = FORMS[number].write(person)
        write_table(path, rows, columns)

    def left(self, number):
        return (self.entity, "", self.COLUMNS[FORMS[number].kind])


PLACES = [
    Table("contacts.csv", "contacts", KINDS, lambda name: {"ContactId": f"X{name}"}),
    Table("contacts.csv", "contacts", KINDS),
    Table("members.csv", "members", TEXT_KINDS, lambda name: {"MemberId": f"X{name}"},
          wrap='He said "well,\nwell": {}\n'),
    Table("partner_invitations.csv", "partner_invitations", KINDS,
          lambda name: {"InvitationId": f"X{name}"}, packed=True),
    KeptColumn("surveys/survey_questions.csv", "survey_questions", TEXT_KINDS),
    Copied(),
]  # fmt: skip


def of_kind(kind):
    """The numbers of its forms."""
    return [number for number, form in enumerate(FORMS) if form.kind == kind]


def choose(people, numbers, count):
    """{number of a form: who is planted in it}."""
    return {number: random.sample(people, count) for number in numbers}


def expected(place, plants):
    """{(entity, file, field, kind): count} of what was planted there."""
    left = Counter()
    for number, persons in plants.items():
        kind = FORMS[number].kind
        if kind in place.kinds:
            left[(*place.left(number), kind)] += len(persons)
    return left
