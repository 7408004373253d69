"""Random rules: which entities, columns, links and fields there are, and where their values come from.

The rules are built so that a run is valid: keys that are replaced compare in one way, and a column whose values
links compare is treated in the same way as the columns that link to it.
"""

from dataclasses import dataclass, field

import values
from rules import loose_name, read_technique

ENTITY_NAMES = ["participants", "members", "tickets", "meetings", "answers", "invitations", "codes"]
DEFAULT_NAMES = ["Email", "FirstName", "Phone", "Position"]
PLAIN_NAMES = ["First name", "position", "e-mail", "Note", "Birth", "Amount", "Größe", "PHONE", "Town"]
MATCHES = ["exact", "casefold", "email", "phone", "uuid"]
KEYED = ("pseudonym", "hash")  # techniques that use the key


@dataclass
class Column:
    """A column of an entity and the stock of values that its cells draw from."""
    name: str
    role: str                # key, link, identifier, plain, condition, marker
    kind: str = "text"       # of a plain column's values
    match: str = "exact"
    sources: list = field(default_factory=list)   # stocks of the columns that a link refers to
    separator: str = None
    part: int = 0            # its place in a composite key or link
    linked: list = field(default_factory=list)    # the (plan, column) pairs that link to its values
    technique: object = None
    mentions: list = None    # a stock


@dataclass
class Plan:
    """An entity: its rules, and the columns of its files."""
    name: str
    rules: dict
    lists: int                                    # percent of links to keys that hold lists; 100 lets them empty in chains
    single: bool = False                          # one column, which links
    columns: list = field(default_factory=list)
    key_match: str = "exact"
    stocks: dict = field(default_factory=dict)    # by column names: the values to draw from

    def column(self, name):
        return next((c for c in self.columns if c.name == name), None)

    def add(self, column):
        self.columns.append(column)
        return column


def random_rules(rng):
    """A rules document and the plans of its entities, the subject first."""
    names = ["contacts", *rng.sample(ENTITY_NAMES, rng.randint(1, 5))]
    lists = rng.choice([30, 30, 100])
    plans = [Plan(name, {}, lists, single=name != "contacts" and chance(rng, 8)) for name in names]
    document = {"version": "1", "subject": "contacts", "leak_check": rng.choice(["off", "warn"]), **top_level(rng)}
    for plan in plans:
        if not plan.single:
            add_key(rng, plan, plan is plans[0])
    add_identifiers(rng, plans[0])
    for plan in plans:
        add_links(rng, plan, plans)
    for plan in plans:
        add_other_columns(rng, plan, plans)
    for plan in plans:
        add_fields(rng, plan, plans, document)
        remove_empty(plan.rules)
    document["entities"] = {plan.name: plan.rules for plan in plans}
    if chance(rng, 30):
        document["selections"] = {name: random_selection(rng, plans) for name in ("inactive", "no consent")}
    if chance(rng, 25):
        document["holds"] = {name: random_hold(rng, plans)
                             for name in ("unpaid", "in court")[:rng.randint(1, 2)]}
    return document, plans


def remove_empty(mapping):
    for name in [name for name, entry in mapping.items() if entry in ([], {})]:
        del mapping[name]


def chance(rng, percent):
    return rng.random() * 100 < percent


def top_level(rng):
    top = {}
    if chance(rng, 60):
        names = rng.sample(DEFAULT_NAMES, rng.randint(1, 3))
        top["defaults"] = {name: default_entry(rng) for name in names}
    dialect = {}
    if chance(rng, 60):
        dialect["delimiter"] = rng.choice([",", ";", "\t", "|", "auto"])
    if chance(rng, 50):
        dialect["null"] = rng.choice(["", "NULL", "\\N"])
    if dialect:
        top["dialect"] = dialect
    if chance(rng, 60):
        top["undeclared_columns"] = rng.choice(["fail", "clear", "keep"])
    if chance(rng, 40):
        top["unmatched_files"] = rng.choice(["fail", "copy", "ignore"])
    return top


def default_entry(rng):
    technique = random_technique(rng, "email")
    return technique if isinstance(technique, str) and chance(rng, 50) else {"technique": technique}


# Keys and identifiers

