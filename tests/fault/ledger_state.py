"""What a ledger says, once its next use has settled what a fault has left of it."""

import json
import time

PATIENCE = 100  # times, a tenth of a second each


def files_of(ledger):
    """The names of whatever a ledger may consist of."""
    return {f"{ledger}{end}" for end in ("", ".head", ".new", ".head.new")} if ledger else set()


def settled(run, words):
    """What the next use says. A child of a run that was killed may hold the lock a moment longer."""
    for _ in range(PATIENCE):
        done = run(words)
        if b"in use by another run" not in done.stderr:
            break
        time.sleep(0.1)
    return done


def look(run, ledger, keys):
    """Settles it and tells, of each key, who stands in it; None where the key is not its own.
    `run` takes the words of a command. The digests of equal values are equal as long as the ledger
    is, whatever its key; its head depends on that too."""
    state = []
    for key in keys:
        words = (ledger, "--key-file", key)
        if settled(run, ("ledger", "init", *words)).returncode != 0:
            state.append(None)
            continue
        listed = run(("ledger", "list", *words, "--format", "json"))
        state.append(str(json.loads(listed.stdout)["contacts"]))
    return tuple(state)
