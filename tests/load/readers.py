"""How many records other programs find in a CSV file. Each takes any warning for a failure."""

import csv
import pathlib
import shutil
import subprocess
import tempfile
import warnings

# What soffice says of itself, not of the file: Java is not installed with it.
ABOUT_ITSELF = "javaldx"
UTF8 = 76


def count_by_csv(path, delimiter):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter, strict=True))
    if any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("ragged")
    return len(rows) - 1


def count_by_pandas(path, delimiter):
    import pandas

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame = pandas.read_csv(path, sep=delimiter)
    if "ContactId" in frame and not frame["ContactId"].dropna().str.len().all():
        raise ValueError("an empty key")
    return len(frame)


def count_by_duckdb(path, delimiter):
    """Nothing is said of delimiter, quotes or types: they must be found."""
    import duckdb

    with open(path, encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter))
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_csv(?)", [str(path)])
        if [column[0] for column in found.description] != names:
            raise ValueError("found other columns")
        return len(found.fetchall())


def count_by_libreoffice(paths, delimiter):
    """Counts of many files at once, as it takes seconds to start: by path."""
    with tempfile.TemporaryDirectory(prefix="efface-load-") as folder:
        inputs, outputs = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
        inputs.mkdir()
        names = {path: f"{number}.csv" for number, path in enumerate(paths)}
        for path, name in names.items():
            shutil.copy(path, inputs / name)
        convert(folder, delimiter, [inputs / name for name in names.values()], outputs)
        return {path: count_by_csv(outputs / name, ",") for path, name in names.items()}


def convert(folder, delimiter, inputs, outputs):
    """By Calc into CSV again, opened as the import dialogue would: delimiter, quote, UTF-8."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
               f"--infilter=CSV:{ord(delimiter)},34,{UTF8},1", "--convert-to", "csv:Text - txt - "
               f"csv (StarCalc):44,34,{UTF8}", "--outdir", outputs, *inputs]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = [line for line in done.stderr.splitlines() if line and ABOUT_ITSELF not in line]
    if said:
        raise ValueError("\n".join(said))
