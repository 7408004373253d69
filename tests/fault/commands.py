"""The commands that are tortured."""

import dataclasses

RUN = ("run", "rules.yaml", "--in", "in", "--out", "out", "--targets", "targets.csv",
       "--confirm", "CONFIRM", "--batch-size", "100")  # fmt: skip
KEYED = (*RUN, "--key-file", "nightly.key")


@dataclasses.dataclass(frozen=True)
class Command:
    name: str
    words: tuple
    makes: tuple = ()  # what it makes appears whole or not at all: top names in the work folder
    drawn: bool = False  # its bytes are drawn, so they differ each time
    in_threads: bool = False  # its calls come in another order each time


COMMANDS = [
    Command("run", (*KEYED, "--jobs", "1"), makes=("out",)),
    Command("run-in-threads", (*KEYED, "--jobs", "2"), makes=("out",), in_threads=True),
    Command("check", ("check", "rules.yaml", "--in", "in")),
    Command("keygen", ("keygen", "new.key"), makes=("new.key",), drawn=True),
]
