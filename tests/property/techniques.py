"""What each technique makes of a value that is neither empty nor null."""

import base64
import datetime
import hashlib
import hmac
import re
import uuid
from fractions import Fraction

NULL = object()  # the dialect's null, which is no value
TOKEN = rb"[a-z2-7]{26}"
FORMULA_STARTS = (b"=", b"+", b"-", b"@", b"\t", b"\r")


def apply(technique, value, normal, key):
    """The new value (bytes, or NULL); `normal` is what pseudonyms are made of."""
    new = TECHNIQUES[technique.name](technique.options, value, normal, key)
    if new is NULL or not new.startswith(FORMULA_STARTS) or value.startswith(FORMULA_STARTS):
        return new
    return b""


def clear(_options, _value, _normal, _key):
    return b""


def null(_options, _value, _normal, _key):
    return NULL


def keep(_options, value, _normal, _key):
    return value


def constant(options, _value, _normal, _key):
    return options["text"].encode()


# Pseudonyms and hashes

def tag(key, domain, normal):
    return hmac.digest(key, domain.encode() + b"\0" + normal, hashlib.sha256)


def token(key, domain, normal):
    return base64.b32encode(tag(key, domain, normal)[:16]).rstrip(b"=").lower()


def pseudonym(options, _value, normal, key):
    kind = options["as"]
    domain = options.get("domain", kind)
    if kind == "uuid":
        return uuid8(tag(key, domain, normal)[:16])
    return token(key, domain, normal) + (b"@example.com" if kind == "email" else b"")


def uuid8(random):
    """RFC 9562: 122 bits of the tag, the version and the variant."""
    octets = bytearray(random)
    octets[6] = octets[6] & 0x0F | 0x80
    octets[8] = octets[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(octets))).encode()


def keyed_hash(options, _value, normal, key):
    return tag(key, "hash", normal).hex()[:hash_length(options)].encode()


def hash_length(options):
    return int(options.get("length", 64))


def is_token(value):
    return re.fullmatch(TOKEN, value) is not None


def is_own_pseudonym(technique, value):
    """Whether the value has the very shape of what this pseudonym or hash gives."""
    shapes = {
        "token": TOKEN,
        "email": TOKEN + rb"@example\.com",
        "uuid": rb"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "hash": rb"[0-9a-f]{%d}" % hash_length(technique.options),
    }
    kind = "hash" if technique.name == "hash" else technique.options.get("as")
    return kind in shapes and re.fullmatch(shapes[kind], value) is not None


# Generalizations: each takes its own output unchanged

def mask(options, value, _normal, _key):
    text = value.decode()
    first, last = int(options.get("keep_first", 0)), int(options.get("keep_last", 0))
    hidden = options.get("with", "*") * 3
    if text == hidden or len(text) <= first + last:
        return hidden.encode()
    return (text[:first] + hidden + text[len(text) - last:]).encode()


def truncate(options, value, _normal, _key):
    return value.decode()[:int(options["length"])].encode()


TIME = rb"[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?"
YEAR, MONTH, WEEK = rb"\d{4}", rb"\d{4}-(0[1-9]|1[0-2])", rb"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])"
COARSE_ENOUGH = {"year": [YEAR], "month": [YEAR, MONTH], "week": [YEAR, WEEK], "day": [YEAR, MONTH]}


def date(options, value, _normal, _key):
    to = options["to"]
    if any(re.fullmatch(shape, value) for shape in COARSE_ENOUGH[to]):
        return value
    day = read_date(value)
    return coarser_date(day, to).encode() if day else b""


def read_date(value):
    if not re.fullmatch(rb"\d{4}-\d\d-\d\d(" + TIME + rb")?", value):
        return None
    try:
        return datetime.date.fromisoformat(value[:10].decode())
    except ValueError:
        return None


def coarser_date(day, to):
    if to == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return day.isoformat()[:{"year": 4, "month": 7, "day": 10}[to]]


def number(options, value, _normal, _key):
    size = Fraction(options["bucket"])
    if is_own_bucket(value, size):
        return value
    if not re.fullmatch(rb"-?\d+(\.\d+)?", value):
        return b""
    return bucket(Fraction(value.decode()), size)


def bucket(amount, size):
    low = amount // size * size
    if amount >= 0 and is_whole(amount) and is_whole(size):
        return whole_bucket(low, size)
    return open_bucket(low, size)


def whole_bucket(low, size):
    return f"{low}-{low + size - 1}".encode()


def open_bucket(low, size):
    return f"[{plain(low)},{plain(low + size)})".encode()


def is_own_bucket(value, size):
    shape = re.fullmatch(rb"(\d+)-\d+|\[(-?\d+(?:\.\d+)?),.*\)", value)
    if not shape:
        return False
    low = Fraction((shape[1] or shape[2]).decode())
    if low % size != 0:
        return False
    return value == (whole_bucket(low, size) if shape[1] and is_whole(size) else open_bucket(low, size))


def is_whole(amount):
    return amount.denominator == 1


def plain(amount):
    """A decimal without exponent or trailing zeros."""
    places = 0
    while not is_whole(amount * 10 ** places):
        places += 1
    digits = f"{abs(int(amount * 10 ** places)):0{places + 1}}"
    whole, decimals = digits[:len(digits) - places], digits[len(digits) - places:]
    return ("-" if amount < 0 else "") + whole + ("." + decimals if decimals else "")


TECHNIQUES = {
    "clear": clear, "null": null, "keep": keep, "constant": constant, "pseudonym": pseudonym,
    "hash": keyed_hash, "mask": mask, "truncate": truncate, "date": date, "number": number,
}
