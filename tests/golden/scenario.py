"""Fills one store through MLflow's client with everything that a reader can get wrong.

Runs inside the virtualenv of any pinned MLflow: `python scenario.py URI [late]`. What a version
refuses or does not know (aliases in 1.x, logged models in 2.x) is left out of its store and printed.
`late` adds the runs that are to stay in a database's write-ahead log.
"""

import itertools
import math
import os
import random
import sys
import time
import uuid

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import mlflow  # noqa: E402
from mlflow.entities import Metric, Param, RunTag  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402

START = 1_780_000_000_000
I64_MAX, I64_MIN = 2**63 - 1, -(2**63)
RANDOM = random.Random(5)


def seed(number):
    """Makes MLflow's random ids repeatable, and its clock: a millisecond passes at every look."""
    source = random.Random(number)
    uuid.uuid4 = lambda: uuid.UUID(int=source.getrandbits(128), version=4)
    random.seed(number)
    ticks = itertools.count(START + number * 10_000_000)
    time.time = lambda: next(ticks) / 1000


def attempt(what, action, *args, **named):
    """Calls, and prints instead of failing when this version refuses."""
    try:
        return action(*args, **named)
    except Exception as error:  # what a version refuses differs in kind as well
        print(f"  left out, {what}: {type(error).__name__}: {str(error).splitlines()[0][:120]}")
        return None


class Store:
    """The client and a few shortcuts."""

    def __init__(self, uri):
        mlflow.set_tracking_uri(uri)
        self.client = MlflowClient()
        self.is_database = uri.startswith("sqlite")

    def run(self, experiment, name, start=START, tags=None):
        """Starts a run; MLflow 1.20 knows a name only as a tag."""
        tags = {"mlflow.user": "ada", "mlflow.source.name": "train.py", **(tags or {})}
        try:
            run = self.client.create_run(experiment, start, tags, run_name=name)
        except TypeError:
            run = self.client.create_run(experiment, start, {**tags, "mlflow.runName": name})
        return run.info.run_id

    def points(self, run, key, points):
        """Logs (step, timestamp, value) points of one metric, in this order."""
        for at in range(0, len(points), 900):
            metrics = [Metric(key, v, t, s) for s, t, v in points[at:at + 900]]
            self.client.log_batch(run, metrics=metrics)

    def end(self, run, status="FINISHED", end=START + 60_000):
        """Closes a run."""
        self.client.set_terminated(run, status, end)


def experiments(store):
    """Plain, tagged, renamed and deleted experiments; answers the one for runs and the deleted."""
    client = store.client
    main = client.create_experiment("Главный эксперимент / main")
    attempt("experiment tag", client.set_experiment_tag, main, "mlflow.note.content",
            "# Notes\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>alert(1)</script>")
    attempt("experiment tag", client.set_experiment_tag, main, "team", "vision")
    renamed = client.create_experiment("before")
    client.rename_experiment(renamed, "after: renamed #1 {yaml}")
    for location in ("s3://bucket/some where", "file:///C:/Users/ada/ml%20runs",
                     "mlflow-artifacts:/7"):
        client.create_experiment(f"at {location}", artifact_location=location)
    gone = client.create_experiment("to be deleted")
    return main, gone


def statuses(store, experiment):
    """One run in each status, and one that never had a name."""
    for status in ("FINISHED", "FAILED", "KILLED"):
        run = store.run(experiment, f"status {status.lower()}")
        store.end(run, status)
    store.run(experiment, "still running", START + 5)
    scheduled = store.run(experiment, "scheduled")
    attempt("SCHEDULED", getattr(store.client, "update_run", lambda *_: None),
            scheduled, "SCHEDULED")
    store.end(store.run(experiment, "", START), "FINISHED", START)
    store.end(store.run(experiment, "ends before it starts", START), "FINISHED", START - 1)


