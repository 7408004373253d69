"""Documents that must be refused: INVALID by both, ONLY_EFFACE by the program alone.

Where a feature of documents.COMING stands before a colon, the document waits until the program
knows it.
"""

from documents import CONTACTS, SOUND, TOP, entity, field, link, technique, top, when

INVALID = [
    ("no map", "- version\n"),
    ("a scalar", "version\n"),
    ("no version", SOUND.replace("version: 1\n", "")),
    ("another version", SOUND.replace("version: 1", "version: 2")),
    ("version in a list", SOUND.replace("version: 1", "version: [1]")),
    ("no subject", SOUND.replace("subject: c\n", "")),
    ("no entities", "version: 1\nsubject: c\n"),
    ("version alone", "version: 1\n"),
    ("subject in a list", SOUND.replace("subject: c", "subject: [c]")),
    ("entities in a list", "version: 1\nsubject: c\nentities: [c]\n"),
    ("unknown key", top("colour: red")),
    ("misspelt key", top("leak_chek: off")),
    ("key in capitals", top("Leak_check: off")),
    ("name in a map", top("name: {a: b}")),
    ("extends a scalar", "version: 1\nextends: base\n"),
    ("extends a map", "version: 1\nextends: {base: 1}\n"),
    *(
        (f"extends {item}", f"version: 1\nextends: [base, {item}]\n")
        for item in (
            "''", "..", "../base", "a/b", "/base.yaml", "../base.yaml", "packs/../../base.yaml",
            "base.yaml/", "[base]", "a..b",
        )
    ),
    *(
        (f"{key} {word}", top(f"{key}: {word}"))
        for key, word in (
            ("undeclared_columns", "drop"), ("undeclared_columns", "[fail]"),
            ("undeclared_columns", "true"), ("unmatched_files", "clear"), ("unmatched_files", "no"),
            ("leak_check", "on"), ("leak_check", "false"), ("leak_check", "OFF"),
            ("dialect", "csv"), ("dialect", "[auto]"), ("defaults", "[Email]"),
            ("defaults", "Email"),
        )
    ),
    *(
        (f"dialect {body}", top(f"dialect: {body}"))
        for body in (
            "{delimiter: ':'}", "{delimiter: ''}", "{delimiter: ';;'}", "{delimiter: 1}",
            "{quoting: loose}", "{quoting: true}", "{nul: x}", "{'null': [x]}", "{'null': '\"'}",
            '{"null": "a\\nb"}', "{delimiter: [';']}",
        )
    ),
    *(
        (f"defaults {body}", top(f"defaults: {body}"))
        for body in (
            "{_: clear}", "{' - ': clear}", "{E: {class: quasi}}",
            "{E: {technique: clear, about: x}}", "{E: cleer}", "{E: [clear]}",
            "{E: {technique: clear, mention: c.E}}",
        )
    ),
    ("no files", TOP + "  c: {key: Id}\n"),
    ("entity of a scalar", TOP + "  c: x\n"),
    ("entity of a list", TOP + "  c: [x]\n"),
    ("entity's name", SOUND + "  a.b: {files: [x]}\n"),
    ("entity's empty name", SOUND + "  '': {files: [x]}\n"),
    ("entity's name with a blank", SOUND + "  a b: {files: [x]}\n"),
    *(
        (f"files {files}", SOUND + f"  d: {{files: {files}}}\n")
        for files in (
            "x.csv", "[]", "{a: b}", "[a, a]", "[/a]", "[../a]", "[a/../b]", "[./a]", "[a//b]",
            "['']", "[a/]", "[.]", "[..]", "[a/..]", "[[a]]", "[{a: b}]",
        )
    ),
    *(
        (f"entity {body}", entity(body))
        for body in (
            "scope: site", "scope: [events]", "scope: ", "optional: yes", "optional: 1",
            "optional: [true]", "rekey: maybe", "identifiers: [A]", "marker: Gone", "marker: {}",
            "marker: {value: x}", "marker: {column: ''}", "marker: {column: [A]}",
            "marker: {column: A, value: ''}", "marker: {column: A, values: x}", "fields: [A]",
            "fields: A", "keep: A", "keep: {A: B}", "keep: [A, A]", "keep: [[A]]", "links: A",
            "links: {column: A, to: c}", "links: [c]", "links: [[c]]", "on_delete: remove",
            "on_delete: [drop]", "drop_when_empty: [A]", "undeclared_columns: fial", "filez: [a]",
            "Key: A", "on_delet: drop", "leak_check: off", "name: x",
        )
    ),
    ("identifiers of an unknown kind", TOP + CONTACTS + ", identifiers: {E: mail}}\n"),
    ("identifiers in a list", TOP + CONTACTS + ", identifiers: {E: [email]}}\n"),
    ("empty key", SOUND + "  d: {files: [d.csv], key: []}\n"),
    ("key in a map", SOUND + "  d: {files: [d.csv], key: {a: b}}\n"),
    ("key twice", SOUND + "  d: {files: [d.csv], key: [A, A]}\n"),
    ("rekey of nothing", SOUND + "  d: {files: [d.csv], rekey: true}\n"),
    ("rekey of several", SOUND + "  d: {files: [d.csv], key: [A, B], rekey: true}\n"),
    *(
        (f"link {body}", link(body))
        for body in (
            "{}", "{column: A}", "{to: c}", "{column: [], to: c}", "{column: {A: B}, to: c}",
            "{column: A, to: [c]}", "{column: A, to: ''}", "{column: A, to: c.}",
            "{column: A, to: .Id}", "{column: A, to: c, match: mail}",
            "{column: A, to: c, match: [email]}", "{column: A, to: c, separator: ''}",
            "{column: A, to: c, separator: [';']}", "{column: [A, B], to: c, separator: ';'}",
            "{column: A, to: c, follow: no}", "{column: A, to: c, follow: 0}",
            "{column: A, to: c, when: x}", "{columns: A, to: c}", "{column: A, to: c, key: x}",
            "{column: [A, A], to: c}", "{column: A, to: 'c d'}",
        )
    ),
    *(
        (f"field {body}", field(body))
        for body in (
            "[clear]", "cleer", "Clear", "1", "true", "drop_column", "constant", "pseudonym",
            "truncate", "date", "number", "''", "{}", "{class: quasi}", "{date: year}",
            "{technique: drop_column}", "{technique: clear, class: quasy}",
            "{technique: clear, class: [quasi]}", "{technique: clear, applies_to: all}",
            "{technique: clear, applies_to: true}", "{technique: clear, about: []}",
            "{technique: clear, about: {L: x}}", "{technique: clear, mentions: c}",
            "{technique: clear, mentions: c.}", "{technique: clear, mentions: [c.Email]}",
            "{technique: clear, mentions: true}", "{technique: clear, where: {A: {equals: x}}}",
            "{technique: clear, technik: x}",
        )
    ),
    *(
        (f"technique {body}", technique(body))
        for body in (
            "cleer", "constant", "pseudonym", "truncate", "date", "number", "[clear]", "{}",
            "{date: year, mask: {}}", "{cleer: {}}", "{clear: {}}", "{clear: x}", "{'null': {}}",
            "{keep: x}", "{drop_column: {}}", "{constant: {}}", "{constant: ''}", "{constant: [x]}",
            "{constant: '=1+1'}", "{constant: '@x'}", "{constant: -5}", "{constant: {text: '-5'}}",
            "{constant: {text: x, fill: true}}", "{constant: {text: x, fill_empty: 1}}",
            "{constant: {fill_empty: true}}", "{pseudonym: {}}", "{pseudonym: uid}",
            "{pseudonym: {domain: x}}", "{pseudonym: {as: token, domain: ''}}",
            "{pseudonym: [token]}", "{pseudonym: {as: [token]}}", "{hash: sha256}",
            "{hash: {length: 7}}", "{hash: {length: 65}}", "{hash: {length: x}}", "{hash: 16}",
            "{hash: {length: [16]}}", "{hash: {size: 16}}", "{hash: [x]}", "{mask: x}", "{mask: 1}",
            "{mask: {keep_first: -1}}", "{mask: {keep_first: 1001}}", "{mask: {keep_first: 1.5}}",
            "{mask: {keep_last: many}}", "{mask: {with: ''}}", "{mask: {with: ab}}",
            "{mask: {with: '='}}", "{mask: {with: 10}}", "{mask: {with: true}}",
            "{mask: {first: 1}}", "{truncate: 0}", "{truncate: 1001}", "{truncate: two}",
            "{truncate: {}}", "{truncate: {length: -1}}", "{truncate: {size: 1}}",
            "{truncate: [1]}", "{date: yaer}", "{date: {}}", "{date: 2024}", "{date: {by: year}}",
            "{date: [year]}", "{number: 10}", "{number: {}}", "{number: {bucket: 0}}",
            "{number: {bucket: -1}}", "{number: {bucket: ten}}", "{number: {bucket: '0.00'}}",
            "{number: {bucket: [10]}}", "{number: {size: 10}}",
        )
    ),
    *(
        (f"when {body}", when(body))
        for body in (
            "x", "[]", "{}", "[x]", "[{}]", "[[{A: {equals: x}}]]", "{A: x}", "{A: {}}", "{A: [x]}",
            "{A: {equal: x}}", "{A: {equals: [x]}}", "{A: {equals: {B: x}}}", "{A: {not: [x]}}",
            "{A: {in: x}}", "{A: {in: []}}", "{A: {in: [a, a]}}", "{A: {in: [[a]]}}",
            "{A: {empty: 1}}", "{A: {empty: no}}", "{A: {in_entity: [c]}}",
            "{A: {in_entity: c, where: x}}", "{A: {in_entity: c, where: {}}}",
            "{A: {where: {B: {equals: x}}}}", "{A: {equals: x, wher: {B: {equals: x}}}}",
        )
    ),
    *(
        (f"selections: {body}", top(f"selections: {body}"))
        for body in ("[s]", "{s: x}", "{s: {}}", "{s: []}", "{'': {A: {equals: x}}}")
    ),
    *(
        (f"holds: {body}", top(f"holds: {body}"))
        for body in (
            "[h]", "{h: c}", "{h: {}}", "{h: {where: {A: {equals: x}}}}", "{h: {entity: [c]}}",
            "{h: {entity: c, when: {A: {equals: x}}}}",
        )
    ),
    ("in_file: a list", when("{A: {in_file: [a]}}")),
    *(
        (f"dates: {test}", when(f"{{A: {{{test}}}}}"))
        for test in ("before: 2022", "after: yesterday", "before: 01/02/2022", "before: [x]")
    ),
    *(
        (f"numbers: {test}", when(f"{{A: {{{test}}}}}"))
        for test in ("less: many", "greater: [1]", "less: ''")
    ),
    *(
        (f"lookup: {body}", technique(f"{{lookup: {body}}}"))
        for body in (
            "map.csv", "{}", "{file: map.csv}", "{file: map.csv, from: From, to: To, else: x}",
        )
    ),
    *(
        (f"noise: {body}", technique(f"{{noise: {body}}}"))
        for body in ("0", "-1", "much", "{}", "{decimals: 1}", "{range: 1, decimals: 10}")
    ),
    *(
        (f"shift_date: {body}", technique(f"{{shift_date: {body}}}"))
        for body in ("0", "36501", "{}", "month")
    ),
    *(
        (f"scrub: {body}", technique(f"{{scrub: {body}}}"))
        for body in (
            "email", "{patterns: []}", "{patterns: [mail]}", "{patterns: email}", "{known: 1}",
        )
    ),
]

