"""The folder a command runs in: made of case/, looked at before and after."""

import gzip
import hashlib
import os
import pathlib
import shutil
import stat

CASE = pathlib.Path(__file__).resolve().parent / "case"
GZIPPED = ["in/events/tickets.csv"]
STAGING_END = ".efface-staging"
CONFINEMENT = (b'"sandbox"', b'"manifest_sha256"')  # in the manifest, and the sum that covers it


def make(work, strangers):
    """A fresh copy, whatever the umask and modes of the repository are, with so many further contacts,
    each with a ticket."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(CASE, work)
    with open(work / "in/contacts.csv", "a") as contacts:
        for number in range(strangers):
            contacts.write(f"d{number},Di,Invented,d{number}@example.net,,,,,,,\n")
    with open(work / "in/events/tickets.csv", "a") as tickets:
        for number in range(strangers):
            tickets.write(f"u{number},e1,d{number},,,,paid\n")
    for name in GZIPPED:
        plain = work / name
        plain.with_name(plain.name + ".gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
        plain.unlink()
    for parent, _, names in os.walk(work):
        os.chmod(parent, 0o700)
        for name in names:
            os.chmod(os.path.join(parent, name), 0o600)


def clear(work, kept):
    """Takes away whatever is not among the paths to be kept."""
    for path in sorted(set(look(work)) - set(kept), reverse=True):
        target = work / path
        if target.is_dir() and not target.is_symlink():
            os.chmod(target, 0o700)
            shutil.rmtree(target)
        elif os.path.lexists(target):
            target.unlink()


def restore(work, saved, original):
    """Makes it what it was when it was copied to `saved`, and looked at: `original`."""
    clear(work, original)
    now = look(work)
    for path, what in original.items():
        if now.get(path) != what and (saved / path).is_file():
            shutil.copy2(saved / path, work / path)


def look(work):
    """What is in the folder: of every path its type, mode, and the digest of a file's bytes."""
    found = {}
    for parent, folders, names in os.walk(work):
        for name in folders + names:
            path = os.path.join(parent, name)
            status = os.lstat(path)
            digest = ""
            if stat.S_ISREG(status.st_mode):
                with open(path, "rb") as file:
                    digest = hashlib.sha256(b"".join(comparable(name, file))).hexdigest()
            found[os.path.relpath(path, work)] = (oct(status.st_mode), digest)
    return found


def comparable(name, file):
    """The lines of a file. Where a fault keeps a run from being confined it goes on, and says so."""
    return [line for line in file
            if name != "manifest.json" or not line.lstrip().startswith(CONFINEMENT)]


def is_staging(path):
    """Whether the path is, or is in, what a run that died may leave: the next one sweeps it."""
    first = path.split("/")[0]
    return first.startswith(".") and first.endswith(STAGING_END)
