"""Ways to make a command fail or die, each a set-up that runs it once.

An attempt is a list of words put before the command, and additions to its environment. System
calls are the business of strace, allocations and short transfers that of fault_library.c. Both
leave a record by which the attempt can prove that its fault happened.
"""

import collections
import dataclasses
import random
import re
import struct

# Beside the work folder, in which the commands run.
TRACE = "../trace"
STATE = "../state"

# What a call is made to say. Calls that are not here say EIO.
ERRORS = {
    "openat": ["EMFILE", "EIO"],
    "openat2": ["EMFILE", "EIO"],
    "open": ["EMFILE", "EIO"],
    "read": ["EIO", "EINTR"],
    "pread64": ["EIO", "EINTR"],
    "write": ["ENOSPC", "EINTR"],
    "writev": ["ENOSPC", "EINTR"],
    "pwrite64": ["ENOSPC", "EINTR"],
    "fsync": ["EIO", "ENOSPC"],
    "close": ["EIO", "EINTR"],
    "wait4": ["EINTR"],
    "flock": ["EINTR", "ENOLCK"],
    "fcntl": ["EMFILE"],
    "mmap": ["ENOMEM"],
    "mremap": ["ENOMEM"],
    "mlock": ["ENOMEM"],
    "mkdir": ["ENOSPC"],
    "mkdirat": ["ENOSPC"],
    "clone": ["EAGAIN"],
    "clone3": ["EAGAIN"],
    "getrandom": ["EINTR"],
    "rename": ["EIO", "ENOSPC"],
    "renameat": ["EIO", "ENOSPC"],
    "renameat2": ["EIO", "ENOSYS", "EINVAL"],
    "linkat": ["EPERM", "EMLINK", "EIO"],
    "unlink": ["EIO", "EROFS"],
    "unlinkat": ["EIO", "EROFS"],
    "ftruncate": ["ENOSPC"],
    "fallocate": ["ENOSPC"],
    "landlock_create_ruleset": ["ENOSYS"],
    "landlock_add_rule": ["ENOMEM"],
    "landlock_restrict_self": ["E2BIG"],
}

SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT")

# Calls that don't fail, or whose failure the C library takes for a fault of the program. Of mprotect,
# libsodium does not look whether it made guard pages, and touches them when it frees: but what it
# asks then needs no memory, so it does not fail.
INFALLIBLE = {
    "arch_prctl", "brk", "clock_gettime", "clock_nanosleep", "execve", "exit", "exit_group",
    "futex", "getegid", "geteuid", "getgid", "getpid", "getppid", "gettid", "getuid", "mprotect",
    "munmap",
    "restart_syscall", "rseq", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_yield",
    "set_robust_list", "set_tid_address", "tgkill",
}  # fmt: skip

LAST_SYNCS = 5

# Whoever makes these is out of a signal's reach.
LAST = {"exit", "exit_group"}

# The C library draws again where a number is no good for a temporary file's name: how often it asks
# is a matter of chance.
DRAWN = {"getrandom"}

# Calls that a sanitizer makes for itself, and ends the program where they fail.
SANITIZERS = {"mmap", "mremap", "madvise"}

CALL = re.compile(r"^\d+ +(\w+)\((.*)", re.MULTILINE)

# The end of a call that a signal interrupted, and that the kernel makes once more: whether it does
# is a matter of chance.
RESTARTED = re.compile(
    r"^(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>).* = \? ERESTART", re.MULTILINE
)