# Documents that no schema can know to be wrong, with why it can't.
ONLY_EFFACE = [
    # editors read an empty scalar as null, as they do `null`, which is a text here and fine
    ("empty as a technique", field("")),
    ("empty as a technique's name", technique("")),
    ("empty marker", entity("marker: {column: }")),
    ("empty separator", link("{column: A, to: c, separator: }")),
    ("empty constant", technique("{constant: }")),
    # numbers and flags in spellings that editors take, and one text in two spellings
    ("flag in capitals", entity("optional: TRUE")),
    ("number with a sign", technique("{truncate: +5}")),
    ("number with a fraction", technique("{truncate: 5.0}")),
    ("hexadecimal number", technique("{truncate: 0x10}")),
    ("number with an exponent", technique("{number: {bucket: 1e1}}")),
    ("version with a fraction", SOUND.replace("version: 1", "version: 1.0")),
    ("one text twice", entity("keep: [1, '1']")),
    # numbers of too many digits
    ("too many decimals", technique("{number: {bucket: '0.0000000001'}}")),
    ("too many digits", technique("{number: {bucket: '1234567890123456789'}}")),
    # what other parts of the document say
    ("unknown subject", SOUND.replace("subject: c", "subject: x")),
    ("unknown entity", link("{column: A, to: x}")),
    ("subject without a key", "version: 1\nsubject: c\nentities: {c: {files: [c.csv]}}\n"),
    ("identifiers of another", entity("identifiers: {E: email}")),
    ("key as an identifier", TOP + CONTACTS + ", identifiers: {Id: exact}}\n"),
    ("key as a field", TOP + CONTACTS + ", fields: {Id: clear}}\n"),
    ("kept field", entity("fields: {A: clear}, keep: [A]")),
    ("marker as a field", entity("fields: {A: clear}, marker: {column: A}")),
    ("about no link", field("{technique: clear, about: L}")),
    ("mentions another", field("{technique: clear, mentions: d.A}")),
    ("dropped when empty", entity("drop_when_empty: L")),
    (
        "too few columns",
        TOP
        + "  c: {files: [c.csv], key: [A, B]}\n  d: {files: [d.csv], links: [{column: X, to: c}]}\n",
    ),
    ("one default by two names", top("defaults: {First_name: clear, FirstName: clear}")),
    ("null with the delimiter", top("dialect: {delimiter: ';', 'null': 'a;b'}")),
    # what other files say
    ("missing pack", "version: 1\nextends: [nowhere]\n"),
    ("missing file", "version: 1\nextends: [nowhere.yaml]\n"),
    ("unknown entity over a pack", "version: 1\nextends: [base]\nsubject: x\n"),
    (
        "new entity without files over a pack",
        "version: 1\nextends: [base]\nentities: {x: {key: A}}\n",
    ),
    # the YAML behind the document
    ("duplicate key", top("name: a\nname: b")),
    ("anchor", top("name: &a b")),
    ("tag", top("name: !!str b")),
]
