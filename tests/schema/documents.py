"""Documents that the schema and the program must agree about.

VALID and INVALID are lists of (what it is about, text). A feature named in COMING may stand
before the colon of "feature: about"; its documents wait until the program knows it.
"""

TOP = "version: 1\nsubject: c\nentities:\n"
CONTACTS = "  c: {files: [c.csv], key: Id"
SOUND = TOP + CONTACTS + "}\n"


def entity(body):
    return SOUND + f"  d: {{files: [d.csv], key: D, {body}}}\n"


def field(body):
    return entity(f"fields: {{A: {body}}}")


def technique(body):
    return field(f"{{technique: {body}}}")


def link(body):
    return entity(f"links: [{body}]")


def when(body):
    return field(f"{{technique: clear, when: {body}}}")


def top(line):
    return SOUND + line + "\n"


# Of each feature that may not have come yet, a document that is valid once it has.
COMING = {
    "selections": top("selections: {s: {A: {equals: x}}}"),
    "holds": top("holds: {h: {entity: c}}"),
    "in_file": when("{A: {in_file: values.txt}}"),
    "dates": when("{A: {before: 2022-01-01}}"),
    "numbers": when("{A: {less: 5}}"),
    "matches": when("{A: {matches: x}}"),
    "scramble": technique("scramble"),
    "lookup": technique("{lookup: {file: map.csv, from: From, to: To}}"),
    "noise": technique("{noise: 5}"),
    "shift_date": technique("{shift_date: 30}"),
    "scrub": technique("{scrub: {patterns: [email]}}"),
    "quarter": technique("{date: quarter}"),
    "date_format": technique("{date: {to: year, format: '%d/%m/%Y'}}"),
    "number_edges": technique("{number: {edges: [1, 2]}}"),
    "number_bounds": technique("{number: {bucket: 10, top: 90}}"),
    "hash_encoding": technique("{hash: {encoding: base32}}"),
    "mask_email": technique("{mask: email}"),
    "pseudonym_kinds": technique("{pseudonym: full_name}"),
    "pseudonym_length": technique("{pseudonym: {as: token, length: 10}}"),
    "keep_domain": technique("{pseudonym: {as: email, keep_domain: true}}"),
}

