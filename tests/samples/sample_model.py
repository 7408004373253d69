"""What a sample's rules mean, said a second time: whose a record is, and what becomes of it.

It shares nothing with the program but the rules' intent, so that the two can disagree. The tables
of a sample (event_platform.py, crm.py) say what its rules say. Entities are worked through in the
order of the table; but for those of the subject, links lead only to earlier ones.
"""

import base64
import dataclasses
import hashlib
import hmac
import pathlib
import re

SUBJECT = "contacts"
EMAIL = "contacts.Email"
TOKEN_BYTES = 16


@dataclasses.dataclass
class Link:
    column: str
    to: str  # an entity, or EMAIL
    separator: str = None
    follow: bool = True
    when: tuple = None  # (column, value): the link counts only where that column has that value


@dataclasses.dataclass
class Entity:
    name: str
    key: str
    links: list = dataclasses.field(default_factory=list)
    rekey: bool = False
    marker: str = None
    drops: bool = True  # on_delete: drop; otherwise unlink
    drop_when_empty: str = None
    fields: dict = dataclasses.field(default_factory=dict)  # column -> technique, a method of Model
    about: dict = dataclasses.field(default_factory=dict)  # column -> link column
    only_if: dict = dataclasses.field(default_factory=dict)  # column -> test of (all rows, row)


@dataclasses.dataclass
class Sample:
    folder: pathlib.Path
    entities: list
    defaults: dict = dataclasses.field(default_factory=dict)  # fields of every entity
    mentions: set = dataclasses.field(default_factory=set)  # columns that name anybody's address
    held: set = dataclasses.field(default_factory=set)  # keys of contacts that a hold protects
    status: int = 0  # of a run with erasure-requests.csv

    @property
    def export(self):
        return self.folder / "export"

    def entity_of(self, path):
        name = path.name.split(".")[0]
        return next(entity for entity in self.entities if entity.name == name)


class AnyOther:
    """Stands for a value that the model can't know but that it isn't: an invented name."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return bool(other) and other != self.value


class Model:
    """Expected records of one run.

    rows:    {entity name: [record as a dict of column to value]}, all files together
    targets: {contact key: "anonymize" or "delete"}
    """

    def __init__(self, sample, rows, targets, key, run_date):
        self.sample, self.rows, self.targets = sample, rows, targets
        self.key, self.run_date = key, run_date
        self.owners = {entity.name: {} for entity in sample.entities}  # entity -> key -> targets
        self.owners[EMAIL] = {}
        self.dropped = {entity.name: set() for entity in sample.entities}
        self.rekeyed = {entity.name for entity in sample.entities if entity.rekey}
        for row in rows[SUBJECT]:
            if row["ContactId"] in targets:
                self.owners[SUBJECT][row["ContactId"]] = {row["ContactId"]}
                self.owners[EMAIL][row["Email"].casefold()] = {row["ContactId"]}
        for entity in sample.entities:
            for row in rows[entity.name]:
                self.claim(entity, row)

    def claim(self, entity, row):
        owners = self.owners_of(entity, row)
        if owners:
            self.owners[entity.name][row[entity.key]] = owners
        if self.expected(entity, row) is None:
            self.dropped[entity.name].add(row[entity.key])

    def linked_values(self, link, row):
        value = row[link.column]
        if not value or (link.when and row[link.when[0]] != link.when[1]):
            return []
        if link.to == EMAIL:
            return [value.strip().casefold()]
        return value.split(link.separator) if link.separator else [value]

    def link_owners(self, link, row):
        found = [self.owners[link.to].get(value, set()) for value in self.linked_values(link, row)]
        return set().union(*found)

    def owners_of(self, entity, row):
        if entity.name == SUBJECT:
            return self.owners[SUBJECT].get(row["ContactId"], set())
        return set().union(*(self.link_owners(link, row) for link in entity.links if link.follow))

    def deletes(self, owners):
        return any(self.targets[owner] == "delete" for owner in owners)

    def expected(self, entity, row):
        """The record as it should come out, or None if it should be gone."""
        owners = self.owners_of(entity, row)
        if entity.drops and self.deletes(owners):
            return None
        new = dict(row)
        techniques = {**self.sample.defaults, **entity.fields}
        for column in techniques.keys() & row.keys():
            if row[column] and self.is_treated(entity, row, column, owners):
                new[column] = getattr(self, techniques[column])(row[column])
        for link in entity.links:
            if link.to != EMAIL and self.linked_values(link, row):
                new[link.column] = self.rewritten(link, row)
        if entity.rekey and owners:
            new[entity.key] = self.token(row[entity.key])
        if entity.marker and owners:
            new[entity.marker] = self.run_date
        ran_empty = entity.drop_when_empty
        return None if ran_empty and row[ran_empty] and not new[ran_empty] else new

    def is_treated(self, entity, row, column, owners):
        if column in self.sample.mentions and row[column].casefold() in self.owners[EMAIL]:
            return True
        if column in entity.only_if and not entity.only_if[column](self.rows, row):
            return False
        if column in entity.about:
            link = next(link for link in entity.links if link.column == entity.about[column])
            owners = self.link_owners(link, row)
        return bool(owners)

    def rewritten(self, link, row):
        values = []
        for value in self.linked_values(link, row):
            if value in self.dropped[link.to]:
                continue
            is_new = link.to in self.rekeyed and value in self.owners[link.to]
            values.append(self.token(value) if is_new else value)
        return (link.separator or "").join(values)

    def tag(self, domain, value):
        message = domain.encode() + b"\0" + value.encode()
        return hmac.new(self.key, message, hashlib.sha256).digest()

    def token(self, value, domain="token"):
        tag = self.tag(domain, value)[:TOKEN_BYTES]
        return base64.b32encode(tag).decode().rstrip("=").lower()

    # The techniques that the samples use, by the names that their tables give them.

    clear = staticmethod(lambda value: "")
    year = staticmethod(lambda value: value[:4])
    month = staticmethod(lambda value: value[:7])
    day = staticmethod(lambda value: value[:10])
    prefix = staticmethod(lambda value: value[:2])
    mask = staticmethod(lambda value: "***" + value[-2:])
    name = staticmethod(AnyOther)

    def bucket(self, value):
        return f"{int(value) // 10 * 10}-{int(value) // 10 * 10 + 9}"

    def scrub(self, value):
        return re.sub(r"\S+@\S+\.\w+|\w+://\S+|\b\d+(\.\d+){3}\b|\+?\d[\d ]{8,}\d", "***", value)

    def email(self, value):
        return self.token(value.casefold(), "email") + "@example.com"

    def loyalty(self, value):
        return self.token(value, "loyalty")

    def hash(self, value):
        return self.tag("hash", value).hex()[:16]