def nesting(store, experiment):
    """A parent, children, a grandchild, and a child of nobody."""
    parent = store.run(experiment, "parent")
    for number in range(3):
        child = store.run(experiment, f"child {number}", START + number,
                          {"mlflow.parentRunId": parent})
        store.points(child, "score", [(0, START + number, number / 3)])
        store.client.log_param(child, "number", number)
        store.end(child)
    grandchild = store.run(experiment, "grandchild", START + 9, {"mlflow.parentRunId": child})
    store.end(grandchild)
    store.end(store.run(experiment, "orphan", tags={"mlflow.parentRunId": "0" * 32}))
    store.end(parent)


def params_and_tags(store, experiment):
    """Values that text formats trip over."""
    run = store.run(experiment, "params: 'tricky' {yaml} #1")
    values = {
        "empty": "", "blank": " ", "padded": "  x  ", "lines": "first\nsecond\n\nfourth",
        "ends with newline": "text\n", "carriage": "a\r\nb\rc", "tab": "a\tb",
        "unicode": "Größe ≥ 3 µm 漢字 🦊", "yaml": "{a: [1, 2], b: !!x}", "quote": "it's \"so\" \\n",
        "null": "null", "true": "True", "number": "1e-05", "long number": "0.1" + "0" * 40 + "1",
        "long": "x" * 240 + "end", "data/path": "a/b/c", "data/deep/er": "1", "dots.and-dash": "y",
        "json": '{"a": [1, 2.5, null], "b": "\\u00e9"}', "nel": "a\u0085b\u2028c", "control": "\u0001",
        "Schlüssel": "Wert",
    }
    for key, value in values.items():
        attempt(f"param {key}", store.client.log_param, run, key, value)
    attempt("param of 500 characters", store.client.log_param, run, "500", "p" * 500)
    attempt("param of 6000 characters", store.client.log_param, run, "6000", "ü" * 6000)
    tags = {
        "mlflow.note.content": "## Note\n\nSee [docs](https://example.org/a?b=c#d).\n\n* one\n* two\n",
        "mlflow.source.git.commit": "0123456789abcdef0123456789abcdef01234567",
        "empty": "", "lines": "a\nb\n", "unicode": "日本語 — ça va", "path/like/key": "v",
        "long": "t" * 4990, "yaml": "- a\n- b: c", "spaces in key": "yes",
    }
    for key, value in tags.items():
        attempt(f"tag {key}", store.client.set_tag, run, key, value)
    store.client.set_tag(run, "changed", "before")
    store.client.set_tag(run, "changed", "after")
    store.client.set_tag(run, "dropped", "x")
    store.client.delete_tag(run, "dropped")
    store.end(run)


