"""What scripts/bench measures: for each case its contestants, ours first, and the goals."""

import dataclasses
import json
import pathlib
import shlex
from typing import Callable

ROOT = pathlib.Path(__file__).resolve().parent.parent
EFFACE = ROOT / "build/release/efface"
PYTHON = ROOT / "build/bench/venv/bin/python"
RIVALS = ROOT / "scripts/bench-rivals"
SAMPLE = ROOT / "samples/event-platform"

EXTRACT_RULES = """
version: 1
subject: contacts
entities:
  contacts:
    files: ["contacts.csv", "contacts.csv.gz"]
    key: ContactId
    fields:
%s
    keep: [ContactId, PreferredLanguage, Country, OptIn, CreatedAt, ModifiedBy, AnonymizedAt]
"""
HASHED = ["Email", "FirstName", "LastName", "Phone", "LoyaltyNumber"]
CLEARED = ["RegisteredCompany", "Position", "Notes"]
EXTRACTED = {
    "{pseudonym: {as: token}}": HASHED,
    "clear": CLEARED,
    "{date: year}": ["BirthDate"],
    "{truncate: {length: 2}}": ["PostalCode"],
}
# The extract once more, as Miller says it.
MILLER_EXTRACT = "; ".join(
    [f'if (${column} != "") {{${column} = substr(sha256("salt" . ${column}), 0, 25)}}' for column in HASHED]
    + [f'${column} = ""' for column in CLEARED]
    + ["$BirthDate = substr($BirthDate, 0, 3)", "$PostalCode = substr($PostalCode, 0, 1)"]
)

TARGET_COUNTS = [10_000, 1_000_000, 10_000_000]


@dataclasses.dataclass
class Goal:
    """Holds where `value` of the figures, by contestant, is at least or at most `limit`."""

    words: str
    value: Callable
    limit: float
    at_least: bool = False

    def holds(self, figures):
        value = self.value(figures)
        return value >= self.limit if self.at_least else value <= self.limit


@dataclasses.dataclass
class Case:
    contestants: dict
    goals: list = dataclasses.field(default_factory=list)
    compared: tuple = ()  # contestants whose values ours must equal
    slow: tuple = ()  # contestants that a quick run leaves out
    once: bool = False  # one round is enough: the run is long, and compared with itself
    facts: Callable = lambda name, out: {}  # more figures, of a contestant's output
    remarks: Callable = lambda figures: []  # what else the figures say, in words


def times(rival):
    return lambda figures: figures[rival]["wall"] / figures["efface"]["wall"]


def faster(rival, factor):
    return Goal(f"times as fast as {rival}", times(rival), factor, at_least=True)


def speed_up(figures):
    return figures["1 job"]["wall"] / figures["2 jobs"]["wall"]


def efface(rules, folder, *options):
    return [EFFACE, "run", rules, "--in", folder, "--out", "OUT", "--confirm", "CONFIRM", *options]


def rival(work, *arguments):
    return [PYTHON, RIVALS, work, *arguments]


def each_file(folder, command):
    """A shell's loop over the files; $f is the file, below $OUT as well."""
    loop = f"""cd {shlex.quote(str(folder))} && find . -name '*.csv*' | while read -r f; do
        mkdir -p "$OUT/${{f%/*}}" && {command}; done"""
    return ["sh", "-c", loop]


def extract_rules(exports):
    lines = [
        f"      {column}: {{technique: {technique}, class: direct, applies_to: all_records}}"
        for technique, columns in EXTRACTED.items()
        for column in columns
    ]
    return exports.text("extract.yaml", EXTRACT_RULES % "\n".join(lines))


def sparse(exports, folder, contacts, *options):
    return efface(SAMPLE / "rules.yaml", folder, "--targets", exports.targets(contacts), *options)


def extract(exports, folder, *options):
    return efface(extract_rules(exports), folder, "--contact", "C000000001", *options)


def sparse_plain(exports, contacts):
    plain = exports.plain(contacts)
    return Case(
        {
            "efface": sparse(exports, plain, contacts),
            "cp": ["cp", "-r", plain, "OUT"],
            "duckdb": rival("duckdb-sparse", plain, "OUT", exports.targets(contacts)),
            "miller cat": each_file(plain, 'mlr --csv cat "$f" > "$OUT/$f"'),
        },
        [Goal("times the time of cp", lambda figures: 1 / times("cp")(figures), 2), faster("duckdb", 10)],
        compared=("duckdb",),
        slow=("miller cat",),
    )


def sparse_gzip(exports, contacts):
    packed = exports.gzip(contacts)

    def of_igzip(figures):
        return figures["efface"]["wall"] / (figures["igzip"]["cpu"] / 2)

    return Case(
        {
            "efface": sparse(exports, packed, contacts),
            "igzip": each_file(packed, 'igzip -dc "$f" | igzip -1 -c > "$OUT/$f"'),
            "pigz": each_file(packed, 'pigz -dc "$f" | pigz -c > "$OUT/$f"'),
            "duckdb": rival("duckdb-sparse", packed, "OUT", exports.targets(contacts)),
        },
        [Goal("times half the processor time of igzip -d | igzip -1", of_igzip, 1.1), faster("duckdb", 15)],
        compared=("duckdb",),
        slow=("pigz", "duckdb"),
    )


def extract_plain(exports, contacts):
    folder = exports.contacts_plain(contacts)
    return Case(
        {
            "efface": extract(exports, folder),
            "duckdb": rival("duckdb-extract", folder, "OUT"),
            "polars": rival("polars-extract", folder, "OUT"),
            "miller": each_file(folder, f"mlr --csv put {shlex.quote(MILLER_EXTRACT)} \"$f\" > \"$OUT/$f\""),
        },
        [faster("duckdb", 4)],
        compared=("duckdb", "polars", "miller"),
        slow=("miller",),
    )