VALID = [
    ("least", SOUND),
    ("quoted version", SOUND.replace("version: 1", 'version: "1"')),
    ("block style", "version: 1\nsubject: c\nentities:\n  c:\n    files:\n      - c.csv\n    key: Id\n"),
    ("names that editors take for other things",
     TOP.replace("subject: c", "subject: 1") + "  1: {files: [c.csv, 2, no, 1.5], key: no, keep: [true, 0123, 1.5]}\n"),
    ("literal block as a name", TOP + CONTACTS + "}\nname: |\n  long\n  title\n"),
    ("name", top("name: Export 7")), ("numeric name", top("name: 7")),
    ("extends", "version: 1\nextends: [base]\n"),
    ("extends a path", "version: 1\nextends: [packs/more.yaml]\n"),
    ("extends twice", "version: 1\nextends: [base, base, packs/more.yaml]\n"),
    ("extends and adds", "version: 1\nextends: [base]\nentities: {contacts: {optional: true}}\n"),
    ("extends and changes a field", "version: 1\nextends: [base]\n"
     "entities: {contacts: {fields: {Email: {class: quasi}, Born: {technique: {mask: {keep_last: 1}}}}}}\n"),
    ("extends nothing", top("extends: []")),
    *((f"undeclared {word}", top(f"undeclared_columns: {word}")) for word in ("fail", "clear", "keep")),
    *((f"unmatched {word}", top(f"unmatched_files: {word}")) for word in ("fail", "copy", "ignore")),
    *((f"leak check {word}", top(f"leak_check: {word}")) for word in ("fail", "warn", "off", '"off"')),
    *((f"delimiter {word}", top(f"dialect: {{delimiter: {word}}}"))
      for word in ("auto", "tab", "','", "';'", '"\\t"', "'|'")),
    *((f"null {word}", top(f'dialect: {{"null": {word}}}')) for word in ("''", "NULL", "null", "~", r"'\N'", "0", "no")),
    ("quoting", top("dialect: {quoting: lenient, delimiter: ';'}")), ("empty dialect", top("dialect: {}")),
    ("defaults", top("defaults: {Email: clear, First name: {technique: clear, class: direct}}")),
    ("defaults with all keys", top(
        "defaults: {E: {technique: {mask: {keep_first: 1}}, class: quasi, mentions: c.Email, "
        "applies_to: all_records, when: {A: {empty: false}}}}")),
    ("no defaults", top("defaults: {}")),
    *((f"scope {word}", entity(f"scope: {word}")) for word in ("audience", "sites", "events", "community")),
    *((f"on_delete {word}", entity(f"on_delete: {word}")) for word in ("drop", "unlink", "restrict")),
    *((f"flag {word}", entity(f"optional: {word}")) for word in ("true", "false", '"true"', "'false'")),
    ("files", TOP + '  c: {files: ["**/c*.csv", a/b/c.csv, ..., .a, a..b/c, "?.csv.gz"], key: Id}\n'),
    ("composite key", TOP + "  c: {files: [c.csv], key: [A, B]}\n"), ("key in a list", TOP + "  c: {files: [c.csv], key: [A]}\n"),
    ("rekey", TOP + CONTACTS + ", rekey: true}\n"), ("rekey of a list of one", TOP + "  c: {files: [c.csv], key: [A], rekey: true}\n"),
    ("not rekeyed", TOP + "  c: {files: [c.csv], key: [A, B], rekey: false}\n"),
    ("identifiers", TOP + CONTACTS + ", identifiers: {A: exact, B: casefold, C: email, D: phone, E: uuid}}\n"),
    ("marker", entity("marker: {column: Gone, value: run_date}")), ("marker alone", entity("marker: {column: 1}")),
    ("marker of a number", entity("marker: {column: Gone, value: 1}")),
    ("keep", entity("keep: [A, B c, 1]")), ("keep nothing", entity("keep: []")), ("no links", entity("links: []")),
    ("no fields", entity("fields: {}")), ("entity undeclared", entity("undeclared_columns: keep")),
    ("link", link("{column: A, to: c}")), ("link to a column", link("{column: A, to: c.Email}")),
    ("link to a column with dots", link("{column: A, to: c.a.b}")),
    ("link with all keys", link('{column: [A], to: c, match: phone, separator: ";", follow: false, when: {B: {not: x}}}')),
    ("composite link", TOP + "  c: {files: [c.csv], key: [A, B]}\n  d: {files: [d.csv], links: [{column: [X, Y], to: c}]}\n"),
    ("separator of a number", link("{column: A, to: c, separator: 0}")),
    ("two links", link("{column: A, to: c, when: {T: {equals: 1}}}, {column: A, to: d, when: {T: {equals: 2}}}")),
    ("drop when empty", entity('links: [{column: L, to: c, separator: ","}], drop_when_empty: L, on_delete: unlink')),
    *((f"technique {name}", technique(name)) for name in ("clear", '"null"', "null", "keep", "hash", "mask")),
    *((f"field {name}", field(name)) for name in ("clear", '"null"', "null", "keep", "hash", "mask")),
    ("drop_column", field("{technique: drop_column, applies_to: all_records}")),
    *((f"class {word}", field(f"{{technique: clear, class: {word}}}"))
      for word in ("direct", "quasi", "sensitive", "free_text")),
    *((f"technique {body}", technique(body)) for body in (
        "{constant: gone}", "{constant: 0}", "{constant: 2.5}", "{constant: {text: n/a, fill_empty: true}}",
        "{constant: null}", "{constant: {text: no}}", "{pseudonym: token}", "{pseudonym: uuid}", "{pseudonym: {as: email}}",
        "{pseudonym: {as: token, domain: loyalty}}", "{pseudonym: {as: token, domain: 7}}", "{hash: hmac-sha256}",
        "{hash: {}}", "{hash: {length: 8}}", "{hash: {length: 64}}", "{hash: {length: '16'}}", "{hash: {length: 016}}",
        "{hash: {algorithm: hmac-sha256, length: 9}}", "{mask: {}}", "{mask: {keep_first: 0, keep_last: 1000}}",
        "{mask: {with: x}}", "{mask: {with: 7}}", "{mask: {with: '\u2022'}}", "{mask: {keep_first: '0012'}}", "{truncate: 1}",
        "{truncate: '1000'}", "{truncate: {length: 2}}", "{date: day}", "{date: week}", "{date: month}",
        "{date: {to: year}}", "{number: {bucket: 10}}", "{number: {bucket: '0.5'}}", "{number: {bucket: 2.5}}")),
    ("about", entity("links: [{column: L, to: c}], fields: {A: {technique: clear, about: L}}")),
    ("about several", TOP + "  c: {files: [c.csv], key: [A, B]}\n  d: {files: [d.csv], links: [{column: [X, Y], to: c}], "
     "fields: {N: {technique: clear, about: [X, Y]}}}\n"),
    ("mentions", field("{technique: clear, mentions: c.Email}")), ("mentions oddly", field("{technique: clear, mentions: c.1.5}")),
    ("all records", field("{technique: clear, applies_to: all_records}")),
    *((f"when {body}", when(body)) for body in (
        "{A: {equals: x}}", "{A: {equals: }}", "{A: {equals: 1}}", "{A: {not: ''}}", "{A: {in: [a, b, 1, no]}}",
        "{A: {empty: true}}", "{A: {empty: 'false'}}", "{A: {not: x, empty: false}, B: {equals: y}}",
        "[{A: {equals: x}}, {B: {equals: y}}]", "{A: {in_entity: c}}", "{A: {in_entity: c, where: {B: {not: x}}}}",
        "{A: {in_entity: c, where: [{B: {in_entity: c}}, {C: {empty: true}}]}}")),
    ("selections: all tests", top("selections: {s: {A: {equals: x}, B: {in: [1, 2]}}, t: [{A: {empty: true}}]}")),
    ("selections: none", top("selections: {}")),
    ("holds: both keys", top("holds: {h: {entity: c, where: {A: {not: x}}}}")), ("holds: none", top("holds: {}")),
    ("in_file: alone", COMING["in_file"]),
    ("dates: both", when("{A: {before: 2022-01-01, after: '2021-12-31T23:59:59'}}")),
    ("numbers: both", when("{A: {less: -1.5, greater: '0'}}")),
    ("matches: a pattern", when("{A: {matches: '^a+$'}}")),
    ("scramble: as a field", field("scramble")), ("lookup: otherwise", technique(
        "{lookup: {file: map.csv, from: From, to: To, otherwise: {truncate: 1}}}")),
    ("noise: all", technique("{noise: {range: 2.5, decimals: 1, domain: x}}")), ("shift_date: long", technique("{shift_date: {days: 3}}")),
    ("scrub: all", technique("{scrub: {patterns: [email, phone, iban, ip, url, credit_card], known: true, with: '...'}}")),
    ("quarter: short", COMING["quarter"]), ("date_format: long", COMING["date_format"]),
    ("number_edges: several", technique("{number: {edges: [-1.5, 0, '7']}}")),
    ("number_bounds: both", technique("{number: {bucket: 10, bottom: 0, top: 90}}")),
    ("hash_encoding: url", technique("{hash: {encoding: base64url, length: 20}}")), ("mask_email: long", technique("{mask: {as: email, with: x}}")),
    *((f"pseudonym_kinds: {kind}", technique(f"{{pseudonym: {kind}}}"))
      for kind in ("integer", "first_name", "last_name", "full_name", "company", "phone")),
    ("pseudonym_length: integer", technique("{pseudonym: {as: integer, length: 9}}")), ("keep_domain: false", technique(
        "{pseudonym: {as: email, keep_domain: false}}")),
]