def metrics(store, experiment):
    """Values, steps and times at their extremes, in every order."""
    run = store.run(experiment, "metrics")
    one = [
        ("nan only", [(0, START, math.nan)]),
        ("inf only", [(0, START, math.inf), (1, START, -math.inf)]),
        ("mixed", [(0, START, 1.5), (1, START + 1, math.nan), (2, START + 2, math.inf),
                   (3, START + 3, -math.inf), (4, START + 4, -0.0), (5, START + 5, 2.5)]),
        ("ends in nan", [(0, START, 1.0), (1, START + 1, math.nan)]),
        ("minus zero", [(0, START, -0.0)]),
        ("smallest", [(0, START, 5e-324), (1, START, -5e-324), (2, START, 2.2250738585072014e-308)]),
        ("greatest", [(0, START, 1.7976931348623157e308), (1, START, -1.7976931348623157e308)]),
        ("digits", [(0, START, 0.1 + 0.2), (1, START, 1 / 3), (2, START, 1e22), (3, START, 1e-7),
                    (4, START, 9007199254740993.0), (5, START, 123456789.0)]),
        ("steps/extreme", [(I64_MAX, START, 1.0), (I64_MIN, START, 2.0), (0, START, 3.0),
                           (I64_MAX - 1, START, 4.0), (I64_MIN + 1, START, 5.0)]),
        ("steps/negative", [(-5, START, 1.0), (-1, START + 1, 2.0), (-3, START + 2, 3.0)]),
        ("steps/unsorted", [(9, START, 9.0), (1, START + 1, 1.0), (5, START + 2, 5.0),
                            (3, START - 9, 3.0)]),
        ("steps/repeated", [(1, START, 1.0), (1, START, 2.0), (1, START + 1, 0.5),
                            (1, START + 1, 0.25), (0, START + 9, 7.0)]),
        ("steps/identical points", [(1, START, 1.0), (1, START, 1.0), (1, START, 1.0)]),
        ("steps/all zero", [(0, START + n, n * 0.5) for n in range(20)]),
        ("steps/same last with nan", [(7, START, math.nan), (7, START, 1.0)]),
        ("times/zero", [(0, 0, 1.0), (1, 1, 2.0), (2, 123_000, 3.0)]),
        ("times/greatest", [(0, I64_MAX, 1.0), (1, 253_402_300_799_999, 2.0)]),
        ("times/backwards", [(n, START - n * 1000, float(n)) for n in range(10)]),
        ("a/b/c/d/deep", [(0, START, 4.0)]),
        ("F1 score", [(0, START, 0.5)]),
        ("key.with-dots_and-dash", [(0, START, 0.5)]),
        ("Größe", [(0, START, 0.5)]),
        ("top:k", [(0, START, 0.5)]),
        ("one", [(0, START, 1.0)]),
    ]
    for key, points in one:
        attempt(f"metric {key}", store.points, run, key, points)
    if store.is_database:  # a file store cannot hold a file and a folder of one name
        attempt("metric one/total", store.points, run, "one/total", [(0, START, 1.0)])
    store.end(run)
    long = store.run(experiment, "long histories")
    walk, level = [], 0.0
    for step in range(1000 if store.is_database else 3000):  # databases are not compressed
        level += RANDOM.gauss(0, 0.1)
        walk.append((step, START + step * 997 + RANDOM.randrange(50), level))
    store.points(long, "walk", walk)
    store.points(long, "sparse", [(n * 50, START + n, round(n ** 0.5, 3)) for n in range(100)])
    shuffled = [(n, START + n, n / 7) for n in range(200)]
    RANDOM.shuffle(shuffled)
    store.points(long, "shuffled", shuffled)
    store.points(long, "holes", [(n, START + n, math.nan if n % 7 == 3 else n * 0.01)
                                 for n in range(200)])
    store.end(long)


def artifacts(store, experiment):
    """A few files in folders; file stores only, since a database keeps none."""
    run = store.run(experiment, "artifacts")
    if not store.is_database:
        for path, text in (("top.txt", "text\n"), ("folder/in/side.json", '{"a": 1}'),
                           ("folder/ünïcode name.csv", "a,b\n1,2\n"), ("empty.log", "")):
            store.client.log_text(run, text, path)
    store.end(run)


def deleted(store, experiment, gone):
    """A deleted run, a deleted and restored one, and a deleted experiment with a run inside."""
    away = store.run(experiment, "deleted run")
    store.points(away, "loss", [(0, START, 1.0), (1, START + 1, 0.5)])
    store.client.log_param(away, "kept", "yes")
    store.end(away)
    store.client.delete_run(away)
    back = store.run(experiment, "deleted and restored")
    store.end(back)
    store.client.delete_run(back)
    store.client.restore_run(back)
    inside = store.run(gone, "in a deleted experiment")
    store.points(inside, "loss", [(3, START, 0.125)])
    store.end(inside)
    store.client.delete_experiment(gone)


def late(store):
    """Runs that come after the rest, for the write-ahead log."""
    experiment = store.client.create_experiment("late")
    for number in range(2):
        run = store.run(experiment, f"late {number}", START + 100_000)
        store.points(run, "loss", [(n, START + n, 1 / (n + 1 + number)) for n in range(50)])
        store.client.log_param(run, "number", number)
        store.end(run)


def main():
    """Fills the store that the first argument names."""
    is_late = sys.argv[2:] == ["late"]
    seed(2 if is_late else 1)
    store = Store(sys.argv[1])
    if is_late:
        late(store)
        return
    experiment, gone = experiments(store)
    for part in (statuses, nesting, params_and_tags, metrics, artifacts):
        part(store, experiment)
    deleted(store, experiment, gone)
    import scenario_newer
    scenario_newer.fill(store, experiment)


if __name__ == "__main__":
    main()
