"""Do the reports of a run agree with each other?"""

import csv
import gzip
import io
import json
import os
from collections import Counter

OUTCOMES = {"anonymized": "anonymized", "unlinked": "unlinked", "dropped": "dropped",
            "already anonymized": "already_anonymized"}


def reports_problem(folder):
    """What is wrong with out/efface-report; None if nothing is."""
    place = os.path.join(folder, "out", "efface-report")
    with open(os.path.join(place, "anonymization-report.json"), encoding="utf-8") as file:
        report = json.load(file)
    with gzip.open(os.path.join(place, "records.csv.gz")) as file:
        records = list(csv.DictReader(io.StringIO(file.read().decode(errors="replace"))))
    return (records_problem(report, records) or routes_problem(records)
            or targets_problem(report, records))


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
