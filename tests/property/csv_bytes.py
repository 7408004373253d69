"""CSV as bytes: RFC 4180 read strictly, every cell remembered as it was written.

A table is its byte order mark, a header and lines. A line is a record or, where it has no cells, a blank line.
Joining the raw cells of every line by the delimiter gives the file back, byte for byte.
"""

import re
from dataclasses import dataclass

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DELIMITERS = (b",", b";", b"\t", b"|")
BLANKS = b" \t"


class Malformed(Exception):
    """The bytes are not strict CSV."""


@dataclass(frozen=True)
class Cell:
    raw: bytes

    @property
    def quoted(self):
        return self.raw.startswith(b'"')

    @property
    def value(self):
        return self.raw[1:-1].replace(b'""', b'"') if self.quoted else self.raw


@dataclass
class Line:
    cells: list
    end: bytes  # b"\n", b"\r\n", or b"" at the end of a file without a final line end

    @property
    def blank(self):
        return len(self.cells) == 1 and self.cells[0].raw == b""


@dataclass
class Table:
    mark: bytes
    delimiter: bytes
    header: Line
    lines: list

    @property
    def columns(self):
        return [cell.value.decode() for cell in self.header.cells]


def parse(data, delimiter=None):
    """The table in `data`; without a delimiter, the header tells it."""
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    text = data[len(mark):]
    delimiter = delimiter or find_delimiter(text)
    lines = list(split_lines(text, delimiter))
    if not lines or lines[0].blank:
        raise Malformed("no header")
    table = Table(mark, delimiter, lines[0], lines[1:])
    refuse_ragged(table)
    return table


def find_delimiter(text):
    """The candidate that stands most often outside quotes in the header; a comma if there is none."""
    first_line = re.sub(rb'"[^"]*"', b"", text).split(b"\n")[0]
    return max(DELIMITERS, key=first_line.count)


def split_lines(text, delimiter):
    cell = re.compile(rb'"(?:[^"]|"")*"|[^"\r\n' + re.escape(delimiter) + rb"]*")
    after = re.compile(re.escape(delimiter) + rb"|\r?\n|\Z")
    at, cells = 0, []
    while at < len(text) or cells:
        raw = cell.match(text, at)
        stop = after.match(text, raw.end())
        if not stop:
            raise Malformed("stray quote or carriage return")
        cells.append(Cell(raw[0]))
        at = stop.end()
        if stop[0] != delimiter:
            yield Line(cells, stop[0])
            cells = []


def refuse_ragged(table):
    """Blank lines are no records; with several columns they may only stand at the end."""
    width = len(table.header.cells)
    last_record = max((i for i, line in enumerate(table.lines) if not line.blank), default=-1)
    for number, line in enumerate(table.lines):
        if line.blank and (width == 1 or number > last_record):
            continue
        if len(line.cells) != width:
            raise Malformed("ragged record")


def write_value(cell, value, delimiter):
    """The bytes of `cell` when it gets `value`: its own bytes if that changes nothing."""
    if value == cell.value:
        return cell.raw
    if value and (cell.quoted or needs_quotes(value, delimiter)):
        return quote(value)
    return value


def needs_quotes(value, delimiter):
    special = any(mark in value for mark in (delimiter, b'"', b"\r", b"\n"))
    return special or value.strip(BLANKS) != value


def quote(value):
    return b'"' + value.replace(b'"', b'""') + b'"'


def join(raw_cells, delimiter):
    """A record's bytes; a single empty cell is quoted, or it would read as a blank line."""
    return b'""' if raw_cells == [b""] else delimiter.join(raw_cells)
