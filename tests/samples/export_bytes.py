"""Reads a CSV export down to the raw bytes of each record and cell, independently of the csv module.

A quote inside a quoted cell is doubled, so whatever lies outside quotes has an even number of quotes
before it: text is split at a separator and put together again where a piece has an odd number.
"""

import dataclasses
import gzip

BOM = b"\xef\xbb\xbf"


@dataclasses.dataclass
class Record:
    raw: bytes  # with its line end
    cells: list  # bytes as they stand, with their quotes
    values: list  # str


@dataclasses.dataclass
class Export:
    header: Record
    records: list


def content(path):
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def split_outside_quotes(data, separator):
    parts, open_part = [], None
    for piece in data.split(separator):
        part = piece if open_part is None else open_part + separator + piece
        open_part = part if part.count(b'"') % 2 else None
        if open_part is None:
            parts.append(part)
    assert open_part is None, "unterminated quote"
    return parts


def unquote(cell):
    if cell.startswith(b'"'):
        cell = cell[1:-1].replace(b'""', b'"')
    return cell.decode()


def parse_record(raw, delimiter):
    cells = split_outside_quotes(raw.removesuffix(b"\n").removesuffix(b"\r"), delimiter)
    return Record(raw, cells, [unquote(cell) for cell in cells])


def read(path):
    lines = split_outside_quotes(content(path), b"\n")
    raws = [line + b"\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]
    delimiter = b";" if raws[0].count(b";") > raws[0].count(b",") else b","
    records = [parse_record(raw.removeprefix(BOM), delimiter) for raw in raws]
    records[0].raw = raws[0]
    return Export(records[0], records[1:])
