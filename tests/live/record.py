#!/usr/bin/env python3
"""Records what real MLflow servers answer to a sync: `python3 tests/live/record.py [NAME…]`.

Each golden store (`tests/golden`) is served by the MLflow that wrote it, our sync engine reads it
through `tests/core/mlflow/live.rs`, and every request with its answer goes to `NAME.json.zip` here.
`tests/core/mlflow/recorded.rs` plays that back and holds the result against the store's truth.json.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GOLDEN = os.path.join(ROOT, "tests", "golden")
STORES = ["2.22.0-db", "2.22.0-file", "3.17.2-db", "3.17.2-file"]
ZIP_TIME = (2026, 1, 1, 0, 0, 0)


def python_of(version):
    """The python of a version's virtualenv."""
    made = subprocess.run([os.path.join(GOLDEN, "venv.sh"), version], check=True,
                          stdout=subprocess.PIPE, text=True)
    return made.stdout.strip()


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def unpack(name, folder):
    """The golden store in a folder of its own; answers its URI."""
    source = os.path.join(GOLDEN, name)
    if name.endswith("-file"):
        # Where it was made: its artifact locations say so.
        folder = os.path.join("/tmp/golden-stores", name)
        with zipfile.ZipFile(os.path.join(source, "store.zip")) as archive:
            archive.extractall(folder)
        return os.path.join(folder, "mlruns")
    for suffix in ("", "-wal"):
        if os.path.exists(os.path.join(source, "mlflow.db" + suffix)):
            shutil.copy(os.path.join(source, "mlflow.db" + suffix), folder)
    return f"sqlite:///{folder}/mlflow.db"


def serve(version, uri, folder):
    """A server that answers; its process and host:port."""
    port = free_port()
    environment = {**os.environ, "MLFLOW_ALLOW_FILE_STORE": "true", "MLFLOW_DISABLE_TELEMETRY": "true",
                   "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "GIT_PYTHON_REFRESH": "quiet"}
    command = [python_of(version), "-m", "mlflow", "server", "--backend-store-uri", uri,
               "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    with open(os.path.join(folder, "server.log"), "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log,
                                  start_new_session=True)
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                return server, f"127.0.0.1:{port}"
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"MLflow {version} does not answer: see {folder}/server.log")


def record(name, folder):
    """Serves one store and records the sync of it."""
    version = name.split("-")[0]
    server, host = serve(version, unpack(name, folder), folder)
    answers = os.path.join(folder, "answers.json")
    try:
        subprocess.run(["cargo", "test", "--quiet", "-p", "runatlas-core", "--test", "core", "--",
                        "--ignored", "--nocapture", "--exact", "mlflow::live::a_live_server_is_recorded"],
                       cwd=ROOT, check=True,
                       env={**os.environ, "RUNATLAS_LIVE_SERVER": host, "RUNATLAS_LIVE_RECORD": answers})
    finally:
        os.killpg(server.pid, 15)
        server.wait()
        shutil.rmtree(os.path.join("/tmp/golden-stores", name), ignore_errors=True)
    with open(answers, "rb") as file, \
            zipfile.ZipFile(os.path.join(HERE, f"{name}.json.zip"), "w", zipfile.ZIP_DEFLATED,
                            compresslevel=9) as archive:
        entry = zipfile.ZipInfo("answers.json", ZIP_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, file.read())


def main():
    """Records the stores named, or all."""
    for name in sys.argv[1:] or STORES:
        if name not in STORES:
            raise SystemExit(f"no store {name}; there are {', '.join(STORES)}")
        with tempfile.TemporaryDirectory() as folder:
            print(name, flush=True)
            record(name, folder)


if __name__ == "__main__":
    main()