INVALID = [
    ("no map", "- version\n"), ("a scalar", "version\n"), ("no version", SOUND.replace("version: 1\n", "")),
    ("another version", SOUND.replace("version: 1", "version: 2")), ("version in a list", SOUND.replace("version: 1", "version: [1]")),
    ("no subject", SOUND.replace("subject: c\n", "")), ("no entities", "version: 1\nsubject: c\n"), ("version alone", "version: 1\n"),
    ("subject in a list", SOUND.replace("subject: c", "subject: [c]")), ("entities in a list", "version: 1\nsubject: c\nentities: [c]\n"),
    ("unknown key", top("colour: red")), ("misspelt key", top("leak_chek: off")), ("key in capitals", top("Leak_check: off")),
    ("name in a map", top("name: {a: b}")), ("extends a scalar", "version: 1\nextends: base\n"), ("extends a map", "version: 1\nextends: {base: 1}\n"),
    *((f"extends {item}", f"version: 1\nextends: [base, {item}]\n") for item in (
        "''", "..", "../base", "a/b", "/base.yaml", "../base.yaml", "packs/../../base.yaml", "base.yaml/", "[base]", "a..b")),
    *((f"{key} {word}", top(f"{key}: {word}")) for key, word in (
        ("undeclared_columns", "drop"), ("undeclared_columns", "[fail]"), ("undeclared_columns", "true"), ("unmatched_files", "clear"),
        ("unmatched_files", "no"), ("leak_check", "on"), ("leak_check", "false"), ("leak_check", "OFF"), ("dialect", "csv"),
        ("dialect", "[auto]"), ("defaults", "[Email]"), ("defaults", "Email"))),
    *((f"dialect {body}", top(f"dialect: {body}")) for body in (
        "{delimiter: ':'}", "{delimiter: ''}", "{delimiter: ';;'}", "{delimiter: 1}", "{quoting: loose}", "{quoting: true}",
        "{nul: x}", "{'null': [x]}", "{'null': '\"'}", '{"null": "a\\nb"}', "{delimiter: [';']}")),
    *((f"defaults {body}", top(f"defaults: {body}")) for body in (
        "{_: clear}", "{' - ': clear}", "{E: {class: quasi}}", "{E: {technique: clear, about: x}}", "{E: cleer}", "{E: [clear]}",
        "{E: {technique: clear, mention: c.E}}")),
    ("no files", TOP + "  c: {key: Id}\n"), ("entity of a scalar", TOP + "  c: x\n"), ("entity of a list", TOP + "  c: [x]\n"),
    ("entity's name", SOUND + "  a.b: {files: [x]}\n"), ("entity's empty name", SOUND + "  '': {files: [x]}\n"),
    ("entity's name with a blank", SOUND + "  a b: {files: [x]}\n"),
    *((f"files {files}", SOUND + f"  d: {{files: {files}}}\n") for files in (
        "x.csv", "[]", "{a: b}", "[a, a]", "[/a]", "[../a]", "[a/../b]", "[./a]", "[a//b]", "['']", "[a/]", "[.]", "[..]", "[a/..]",
        "[[a]]", "[{a: b}]")),
    *((f"entity {body}", entity(body)) for body in (
        "scope: site", "scope: [events]", "scope: ", "optional: yes", "optional: 1", "optional: [true]", "rekey: maybe", "identifiers: [A]",
        "marker: Gone", "marker: {}", "marker: {value: x}", "marker: {column: ''}", "marker: {column: [A]}", "marker: {column: A, value: ''}",
        "marker: {column: A, values: x}", "fields: [A]", "fields: A", "keep: A", "keep: {A: B}", "keep: [A, A]", "keep: [[A]]", "links: A",
        "links: {column: A, to: c}", "links: [c]", "links: [[c]]", "on_delete: remove", "on_delete: [drop]", "drop_when_empty: [A]",
        "undeclared_columns: fial", "filez: [a]", "Key: A", "on_delet: drop", "leak_check: off", "name: x")),
    ("identifiers of an unknown kind", TOP + CONTACTS + ", identifiers: {E: mail}}\n"), ("identifiers in a list", TOP + CONTACTS +
                                                                                 ", identifiers: {E: [email]}}\n"),
    ("empty key", SOUND + "  d: {files: [d.csv], key: []}\n"), ("key in a map", SOUND + "  d: {files: [d.csv], key: {a: b}}\n"),
    ("key twice", SOUND + "  d: {files: [d.csv], key: [A, A]}\n"), ("rekey of nothing", SOUND + "  d: {files: [d.csv], rekey: true}\n"),
    ("rekey of several", SOUND + "  d: {files: [d.csv], key: [A, B], rekey: true}\n"),
    *((f"link {body}", link(body)) for body in (
        "{}", "{column: A}", "{to: c}", "{column: [], to: c}", "{column: {A: B}, to: c}", "{column: A, to: [c]}", "{column: A, to: ''}",
        "{column: A, to: c.}", "{column: A, to: .Id}", "{column: A, to: c, match: mail}", "{column: A, to: c, match: [email]}",
        "{column: A, to: c, separator: ''}", "{column: A, to: c, separator: [';']}", "{column: [A, B], to: c, separator: ';'}",
        "{column: A, to: c, follow: no}", "{column: A, to: c, follow: 0}", "{column: A, to: c, when: x}", "{columns: A, to: c}",
        "{column: A, to: c, key: x}", "{column: [A, A], to: c}", "{column: A, to: 'c d'}")),
    *((f"field {body}", field(body)) for body in (
        "[clear]", "cleer", "Clear", "1", "true", "drop_column", "constant", "pseudonym", "truncate", "date", "number", "''", "{}",
        "{class: quasi}", "{date: year}", "{technique: drop_column}", "{technique: clear, class: quasy}", "{technique: clear, class: [quasi]}",
        "{technique: clear, applies_to: all}", "{technique: clear, applies_to: true}", "{technique: clear, about: []}",
        "{technique: clear, about: {L: x}}", "{technique: clear, mentions: c}", "{technique: clear, mentions: c.}",
        "{technique: clear, mentions: [c.Email]}", "{technique: clear, mentions: true}", "{technique: clear, where: {A: {equals: x}}}",
        "{technique: clear, technik: x}")),
    *((f"technique {body}", technique(body)) for body in (
        "cleer", "constant", "pseudonym", "truncate", "date", "number", "[clear]", "{}", "{date: year, mask: {}}", "{cleer: {}}",
        "{clear: {}}", "{clear: x}", "{'null': {}}", "{keep: x}", "{drop_column: {}}", "{constant: {}}", "{constant: ''}",
        "{constant: [x]}", "{constant: '=1+1'}", "{constant: '@x'}", "{constant: -5}", "{constant: {text: '-5'}}",
        "{constant: {text: x, fill: true}}", "{constant: {text: x, fill_empty: 1}}", "{constant: {fill_empty: true}}", "{pseudonym: {}}",
        "{pseudonym: uid}", "{pseudonym: {domain: x}}", "{pseudonym: {as: token, domain: ''}}", "{pseudonym: [token]}",
        "{pseudonym: {as: [token]}}", "{hash: sha256}", "{hash: {length: 7}}", "{hash: {length: 65}}", "{hash: {length: x}}", "{hash: 16}",
        "{hash: {length: [16]}}", "{hash: {size: 16}}", "{hash: [x]}", "{mask: x}", "{mask: 1}", "{mask: {keep_first: -1}}",
        "{mask: {keep_first: 1001}}", "{mask: {keep_first: 1.5}}", "{mask: {keep_last: many}}", "{mask: {with: ''}}", "{mask: {with: ab}}",
        "{mask: {with: '='}}", "{mask: {with: 10}}", "{mask: {with: true}}", "{mask: {first: 1}}", "{truncate: 0}", "{truncate: 1001}",
        "{truncate: two}", "{truncate: {}}", "{truncate: {length: -1}}", "{truncate: {size: 1}}", "{truncate: [1]}", "{date: yaer}",
        "{date: {}}", "{date: 2024}", "{date: {by: year}}", "{date: [year]}", "{number: 10}", "{number: {}}", "{number: {bucket: 0}}",
        "{number: {bucket: -1}}", "{number: {bucket: ten}}", "{number: {bucket: '0.00'}}", "{number: {bucket: [10]}}", "{number: {size: 10}}")),
    *((f"when {body}", when(body)) for body in (
        "x", "[]", "{}", "[x]", "[{}]", "[[{A: {equals: x}}]]", "{A: x}", "{A: {}}", "{A: [x]}", "{A: {equal: x}}", "{A: {equals: [x]}}",
        "{A: {equals: {B: x}}}", "{A: {not: [x]}}", "{A: {in: x}}", "{A: {in: []}}", "{A: {in: [a, a]}}", "{A: {in: [[a]]}}", "{A: {empty: 1}}",
        "{A: {empty: no}}", "{A: {in_entity: [c]}}", "{A: {in_entity: c, where: x}}", "{A: {in_entity: c, where: {}}}",
        "{A: {where: {B: {equals: x}}}}", "{A: {equals: x, wher: {B: {equals: x}}}}")),
    *((f"selections: {body}", top(f"selections: {body}")) for body in ("[s]", "{s: x}", "{s: {}}", "{s: []}", "{'': {A: {equals: x}}}")),
    *((f"holds: {body}", top(f"holds: {body}")) for body in (
        "[h]", "{h: c}", "{h: {}}", "{h: {where: {A: {equals: x}}}}", "{h: {entity: [c]}}", "{h: {entity: c, when: {A: {equals: x}}}}")),
    ("in_file: a list", when("{A: {in_file: [a]}}")),
    *((f"dates: {test}", when(f"{{A: {{{test}}}}}")) for test in ("before: 2022", "after: yesterday", "before: 01/02/2022", "before: [x]")),
    *((f"numbers: {test}", when(f"{{A: {{{test}}}}}")) for test in ("less: many", "greater: [1]", "less: ''")),
    *((f"lookup: {body}", technique(f"{{lookup: {body}}}")) for body in ("map.csv", "{}", "{file: map.csv}", "{file: map.csv, from: From, to: To, else: x}")),
    *((f"noise: {body}", technique(f"{{noise: {body}}}")) for body in ("0", "-1", "much", "{}", "{decimals: 1}", "{range: 1, decimals: 10}")),
    *((f"shift_date: {body}", technique(f"{{shift_date: {body}}}")) for body in ("0", "36501", "{}", "month")),
    *((f"scrub: {body}", technique(f"{{scrub: {body}}}")) for body in ("email", "{patterns: []}", "{patterns: [mail]}", "{patterns: email}", "{known: 1}")),
]