def add_key(rng, plan, is_subject):
    shape = rng.choices(["single", "composite", "none"], [80, 15, 0 if is_subject else 20])[0]
    if shape == "none":
        return
    names = ["Id"] if shape == "single" else ["Site", "Nr"]
    if shape == "single":
        plan.key_match = rng.choices(MATCHES, [60, 15, 5, 5, 15])[0]
        if chance(rng, 40):
            plan.rules["rekey"] = "true"
    plan.rules["key"] = names[0] if len(names) == 1 and chance(rng, 80) else names
    for part, name in enumerate(names):
        plan.add(Column(name, "key", match=plan.key_match, part=part))
    plan.stocks[tuple(names)] = [tuple(values.BASE_VALUES[plan.key_match](rng) for _ in names)
                                 for _ in range(stock_size(rng))]


def stock_size(rng):
    """Small stocks make shared records, large ones records of nobody."""
    return rng.choice([rng.randint(4, 9), rng.randint(5, 30)])


def key_columns(plan):
    return [column for column in plan.columns if column.role == "key"]


def add_identifiers(rng, subject):
    choices = [("Email", "email"), ("Phone", "phone"), ("Guid", "uuid"), ("Nick", "casefold"), ("Ref", "exact")]
    chosen = rng.sample(choices, rng.randint(0, 3))
    if chosen:
        subject.rules["identifiers"] = dict(chosen)
    for name, match in chosen:
        add_stocked_column(rng, subject, Column(name, "identifier", match=match))


def add_stocked_column(rng, plan, column):
    stock = [(values.BASE_VALUES[column.match](rng),) for _ in range(stock_size(rng))]
    plan.stocks[(column.name,)] = stock
    return plan.add(column)


# Links

def add_links(rng, plan, plans):
    is_subject = plan is plans[0]
    targets = [target for target in plans if not target.single]
    links = []
    if not is_subject:
        earlier = [target for target in targets if plans.index(target) < plans.index(plan)]
        links += random_link(rng, plan, rng.choice(earlier), targets)
    for _ in range(0 if plan.single else rng.choice([0, 1] if is_subject else [0, 0, 1, 1, 2])):
        target = plan if chance(rng, 25) else rng.choice(targets)
        links += random_link(rng, plan, target, targets)
    if links:
        plan.rules["links"] = links


def random_link(rng, plan, target, plans):
    if chance(rng, 10) and not plan.single:
        return polymorphic_links(rng, plan, plans)
    if not key_columns(target) or chance(rng, 25):
        return value_link(rng, plan, target)
    if len(key_columns(target)) == 2:
        return composite_link(rng, plan, target)
    return key_link(rng, plan, target)


def free_name(plan, name):
    while plan.column(name):
        name += "2"
    return name


def extras(rng, plan, link):
    if chance(rng, 12):
        link["follow"] = "false"
    if chance(rng, 8) and not plan.single:
        link["when"] = random_condition(rng, tested_column(rng, plan))
    return link


def match_entry(rng, match):
    return {"match": match} if match != "exact" or chance(rng, 20) else {}


def key_link(rng, plan, target):
    match = target.key_match
    if not target.rules.get("rekey") and chance(rng, 15):
        match = rng.choice(["exact", "casefold"])
    name = free_name(plan, target.name[:-1].capitalize() + "Id")
    column = Column(name, "link", match=match, sources=[target.stocks[("Id",)]])
    link = {"column": name, "to": target.name, **match_entry(rng, match)}
    if chance(rng, plan.lists):
        column.separator = link["separator"] = rng.choice([";", "|", ",", "+"])
    plan.add(column)
    return [extras(rng, plan, link)]


def composite_link(rng, plan, target):
    names = [free_name(plan, f"{target.name.capitalize()}{part}") for part in ("Site", "Nr")]
    match = rng.choices(["exact", "casefold"], [80, 20])[0]
    for part, name in enumerate(names):
        plan.add(Column(name, "link", match=match, sources=[target.stocks[("Site", "Nr")]], part=part))
    return [extras(rng, plan, {"column": names, "to": target.name, **match_entry(rng, match)})]


def value_link(rng, plan, target):
    """A link to a column that is no key; where that is an identifier, both compare in the same way."""
    candidates = [c for c in target.columns if (c.name,) in target.stocks and c.role != "key"]
    if not candidates or chance(rng, 30):
        column = Column(free_name(target, "Code"), "plain", match=rng.choice(MATCHES))
        candidates = [add_stocked_column(rng, target, column)]
    to = rng.choice(candidates)
    same_name = to.name in DEFAULT_NAMES and chance(rng, 40)
    name = free_name(plan, to.name if same_name else f"{target.name[:-1].capitalize()}{to.name}")
    column = plan.add(Column(name, "link", match=to.match, sources=[target.stocks[(to.name,)]]))
    to.linked.append((plan, column))
    link = {"column": name, "to": f"{target.name}.{to.name}", **match_entry(rng, to.match)}
    return [extras(rng, plan, link)]


