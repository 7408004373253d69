"""Conditions: whether they hold of a record."""

import datetime
import re
from fractions import Fraction

from rules import alternatives

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)"
                    r"([T ](\d\d):(\d\d)(:(\d\d)(\.(\d+))?)?(Z|([+-])(\d\d)(:?(\d\d))?)?)?", re.ASCII)
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def holds(condition, record, export):
    """No condition always holds; of a list of mappings any, of a mapping all must hold."""
    return condition is None or any(
        all(test_holds(name, test, tests, record.value(column), export)
            for column, tests in mapping.items() for name, test in tests.items())
        for mapping in alternatives(condition))


def test_holds(name, test, tests, value, export):
    if name == "in_entity":
        return (value,) in keys_where(test, tests.get("where"), export)
    return {
        "equals": lambda: value == test.encode(),
        "not": lambda: value != test.encode(),
        "in": lambda: value in [item.encode() for item in test],
        "in_file": lambda: value in listed(export.rules.lists[test]),
        "empty": lambda: (value == b"") == (test == "true"),
        "before": lambda: (order := moment_order(value, test)) is not None and order < 0,
        "after": lambda: (order := moment_order(value, test)) is not None and order > 0,
        "less": lambda: (number := as_number(value)) is not None and number < Fraction(test),
        "greater": lambda: (number := as_number(value)) is not None and number > Fraction(test),
        "matches": lambda: re.search(test, as_text(value), re.ASCII) is not None,
        "where": lambda: True,  # belongs to in_entity
    }[name]()


def keys_where(entity_name, condition, export):
    return {record.key for record in export.records_of(entity_name)
            if holds(condition, record, export)}


def listed(content):
    """The values of a list file, one a line; blank lines say nothing."""
    lines = content.removeprefix(BYTE_ORDER_MARK).split(b"\n")
    return {line.removesuffix(b"\r") for line in lines} - {b""}


def as_text(value):
    return value.decode(errors="surrogateescape")


def as_number(value):
    text = as_text(value)
    return Fraction(text) if NUMBER.fullmatch(text) else None


def moment_order(value, operand):
    """Negative, 0 or positive as the value is before, at or after the operand; None if it is no date."""
    left, right = as_moment(as_text(value)), as_moment(operand)
    if left is None:
        return None
    if left["time"] is None or right["time"] is None:
        return (left["day"] > right["day"]) - (left["day"] < right["day"])
    in_utc = left["offset"] is not None and right["offset"] is not None
    left, right = time_line(left, in_utc), time_line(right, in_utc)
    return (left > right) - (left < right)


def as_moment(text):
    found = MOMENT.fullmatch(text)
    if not found:
        return None
    year, month, day, time, hour, minute, _, second, _, fraction, zone, sign, ahead_h, _, ahead_m = found.groups()
    try:
        day = datetime.date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None
    if time and (int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60
                 or int(ahead_h or 0) > 23 or int(ahead_m or 0) > 59):
        return None
    offset = None
    if zone:
        offset = (int(ahead_h or 0) * 60 + int(ahead_m or 0)) * (-1 if sign == "-" else 1)
    seconds = Fraction(f"{int(second or 0)}.{fraction or 0}")
    return {"day": day, "offset": offset,
            "time": (int(hour) * 60 + int(minute), seconds) if time else None}


def time_line(moment, in_utc):
    minutes, seconds = moment["time"]
    return moment["day"] * 1440 + minutes - (moment["offset"] if in_utc else 0), seconds
