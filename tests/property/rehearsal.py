"""Does `efface preview` say what `efface run` did?"""

import csv
import gzip
import io
import json
import os
import subprocess

TIME_LIMIT_S = 60
ONLY_OF_A_RUN = {"--gzip-level"}
KNOWN_WHEN_WRITTEN = ("size_out", "sha256_in", "sha256_out")


def rehearsal_problem(folder, efface, command, environment):
    """`command` is the run's, whose output is in out/. None if all agree."""
    preview = run([efface, *preview_words(command), "--format", "json", "--explain"], folder,
                  environment)
    records, told = read_preview(preview.stdout)
    return preview_problem(told, folder) or explained_problem(records, folder)


def run(command, folder, environment):
    return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=TIME_LIMIT_S, check=False)


def preview_words(command):
    """The words of the run's command, without those that only a run has."""
    words, left = ["preview"], iter(command[2:])
    for word in left:
        if word in ONLY_OF_A_RUN or word in ("--out", "--confirm"):
            next(left)
        else:
            words.append(word)
    return words


def read_preview(output):
    """The objects of the records, each a line, and the one behind them."""
    text = output.decode(errors="replace")
    lines = text[:text.index("{\n")].splitlines()
    return [json.loads(line) for line in lines], json.loads(text[text.index("{\n"):])


def preview_problem(told, folder):
    place = os.path.join(folder, "out/efface-report/anonymization-report.json")
    with open(place, encoding="utf-8") as file:
        report = json.load(file)
    del report["totals"]["bytes"]["out"]
    for each in report["files"]:
        for member in KNOWN_WHEN_WRITTEN:
            del each[member]
    del report["schema"], told["schema"]
    different = [key for key in {*report, *told} if report.get(key) != told.get(key)]
    return f"preview and run differ in {sorted(different)}" if different else None


def explained_problem(records, folder):
    with gzip.open(os.path.join(folder, "out/efface-report/records.csv.gz")) as file:
        rows = list(csv.DictReader(io.StringIO(file.read().decode(errors="replace"))))
    listed = [(row["entity"], row["outcome"], row["route"]) for row in rows]
    explained = [(each["entity"], each["outcome"], each["route"]) for each in records]
    return None if explained == listed else f"explained {explained}\n  instead of {listed}"
