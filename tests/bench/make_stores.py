#!/usr/bin/env python3
"""Makes the large stores that the benchmarks read, and times MLflow's own client on them.

    $(tests/golden/venv.sh 3.17.2) tests/bench/make_stores.py FOLDER [--steps 5000] [--peer]

FOLDER gets `mlflow.db` and `mlruns.zip`, each 50 runs x 4 metrics x 5,000 steps = 1,000,000 points
of the same values (about 250 MB and 15 MB; not committed). What is there is kept. MLflow makes the
schema and the runs; the points are then written straight into its tables and files, as it would
write them, because its client needs hours for a million. With `--peer` the client then reads every
history of the database, and Python's sqlite3 scans the table, for comparison. Prints one JSON
object.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import time
import zipfile

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

import mlflow  # noqa: E402
from mlflow.entities import Param  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402

RUNS = 50
METRICS = ("train/loss", "train/grad_norm", "val/loss", "val/accuracy")
START = 1_790_000_000_000
MILLIS_PER_STEP = 700


def history(run, metric, steps):
    """Points (step, timestamp, value) of one metric: a noisy curve that is full of digits."""
    source = random.Random(run * 10 + metric)
    floor, pace = source.uniform(0.05, 0.4), source.uniform(200, 1500)
    clock = START + run * 3_600_000
    for step in range(steps):
        clock += MILLIS_PER_STEP + source.randrange(60)
        yield step, clock, floor + 2 * pace / (pace + step) + source.gauss(0, 0.03)


def make_runs(uri, location):
    """Makes an experiment with its runs through the client; answers their ids."""
    mlflow.set_tracking_uri(uri)
    client = MlflowClient()
    experiment = client.create_experiment("benchmark", artifact_location=location)
    ids = []
    for number in range(RUNS):
        run = client.create_run(experiment, START + number * 3_600_000,
                                {"mlflow.user": "ada"}, run_name=f"bench-{number}").info.run_id
        client.log_batch(run, params=[Param("lr", str(0.1 / (number + 1))), Param("seed", str(number))])
        client.set_terminated(run, end_time=START + (number + 1) * 3_600_000)
        ids.append(run)
    return experiment, ids


def make_database(path, steps):
    """The database: schema and runs by MLflow, points by plain inserts in logging order."""
    part = path + ".part"
    if os.path.exists(part):
        os.remove(part)
    _, ids = make_runs(f"sqlite:///{part}", "mlflow-artifacts:/1")
    db = sqlite3.connect(part)
    for number, run in enumerate(ids):
        series = [list(history(number, metric, steps)) for metric in range(len(METRICS))]
        db.executemany(
            "insert into metrics (key, value, timestamp, run_uuid, step, is_nan) values (?,?,?,?,?,0)",
            ((key, points[at][2], points[at][1], run, points[at][0])
             for at in range(steps) for key, points in zip(METRICS, series)))
        db.executemany(
            "insert into latest_metrics (key, value, timestamp, step, is_nan, run_uuid) "
            "values (?,?,?,?,0,?)",
            ((key, points[-1][2], points[-1][1], points[-1][0], run)
             for key, points in zip(METRICS, series)))
        db.commit()
    db.close()
    os.rename(part, path)


def make_zip(path, steps):
    """The file store, zipped as any archiver does."""
    store = path + ".store"
    shutil.rmtree(store, ignore_errors=True)
    experiment, ids = make_runs(f"file://{store}/mlruns", None)
    for number, run in enumerate(ids):
        for metric, key in enumerate(METRICS):
            file = os.path.join(store, "mlruns", experiment, run, "metrics", key)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "w", encoding="utf-8") as lines:
                lines.writelines(f"{t} {v} {s}\n" for s, t, v in history(number, metric, steps))
    with zipfile.ZipFile(path + ".part", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for at, folders, files in os.walk(store):
            folders.sort()
            for name in sorted(files):
                file = os.path.join(at, name)
                archive.write(file, os.path.relpath(file, store))
    os.rename(path + ".part", path)
    shutil.rmtree(store)


def timed(action, *arguments):
    """What the action answers, and its seconds."""
    start = time.perf_counter()
    answer = action(*arguments)
    return answer, round(time.perf_counter() - start, 3)


def read_by_client(path):
    """MLflow's client reads every history; answers the count of points."""
    mlflow.set_tracking_uri(f"sqlite:///{path}")
    client = MlflowClient()
    count = 0
    for experiment in client.search_experiments():
        for run in client.search_runs([experiment.experiment_id], max_results=1000):
            for key in run.data.metrics:
                count += len(client.get_metric_history(run.info.run_id, key))
    return count


def scan(path):
    """Python's sqlite3 walks the metrics table once; answers the count of points."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    count = 0
    for _ in db.execute("select key, value, timestamp, run_uuid, step, is_nan from metrics"):
        count += 1
    db.close()
    return count


def main():
    """Makes what is missing, times what is asked, prints JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--peer", action="store_true", help="time MLflow's client on the database")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    said = {"mlflow": mlflow.__version__, "runs": RUNS, "metrics": len(METRICS),
            "steps": options.steps, "points": RUNS * len(METRICS) * options.steps}
    for name, make in (("mlflow.db", make_database), ("mlruns.zip", make_zip)):
        path = os.path.join(os.path.abspath(options.folder), name)
        if not os.path.exists(path):
            _, said[f"{name} made in seconds"] = timed(make, path, options.steps)
        said[f"{name} bytes"] = os.path.getsize(path)
    if options.peer:
        path = os.path.join(os.path.abspath(options.folder), "mlflow.db")
        scanned, said["sqlite3 scan seconds"] = timed(scan, path)
        read, said["mlflow client seconds"] = timed(read_by_client, path)
        # For the table: `import.rs` reads it.
        with open(os.path.join(options.folder, "peer.json"), "w", encoding="utf-8") as peer:
            json.dump({"client_seconds": said["mlflow client seconds"], "points": read}, peer)
        if not said["points"] == scanned == read:
            raise SystemExit(f"{path} holds {scanned} points, the client read {read}, not "
                             f"{said['points']}: delete it and run again")
    print(json.dumps(said, indent=1))


if __name__ == "__main__":
    main()
