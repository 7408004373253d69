"""The rules, from the mapping that the YAML file holds (every scalar a string) to named parts."""

import re
from dataclasses import dataclass, field


@dataclass
class Technique:
    name: str
    options: dict


@dataclass
class Field:
    technique: Technique
    all_records: bool = False
    when: object = None
    about: str = None
    mentions: tuple = None  # (entity, column)


@dataclass
class Link:
    columns: tuple
    entity: str
    target_columns: tuple
    match: str
    separator: bytes
    follow: bool
    when: object

    @property
    def offer(self):
        """What it looks its values up in."""
        return self.entity, self.target_columns, self.match


@dataclass
class Marker:
    column: str
    value: str


@dataclass
class Entity:
    name: str
    files: list
    optional: bool
    key: tuple
    rekey: bool
    identifiers: dict
    marker: Marker
    fields: dict
    keep: set
    links: list
    on_delete: str
    drop_when_empty: str
    undeclared: str
    condition_columns: set = field(default_factory=set)

    def declares(self, column):
        linking = [name for link in self.links for name in link.columns]
        marker = [self.marker.column] if self.marker else []
        known = {*self.key, *linking, *self.identifiers, *self.fields, *self.keep, *marker}
        return column in known | self.condition_columns


@dataclass
class Hold:
    entity: str
    where: object


@dataclass
class Rules:
    subject: str
    defaults: dict
    delimiter: bytes  # None: auto
    null: bytes
    unmatched_files: str
    entities: dict
    selections: dict  # name to condition
    holds: list
    lists: dict       # path to bytes, of the files that `in_file` names

    def field_of(self, entity, column):
        """The personal field that the column is: the entity's own entry wins over the defaults."""
        if column in entity.fields:
            return entity.fields[column]
        if column in entity.keep:
            return None
        return self.defaults.get(loose_name(column))


def read_rules(document, lists=None):
    dialect = document.get("dialect", {})
    delimiter = dialect.get("delimiter", "auto")
    rules = Rules(
        subject=document["subject"],
        defaults={loose_name(n): read_field(f) for n, f in document.get("defaults", {}).items()},
        delimiter=None if delimiter == "auto" else delimiter.encode(),
        null=dialect.get("null", "").encode(),
        unmatched_files=document.get("unmatched_files", "fail"),
        entities={name: read_entity(name, document) for name in document["entities"]},
        selections=document.get("selections", {}),
        holds=[Hold(hold["entity"], hold.get("where")) for hold in document.get("holds", {}).values()],
        lists=lists or {},
    )
    note_condition_columns(rules)
    return rules


def read_entity(name, document):
    entity = document["entities"][name]
    return Entity(
        name=name,
        files=entity["files"],
        optional=entity.get("optional") == "true",
        key=as_tuple(entity.get("key", ())),
        rekey=entity.get("rekey") == "true",
        identifiers=entity.get("identifiers", {}),
        marker=Marker(**entity["marker"]) if "marker" in entity else None,
        fields={column: read_field(f) for column, f in entity.get("fields", {}).items()},
        keep=set(entity.get("keep", ())),
        links=[read_link(link, document) for link in entity.get("links", ())],
        on_delete=entity.get("on_delete", "drop"),
        drop_when_empty=entity.get("drop_when_empty"),
        undeclared=entity.get("undeclared_columns", document.get("undeclared_columns", "fail")),
    )


def read_link(link, document):
    entity, _, column = link["to"].partition(".")
    key = document["entities"][entity].get("key", ())
    return Link(
        columns=as_tuple(link["column"]),
        entity=entity,
        target_columns=(column,) if column else as_tuple(key),
        match=link.get("match", "exact"),
        separator=link["separator"].encode() if "separator" in link else None,
        follow=link.get("follow") != "false",
        when=link.get("when"),
    )


def read_field(entry):
    entry = {"technique": entry} if isinstance(entry, str) else entry
    return Field(
        technique=read_technique(entry["technique"]),
        all_records=entry.get("applies_to") == "all_records",
        when=entry.get("when"),
        about=entry.get("about"),
        mentions=tuple(entry["mentions"].split(".", 1)) if "mentions" in entry else None,
    )


def read_technique(entry):
    if isinstance(entry, str):
        return Technique(entry, {})
    (name, options), = entry.items()
    short = {"pseudonym": "as", "date": "to", "constant": "text"}
    return Technique(name, {short[name]: options} if isinstance(options, str) else options)


def note_condition_columns(rules):
    """Columns that conditions read are declared where they are read."""
    for entity in rules.entities.values():
        for part in [*entity.links, *entity.fields.values()]:
            note_columns_of(part.when, entity, rules)
    for condition in rules.selections.values():
        note_columns_of(condition, rules.entities[rules.subject], rules)
    for hold in rules.holds:
        note_columns_of(hold.where, rules.entities[hold.entity], rules)


def note_columns_of(condition, entity, rules):
    for mapping in alternatives(condition):
        for column, tests in mapping.items():
            entity.condition_columns.add(column)
            if "in_entity" in tests:
                note_columns_of(tests.get("where"), rules.entities[tests["in_entity"]], rules)


def alternatives(condition):
    """A condition is a mapping, or a list of them of which any may hold."""
    if condition is None:
        return []
    return condition if isinstance(condition, list) else [condition]


def loose_name(name):
    """Default fields ignore case, spaces, underscores and dashes."""
    return re.sub(r"[ _-]", "", name).casefold()


def as_tuple(names):
    return (names,) if isinstance(names, str) else tuple(names)
