"""Adds empty experiments exp-000, exp-001, … to a database of MLflow 3, straight into its table, and a run to each.

    python3 tests/live/many_experiments.py mlflow.db COUNT
"""

import sqlite3
import sys

START = 1_790_000_000_000

path, count = sys.argv[1:]
db = sqlite3.connect(path)
for number in range(int(count)):
    name = f"exp-{number:03d}"
    experiment = db.execute(
        "insert into experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time) "
        "values (?, ?, 'active', ?, ?)", (name, f"mlflow-artifacts:/{name}", START, START + number)).lastrowid
    run = f"{experiment:032x}"
    db.execute(
        "insert into runs (run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, "
        "experiment_id) values (?, ?, 'ada', 'FINISHED', ?, ?, 'active', ?, ?)",
        (run, f"run of {name}", START, START + 1000, f"mlflow-artifacts:/{name}/{run}/artifacts", experiment))
db.commit()
