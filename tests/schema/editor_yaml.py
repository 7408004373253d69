"""YAML as editors read it to hold it against a JSON Schema: the core schema of YAML 1.2.

Keys are always text. PyYAML, which knows YAML 1.1, is only asked for the structure.
"""

import re

import yaml

TRUES = {"true", "True", "TRUE"}
FALSES = {"false", "False", "FALSE"}
NULLS = {"", "~", "null", "Null", "NULL"}
INTEGER = re.compile(r"[-+]?[0-9]+")
BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def scalar(node):
    text = node.value
    if node.style is not None:  # in quotes, or a block
        return text
    if text in NULLS:
        return None
    if text in TRUES or text in FALSES:
        return text in TRUES
    if INTEGER.fullmatch(text):
        return int(text)
    if BASED.fullmatch(text):
        return int(text, 0)
    if FLOAT.fullmatch(text):
        return float(text)
    return text


def value(node):
    if isinstance(node, yaml.MappingNode):
        return {key.value: value(item) for key, item in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value(item) for item in node.value]
    return scalar(node)


def parse(text):
    """The document's value."""
    return value(yaml.compose(text, Loader=yaml.SafeLoader))
