"""The commands that are tortured."""

import dataclasses

RUN = ("run", "rules.yaml", "--in", "in", "--out", "out", "--targets", "targets.csv",
       "--confirm", "CONFIRM", "--batch-size", "100")  # fmt: skip
FIELDS = ("fields", "rules.yaml", "--in", "in", "--out", "fields.xlsx", "--jobs", "1")
KEYED = (*RUN, "--key-file", "nightly.key")


@dataclasses.dataclass(frozen=True)
class Command:
    name: str
    words: tuple
    makes: tuple = ()  # what it makes appears whole or not at all: top names in the work folder
    drawn: bool = False  # its bytes are drawn, so they differ each time
    after: tuple = ()  # the words of a command that has to run before, without a fault
    clears_last: bool = False  # its staging folder goes when all is done, or at the next run
    missed_limit: float = 0  # the share of faults that may not happen, as threads share the work


COMMANDS = [
    Command("run", (*KEYED, "--jobs", "1"), makes=("out",)),
    Command("run-in-threads", (*KEYED, "--jobs", "2"), makes=("out",), missed_limit=0.1),
    Command("check", ("check", "rules.yaml", "--in", "in")),
    # under a drawn key a name may get itself as pseudonym, and then there is a cell less to tell of
    Command("preview", ("preview", "rules.yaml", "--in", "in", "--targets", "targets.csv",
                        "--key-file", "nightly.key", "--jobs", "1")),  # fmt: skip
    Command("verify", ("verify", "out", "--jobs", "1"), after=(*KEYED, "--jobs", "1")),
    Command("fields", FIELDS, makes=("fields.xlsx",), clears_last=True),
    Command("fields-replaced", (*FIELDS, "--force"), after=FIELDS, clears_last=True),
    Command("keygen", ("keygen", "new.key"), makes=("new.key",), drawn=True),
]