# The first call of the program's own, behind those that load its libraries: main opens this.
FIRST_OWN = re.compile(r'^\d+ +openat\(AT_FDCWD, "/dev/null", O_RDWR\)', re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Attempt:
    what: str  # for messages
    before: tuple = ()
    environment: tuple = ()
    mark: str = ""  # what the trace holds where the fault happened; empty: STATE tells
    strike: tuple = ()  # a signal and when it comes, as a share of the time that a run takes
    kills: bool = False  # may end the command by a signal
    by_chance: bool = False  # may not happen
    hits_output: bool = False  # may keep the command from printing
    sticks: bool = False  # what was made may be there, whole, though the command failed


def happened(attempt, work):
    """Whether the fault of an attempt, just made in the work folder, reached the command."""
    if attempt.strike or attempt.by_chance:
        return True  # whether it did, or came too late, is a matter of chance
    if attempt.mark:
        return attempt.mark in (work / TRACE).read_text(errors="replace")
    return allocations_and_faults(work)[2] > 0


def allocations_and_faults(work):
    """What fault_library.c has counted."""
    return struct.unpack("=QQQ", (work / STATE).read_bytes())


def reset(work):
    (work / STATE).write_bytes(bytes(24))
    (work / TRACE).unlink(missing_ok=True)


def traced(*words):
    """strace; it prints nothing of its own."""
    return ("strace", "-f", "-qq", "-o", TRACE, *words)


def count_calls(trace):
    """Of each system call: how often it is made before main, and in all by the process that makes
    it most. strace counts by process, and a child goes on from 0."""
    own = FIRST_OWN.search(trace)
    before, counts = collections.Counter(), collections.Counter()
    for call in CALL.finditer(trace):
        name = call[1]
        counts[(name, call[0].split()[0])] += 1
        if call.start() < own.start():
            before[name] += 1
    for pid, whole, resumed in RESTARTED.findall(trace):
        counts[(whole or resumed, pid)] -= 1
    most = {}
    for (name, _), count in counts.items():
        most[name] = max(count, most.get(name, 0))
    return {name: (before[name], count) for name, count in most.items()}


def failing_calls(calls, exempt):
    """Each call but those before main fails, alone or with all that follow."""
    for name, (before, count) in sorted(calls.items()):
        if name in INFALLIBLE or name in exempt:
            continue
        for number in range(before + 1, count + 1):
            for error in ERRORS.get(name, ["EIO"]):
                for end, words in (("", "once"), ("+", "and all after it")):
                    if error == "EINTR" and end:
                        continue  # nobody is interrupted for ever
                    # --seccomp-bpf stops at no other call, which is fast
                    inject = f"inject={name}:error={error}:when={number}{end}"
                    yield Attempt(
                        f"{name} number {number} {words}: {error}",
                        traced("--seccomp-bpf", "-e", f"trace={name}", "-e", inject),
                        mark="(INJECTED)",
                        by_chance=name in DRAWN,
                        hits_output=name in ("write", "writev", "dup2", "dup3", "fstat"),
                    )


def failing_ways_back(calls):
    """One of the last syncs fails, of which one is that of the folder in which something has just
    appeared; and then renames fail, by which it would go again."""
    syncs, renames = calls["fsync"][1], calls.get("renameat", (0, 0))[1]
    for sync in range(max(1, syncs - LAST_SYNCS), syncs + 1):
        for rename in range(1, renames + 2):
            words = (
                "--seccomp-bpf", "-e", "trace=fsync,renameat",
                "-e", f"inject=fsync:error=EIO:when={sync}",
                "-e", f"inject=renameat:error=EIO:when={rename}+",
            )  # fmt: skip
            yield Attempt(
                f"fsync number {sync}, and renameat from number {rename} on: EIO",
                traced(*words),
                mark="(INJECTED)",
                sticks=True,
            )


def signalled_calls(calls, signal):
    """A signal meets each call as it is made. With --seccomp-bpf, strace would lose the signal."""
    mark = f"--- {signal} {{si_signo={signal}, si_code=SI_KERNEL}}"
    for name, (before, count) in sorted(calls.items()):
        if name in LAST:
            continue
        for number in range(before + 1, count + 1):
            inject = f"inject={name}:signal={signal}:when={number}"
            yield Attempt(
                f"{signal} at {name} number {number}",
                traced("-e", f"trace={name}", "-e", inject),
                mark="+++ killed by SIGKILL" if signal == "SIGKILL" else mark,
                kills=True,
                by_chance=name in DRAWN,
                hits_output=True,
            )


def moments(count, seed=49):
    """Signals at random moments."""
    draw = random.Random(seed)
    for number in range(count):
        signal = SIGNALS[number % len(SIGNALS)]
        share = draw.random()
        yield Attempt(
            f"{signal} at {share:.1%} of the time", strike=(signal, share), kills=True,
            hits_output=True,
        )  # fmt: skip


def preloaded(library, **settings):
    return (
        ("LD_PRELOAD", str(library)),
        ("FAULT_STATE", STATE),
        *((f"FAULT_{name.upper()}", str(value)) for name, value in settings.items()),
    )


def failing_allocations(library, count):
    """Each allocation fails, alone or with all that follow."""
    for number in range(1, count + 1):
        yield Attempt(
            f"allocation {number} once", environment=preloaded(library, at=number),
            hits_output=True,
        )  # fmt: skip
        yield Attempt(
            f"allocation {number} and all after it",
            environment=preloaded(library, at=number, from_then_on=1),
            hits_output=True,
        )


def short_transfers(library):
    yield Attempt("one byte a transfer", environment=preloaded(library, short=1))
