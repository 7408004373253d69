"""A PostgreSQL server of the test's own: in a temporary folder, on a Unix socket only."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off"


class LoadError(Exception):
    pass


def program(name):
    """Debian keeps the server's programs out of PATH, in a folder a version."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name) or name


def as_owner(command):
    """The server refuses to run as root, so that root runs it as the package's user."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def call(command, **options):
    done = subprocess.run(command, capture_output=True, check=False, **options)
    if done.returncode != 0:
        raise LoadError(f"{command[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


@contextlib.contextmanager
def running_cluster():
    folder = tempfile.mkdtemp(prefix="efface-load-")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = os.path.join(folder, "data")
    control = as_owner([program("pg_ctl"), "-D", data, "-w", "-s"])
    try:
        call(as_owner([program("initdb"), "-D", data, "-U", "efface", "-A", "trust", "-N",
                       "-E", "UTF8", "--locale=C.UTF-8"]), cwd=folder)
        call([*control, "-l", os.path.join(folder, "log"), "-o",
              f"{SETTINGS} -c unix_socket_directories={folder}", "start"], cwd=folder)
        try:
            yield Cluster(folder)
        finally:
            call([*control, "-m", "immediate", "stop"], cwd=folder)
    finally:
        shutil.rmtree(folder)


class Cluster:
    def __init__(self, socket_folder):
        self.psql = ["psql", "-h", socket_folder, "-U", "efface", "-X", "-q", "-A", "-t",
                     "-v", "ON_ERROR_STOP=1"]

    def create(self, database):
        self.run("postgres", f'CREATE DATABASE "{database}"')

    def run(self, database, statement, data=None):
        """The rows that one statement gives; `data` is what it copies from its input."""
        rows = call([*self.psql, "-d", database, "-c", statement], input=data or b"")
        return rows.decode().splitlines()

    def run_file(self, database, path):
        call([*self.psql, "-d", database, "-1", "-f", path])
