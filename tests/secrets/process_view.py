"""What another process can see of one, below /proc."""

import os
import pathlib
import re

# Larger than any memory of the program's own: what a sanitizer reserves and never fills.
REGION_LIMIT = 1 << 32

HEADER = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S+) ")


def proc(pid, name):
    return pathlib.Path(f"/proc/{pid}/{name}")


def environment_and_arguments(pid):
    return proc(pid, "environ").read_bytes() + proc(pid, "cmdline").read_bytes()


def children(pid):
    return [int(child) for child in proc(pid, f"task/{pid}/children").read_text().split()]


def regions(pid):
    """(first, end, flags) of every readable region, flags being those of smaps: lo, dd, dc ..."""
    first = end = access = None
    for line in proc(pid, "smaps").read_text().splitlines():
        header = HEADER.match(line)
        if header:
            first, end, access = int(header[1], 16), int(header[2], 16), header[3]
        elif line.startswith("VmFlags:") and access[0] == "r":
            yield first, end, set(line.split()[1:])


def region_bytes(memory, first, end):
    try:
        memory.seek(first)
        return memory.read(end - first)
    except (OSError, ValueError, OverflowError):  # [vvar] and the like
        return b""


def places_of(pid, pattern):
    """The flags of the region around each place in memory where `pattern` stands."""
    found = []
    with open(proc(pid, "mem"), "rb", buffering=0) as memory:
        for first, end, flags in regions(pid):
            if end - first <= REGION_LIMIT:
                found += [flags] * region_bytes(memory, first, end).count(pattern)
    return found


def is_closed_to(pid, user):
    """Whether the system keeps the process's secrets from its own user: then they are root's."""
    return os.stat(proc(pid, "environ")).st_uid != user
