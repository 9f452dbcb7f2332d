"""Makes a recorded store fit to be given away: neutral paths, a check for leaks, a steady zip."""

import datetime
import getpass
import os
import re
import shutil
import socket
import sys
import zipfile

import yaml

HOME = "/home/ada/experiments/mlruns"
ZIP_TIME = (2026, 11, 23, 0, 0, 0)


def files(store):
    """Every file of the store as (path, name inside the zip), sorted by name."""
    found = []
    for folder, _, names in os.walk(store):
        for name in names:
            path = os.path.join(folder, name)
            found.append((path, os.path.relpath(path, os.path.dirname(store))))
    return sorted(found, key=lambda pair: pair[1])


def read(path):
    """A file's bytes."""
    with open(path, "rb") as file:
        return file.read()


def leave_out_default(store):
    """Removes the Default experiment, with which every store begins; nothing was recorded there."""
    default = os.path.join(store, "0")
    if os.listdir(default) != ["meta.yaml"]:
        raise SystemExit("the Default experiment is not empty")
    shutil.rmtree(default)


def neutralise(store):
    """Replaces the store's true path by `HOME`, and the one time that escapes the held clock:
    MLflow stamps a model file with `datetime.now`."""
    for path, _ in files(store):
        before = read(path)
        if b"\0" in before:
            continue
        text = before.decode("utf-8").replace(store, HOME)
        if os.path.basename(path) == "MLmodel":
            text = stamp_model(text, os.path.dirname(os.path.dirname(path)))
        if text.encode("utf-8") != before:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)


def stamp_model(text, logged_model):
    """The MLmodel text with its logged model's own creation time."""
    created = yaml.safe_load(read(os.path.join(logged_model, "meta.yaml")))["creation_timestamp"]
    moment = datetime.datetime.fromtimestamp(created / 1000, tz=datetime.timezone.utc)
    return re.sub(r"utc_time_created: .*",
                  f"utc_time_created: '{moment:%Y-%m-%d %H:%M:%S.%f}'", text)


def check(store):
    """Refuses a store that names this machine, its user or its folders."""
    secrets = {store, os.getcwd(), os.path.expanduser("~"), sys.prefix, "/tmp/", "/root"}
    secrets |= {word for word in (socket.gethostname(), getpass.getuser()) if len(word) > 3}
    for path, name in files(store):
        content = read(path)
        for secret in secrets:
            if secret.encode() in content:
                raise SystemExit(f"{name} holds {secret!r}: the demo must not name this machine")


def write_zip(store, target):
    """Zips the store with sorted names and one fixed time."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, name in files(store):
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, read(path))
