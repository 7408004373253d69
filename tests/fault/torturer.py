"""Runs a command with one fault at a time, and judges what it leaves."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import difference
import faults
import ledger_state
import work_folder

TIMEOUT_SECONDS = 600
SANITIZER_STATUS = 99
NOT_DONE = 6
SANITIZER = (
    f"exitcode={SANITIZER_STATUS}:verify_asan_link_order=0:allocator_may_return_null=1"
    ":handle_abort=0"
)
STUCK = b"warning: it is there all the same, and complete"
# Of whom a message might tell.
VALUES = [b"ada@", b"bo@", b"Invented", b"7946", b"9000001", b"0f1e2d3c"]
NO_FAULT = faults.Attempt("no fault")


class Fault(Exception):
    """What is wrong after an attempt."""


class Torturer:
    """Runs one command in a work folder of its own."""

    def __init__(self, program, command, folder):
        self.command = command
        self.program = program.resolve()
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="efface-fault-", dir=folder))
        self.work = self.place / "work"
        work_folder.make(self.work, command.strangers)
        for words in command.before:
            self.run(NO_FAULT, words)
        self.original = work_folder.look(self.work)
        shutil.copytree(self.work, self.place / "original")
        self.original_ledger = self.look_at_ledger()
        self.restore()
        started = time.monotonic()
        self.reference = self.run(NO_FAULT)
        self.seconds = time.monotonic() - started
        self.expected = work_folder.look(self.work)
        if self.reference.returncode != 0:
            raise Fault(f"{command.name} does not even run: {self.reference.stderr}")
        shutil.copytree(self.work, self.place / "expected")
        self.expected_ledger = self.look_at_ledger()
        self.restore()

    def restore(self):
        work_folder.restore(self.work, self.place / "original", self.original)

    def remove(self):
        shutil.rmtree(self.place)

    def run(self, attempt, words=None):
        """Runs the command, or other words, as the attempt has it."""
        faults.reset(self.work)
        environment = {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C",
            "SOURCE_DATE_EPOCH": "1700000000",
            # strace is a debugger, and the leak checker does not work in one
            "ASAN_OPTIONS": SANITIZER + (":detect_leaks=0" if attempt.before else ""),
            "LSAN_OPTIONS": "print_suppressions=0",
            "UBSAN_OPTIONS": f"exitcode={SANITIZER_STATUS}",
            **dict(attempt.environment),
        }
        with subprocess.Popen(
            [*attempt.before, self.program, *(words or self.command.words)],
            cwd=self.work,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            umask=0o022,
        ) as process:
            return self.wait(process, attempt.strike)

    def wait(self, process, strike):
        """Until the process has ended, by itself or by the signal that strikes it."""
        try:
            if strike:
                name, share = strike
                time.sleep(share * self.seconds)
                process.send_signal(signal.Signals[name])
            out, err = process.communicate(timeout=TIMEOUT_SECONDS)
        except BaseException:
            process.kill()
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def is_sanitized(self):
        return b"__asan_init" in self.program.read_bytes()

    def count_allocations(self, library):
        """How many there are."""
        self.run(faults.Attempt("", environment=faults.preloaded(library)))
        self.restore()
        return faults.allocations_and_faults(self.work)[0]

    def count_calls(self):
        self.run(faults.Attempt("", faults.traced("-e", "signal=none")))
        self.restore()
        return faults.count_calls((self.work / faults.TRACE).read_text(errors="replace"))

    def attempt(self, attempt):
        """Judges what one attempt leaves. Whether its fault happened. The work folder is as it
        was afterwards."""
        try:
            done = self.run(attempt)
            happened = faults.happened(attempt, self.work)
            left = work_folder.look(self.work)
            self.judge_messages(attempt, done)
            self.judge_input(left)
            if done.returncode == 0:
                self.judge_success(attempt, done, left)
            elif happened:
                self.judge_failure(attempt, done, left)
            else:
                raise Fault(f"no fault, and status {done.returncode}: {done.stderr}")
            self.judge_ledger(done, left)
            if any(map(work_folder.is_staging, left)) and not self.made(left):
                self.judge_next_run()
            return happened
        except subprocess.TimeoutExpired as error:
            raise Fault("it hangs") from error
        finally:
            self.restore()

    def judge_messages(self, attempt, done):
        if done.returncode == SANITIZER_STATUS:
            raise Fault(f"the sanitizer reports\n{done.stderr.decode(errors='replace')}")
        for value in VALUES:
            if value in done.stderr or value in done.stdout:
                raise Fault(f"a message has {value} in it")
        if done.returncode > 0 and not done.stderr and not attempt.hits_output:
            raise Fault(f"status {done.returncode}, and no message says why")

    def judge_input(self, left):
        for path, what in self.original.items():
            if left.get(path) != what and path not in self.ledger_files():
                raise Fault(f"{path} is not what it was")

    def ledger_files(self):
        return ledger_state.files_of(self.command.ledger)

    def look_at_ledger(self):
        """Who stands in it, once it is settled, by each key; or nothing where there is none."""
        if not self.command.ledger:
            return ()
        return ledger_state.look(
            lambda words: self.run(NO_FAULT, words), self.command.ledger, self.command.ledger_keys
        )

    def made(self, left):
        return sorted(path for path in left if path.split("/")[0] in self.command.makes)

    def other_than_expected(self, left):
        """The paths of those files and folders that are not what they are without a fault."""
        differing = []
        for path in sorted({*left, *self.expected} - self.ledger_files()):
            pair = (left.get(path), self.expected.get(path))
            if self.command.drawn and None not in pair:
                pair = tuple(mode for mode, _ in pair)
            if pair[0] != pair[1]:
                differing.append(path)
        return differing

    def judge_success(self, attempt, done, left):
        differing = self.other_than_expected(left)
        staging = []
        if self.command.clears_last:
            staging = [path for path in differing if work_folder.is_staging(path)]
            differing = [path for path in differing if path not in staging]
        if differing:
            told = (
                difference.describe(path, self.place / "expected" / path, self.work / path)
                for path in differing
            )
            raise Fault("status 0, and " + ", ".join(differing) + " differ\n" + "\n".join(told))
        same = done.stdout == self.reference.stdout or self.command.drawn
        if not same and not attempt.hits_output:
            raise Fault("status 0, and not all was printed")
        if staging:
            work_folder.clear(self.work, [*self.original, *staging])
            self.judge_next_run()

    def judge_failure(self, attempt, done, left):
        status = done.returncode
        if attempt.kills and status < 0:
            self.judge_killed(left)
        elif status != NOT_DONE:
            raise Fault(f"status {status}: {done.stderr.decode(errors='replace')}")
        elif self.made(left) and attempt.sticks and STUCK in done.stderr:
            self.judge_killed(left)
        elif self.made(left):
            raise Fault(f"status {status}, and there is {self.made(left)}")
        for path in sorted({*left} - {*self.original} - {*self.made(left)} - self.ledger_files()):
            if not work_folder.is_staging(path):
                raise Fault(f"status {status}, and {path} is left")

    def judge_killed(self, left):
        """What was made is complete."""
        made = self.made(left)
        differing = [path for path in self.other_than_expected(left) if path in made]
        if differing:
            raise Fault(f"{differing} are there, but not whole")
        if made and made != self.made(self.expected):
            raise Fault(f"only {made} is there")

    def judge_ledger(self, done, left):
        """Its next use finds it as it was or as it is without a fault; if there is something that
        the command makes, then in accordance with that."""
        state = self.look_at_ledger()
        if done.returncode == 0 or self.made(left):
            right = [self.expected_ledger]
        elif self.command.makes:
            right = [self.original_ledger]
        else:
            right = [self.original_ledger, self.expected_ledger]
        if state not in right:
            raise Fault(f"status {done.returncode}, and the ledger says {state}, not {right}")
        for path in ledger_state.files_of(self.command.ledger):
            if path.endswith(".new") and (self.work / path).exists():
                raise Fault(f"{path} is still there, though the ledger has been used again")

    def judge_next_run(self):
        """A run without a fault, in what an earlier one left."""
        done = self.run(NO_FAULT)
        if done.returncode != 0:
            raise Fault(f"the next run has status {done.returncode}: {done.stderr}")
        if self.other_than_expected(work_folder.look(self.work)):
            raise Fault("the next run does not make what it should")