def extract_gzip(exports, contacts):
    folder = exports.contacts_gzip(contacts)
    return Case(
        {"efface": extract(exports, folder), "duckdb": rival("duckdb-extract", folder, "OUT")},
        [faster("duckdb", 8)],
        compared=("duckdb",),
    )


def delete(exports, contacts):
    plain = exports.plain(contacts)
    return Case(
        {
            "efface": sparse(exports, plain, contacts, "--mode", "delete"),
            "duckdb": rival("duckdb-delete", plain, "OUT", exports.targets(contacts)),
        },
        [faster("duckdb", 10)],
        compared=("duckdb",),
    )


def growth(exports, contacts):
    """A tenth of the export, the export, and ten times the export, for the same number of targets."""
    sizes = {f"{factor} x": contacts * tenths // 10 for factor, tenths in (("0.1", 1), ("1", 10), ("10", 100))}
    targets = exports.keys(1000)
    commands = {
        name: efface(SAMPLE / "rules.yaml", exports.plain(size), "--targets", targets) for name, size in sizes.items()
    }

    def over_linear(figures):
        per_contact = [figures[name]["wall"] / size for name, size in sizes.items()]
        return max(per_contact[1] / per_contact[0], per_contact[2] / per_contact[1])

    def memory(figures):
        peaks = [figures[name]["megabytes"] for name in sizes]
        return max(peaks) / min(peaks)

    return Case(
        commands,
        [Goal("times linear", over_linear, 1.05), Goal("times the least peak memory", memory, 1.1)],
        once=True,
    )


def keys_held(given, out):
    """The fingerprints that a run over the sample's rules keeps for so many keys that were given:
    of contacts that are found also the address, as a value and as an identifier, and phone and full
    name (a few of which coincide); of records that come to be theirs the key that others refer to."""
    report = json.loads((out / "efface-report/anonymization-report.json").read_text(encoding="utf-8"))
    touched = {entity["entity"]: entity["records"] - entity["unchanged"] for entity in report["entities"]}
    return given + 4 * touched["contacts"] + touched["members"] + touched["participants"]


def targets(exports, contacts):
    """Keys as targets, most of which the export lacks once there are more than it has contacts."""
    folder = exports.plain(contacts // 10)
    counts = {f"{count:,}": count for count in TARGET_COUNTS}
    fewest, most = f"{TARGET_COUNTS[0]:,}", f"{TARGET_COUNTS[-1]:,}"
    commands = {
        name: efface(SAMPLE / "rules.yaml", folder, "--targets", exports.keys(count))
        for name, count in counts.items()
    }

    def over_limit(figures, keys):
        return max(figures[name]["megabytes"] / (64 + 32 * keys(name) / (1 << 20)) for name in counts)

    def by_key(value):
        return lambda figures: value(figures, lambda name: figures[name]["keys"])

    def by_target(value):
        return lambda figures: value(figures, counts.get)

    def bytes_more(figures, keys):
        more = figures[most]["megabytes"] - figures[fewest]["megabytes"]
        return more * (1 << 20) / (keys(most) - keys(fewest))

    def remarks(figures):
        return [f"{name}: {figures[name]['keys']:,} keys held" for name in counts] + [
            f"{most} take {by_target(bytes_more)(figures):.1f} bytes a target more than {fewest},"
            f" {by_key(bytes_more)(figures):.1f} a key"]

    return Case(
        commands,
        [Goal("times 64 MiB + 32 bytes a target key", by_key(over_limit), 1),
         Goal("times 64 MiB + 32 bytes a target, whatever else is held for it", by_target(over_limit), 1)],
        once=True,
        facts=lambda name, out: {"keys": keys_held(counts[name], out)},
        remarks=remarks,
    )


def reports(exports, contacts):
    """All contacts are targets; the list of records, which is written meanwhile, is not in the share."""
    command = efface(SAMPLE / "rules.yaml", exports.plain(contacts), "--all", "--progress", "json")
    share = Goal("of the run for the phase of the reports",
                 lambda figures: figures["efface"]["reports"] / figures["efface"]["wall"], 0.1)
    return Case({"efface": command}, [share], once=True)


def threads(command, goal):
    return Case(
        {f"{jobs} job{'s' * (jobs > 1)}": [*command, "--jobs", str(jobs)] for jobs in (2, 1)},
        [Goal("times as fast by 2 jobs", speed_up, 1.8, at_least=True)] if goal else [],
    )


def threads_plain(exports, contacts):
    return threads(sparse(exports, exports.plain(contacts), contacts), goal=False)


def threads_gzip(exports, contacts):
    return threads(sparse(exports, exports.gzip(contacts), contacts), goal=True)


def threads_extract(exports, contacts):
    return threads(extract(exports, exports.contacts_plain(contacts)), goal=True)


def small(_exports, _contacts):
    return Case(
        {
            "efface": efface(SAMPLE / "rules.yaml", SAMPLE / "export",
                             "--targets", SAMPLE / "erasure-requests.csv"),
            "true": ["true"],
        },
        [Goal("milliseconds", lambda figures: 1000 * figures["efface"]["wall"], 30)],
    )


CASES = {
    "sparse-plain": sparse_plain,
    "sparse-gzip": sparse_gzip,
    "extract-plain": extract_plain,
    "extract-gzip": extract_gzip,
    "delete": delete,
    "growth": growth,
    "targets": targets,
    "reports": reports,
    "threads-plain": threads_plain,
    "threads-gzip": threads_gzip,
    "threads-extract": threads_extract,
    "small": small,
}
QUICK = ["sparse-plain", "sparse-gzip", "extract-plain", "delete", "threads-gzip", "small"]
