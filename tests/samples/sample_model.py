"""What the sample's rules mean, said a second time: which records are whose, and what becomes of them.

It shares nothing with the program but the rules' intent, so that the two can disagree. Entities are
worked through in the order of ENTITIES, each of which links only to earlier ones.
"""

import base64
import dataclasses
import hashlib
import hmac

DEFAULTS = ["Email", "FirstName", "LastName", "RegisteredCompany", "Position", "Phone",
            "PreferredLanguage", "ModifiedBy"]  # fmt: skip
TOKEN_BYTES = 16


@dataclasses.dataclass
class Link:
    column: str
    to: str  # an entity, or EMAIL
    separator: str = None
    follow: bool = True
    only_without: str = None  # a column: the link counts only where that one is empty


EMAIL = "contacts.Email"


@dataclasses.dataclass
class Entity:
    name: str
    key: str
    links: list = dataclasses.field(default_factory=list)
    rekey: bool = False
    marker: str = None
    drops: bool = True  # on_delete: drop; otherwise unlink
    drop_when_empty: str = None
    fields: dict = dataclasses.field(default_factory=dict)  # column -> technique, beside DEFAULTS
    about: dict = dataclasses.field(default_factory=dict)  # column -> link column


ENTITIES = [
    Entity("contacts", "ContactId", rekey=True, marker="AnonymizedAt",
           fields={"BirthDate": "year", "PostalCode": "prefix", "LoyaltyNumber": "loyalty",
                   "Notes": "clear"}),
    Entity("members", "MemberId", [Link("ContactId", "contacts")],
           rekey=True, marker="AnonymizedAt", fields={"LoyaltyNumber": "loyalty"}),
    Entity("participants", "ParticipantId",
           [Link("ContactId", "contacts"), Link("Email", EMAIL, only_without="ContactId")],
           rekey=True, marker="AnonymizedAt", fields={"DietaryNeeds": "clear"}),
    Entity("business_meetings", "MeetingId",
           [Link("OrganizerId", "participants"), Link("AttendeeIds", "participants", ";")],
           drops=False, drop_when_empty="AttendeeIds",
           fields={"Title": "clear", "OrganizerName": "clear"},
           about={"OrganizerName": "OrganizerId"}),
    Entity("partner_invitations", "InvitationId",
           [Link("Email", EMAIL), Link("InvitedById", "participants", follow=False)]),
    Entity("discount_codes", "DiscountCodeId",
           [Link("ContactId", "contacts"), Link("Email", EMAIL, only_without="ContactId")],
           fields={"Name": "clear"}),
    Entity("tickets", "TicketId",
           [Link("BuyerId", "participants"), Link("ParticipantIds", "participants", ";")],
           drops=False, drop_when_empty="ParticipantIds", fields={"Barcode": "hash"},
           about={"FirstName": "BuyerId", "LastName": "BuyerId", "Email": "BuyerId"}),
    Entity("survey_questions", "QuestionId"),
    Entity("survey_answers", "AnswerId",
           [Link("ParticipantId", "participants"),
            Link("QuestionId", "survey_questions", follow=False)],
           fields={"Answer": "answer"}),
]  # fmt: skip


def entity_of(path):
    name = path.name.split(".")[0]
    return next(entity for entity in ENTITIES if entity.name == name)


class Model:
    """Expected records of one run.

    rows:    {entity name: [record as a dict of column to value]}, all files together
    targets: {contact key: "anonymize" or "delete"}
    """

    def __init__(self, rows, targets, key, run_date):
        self.targets, self.key, self.run_date = targets, key, run_date
        self.owners = {entity.name: {} for entity in ENTITIES}  # entity -> key -> set of targets
        self.owners[EMAIL] = {}
        self.dropped = {entity.name: set() for entity in ENTITIES}
        self.personal_questions = {
            row["QuestionId"] for row in rows["survey_questions"] if row["IsPersonalData"] != "false"
        }
        for row in rows["contacts"]:
            if row["ContactId"] in targets:
                self.owners["contacts"][row["ContactId"]] = {row["ContactId"]}
                self.owners[EMAIL][row["Email"].casefold()] = {row["ContactId"]}
        for entity in ENTITIES:
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
        if not value or (link.only_without and row[link.only_without]):
            return []
        if link.to == EMAIL:
            return [value.strip().casefold()]
        return value.split(link.separator) if link.separator else [value]

    def link_owners(self, link, row):
        found = [self.owners[link.to].get(value, set()) for value in self.linked_values(link, row)]
        return set().union(*found)

    def owners_of(self, entity, row):
        if entity.name == "contacts":
            return self.owners["contacts"].get(row["ContactId"], set())
        return set().union(*(self.link_owners(link, row) for link in entity.links if link.follow))

    def deletes(self, owners):
        return any(self.targets[owner] == "delete" for owner in owners)

    def expected(self, entity, row):
        """The record as it should come out, or None if it should be gone."""
        owners = self.owners_of(entity, row)
        if entity.drops and self.deletes(owners):
            return None
        new = dict(row)
        for column in row:
            if column in DEFAULTS or column in entity.fields:
                if self.is_treated(entity, row, column, owners):
                    new[column] = self.treated(entity.fields.get(column, "clear"), row[column])
        for link in entity.links:
            if link.to != EMAIL:
                new[link.column] = self.rewritten(link, row)
        if entity.rekey and owners:
            new[entity.key] = self.token(row[entity.key])
        if entity.marker and owners:
            new[entity.marker] = self.run_date
        ran_empty = entity.drop_when_empty
        return None if ran_empty and row[ran_empty] and not new[ran_empty] else new

    def is_treated(self, entity, row, column, owners):
        if column == "ModifiedBy" and row[column].casefold() in self.owners[EMAIL]:
            return True
        if entity.fields.get(column) == "answer" and row["QuestionId"] not in self.personal_questions:
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
            owned = value in self.owners[link.to]
            values.append(self.token(value) if owned else value)
        return (link.separator or "").join(values)

    def treated(self, technique, value):
        if not value:
            return value
        return {
            "clear": lambda: "",
            "answer": lambda: "",
            "year": lambda: value[:4],
            "prefix": lambda: value[:2],
            "loyalty": lambda: self.token(value, "loyalty"),
            "hash": lambda: self.tag("hash", value).hex()[:16],
        }[technique]()

    def tag(self, domain, value):
        message = domain.encode() + b"\0" + value.encode()
        return hmac.new(self.key, message, hashlib.sha256).digest()

    def token(self, value, domain="token"):
        tag = self.tag(domain, value)[:TOKEN_BYTES]
        return base64.b32encode(tag).decode().rstrip("=").lower()
