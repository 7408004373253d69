"""Random small faults in documents, so that schema and program are compared where nobody looked.

A document is taken as PyYAML composes it: nodes that still know how they are written.
"""

import copy
import json

import yaml

SCALARS = (
    "x 0 1 7 -1 1.5 2000 true false no c clear null '' 'a_b' '=' '../x' run_date email".split()
)
KEYS = "key files column technique when extra 'null' class to equals fields keep".split()


def emit(node):
    """The document in flow style, its scalars written as they were."""
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{emit(key)}: {emit(item)}" for key, item in node.value) + "}"
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(map(emit, node.value)) + "]"
    if node.style is not None:
        return json.dumps(node.value, ensure_ascii=False)
    return node.value or "''"


def collections(node):
    """Every map and list of the document, the outermost first."""
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, item in node.value:
            yield from collections(item)
    elif isinstance(node, yaml.SequenceNode):
        yield node
        for item in node.value:
            yield from collections(item)


def compose(text):
    return yaml.compose(text, Loader=yaml.SafeLoader)


def new_value(random, old):
    """A value of another kind, or another word."""
    choice = random.randrange(6)
    if choice == 0:
        return compose("[]")
    if choice == 1:
        return compose("{}")
    if choice == 2:
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [old])
    if choice == 3:
        return yaml.MappingNode("tag:yaml.org,2002:map", [(compose(random.choice(KEYS)), old)])
    return compose(random.choice(SCALARS))


def misspelt(random, key):
    text = key.value
    at = random.randrange(len(text) + 1)
    return compose(json.dumps(text[:at] + random.choice("xe_") + text[at:]))


def mutate_map(random, node):
    at = random.randrange(len(node.value)) if node.value else 0
    choice = random.randrange(4)
    if not node.value or choice == 0:
        key = compose(random.choice(KEYS))
        if key.value not in [other.value for other, _ in node.value]:
            node.value.append((key, compose(random.choice(SCALARS))))
    elif choice == 1:
        del node.value[at]
    elif choice == 2:
        key, item = node.value[at]
        node.value[at] = (misspelt(random, key), item)
    else:
        key, item = node.value[at]
        node.value[at] = (key, new_value(random, item))


def mutate_list(random, node):
    choice = random.randrange(4)
    at = random.randrange(len(node.value)) if node.value else 0
    if not node.value or choice == 0:
        node.value.insert(at, compose(random.choice(SCALARS)))
    elif choice == 1:
        del node.value[at]
    elif choice == 2:
        node.value.append(copy.deepcopy(node.value[at]))
    else:
        node.value[at] = new_value(random, node.value[at])


def mutate(random, text):
    """The document with one fault, or two, in flow style."""
    root = compose(text)
    for _ in range(random.choice([1, 1, 1, 2])):
        node = random.choice(list(collections(root)))
        (mutate_map if isinstance(node, yaml.MappingNode) else mutate_list)(random, node)
    return emit(root) + "\n"
