"""Documents that the schema and the program must take: (what it is about, text).

Where a feature of documents.COMING stands before a colon, the document waits until the program
knows it.
"""

from documents import COMING, CONTACTS, SOUND, TOP, entity, field, link, technique, top, when

VALID = [
    ("least", SOUND),
    ("quoted version", SOUND.replace("version: 1", 'version: "1"')),
    (
        "block style",
        "version: 1\nsubject: c\nentities:\n  c:\n    files:\n      - c.csv\n    key: Id\n",
    ),
    (
        "names that editors take for other things",
        TOP.replace("subject: c", "subject: 1")
        + "  1: {files: [c.csv, 2, no, 1.5], key: no, keep: [true, 0123, 1.5]}\n",
    ),
    ("literal block as a name", TOP + CONTACTS + "}\nname: |\n  long\n  title\n"),
    ("name", top("name: Export 7")),
    ("numeric name", top("name: 7")),
    ("extends", "version: 1\nextends: [base]\n"),
    ("extends a path", "version: 1\nextends: [packs/more.yaml]\n"),
    ("extends twice", "version: 1\nextends: [base, base, packs/more.yaml]\n"),
    ("extends and adds", "version: 1\nextends: [base]\nentities: {contacts: {optional: true}}\n"),
    (
        "extends and changes a field",
        "version: 1\nextends: [base]\n"
        "entities: {contacts: {fields: {Email: {class: quasi}, Born: {technique: {mask: "
        "{keep_last: 1}}}}}}\n",
    ),
    ("extends nothing", top("extends: []")),
    *(
        (f"undeclared {word}", top(f"undeclared_columns: {word}"))
        for word in ("fail", "clear", "keep")
    ),
    *(
        (f"unmatched {word}", top(f"unmatched_files: {word}"))
        for word in ("fail", "copy", "ignore")
    ),
    *(
        (f"leak check {word}", top(f"leak_check: {word}"))
        for word in ("fail", "warn", "off", '"off"')
    ),
    *(
        (f"delimiter {word}", top(f"dialect: {{delimiter: {word}}}"))
        for word in ("auto", "tab", "','", "';'", '"\\t"', "'|'")
    ),
    *(
        (f"null {word}", top(f'dialect: {{"null": {word}}}'))
        for word in ("''", "NULL", "null", "~", r"'\N'", "0", "no")
    ),
    ("quoting", top("dialect: {quoting: lenient, delimiter: ';'}")),
    ("empty dialect", top("dialect: {}")),
    ("defaults", top("defaults: {Email: clear, First name: {technique: clear, class: direct}}")),
    (
        "defaults with all keys",
        top(
            "defaults: {E: {technique: {mask: {keep_first: 1}}, class: quasi, mentions: c.Email, "
            "applies_to: all_records, when: {A: {empty: false}}}}",
        ),
    ),
    ("no defaults", top("defaults: {}")),
    *(
        (f"scope {word}", entity(f"scope: {word}"))
        for word in ("audience", "sites", "events", "community")
    ),
    *(
        (f"on_delete {word}", entity(f"on_delete: {word}"))
        for word in ("drop", "unlink", "restrict")
    ),
    *(
        (f"flag {word}", entity(f"optional: {word}"))
        for word in ("true", "false", '"true"', "'false'")
    ),
    (
        "files",
        TOP + '  c: {files: ["**/c*.csv", a/b/c.csv, ..., .a, a..b/c, "?.csv.gz"], key: Id}\n',
    ),
    ("composite key", TOP + "  c: {files: [c.csv], key: [A, B]}\n"),
    ("key in a list", TOP + "  c: {files: [c.csv], key: [A]}\n"),
    ("rekey", TOP + CONTACTS + ", rekey: true}\n"),
    ("rekey of a list of one", TOP + "  c: {files: [c.csv], key: [A], rekey: true}\n"),
    ("not rekeyed", TOP + "  c: {files: [c.csv], key: [A, B], rekey: false}\n"),
    (
        "identifiers",
        TOP + CONTACTS + ", identifiers: {A: exact, B: casefold, C: email, D: phone, E: uuid}}\n",
    ),
    ("marker", entity("marker: {column: Gone, value: run_date}")),
    ("marker alone", entity("marker: {column: 1}")),
    ("marker of a number", entity("marker: {column: Gone, value: 1}")),
    ("keep", entity("keep: [A, B c, 1]")),
    ("keep nothing", entity("keep: []")),
    ("no links", entity("links: []")),
    ("no fields", entity("fields: {}")),
    ("entity undeclared", entity("undeclared_columns: keep")),
    ("link", link("{column: A, to: c}")),
    ("link to a column", link("{column: A, to: c.Email}")),
    ("link to a column with dots", link("{column: A, to: c.a.b}")),
    (
        "link with all keys",
        link(
            '{column: [A], to: c, match: phone, separator: ";", follow: false, when: {B: {not: '
            'x}}}',
        ),
    ),
    (
        "composite link",
        TOP
        + "  c: {files: [c.csv], key: [A, B]}\n  d: {files: [d.csv], links: [{column: [X, Y], to: "
        "c}]}\n",
    ),
    ("separator of a number", link("{column: A, to: c, separator: 0}")),
    (
        "two links",
        link(
            "{column: A, to: c, when: {T: {equals: 1}}}, {column: A, to: d, when: {T: {equals: "
            "2}}}",
        ),
    ),
    (
        "drop when empty",
        entity(
            'links: [{column: L, to: c, separator: ","}], drop_when_empty: L, on_delete: unlink',
        ),
    ),
    *(
        (f"technique {name}", technique(name))
        for name in ("clear", '"null"', "null", "keep", "hash", "mask")
    ),
    *(
        (f"field {name}", field(name))
        for name in ("clear", '"null"', "null", "keep", "hash", "mask")
    ),
    ("drop_column", field("{technique: drop_column, applies_to: all_records}")),
    *(
        (f"class {word}", field(f"{{technique: clear, class: {word}}}"))
        for word in ("direct", "quasi", "sensitive", "free_text")
    ),
    *(
        (f"technique {body}", technique(body))
        for body in (
            "{constant: gone}", "{constant: 0}", "{constant: 2.5}",
            "{constant: {text: n/a, fill_empty: true}}", "{constant: null}",
            "{constant: {text: no}}", "{pseudonym: token}", "{pseudonym: uuid}",
            "{pseudonym: {as: email}}", "{pseudonym: {as: token, domain: loyalty}}",
            "{pseudonym: {as: token, domain: 7}}", "{hash: hmac-sha256}", "{hash: {}}",
            "{hash: {length: 8}}", "{hash: {length: 64}}", "{hash: {length: '16'}}",
            "{hash: {length: 016}}", "{hash: {algorithm: hmac-sha256, length: 9}}", "{mask: {}}",
            "{mask: {keep_first: 0, keep_last: 1000}}", "{mask: {with: x}}", "{mask: {with: 7}}",
            "{mask: {with: '\u2022'}}", "{mask: {keep_first: '0012'}}", "{truncate: 1}",
            "{truncate: '1000'}", "{truncate: {length: 2}}", "{date: day}", "{date: week}",
            "{date: month}", "{date: {to: year}}", "{number: {bucket: 10}}",
            "{number: {bucket: '0.5'}}", "{number: {bucket: 2.5}}",
        )
    ),
    ("about", entity("links: [{column: L, to: c}], fields: {A: {technique: clear, about: L}}")),
    (
        "about several",
        TOP
        + "  c: {files: [c.csv], key: [A, B]}\n  d: {files: [d.csv], links: [{column: [X, Y], to: "
        "c}], "
        "fields: {N: {technique: clear, about: [X, Y]}}}\n",
    ),
    ("mentions", field("{technique: clear, mentions: c.Email}")),
    ("mentions oddly", field("{technique: clear, mentions: c.1.5}")),
    ("all records", field("{technique: clear, applies_to: all_records}")),
    *(
        (f"when {body}", when(body))
        for body in (
            "{A: {equals: x}}", "{A: {equals: }}", "{A: {equals: 1}}", "{A: {not: ''}}",
            "{A: {in: [a, b, 1, no]}}", "{A: {empty: true}}", "{A: {empty: 'false'}}",
            "{A: {not: x, empty: false}, B: {equals: y}}", "[{A: {equals: x}}, {B: {equals: y}}]",
            "{A: {in_entity: c}}", "{A: {in_entity: c, where: {B: {not: x}}}}",
            "{A: {in_entity: c, where: [{B: {in_entity: c}}, {C: {empty: true}}]}}",
        )
    ),
    (
        "selections: all tests",
        top("selections: {s: {A: {equals: x}, B: {in: [1, 2]}}, t: [{A: {empty: true}}]}"),
    ),
    ("selections: none", top("selections: {}")),
    ("holds: both keys", top("holds: {h: {entity: c, where: {A: {not: x}}}}")),
    ("holds: none", top("holds: {}")),
    ("in_file: alone", COMING["in_file"]),
    ("dates: both", when("{A: {before: 2022-01-01, after: '2021-12-31T23:59:59'}}")),
    ("numbers: both", when("{A: {less: -1.5, greater: '0'}}")),
    ("matches: a pattern", when("{A: {matches: '^a+$'}}")),
    ("scramble: as a field", field("scramble")),
    (
        "lookup: otherwise",
        technique( "{lookup: {file: map.csv, from: From, to: To, otherwise: {truncate: 1}}}"),
    ),
    ("noise: all", technique("{noise: {range: 2.5, decimals: 1, domain: x}}")),
    ("shift_date: long", technique("{shift_date: {days: 3}}")),
    (
        "scrub: all",
        technique(
            "{scrub: {patterns: [email, phone, iban, ip, url, credit_card], known: true, with: "
            "'...'}}",
        ),
    ),
    ("quarter: short", COMING["quarter"]),
    ("date_format: long", COMING["date_format"]),
    ("number_edges: several", technique("{number: {edges: [-1.5, 0, '7']}}")),
    ("number_bounds: both", technique("{number: {bucket: 10, bottom: 0, top: 90}}")),
    ("hash_encoding: url", technique("{hash: {encoding: base64url, length: 20}}")),
    ("mask_email: long", technique("{mask: {as: email, with: x}}")),
    *(
        (f"pseudonym_kinds: {kind}", technique(f"{{pseudonym: {kind}}}"))
        for kind in ("integer", "first_name", "last_name", "full_name", "company", "phone")
    ),
    ("pseudonym_length: integer", technique("{pseudonym: {as: integer, length: 9}}")),
    ("keep_domain: false", technique( "{pseudonym: {as: email, keep_domain: false}}")),
]
