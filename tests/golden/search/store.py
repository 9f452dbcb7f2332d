"""Fills a store with runs whose values are awkward to search: `store.py URI`, under MLflow 3.17.2.

Ids and clocks are fixed, so that both kinds of store hold the same runs under the same ids.
"""

import itertools
import sys
import uuid

from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag

NAN, INF = float("nan"), float("inf")


class Ids:
    """Stands for uuid.uuid4: ids that count."""

    def __init__(self, salt):
        self.numbers = itertools.count(1)
        self.salt = salt

    def __call__(self):
        return uuid.UUID(int=(next(self.numbers) * 0x9E3779B97F4A7C15F39CC0605CEDC835 + self.salt) % 2**128)


def log(client, run, metrics=(), params=(), tags=(), datasets=()):
    """Logs all of a run; a metric is a value, or a list of (value, time, step)."""
    points = []
    for key, value in dict(metrics).items():
        series = value if isinstance(value, list) else [(value, 1000, 0)]
        points += [Metric(key, v, t, s) for v, t, s in series]
    client.log_batch(run, points, [Param(k, v) for k, v in dict(params).items()],
                     [RunTag(k, v) for k, v in dict(tags).items()])
    inputs = [DatasetInput(Dataset(name, digest, "local", '{"uri": "x"}', None, None),
                           [InputTag("mlflow.data.context", context)] if context is not None else [])
              for name, digest, context in datasets]
    if inputs:
        client.log_inputs(run, inputs)


def fill(uri):
    """Makes the experiments and runs."""
    real = uuid.uuid4
    ids = Ids(7)
    client = MlflowClient(uri)
    first = client.create_experiment("first")
    second = client.create_experiment("second")
    binned = client.create_experiment("binned")

    def run(experiment, name, start, end=None, status="FINISHED", user=None, **what):
        uuid.uuid4 = ids
        made = client.create_run(experiment, start_time=start, run_name=name,
                                 tags={"mlflow.user": user} if user else None)
        uuid.uuid4 = real
        log(client, made.info.run_id, **what)
        if status != "RUNNING":
            client.set_terminated(made.info.run_id, status, end_time=end)
        return made.info.run_id

    common = {"lr": "0.1", "opt": "adam"}
    run(first, "plain", 1000, 2000, user="ann",
        metrics={"acc": 0.5, "loss": 1.0, "a b": 1, "a/b": 2, "a.b": 3, "x-y": 4},
        params={**common, "a b": "space", "a.b": "dot", "a/b": "slash", "x-y": "dash", "1st": "digit"},
        tags={"team": "red", "a b": "s p", "a.b.c": "dots", "key": "Value"},
        datasets=[("iris", "d1", "training"), ("wine", "d2", "eval")])
    run(first, "Plain", 1000, 2500, user="Ann",
        metrics={"acc": 0.75, "loss": NAN, "step": [(1.0, 5, 1), (9.0, 6, 2)]},
        params={**common, "opt": "ADAM", "lr": "0.10"}, tags={"team": "RED", "key": "value"},
        datasets=[("iris", "d2", "training")])
    run(first, "PLAIN", 1000, 2000, "FAILED",
        metrics={"acc": 0.75, "loss": INF}, params={"lr": "1e-1", "opt": "sgd"}, tags={"team": ""},
        datasets=[("Iris", "d3", None)])
    run(first, "no end", 3000, status="RUNNING",
        metrics={"acc": -INF, "loss": -0.0}, params={"lr": "", "opt": "a%b"}, tags={"team": "a_b"})
    run(first, "it's", 2000, 9007199254740993, "KILLED",
        metrics={"acc": 0.0, "loss": 5e-324, "big": 1.7976931348623157e308},
        params={"opt": "it's", "quote": "say \"hi\"", "both": "'\""}, tags={"note": "line one\nline two", "end": "line\n"})
    run(first, 'say "hi"', 2000, 2000,
        metrics={"acc": 1.0, "big": 9007199254740993.0, "loss": 0.1 + 0.2},
        params={"opt": "back\\slash", "re": "a.b*c+d?(e)[f]{g}^h$i|j"}, tags={"note": "tab\there", "pct": "100%"})
    run(first, "日本語", 2000, None, metrics={"acc": 1e-300, "δ": 1.0}, params={"opt": "Ünïcödé", "ключ": "значение"},
        tags={"note": "STRASSE", "emoji": "😀"})
    run(first, "ılıK ſ", -1000, 0, metrics={"acc": -1.5}, params={"opt": "straße", "turkish": "İstanbul ılık"},
        tags={"note": "ΣΑΣ σας", "kelvin": "K k K"})
    run(first, "  padded  ", 0, 1, metrics={"acc": 100}, params={"opt": " adam ", "empty": ""},
        tags={"note": "", "none": "None", "null": "NULL"})
    run(second, "plain", 1000, 2000, metrics={"acc": 0.5, "loss": 0.25}, params=common, tags={"team": "blue"},
        datasets=[("it's", "x'y", "a'b"), ("wine", "d9", "eval")])
    run(second, "aXb", 4102444800000, 4102444800001, metrics={"acc": 2, "select": 1, "end": 2, "status": 3},
        params={"select": "1", "end": "2", "order": "3", "value": "4", "in": "5", "and": "6", "like": "7"},
        tags={"user": "u", "date": "2026-01-01", "timestamp": "t", "version": "1.10"})
    run(second, "a_b", 5, 6, metrics={"acc": NAN, "loss": NAN}, params={"opt": "axb", "n": "10"}, tags={"team": "axb"})
    run(second, "a%b", 5, 6, metrics={"acc": NAN, "loss": 7}, params={"opt": "a_b", "n": "9"}, tags={"team": "a%b"})
    run(second, "longer", 6, 7, metrics={"loss": 7}, params={"opt": "x" * 600, "n": "-1"},
        tags={"team": "y" * 5000})
    gone = run(first, "gone", 7000, 8000, metrics={"acc": 0.9}, params=common, tags={"team": "red"},
               datasets=[("iris", "d1", "training")])
    client.delete_run(gone)
    run(binned, "in the bin", 1, 2, metrics={"acc": 0.1}, params=common)
    client.delete_experiment(binned)
    return client


if __name__ == "__main__":
    fill(sys.argv[1])
