"""A case as a folder, the way `efface` sees it:

    rules.yaml  lists/                   what the program reads
    in/  targets.csv  key
    case.json                            the rest of the case: selection, date, options, fault
    out/                                 what the program publishes
    expected/                            what the model publishes, where the two differ
"""

import gzip
import json
import os

import yaml

from generate import Case
from whose import Request


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, _data):
        return True  # the rules language has no aliases


def write_case(folder, case):
    rules = {**case.document, "no_such_rule": "1"} if case.fault == "unknown rule" else case.document
    text = yaml.dump(rules, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10 ** 6)
    write(folder, "rules.yaml", text.encode())
    key = case.key.hex()[:10] if case.fault == "short key" else case.key.hex()
    write(folder, "key", key.encode() + b"\n")
    os.chmod(os.path.join(folder, "key"), 0o600)
    if case.request.targets_file is not None:
        write(folder, "targets.csv", case.request.targets_file)
    write_files(os.path.join(folder, "in"), case.files)
    write_files(folder, case.lists)
    if case.fault == "out exists":
        write(folder, "out/earlier.csv", b"earlier\n")
    write(folder, "case.json", json.dumps(rest_of(case), indent=1).encode())


def rest_of(case):
    return {"mode": case.request.mode, "contacts": [c.decode() for c in case.request.contacts],
            "all": case.request.all, "selection": case.request.selection, "run_date": case.run_date, "options": case.options,
            "fault": case.fault}


def read_case(folder):
    """The case that a kept folder holds, perhaps edited since."""
    rest = json.loads(read(folder, "case.json"))
    document = yaml.load(read(folder, "rules.yaml"), Loader=yaml.BaseLoader)
    targets = read(folder, "targets.csv") if os.path.exists(f"{folder}/targets.csv") else None
    contacts = [contact.encode() for contact in rest["contacts"]]
    request = Request(rest["mode"], targets, contacts, rest["selection"], rest["all"])
    return Case(document, read_files(os.path.join(folder, "in")), request,
                bytes.fromhex(read(folder, "key").decode()), rest["run_date"], rest["options"],
                rest["fault"], read_lists(folder))


def read_lists(folder):
    return {f"lists/{path}": content
            for path, content in read_files(os.path.join(folder, "lists")).items()}


def write_files(folder, files):
    os.makedirs(folder, exist_ok=True)
    for path, content in files.items():
        write(folder, path, in_members(content) if path.endswith(".gz") else content)


def in_members(content):
    """Several gzip members, one of them empty, are one file."""
    half = len(content) // 2
    return b"".join(gzip.compress(part, mtime=0) for part in (content[:half], b"", content[half:]))


def read_files(folder):
    """Path to bytes, uncompressed, of all files under the folder."""
    files = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(parent, name), folder)
            content = read(folder, path)
            files[path] = gzip.decompress(content) if path.endswith(".gz") else content
    return files


def write(folder, path, content):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as file:
        file.write(content)


def read(folder, path):
    with open(os.path.join(folder, path), "rb") as file:
        return file.read()
