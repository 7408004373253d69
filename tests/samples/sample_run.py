"""Runs the program on a sample, and counts what is found out about the output."""

import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
REPORTS = "efface-report"
KEY = bytes(range(32))
RUN_DATE, RUN_SECOND = "2025-01-01", "1735689600"
DONE, SOME_LEFT, INPUT_INVALID, NOT_CONFIRMED, OUTPUT_ERROR = 0, 1, 4, 5, 6


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, problems):
        """problems: a list of what is wrong; empty if all is well."""
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {name}")
        for problem in problems[:10]:
            print(f"    {problem}")


class Efface:
    """The program with one sample's rules, a key file, and a scratch folder for outputs."""

    def __init__(self, program, sample, scratch):
        self.program, self.sample, self.scratch = program, sample, scratch
        self.key_file = scratch / "key"
        self.key_file.touch(mode=0o600)
        self.key_file.write_text(KEY.hex() + "\n")

    def requests(self, name="erasure-requests.csv"):
        return ("--targets", self.sample.folder / name)

    def run(self, export, out, who=None, confirm=("--confirm", "CONFIRM"), key=True):
        """A run for the sample's erasure requests, or for `who`: options of the command line."""
        command = [self.program, "run", self.sample.folder / "rules.yaml"]
        command += ["--in", export, "--out", out, *(who or self.requests()), *confirm]
        command += ["--key-file", self.key_file] if key else []
        environment = dict(os.environ, SOURCE_DATE_EPOCH=RUN_SECOND)
        environment["EFFACE_RULES_DIR"] = str(ROOT / "rules")
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False,
        )  # fmt: skip


def status_problems(done, *expected):
    if done.returncode in expected:
        return []
    return [f"exit status {done.returncode}, not {expected}", *done.stderr.splitlines()]


def data_files(folder):
    """The exports in a folder, relative to it."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name.parts[0] != REPORTS)


def as_dict(export, record):
    return dict(zip(export.header.values, record.values))


def tree(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
