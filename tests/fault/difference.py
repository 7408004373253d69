"""Tells in a few lines how two files differ."""

import difflib
import gzip
import itertools
import zipfile

LINES = 12
WIDTH = 240


def describe(path, expected, actual):
    """How the file `actual` is another than `expected`; `path` is its name for the reader."""
    if not (expected.is_file() and actual.is_file()):
        return f"{path}: {kind(expected)} was expected, there is {kind(actual)}"
    if path.endswith(".xlsx"):
        return of_archives(path, expected, actual)
    return of_bytes(path, content(expected), content(actual))


def kind(path):
    if path.is_dir():
        return "a folder"
    return "a file" if path.exists() else "nothing"


def content(path):
    read = path.read_bytes()
    try:
        return gzip.decompress(read) if path.suffix == ".gz" else read
    except (OSError, EOFError):
        return read


def of_bytes(path, expected, actual):
    if expected == actual:
        return f"{path}: the contents are the same, mode or compression is not"
    try:
        lines = [side.decode().splitlines() for side in (expected, actual)]
    except UnicodeDecodeError:
        at = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(expected, actual)))
        return f"{path}: {len(expected)} bytes were expected, {len(actual)} found, other from {at} on"
    found = list(difflib.unified_diff(*lines, "expected", "found", n=0, lineterm=""))
    shown = [line[:WIDTH] for line in found[2 : 2 + LINES]]
    return "\n    ".join([f"{path}:", *shown, *(["..."] if len(found) > 2 + LINES else [])])


def of_archives(path, expected, actual):
    """By member; what is equal in all of them differs in the archive itself."""
    try:
        sides = [members(side) for side in (expected, actual)]
    except zipfile.BadZipFile as error:
        return f"{path}: {error}"
    names = sorted(sides[0].keys() | sides[1].keys())
    found = [
        of_bytes(f"{path}!{name}", sides[0].get(name, b""), sides[1].get(name, b""))
        for name in names
        if sides[0].get(name) != sides[1].get(name)
    ]
    return "\n".join(found) or of_bytes(path, expected.read_bytes(), actual.read_bytes())


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
