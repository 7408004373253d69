"""The normal forms in which links, identifiers and mentions compare."""


def normal_form(value, match):
    """`value` as `match` compares it; empty if it can match nothing."""
    return FORMS[match](value)


def exact(value):
    return value


def casefold(value):
    return "".join(fold(letter) for letter in value.decode()).encode()


def fold(letter):
    """Unicode simple case folding: one code point becomes one."""
    folded = letter.casefold()
    if len(folded) == 1:
        return folded
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def email(value):
    return casefold(value.strip(b" \t\r\n"))


def phone(value):
    digits = bytes(byte for byte in value if byte in b"0123456789")
    return digits[2:] if digits.startswith(b"00") else digits


def uuid(value):
    return value.translate(None, b"{}-").lower()


FORMS = {"exact": exact, "casefold": casefold, "email": email, "phone": phone, "uuid": uuid}