# Documents that no schema can know to be wrong, with why it can't.
ONLY_EFFACE = [
    # editors read an empty scalar as null, as they do `null`, which is a text here and fine
    ("empty as a technique", field("")), ("empty as a technique's name", technique("")), ("empty marker", entity("marker: {column: }")),
    ("empty separator", link("{column: A, to: c, separator: }")), ("empty constant", technique("{constant: }")),
    # numbers and flags in spellings that editors take, and texts that are spelt differently but equal
    ("flag in capitals", entity("optional: TRUE")), ("number with a sign", technique("{truncate: +5}")),
    ("number with a fraction", technique("{truncate: 5.0}")), ("hexadecimal number", technique("{truncate: 0x10}")),
    ("number with an exponent", technique("{number: {bucket: 1e1}}")), ("version with a fraction", SOUND.replace("version: 1", "version: 1.0")),
    ("one text twice", entity("keep: [1, '1']")),
    # numbers of too many digits
    ("too many decimals", technique("{number: {bucket: '0.0000000001'}}")), ("too many digits", technique("{number: {bucket: '1234567890123456789'}}")),
    # what other parts of the document say
    ("unknown subject", SOUND.replace("subject: c", "subject: x")), ("unknown entity", link("{column: A, to: x}")),
    ("subject without a key", "version: 1\nsubject: c\nentities: {c: {files: [c.csv]}}\n"),
    ("identifiers of another", entity("identifiers: {E: email}")), ("key as an identifier", TOP + CONTACTS + ", identifiers: {Id: exact}}\n"),
    ("key as a field", TOP + CONTACTS + ", fields: {Id: clear}}\n"), ("kept field", entity("fields: {A: clear}, keep: [A]")),
    ("marker as a field", entity("fields: {A: clear}, marker: {column: A}")), ("about no link", field("{technique: clear, about: L}")),
    ("mentions another", field("{technique: clear, mentions: d.A}")), ("dropped when empty", entity("drop_when_empty: L")),
    ("too few columns", TOP + "  c: {files: [c.csv], key: [A, B]}\n  d: {files: [d.csv], links: [{column: X, to: c}]}\n"),
    ("one default by two names", top("defaults: {First_name: clear, FirstName: clear}")), ("null with the delimiter", top("dialect: {delimiter: ';', 'null': 'a;b'}")),
    # what other files say
    ("missing pack", "version: 1\nextends: [nowhere]\n"), ("missing file", "version: 1\nextends: [nowhere.yaml]\n"),
    ("unknown entity over a pack", "version: 1\nextends: [base]\nsubject: x\n"), ("new entity without files over a pack", "version: 1\nextends: [base]\nentities: {x: {key: A}}\n"),
    # the YAML behind the document
    ("duplicate key", top("name: a\nname: b")), ("anchor", top("name: &a b")), ("tag", top("name: !!str b")),
]
