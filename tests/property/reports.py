"""Do the reports of a run agree with each other, and with the schema?"""

import csv
import gzip
import io
import json
import os
import pathlib
from collections import Counter

import jsonschema

OUTCOMES = {"anonymized": "anonymized", "unlinked": "unlinked", "dropped": "dropped",
            "already anonymized": "already_anonymized"}

SCHEMA = pathlib.Path(__file__).parents[2] / "pipeline/report/anonymization-report.schema.json"


def strict(schema):
    """The schema without room for members that it doesn't describe."""
    for part in schema["$defs"].values():
        if "properties" in part:
            part["unevaluatedProperties"] = False
    del schema["$defs"]["records"]["unevaluatedProperties"]  # what entities add to
    schema["additionalProperties"] = False
    return schema


VALIDATOR = jsonschema.Draft202012Validator(strict(json.loads(SCHEMA.read_text(encoding="utf-8"))))


def reports_problem(folder):
    """What is wrong with out/efface-report; None if nothing is."""
    place = os.path.join(folder, "out", "efface-report")
    with open(os.path.join(place, "anonymization-report.json"), encoding="utf-8") as file:
        report = json.load(file)
    records, targets = (read_rows(os.path.join(place, f"{name}.csv.gz"))
                        for name in ("records", "targets"))
    return (schema_problem(report) or records_problem(report, records) or routes_problem(records)
            or targets_problem(report, records) or list_problem(report, targets))


def read_rows(path):
    with gzip.open(path) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode(errors="replace"))))


def schema_problem(report):
    error = next(VALIDATOR.iter_errors(report), None)
    return f"against the schema, at {list(error.path)}: {error.message}" if error else None


def records_problem(report, records):
    """Every record that something became of has its row."""
    if report["record_list"]["records"] != len(records):
        return f"{len(records)} rows of records.csv.gz instead of {report['record_list']}"
    listed = Counter((record["entity"], OUTCOMES[record["outcome"]]) for record in records)
    counted = Counter({(entity["entity"], outcome): entity[outcome]
                       for entity in report["entities"] for outcome in OUTCOMES.values()})
    return None if listed == +counted else f"records listed {listed}\n  counted {counted}"


def routes_problem(records):
    """A route begins with the record's entity, and there is one."""
    for record in records:
        for route in record["route"].split("; "):
            if not route.startswith("+") and route.split(" > ")[0].split(".")[0] != record["entity"]:
                return f"route {record['route']!r} of a record of {record['entity']}"
    return None


def targets_problem(report, records):
    """What each target is said to have had touched, if no row names too many to list."""
    if any("+" in record["targets"] for record in records):
        return None
    listed = Counter((target, record["entity"])
                     for record in records for target in record["targets"].split())
    counted = Counter()
    for target in report["targets"]:
        for entity, count in target.get("touched", {}).items():
            counted[target["digest"], entity] += count
    return None if listed == counted else f"touched by record {listed}\n  by target {counted}"


def list_problem(report, rows):
    """targets.csv.gz says what the report does."""
    names = [entity["entity"] for entity in report["entities"]]
    listed = [{"digest": row["target"], "mode": row["mode"], "outcome": row["outcome"],
               "hold": row["hold"] or None, "restricted_by": row["restricted_by"] or None,
               "resurrected": row["resurrected"] == "true",
               "line": int(row["line"] or 0) or None,
               "touched": {name: int(row[name]) for name in names if row[name]}} for row in rows]
    told = [{"hold": None, "restricted_by": None, "resurrected": False, "line": None, "touched": {}, **target}
            for target in report["targets"]]
    return None if listed == told else f"targets listed {listed}\n  told {told}"
