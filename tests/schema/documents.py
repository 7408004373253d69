"""What the documents for the comparison of schema and program are made of."""


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
