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


PLAIN_VALUES = {"text": text_value, "date": date_value, "number": number_value,
                "email": email_value, "phone": phone_value}


def own_output(rng, technique, value):
    """What the technique makes of the value, as if an earlier run had left it here."""
    if technique.name == "drop_column" or not value:
        return value
    raw = value.encode()
    new = techniques.apply(technique, raw, raw, OWN_OUTPUT_KEY)
    return value if new is techniques.NULL else new.decode()
