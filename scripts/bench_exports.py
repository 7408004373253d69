"""The exports that scripts/bench measures on. Each is made when it is first asked for."""

import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = "1"


class Exports:
    """Folders and files below `work`. What stands there under its final name is complete."""

    def __init__(self, work):
        self.work = work
        work.mkdir(parents=True, exist_ok=True)

    def make(self, name, fill):
        """`fill` is given a path that is renamed to `name` once it has succeeded."""
        path, draft = self.work / name, self.work / f"{name}.draft"
        if not path.exists():
            shutil.rmtree(draft, ignore_errors=True)
            fill(draft)
            draft.rename(path)
        return path

    def plain(self, contacts):
        def generate(draft):
            (draft / "targets").mkdir(parents=True)
            subprocess.run(
                [ROOT / "scripts/generate-export", "--contacts", str(contacts), "--seed", SEED,
                 "--targets-file", draft / "targets/one-percent.csv", draft / "export"], check=True)

        return self.make(f"plain-{contacts}", generate) / "export"

    def targets(self, contacts):
        """One contact of a hundred."""
        return self.plain(contacts).parent / "targets/one-percent.csv"

    def gzip(self, contacts):
        plain = self.plain(contacts)

        def pack(draft):
            shutil.copytree(plain, draft)
            files = "\0".join(str(path) for path in draft.rglob("*.csv"))
            subprocess.run(["xargs", "-0", "-P2", "-n1", "gzip", "-6"], input=files, text=True, check=True)

        return self.make(f"gzip-{contacts}", pack)

    def contacts_of(self, folder, contacts, name):
        """The contacts alone, as another name of the same file."""

        def link(draft):
            draft.mkdir()
            os.link(folder / name, draft / name)

        return self.make(f"contacts-{contacts}{''.join(pathlib.Path(name).suffixes)}", link)

    def contacts_plain(self, contacts):
        return self.contacts_of(self.plain(contacts), contacts, "contacts.csv")

    def contacts_gzip(self, contacts):
        return self.contacts_of(self.gzip(contacts), contacts, "contacts.csv.gz")

    def keys(self, count):
        """So many keys of contacts as targets: those of the export, and more that it lacks."""

        def write(draft):
            with open(draft, "w", encoding="ascii") as file:
                file.write("ContactId\n")
                file.writelines(f"C{number:09}\n" for number in range(1, count + 1))

        return self.make(f"targets-{count}.csv", write)

    def text(self, name, text):
        return self.make(name, lambda draft: draft.write_text(text))

    def remove(self):
        shutil.rmtree(self.work, ignore_errors=True)