def polymorphic_links(rng, plan, plans):
    """One column that refers to one of two entities, as another column says."""
    targets = [p for p in plans if ("Id",) in p.stocks and p.key_match == "exact"]
    if len(targets) < 2:
        return []
    condition_column(plan)
    name = free_name(plan, "RefId")
    targets = rng.sample(targets, 2)
    plan.add(Column(name, "link", sources=[target.stocks[("Id",)] for target in targets]))
    return [{"column": name, "to": target.name, "when": {"Kind": {"equals": kind}}}
            for target, kind in zip(targets, "ab")]


# Conditions

def condition_column(plan):
    return plan.column("Kind") or plan.add(Column("Kind", "condition"))


def tested_column(rng, plan):
    """The condition column, or one whose values have an order."""
    name, kind = rng.choice([("Kind", "text"), ("Kind", "text"), ("Since", "moment"), ("Score", "close")])
    return plan.column(name) or plan.add(Column(name, "condition", kind=kind))


def random_condition(rng, column):
    mapping = {column.name: values.test_of(rng, column.kind)}
    return mapping if chance(rng, 80) else [mapping, {column.name: values.test_of(rng, column.kind)}]


def membership_condition(rng, plan, plans):
    """A condition on records of another entity, by a column that holds its key."""
    targets = [p for p in plans if ("Id",) in p.stocks]
    if not targets:
        return None
    target = rng.choice(targets)
    name = free_name(plan, "MemberOf")
    plan.add(Column(name, "condition", sources=[target.stocks[("Id",)]]))
    test = {"in_entity": target.name}
    if chance(rng, 80):
        test["where"] = random_condition(rng, tested_column(rng, target))
    return {name: test}


def random_selection(rng, plans):
    condition = membership_condition(rng, plans[0], plans) if chance(rng, 20) else None
    return condition or random_condition(rng, tested_column(rng, plans[0]))


def random_hold(rng, plans):
    plan = rng.choice(plans)
    hold = {"entity": plan.name}
    if not plan.single:
        hold["where"] = random_condition(rng, tested_column(rng, plan))
    return hold


# Other columns

def add_other_columns(rng, plan, plans):
    if not plan.single:
        for name in rng.sample(PLAIN_NAMES, rng.randint(1, 4)):
            plan.add(Column(name, "plain", kind=rng.choice(list(values.PLAIN_VALUES))))
        if chance(rng, 65 if plan is plans[0] else 12):
            plan.add(Column("Marked", "marker"))
            plan.rules["marker"] = {"column": "Marked", "value": rng.choice(["run_date", "yes", "a, b"])}
    if plan is not plans[0]:
        add_on_delete(rng, plan)


def add_on_delete(rng, plan):
    lists = [c for c in plan.columns if c.role == "link" and c.separator and not is_conditional(plan, c)]
    unlink = 3 * plan.lists if lists else 30
    on_delete = rng.choices(["drop", "unlink", "restrict", None], [20, unlink, 6, 32])[0]
    if on_delete:
        plan.rules["on_delete"] = on_delete
    if on_delete == "unlink" and lists and chance(rng, 85):
        plan.rules["drop_when_empty"] = rng.choice(lists).name


def links_on(plan, column):
    return [link for link in plan.rules.get("links", []) if link["column"] == column.name]


def is_conditional(plan, column):
    return any("when" in link for link in links_on(plan, column))


# Fields

def add_fields(rng, plan, plans, document):
    fields, keep = plan.rules.setdefault("fields", {}), plan.rules.setdefault("keep", [])
    defaults = {loose_name(name): entry for name, entry in document.get("defaults", {}).items()}
    undeclared = document.get("undeclared_columns", "fail")
    if chance(rng, 15):
        undeclared = plan.rules["undeclared_columns"] = rng.choice(["fail", "clear", "keep"])
    for column in list(plan.columns):
        if column.role in ("plain", "identifier"):
            add_field(rng, plan, plans, column, defaults.get(loose_name(column.name)), undeclared)
        elif column.role == "link" and may_be_field(rng, plan, column):
            entry = fields[column.name] = {"technique": random_technique(rng, "text")}
            column.technique = read_technique(entry["technique"])


def may_be_field(rng, plan, column):
    """A link to a key that is a personal field as well."""
    to_key = all("." not in link["to"] for link in links_on(plan, column))
    return to_key and bool(links_on(plan, column)) and not column.separator and chance(rng, 8)


