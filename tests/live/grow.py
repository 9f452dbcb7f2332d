"""Adds an experiment with many points to a database of MLflow 3, straight into its tables.

    python3 tests/live/grow.py mlflow.db RUNS METRICS STEPS

Seconds, where MLflow's client needs hours. The values are full of digits, as real curves are.
"""

import random
import sqlite3
import sys

START = 1_790_000_000_000


def grow(path, runs, metrics, steps):
    db = sqlite3.connect(path)
    experiment = db.execute(
        "insert into experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time) "
        "values ('grown', 'mlflow-artifacts:/grown', 'active', ?, ?)", (START, START)).lastrowid
    for number in range(runs):
        run = f"{experiment:016x}{number:016x}"
        began = START + number * 3_600_000
        db.execute(
            "insert into runs (run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, "
            "experiment_id) values (?, ?, 'ada', 'FINISHED', ?, ?, 'active', ?, ?)",
            (run, f"grown-{number}", began, began + 3_600_000, f"mlflow-artifacts:/grown/{run}/artifacts", experiment))
        db.execute("insert into params (key, value, run_uuid) values ('lr', ?, ?)", (str(0.1 / (number + 1)), run))
        for metric in range(metrics):
            source = random.Random(number * metrics + metric)
            points = [(f"metric-{metric}", 1 / (step + 1) + source.gauss(0, 0.03), began + step * 700, run, step)
                      for step in range(steps)]
            db.executemany(
                "insert into metrics (key, value, timestamp, run_uuid, step, is_nan) values (?, ?, ?, ?, ?, 0)", points)
            db.execute(
                "insert into latest_metrics (key, value, timestamp, run_uuid, step, is_nan) values (?, ?, ?, ?, ?, 0)",
                points[-1])
    db.commit()
    db.close()


if __name__ == "__main__":
    grow(sys.argv[1], *map(int, sys.argv[2:]))
