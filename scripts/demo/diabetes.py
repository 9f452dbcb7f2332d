"""Experiment 3: diabetes progression, regression by SGD and Adam; one run truly diverges."""

from types import SimpleNamespace

import artifacts
import mlflow
import numpy as np
from recorder import millis
from sgd import constant, cosine, minibatches, staircase, train_step, weight_norm
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPRegressor

NAME = "diabetes-regression"
SCRIPT = "regress.py"
COMMIT = "71c5e0d9b8a7463f52e1d0c9b8a7f6e5d4c3b2a1"
NOTE = """# Disease progression

One-year progression from ten measurements ([diabetes](https://scikit-learn.org/stable/datasets/toy_dataset.html#diabetes-dataset), 442 patients). Errors are in the target's own units.

| optimiser | note |
|---|---|
| SGD | wants a small rate: gradients are large in these units |
| Adam | forgiving |

`sgd-warmup-to-0.02` **diverged**; kept as a warning.
"""
DIVERGED = """## Diverged

The rate was warmed up towards 0.02. Somewhere past 0.005 the steps overshoot, and within twenty steps the loss leaves every float: **NaN** from there on. The run was left to finish.

See [why](https://scikit-learn.org/stable/modules/neural_networks_supervised.html#tips-on-practical-use): scale the targets, or take a rate ten times smaller.
"""


def data():
    """Standardised measurements; the target stays in its own units."""
    x, y = load_diabetes(return_X_y=True, scaled=False)
    x, x_val, y, y_val = train_test_split(x, y, test_size=110, random_state=5)
    middle, spread = x.mean(axis=0), x.std(axis=0)
    return SimpleNamespace(x=(x - middle) / spread, y=y, x_val=(x_val - middle) / spread,
                           y_val=y_val)


def regress(recorder, experiment, d, name, start, settings, schedule, note=None, tags=None):
    """Trains and records one run."""
    run = recorder.run(experiment, name, start, 1.1, user="grace", script=SCRIPT, commit=COMMIT,
                       params=settings, note=note, tags={"phase": "baseline", **(tags or {})})
    set_ = mlflow.data.from_numpy(d.x, targets=d.y, source="data/diabetes.tsv", name="diabetes")
    run.dataset(set_, "training")
    artifacts.config(run, {"data": {"name": "diabetes"}, "train": settings})
    model = MLPRegressor(hidden_layer_sizes=(settings["width"],), solver=settings["optimizer"],
                         activation=settings["activation"], alpha=1e-3, momentum=0.0,
                         nesterovs_momentum=False, random_state=settings["seed"])
    batches = minibatches(len(d.x), settings["batch_size"], settings["seed"])
    spread = float(np.mean((d.y_val - d.y_val.mean()) ** 2))
    for step in range(settings["steps"]):
        rows = next(batches)
        lr = schedule(step)
        loss, norm = train_step(model, d.x[rows], d.y[rows], lr)
        run.tick()
        values = {"train/loss": loss, "train/lr": lr, "weights/norm": weight_norm(model)}
        if norm is not None:
            values["train/grad_norm"] = norm
        run.log(step, values)
        if step % 4 == 0:
            error = validation_error(model, d)
            run.log(step, {"val/rmse": np.sqrt(error), "val/r2": 1 - error / spread})
        if step % 60 == 0:
            run.say(f"step {step} loss {loss:.6g}")
    if np.isfinite(loss):
        guess = model.predict(d.x_val)
        artifacts.scatter(run, d.y_val, guess, "evaluation/predicted.png")
        artifacts.table(run, "evaluation/predictions.csv", ["true", "predicted"],
                        [(f"{t:.0f}", f"{g:.2f}") for t, g in zip(d.y_val, guess)])
    run.finish()


def validation_error(model, d):
    """Mean squared error, by hand: scikit-learn's own refuses a model that is no longer finite."""
    hidden = d.x_val @ model.coefs_[0] + model.intercepts_[0]
    if model.activation == "relu":
        hidden = np.maximum(hidden, 0)
    guess = (hidden @ model.coefs_[1] + model.intercepts_[1]).ravel()
    return float(np.mean((guess - d.y_val) ** 2))


def make(recorder):
    """Records the whole experiment."""
    d = data()
    experiment = recorder.experiment(NAME, "2026-11-19 06:40", NOTE, {"team": "health"})
    usual = {"optimizer": "sgd", "activation": "relu", "width": 32, "batch_size": 32,
             "steps": 480, "seed": 0}
    plans = [
        ("sgd-lr1e-05", {"lr": 1e-5}, constant(1e-5), None, None),
        ("sgd-lr0.0001", {"lr": 1e-4}, constant(1e-4), None, None),
        ("sgd-lr0.001-staircase", {"lr": 1e-3, "schedule": "staircase"},
         staircase(1e-3, 120), None, None),
        ("sgd-warmup-to-0.02", {"lr": 0.02, "schedule": "warmup", "warmup": 480,
                                "activation": "identity"},
         cosine(0.02, 480, 480), DIVERGED, {"outcome": "diverged"}),
        ("adam-lr0.03", {"lr": 0.03, "optimizer": "adam"}, constant(0.03), None, None),
        ("adam-lr0.3", {"lr": 0.3, "optimizer": "adam"}, constant(0.3), None, None),
        ("adam-cosine", {"lr": 0.2, "optimizer": "adam", "schedule": "cosine", "warmup": 40},
         cosine(0.2, 40, 480), None, None),
        ("adam-cosine-w128", {"lr": 0.1, "optimizer": "adam", "schedule": "cosine", "warmup": 40,
                              "width": 128}, cosine(0.1, 40, 480), None, None),
    ]
    start = millis("2026-11-19 07:00")
    for name, changes, schedule, note, tags in plans:
        regress(recorder, experiment, d, name, start, {**usual, **changes}, schedule, note, tags)
        start += 11_100_000
    return {}
