"""The commands that are tortured."""

import dataclasses

EXPORT = ("rules.yaml", "--in", "in", "--batch-size", "100", "--key-file", "nightly.key")
IN_LONG = ("rules.yaml", "--in", "in", "--batch-size", "65536", "--key-file", "nightly.key")
TARGETS = ("--targets", "targets.csv")
ALONE = ("--jobs", "1")
RUN = ("run", *EXPORT, "--out", "out", "--confirm", "CONFIRM")
ENTERED = ("run", *EXPORT, *TARGETS, *ALONE, "--out", "before", "--confirm", "CONFIRM",
           "--ledger", "ledger")  # fmt: skip
FIELDS = ("fields", "rules.yaml", "--in", "in", "--out", "fields.xlsx", *ALONE)
NEW_KEY = ("keygen", "new.key")


def of_ledger(action, *more):
    return ("ledger", action, "ledger", "--key-file", "nightly.key", *more)


@dataclasses.dataclass(frozen=True)
class Command:
    name: str
    words: tuple
    makes: tuple = ()  # what it makes appears whole or not at all: top names in the work folder
    drawn: bool = False  # bytes of it are drawn, so they differ each time
    before: tuple = ()  # commands that have to run before, without a fault
    ledger: str = ""  # a ledger that it may change
    ledger_keys: tuple = ("nightly.key",)  # before or after
    clears_last: bool = False  # its staging folder goes when all is done, or at the next run
    strangers: int = 0  # further contacts, so that it takes a while; it is met at random moments
    missed_limit: float = 0  # the share of faults that may not happen, as threads share the work


COMMANDS = [
    Command("run", (*RUN, *TARGETS, *ALONE), makes=("out",)),
    Command("run-in-threads", (*RUN, *TARGETS, "--jobs", "2", "--report-keys", "clear"),
            makes=("out",), missed_limit=0.1),  # fmt: skip
    Command("run-with-ledger", (*RUN, *TARGETS, *ALONE, "--ledger", "ledger"), makes=("out",),
            before=(of_ledger("init"),), ledger="ledger"),  # fmt: skip
    Command("run-replay", (*RUN, *ALONE, "--ledger", "ledger", "--replay", "--contact", "c3"),
            makes=("out",), before=(ENTERED,), ledger="ledger"),  # fmt: skip
    Command("run-long", ("run", *IN_LONG, *TARGETS, "--jobs", "2", "--out", "out",
                         "--confirm", "CONFIRM", "--ledger", "ledger"),
            makes=("out",), before=(of_ledger("init"),), ledger="ledger",
            strangers=20_000, missed_limit=1),  # fmt: skip
    Command("check", ("check", "rules.yaml", "--in", "in")),
    # under a drawn key a name may get itself as pseudonym, and then there is a cell less to tell of
    Command("preview", ("preview", *EXPORT, *TARGETS, *ALONE)),
    Command("preview-records", ("preview", *EXPORT, *TARGETS, *ALONE, "--explain", "--diff")),
    Command("verify", ("verify", "out", *ALONE), before=((*RUN, *TARGETS, *ALONE),)),
    Command("fields", FIELDS, makes=("fields.xlsx",), clears_last=True),
    Command("fields-replaced", (*FIELDS, "--force"), before=(FIELDS,), clears_last=True),
    Command("keygen", NEW_KEY, makes=("new.key",), drawn=True),
    Command("ledger-init", of_ledger("init"), drawn=True, ledger="ledger"),
    Command("ledger-list", of_ledger("list"), before=(ENTERED,)),
    Command("ledger-verify", of_ledger("verify"), before=(ENTERED,)),
    Command("ledger-rekey", of_ledger("rekey", "--new-key-file", "new.key"),
            before=(ENTERED, NEW_KEY), drawn=True, ledger="ledger",
            ledger_keys=("nightly.key", "new.key")),  # fmt: skip
    Command("ledger-forget", of_ledger("forget", "--contact", "c1", "--confirm", "CONFIRM"),
            before=(ENTERED,), drawn=True, ledger="ledger"),  # fmt: skip
]
