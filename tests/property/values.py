"""Made-up values: names, keys, addresses, and the many ways to write the same one."""

import uuid

import techniques

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SYLLABLES = ["ka", "lo", "mi", "ré", "su", "tø", "Va", "wen", "ßi", "Zo", "σα", "Ж", "東", "ne", "ri"]
OWN_OUTPUT_KEY = b"another key, 32 bytes of letters"


def word(rng, count=2):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, count)))


def ascii_word(rng, size=3):
    return "".join(rng.choice(LETTERS) for _ in range(size))


# Base values, by the match that compares them

def exact_value(rng):
    return rng.choice([str(rng.randint(1, 999)), f"00{rng.randint(1, 99)}",
                       ascii_word(rng) + str(rng.randint(0, 99)), f"K-{rng.randint(1, 99)}.x"])


def casefold_value(rng):
    return word(rng) + rng.choice(["", "ς", "\u212a", "ſt", "É", "ẞ"]) + str(rng.randint(0, 99))


def email_value(rng):
    return f"{rng.choice([ascii_word(rng), word(rng)])}{rng.randint(0, 9)}@{ascii_word(rng)}.example"


def phone_value(rng):
    return f"+{rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(100, 999)}"


def uuid_value(rng):
    return str(uuid.UUID(int=rng.getrandbits(128)))


BASE_VALUES = {"exact": exact_value, "casefold": casefold_value, "email": email_value,
               "phone": phone_value, "uuid": uuid_value}


# Other ways to write a value that the match takes for the same (or, now and then, for another one)

def variant(rng, value, match):
    return VARIANTS[match](rng, value) if value else value


def casefold_variant(rng, value):
    value = value.replace("σ", rng.choice("σςΣ")).replace("k", rng.choice(["k", "K", "\u212a"]))
    return "".join(rng.choice([c, c.upper(), c.lower()]) for c in value)


def email_variant(rng, value):
    blanks = ["", "", " ", "\t", "\r\n", "  "]
    return rng.choice(blanks) + casefold_variant(rng, value) + rng.choice(blanks)


def phone_variant(rng, value):
    value = value.replace("+", rng.choice(["+", "00", "", "(00)"]))
    return value.replace(" ", rng.choice([" ", "-", "", "/"]))


def uuid_variant(rng, value):
    value = rng.choice([value, value.upper(), value.replace("-", "")])
    return "{" + value + "}" if rng.random() < 0.3 else value


VARIANTS = {"exact": lambda rng, value: value, "casefold": casefold_variant, "email": email_variant,
            "phone": phone_variant, "uuid": uuid_variant}


# Values of plain columns

def text_value(rng):
    return rng.choice([
        word(rng, 5), f"{word(rng)} {word(rng)}", f' {word(rng)}', f"{word(rng)}\n{word(rng)}",
        f'the "{word(rng)}"', f"{word(rng)}, {word(rng)}; {word(rng)}|\t{word(rng)}",
        f"{word(rng)}\r\n", "=" + word(rng), "-" + word(rng), "@" + word(rng), " ", '"', "***",
    ])


def date_value(rng):
    day = f"{rng.randint(1950, 2030)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return rng.choice([
        day, day, day, day + "T10:20:30Z", day + " 23:59", day + "T00:00:00.125+02:00", day + "x",
        day + " noon", "2023-02-29", "2024-02-29", "31.12.2024", day[:4], day[:4] + "-12-31", "n/a",
    ])


def number_value(rng):
    return rng.choice([
        str(rng.randint(0, 200)), str(rng.randint(0, 200)), str(-rng.randint(1, 50)),
        f"{rng.randint(-30, 30)}.{rng.randint(1, 9)}", f"0{rng.randint(1, 99)}", "1e3", "1,5", "+5",
        ".5", "5.", " 7", "30-40", "[1,2)", str(rng.randint(10 ** 9, 10 ** 12)), "many",
    ])


# Values that conditions test, and what they test them for

def letter_value(rng):
    return rng.choice(["a", "b", "c"])


def moment_value(rng):
    day = rng.choice(["2021-12-31", "2022-01-01", "2022-01-01", "2022-01-02"])
    return day + rng.choice(["", "", "", *MOMENT_TIMES, "x", "T24:00"])


def close_number(rng):
    return rng.choice([*CLOSE_NUMBERS, "1e3", "+1", ".5", " 1", "one"])


MOMENT_TIMES = ["T00:00", " 00:30", "T23:59:59", "T23:59:60Z", "T23:59:59.50", "T23:59:59.5Z", "T00:30+02:00",
                "T22:30Z", "T00:00Z", "T01:00-0130", "T00:00+14"]
CLOSE_NUMBERS = ["0", "-0", "0.0", "1", "01.10", "1.1", "1.11", "-1", "-1.5", "-1.50", "10", "9.99",
                 "100000000000000000000.01", "100000000000000000000.010", "-100000000000000000000.02"]
LISTS = {
    "lists/letters.txt": b"a\n",
    "lists/marked.txt": b"\xef\xbb\xbfa\r\n\r\nc\r\n",
    "lists/more/mixed.txt": b"2022-01-01\n1.1\n\nb\n0",
}
CONDITION_VALUES = {"text": letter_value, "moment": moment_value, "close": close_number}


def moment_operand(rng):
    day = rng.choice(["2021-12-31", "2022-01-01", "2022-01-02"])
    return day + rng.choice(["", "", *MOMENT_TIMES])


def test_of(rng, kind):
    """A test of a column of conditions that holds of some of its values."""
    generic = [{"empty": "true"}, {"empty": "false"}, {"in_file": rng.choice(list(LISTS))}, {"matches": "^$"},
               {"matches": rng.choice(["a|b", "^[ab]$", "[1c]", "^2022|^0", r"\d:\d", r"^-?\d+\.", "0{2}"])}]
    return dict(rng.choice(generic + {
        "text": [{"equals": "a"}, {"equals": "b"}, {"not": "a"}, {"in": ["a", "b"]},
                 {"not": "b", "in": ["a", "c"]}, {"equals": ""}] * 2,
        "moment": [{"before": moment_operand(rng)}, {"after": moment_operand(rng)},
                   {"before": moment_operand(rng), "after": moment_operand(rng)}] * 4,
        "close": [{"less": rng.choice(CLOSE_NUMBERS)}, {"greater": rng.choice(CLOSE_NUMBERS)},
                  {"less": rng.choice(CLOSE_NUMBERS), "greater": rng.choice(CLOSE_NUMBERS)}] * 4,
    }[kind]))


PLAIN_VALUES = {"text": text_value, "date": date_value, "number": number_value,
                "email": email_value, "phone": phone_value}


def own_output(rng, technique, value):
    """What the technique makes of the value, as if an earlier run had left it here."""
    if technique.name == "drop_column" or not value:
        return value
    raw = value.encode()
    new = techniques.apply(technique, raw, raw, OWN_OUTPUT_KEY)
    return value if new is techniques.NULL else new.decode()
