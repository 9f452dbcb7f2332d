"""Prints what MLflow's own client reads from a store, as JSON.

`python dump.py filestore FOLDER` or `python dump.py db FILE [upgrade]`, inside the virtualenv of any
pinned MLflow. The shape is that of truth.json, told in README.md. With `upgrade` the database is
first brought to this version's schema, in place: give it a copy.
"""

import hashlib
import json
import logging
import math
import os
import sqlite3
import struct
import subprocess
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import mlflow  # noqa: E402
from mlflow.entities import ViewType  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402


class Warnings(logging.Handler):
    """Counts what the client logs."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = {}

    def emit(self, record):
        line = record.getMessage()
        self.lines[line] = self.lines.get(line, 0) + 1


def pages(fetch):
    """Everything that a paged call answers."""
    found, token = [], None
    while True:
        page = fetch(token)
        found += list(page)
        token = getattr(page, "token", None)
        if not token:
            return found


def tags_of(tags):
    """Tags as a plain object; old versions answer a list."""
    return dict(tags) if isinstance(tags, dict) else {tag.key: tag.value for tag in tags or []}


def experiments(client):
    """All experiments by id."""
    search = getattr(client, "search_experiments", None)
    if search is not None:
        listed = pages(lambda token: search(view_type=ViewType.ALL, page_token=token))
    else:
        listed = pages(lambda token: client.list_experiments(ViewType.ALL, page_token=token))
    return {
        e.experiment_id: {
            "name": e.name, "lifecycle_stage": e.lifecycle_stage,
            "artifact_location": e.artifact_location,
            "creation_time": getattr(e, "creation_time", None),
            "last_update_time": getattr(e, "last_update_time", None),
            "tags": tags_of(e.tags), "listed": True,
        } for e in listed
    }


def history(points):
    """Digest of all points of one metric."""
    values = [p.value for p in points]
    lines = sorted(f"{p.step}:{p.timestamp}:{struct.pack('>d', p.value).hex()}" for p in points)
    digest = {
        "n": len(points),
        "sum": repr(math.fsum(v for v in values if math.isfinite(v))),
        "min_step": min(p.step for p in points), "max_step": max(p.step for p in points),
        "first_ts": min(p.timestamp for p in points), "last_ts": max(p.timestamp for p in points),
        "hash": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    }
    counts = {"nan": sum(map(math.isnan, values)), "posinf": values.count(math.inf),
              "neginf": values.count(-math.inf)}
    return {**digest, **{k: n for k, n in counts.items() if n}}


def inputs_of(run):
    """Datasets and models that a run used, models that it made; only those there are."""
    found = {}
    inputs, outputs = getattr(run, "inputs", None), getattr(run, "outputs", None)
    if inputs and inputs.dataset_inputs:
        found["inputs"] = [
            {"name": i.dataset.name, "digest": i.dataset.digest,
             "source_type": i.dataset.source_type, "source": i.dataset.source,
             "schema": i.dataset.schema, "profile": i.dataset.profile, "tags": tags_of(i.tags)}
            for i in sorted(inputs.dataset_inputs, key=lambda i: (i.dataset.name, i.dataset.digest))]
    if inputs and getattr(inputs, "model_inputs", None):
        found["model_inputs"] = [{"model_id": m.model_id} for m in sorted(inputs.model_inputs, key=lambda m: m.model_id)]
    if outputs and outputs.model_outputs:
        found["model_outputs"] = [{"model_id": m.model_id, "step": m.step}
                                  for m in sorted(outputs.model_outputs,
                                                  key=lambda m: m.model_id)]
    return found


def run_of(client, run_id, folder):
    """One run, read by id, with all its histories."""
    run = client.get_run(run_id)
    info, data = run.info, run.data
    histories = {k: client.get_metric_history(run_id, k) for k in data.metrics}
    latest = {m.key: m for m in data._metric_objs}
    found = {
        "experiment_id": info.experiment_id, "run_name": getattr(info, "run_name", None),
        "status": info.status, "start_time": info.start_time, "end_time": info.end_time,
        "lifecycle_stage": info.lifecycle_stage, "artifact_uri": info.artifact_uri,
        "user_id": info.user_id, "params": dict(data.params), "tags": dict(data.tags),
        "metrics": {k: {"value": repr(m.value), "step": m.step, "timestamp": m.timestamp}
                    for k, m in latest.items()},
        "history": {k: history(points) for k, points in histories.items()},
        "listed": True, **inputs_of(run),
    }
    if folder is not None:
        found["n_artifact_files"] = artifact_files(folder, run_id)
    return found


def artifact_files(folder, run_id):
    """How many files lie in the run's artifact folder."""
    return sum(len(files) for at, _, files in os.walk(folder)
               if f"{os.sep}{run_id}{os.sep}artifacts" in at + os.sep)


