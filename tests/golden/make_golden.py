#!/usr/bin/env python3
"""Makes the golden stores anew: `python3 tests/golden/make_golden.py [NAME…]`.

For each name, MLflow of that version fills a store (`scenario.py`) in its own virtualenv
(`venv.sh`), the store is copied here, and MLflow's clients read that copy (`dump.py`). Needs a
package index and Python 3.11 the first time.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = "/tmp/golden-stores"  # in the stores' artifact locations, so always the same
READER = "3.17.2"
ZIP_TIME = (2026, 1, 1, 0, 0, 0)
# name: (MLflow version, what is special)
STORES = {
    "1.20.2-file": ("1.20.2", ""),
    "1.20.2-db": ("1.20.2", ""),
    "1.30.1-file": ("1.30.1", "as git leaves it"),
    "1.30.1-db": ("1.30.1", ""),
    "2.22.0-file": ("2.22.0", ""),
    "2.22.0-db": ("2.22.0", "wal"),
    "3.17.2-file": ("3.17.2", ""),
    "3.17.2-db": ("3.17.2", "wal"),
}


def python_of(version):
    """The python of a version's virtualenv."""
    made = subprocess.run([os.path.join(HERE, "venv.sh"), version], check=True,
                          stdout=subprocess.PIPE, text=True)
    return made.stdout.strip()


def call(version, folder, *arguments):
    """Runs one of our scripts under a version of MLflow; answers what it printed."""
    done = subprocess.run([python_of(version), "-W", "ignore", *arguments], cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"MLflow {version}, {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def fill(version, folder, uri, *more):
    """Runs the scenario and says what this version left out."""
    said = call(version, folder, os.path.join(HERE, "scenario.py"), uri, *more)
    print(said, end="")


def make_file_store(version, special, folder, target):
    """Makes a file store and zips it; empty folders go in, except where git has been at work."""
    fill(version, folder, f"file://{folder}/mlruns")
    with zipfile.ZipFile(os.path.join(target, "store.zip"), "w", zipfile.ZIP_DEFLATED,
                         compresslevel=9) as archive:
        for at, folders, files in os.walk(folder):
            folders.sort()
            names = sorted(files) if special else sorted(files) + [f"{f}/" for f in folders]
            for name in names:
                path = os.path.join(at, name)
                entry = zipfile.ZipInfo(os.path.relpath(path, folder) + "/" * name.endswith("/"),
                                        ZIP_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                if name.endswith("/"):
                    archive.writestr(entry, b"")
                else:
                    with open(path, "rb") as file:
                        archive.writestr(entry, file.read())


def make_database(version, special, folder, target):
    """Makes a database; `wal` leaves its last runs in the write-ahead log beside it."""
    path = os.path.join(folder, "mlflow.db")
    fill(version, folder, f"sqlite:///{path}")
    if special != "wal":
        shutil.copy(path, target)
        return
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("pragma journal_mode = wal")
    holder.execute("begin")
    holder.execute("select count(*) from runs").fetchone()  # a reader keeps the log from emptying
    fill(version, folder, f"sqlite:///{path}", "late")
    for suffix in ("", "-wal"):
        shutil.copy(path + suffix, target)
    holder.close()


def read(name, version, target, *more):
    """What a version's client reads from a copy of the committed store."""
    with tempfile.TemporaryDirectory() as copy:
        if name.endswith("-file"):
            with zipfile.ZipFile(os.path.join(target, "store.zip")) as archive:
                archive.extractall(copy)
            if STORES[name][1]:
                restore_empty_folders(copy)
            arguments = ["filestore", os.path.join(copy, "mlruns")]
        else:
            for file in os.listdir(target):
                if file.startswith("mlflow.db"):
                    shutil.copy(os.path.join(target, file), copy)
            arguments = ["db", os.path.join(copy, "mlflow.db"), *more]
        said = call(version, copy, os.path.join(HERE, "dump.py"), *arguments)
        return json.loads(said.replace(copy, "<store>"))


def restore_empty_folders(copy):
    """Makes the run folders that git loses: without them the client refuses the run."""
    for at, _, files in list(os.walk(copy)):
        if "meta.yaml" in files:
            with open(os.path.join(at, "meta.yaml"), encoding="utf-8") as meta:
                if "run_id:" not in meta.read():
                    continue
            for folder in ("metrics", "params", "tags", "artifacts"):
                os.makedirs(os.path.join(at, folder), exist_ok=True)


def differences(ours, theirs, path=""):
    """Where two dumps differ, as [path, in the first, in the second]."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [d for key in sorted(set(ours) | set(theirs))
                for d in differences(ours.get(key), theirs.get(key), f"{path}/{key}")]
    return [] if ours == theirs else [[path, ours, theirs]]


def make(name):
    """Makes one golden store and its truth."""
    version, special = STORES[name]
    folder, target = os.path.join(WORK, name), os.path.join(HERE, name)
    print(f"{name}: MLflow {version}")
    for fresh in (folder, target):
        shutil.rmtree(fresh, ignore_errors=True)
        os.makedirs(fresh)
    maker = make_file_store if name.endswith("-file") else make_database
    maker(version, special, folder, target)
    truth = read(name, READER, target, "upgrade")
    if version != READER:
        own = read(name, version, target)
        truth["also_read_by"] = {
            "reader": own["reader"],
            "differs": [d for d in differences(truth, own) if d[0] not in ("/reader", "/warnings")
                        and not d[0].startswith("/raw")],
        }
    late = [e for e in truth["experiments"].values() if e["name"] == "late"]
    if (special == "wal") != bool(late):
        raise SystemExit(f"{name}: the runs in the write-ahead log are not as they should be")
    with open(os.path.join(target, "truth.json"), "w", encoding="utf-8") as file:
        json.dump(truth, file, indent=1, ensure_ascii=False, sort_keys=True)
        file.write("\n")
    shutil.rmtree(folder)


def main():
    """Makes the stores named, or all."""
    names = sys.argv[1:] or list(STORES)
    for name in names:
        if name not in STORES:
            raise SystemExit(f"no golden store {name}; there are {', '.join(STORES)}")
    for name in names:
        make(name)


if __name__ == "__main__":
    main()