def add_field(rng, plan, plans, column, default, undeclared):
    choice = rng.choices(["field", "keep", "default", "undeclared"], [55, 20, 15, 10])[0]
    must_declare = undeclared == "fail" and column.role != "identifier"
    if column.linked and choice in ("default", "undeclared") and not default:
        choice = "keep"
    if choice == "keep" or (choice == "undeclared" and must_declare):
        plan.rules["keep"].append(column.name)
    elif choice == "field" or (choice == "default" and not default and must_declare):
        own_field(rng, plan, plans, column)
    elif default:
        column.technique = read_technique(default["technique"] if isinstance(default, dict) else default)
        treat_linked_alike(column, default, loose_name(column.name))


def own_field(rng, plan, plans, column):
    keyed = column.role == "identifier" or column.match == "exact" or not column.linked
    technique = random_technique(rng, column.kind, keyed)
    entry = {"technique": technique}
    if not column.linked:
        add_field_options(rng, plan, plans, column, entry)
    if chance(rng, 30):
        entry["class"] = rng.choice(["direct", "quasi", "sensitive", "free_text"])
    plain = entry == {"technique": technique} and isinstance(technique, str) and chance(rng, 50)
    plan.rules["fields"][column.name] = technique if plain else entry
    column.technique = read_technique(entry["technique"])
    treat_linked_alike(column, entry)


def treat_linked_alike(column, entry, default_name=None):
    """Links compare values, so where a column's values change, those that link to it change alike."""
    entry = {"technique": entry} if isinstance(entry, str) else entry
    for plan, linking in column.linked:
        if default_name != loose_name(linking.name):
            plan.rules.setdefault("fields", {})[linking.name] = {"technique": entry["technique"]}
        linking.technique = column.technique


def add_field_options(rng, plan, plans, column, entry):
    subject = plans[0]
    if chance(rng, 8) and column.role == "plain":
        entry["technique"] = "drop_column"
    if entry["technique"] == "drop_column" or chance(rng, 10):
        entry["applies_to"] = "all_records"
    elif chance(rng, 25) and column.role == "plain":
        named = rng.choice([c for c in subject.columns if (c.name,) in subject.stocks] or [None])
        if named:
            entry["mentions"] = f"{subject.name}.{named.name}"
            column.mentions, column.match = subject.stocks[(named.name,)], named.match
    elif chance(rng, 25) and plan is not subject:
        followed = [link for link in plan.rules.get("links", [])
                    if isinstance(link["column"], str) and "follow" not in link]
        if followed:
            entry["about"] = rng.choice(followed)["column"]
    if chance(rng, 18) and entry["technique"] != "drop_column":
        entry["when"] = field_condition(rng, plan, plans)


def field_condition(rng, plan, plans):
    condition = membership_condition(rng, plan, plans) if chance(rng, 40) else None
    if condition and chance(rng, 30):
        column = tested_column(rng, plan)
        condition[column.name] = values.test_of(rng, column.kind)
    return condition or random_condition(rng, tested_column(rng, plan))


def random_technique(rng, kind, keyed=True):
    """A technique as the rules write it; most often one that suits the kind of values."""
    fitting = {
        "date": [{"date": to} for to in ("year", "month", "week", "day")],
        "number": [{"number": {"bucket": size}} for size in ("10", "5", "2.5", "0.1", "1")],
    }.get(kind)
    if fitting and chance(rng, 75):
        return rng.choice(fitting)
    if keyed and chance(rng, 35):
        return keyed_technique(rng)
    return rng.choice([
        "clear", "clear", "null", "keep", {"constant": "gone"}, {"date": "year"},
        {"constant": {"text": "no, one", "fill_empty": "true"}}, {"constant": {"text": " x"}},
        {"mask": {"keep_first": "1"}}, {"mask": {"keep_first": "2", "keep_last": "1", "with": "#"}},
        {"mask": {"keep_last": "2", "with": "·"}}, {"mask": {"keep_last": "1", "with": "_"}},
        {"truncate": {"length": str(rng.randint(1, 4))}}, {"date": {"to": "month"}},
        {"number": {"bucket": "10"}},
    ])


def keyed_technique(rng):
    kind = rng.choice(["token", "uuid", "email"])
    return rng.choice([
        {"pseudonym": kind}, {"pseudonym": kind}, {"pseudonym": {"as": kind}},
        {"pseudonym": {"as": kind, "domain": "people"}}, "hash", {"hash": {"length": "12"}},
    ])