def runs(client, experiment_ids, folder):
    """All runs by id, deleted ones among them."""
    found = {}
    for experiment in experiment_ids:
        listed = pages(lambda token, e=experiment: client.search_runs(
            [e], run_view_type=ViewType.ALL, max_results=1000, page_token=token))
        for run in listed:
            found[run.info.run_id] = run_of(client, run.info.run_id, folder)
    return found


def registered_models(client):
    """The registry; empty where this version has none for the store."""
    try:
        models = pages(lambda token: client.search_registered_models(page_token=token)
                       if token else client.search_registered_models())
    except Exception as error:  # 1.x: not supported by file stores
        print(f"no registry: {error}", file=sys.stderr)
        return []
    found = []
    for m in sorted(models, key=lambda m: m.name):
        versions = client.search_model_versions("name='%s'" % m.name)
        found.append({
            "name": m.name, "description": m.description, "tags": tags_of(m.tags),
            "aliases": dict(getattr(m, "aliases", None) or {}),
            "creation_timestamp": m.creation_timestamp,
            "last_updated_timestamp": m.last_updated_timestamp,
            "versions": [version_of(v) for v in
                         sorted(versions, key=lambda v: int(v.version), reverse=True)],
        })
    return found


def version_of(v):
    """One model version."""
    return {"version": str(v.version), "run_id": v.run_id, "source": v.source,
            "status": v.status, "current_stage": v.current_stage, "description": v.description,
            "tags": tags_of(v.tags), "creation_timestamp": v.creation_timestamp}


def logged_models(client, experiment_ids):
    """The logged models of MLflow 3 by id."""
    search = getattr(client, "search_logged_models", None)
    if search is None:
        return {}
    return {
        m.model_id: {
            "experiment_id": m.experiment_id, "name": m.name, "source_run_id": m.source_run_id,
            "status": str(m.status.value if hasattr(m.status, "value") else m.status),
            "model_type": m.model_type, "params": dict(m.params), "tags": tags_of(m.tags),
            "metrics": [{"key": x.key, "value": repr(x.value), "step": x.step,
                         "timestamp": x.timestamp, "run_id": x.run_id,
                         "dataset": x.dataset_name and [x.dataset_name, x.dataset_digest]}
                        for x in sorted(m.metrics or [], key=lambda x: (x.key, x.step))],
        } for m in pages(lambda token: search(experiment_ids, page_token=token))
    }


def raw_facts(path):
    """What the database says of itself before anything upgrades it."""
    with open(path, "rb") as file:
        header = file.read(20)
    sidecars = [s for s in ("-wal", "-journal") if os.path.exists(path + s)]
    db = sqlite3.connect(path)
    try:
        tables = [name for name, in db.execute("select name from sqlite_master where type = 'table'")]
        return {
            "header_write_version": header[18],
            "sidecars": [os.path.basename(path) + s for s in sidecars],
            "journal_mode": db.execute("pragma journal_mode").fetchone()[0],
            "alembic_version": [v for v, in db.execute("select version_num from alembic_version")],
            "integrity_check": db.execute("pragma integrity_check").fetchone()[0],
            "user_tables": {t: db.execute(f'select count(*) from "{t}"').fetchone()[0]
                            for t in sorted(tables)},
        }
    finally:
        db.close()


def dump(kind, path, upgrade):
    """The whole truth object."""
    warnings = Warnings()
    logging.getLogger("mlflow").addHandler(warnings)
    found = {"reader": f"mlflow {mlflow.__version__}", "kind": kind, "errors": []}
    if kind == "db":
        found["raw"] = raw_facts(path)
        uri = f"sqlite:///{path}"
        if upgrade:
            subprocess.run([sys.executable, "-W", "ignore", "-m", "mlflow", "db", "upgrade", uri],
                           check=True, capture_output=True)
    else:
        uri = f"file://{path}"
    mlflow.set_tracking_uri(uri)
    client = MlflowClient()
    found["experiments"] = experiments(client)
    ids = list(found["experiments"])
    found["registered_models"] = registered_models(client)
    found["logged_models"] = logged_models(client, ids)
    found["traces"] = {}
    found["warnings"] = warnings.lines
    found["runs"] = runs(client, ids, path if kind == "filestore" else None)
    return found


if __name__ == "__main__":
    json.dump(dump(sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:] == ["upgrade"]),
              sys.stdout, indent=1, ensure_ascii=False, sort_keys=True)
    print()
