"""Experiment 2: breast cancer screening by gradient boosting, one logged step a tree."""

from types import SimpleNamespace

import artifacts
import mlflow
import pandas as pd
from mlflow.models import infer_signature
from recorder import millis
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split

NAME = "breast-cancer-gbm"
SCRIPT = "boost.py"
COMMIT = "2f8a90b1c3d4e5f60718293a4b5c6d7e8f901a2b"
TREES = 400
NOTE = """# Screening model

Gradient boosted trees on scikit-learn's [breast cancer](https://scikit-learn.org/stable/datasets/toy_dataset.html#breast-cancer-wisconsin-diagnostic-dataset) data (569 cases, 30 features). A step is **one tree**.

| depth | what to look for in `val/log_loss` |
|---|---|
| 1 | falls slowly, never turns |
| 3 | turns near tree 60 at `lr=0.3` |
| 6 | overfits at once |

Log `y` shows where training loss goes when validation stays put.
"""


def data():
    """Training, validation and test frames."""
    frame, y = load_breast_cancer(return_X_y=True, as_frame=True)
    x, x_test, y, y_test = train_test_split(frame, y, test_size=114, random_state=3, stratify=y)
    x, x_val, y, y_val = train_test_split(x, y, test_size=114, random_state=3, stratify=y)
    return SimpleNamespace(x=x, y=y, x_val=x_val, y_val=y_val, x_test=x_test, y_test=y_test)


def boost(recorder, experiment, d, name, start, settings, note=None, pictures=False, keep=False):
    """Trains and records one run; answers its logged model where it was kept."""
    run = recorder.run(experiment, name, start, 0.35 * settings["max_depth"] + 0.4, user="grace",
                       script=SCRIPT, commit=COMMIT, params=settings, note=note,
                       tags={"phase": "seeds" if settings["subsample"] < 1 else "grid"})
    for x, y, set_name, context in ((d.x, d.y, "wdbc-train", "training"),
                                    (d.x_test, d.y_test, "wdbc-test", "test")):
        frame = x.assign(benign=y)
        run.dataset(mlflow.data.from_pandas(frame, source="data/wdbc.csv", targets="benign",
                                            name=set_name), context)
    artifacts.config(run, {"data": {"name": "wdbc"}, "boosting": settings})
    model = GradientBoostingClassifier(
        n_estimators=settings["n_estimators"], learning_rate=settings["learning_rate"],
        max_depth=settings["max_depth"], subsample=settings["subsample"],
        random_state=settings["seed"]).fit(d.x, d.y)
    stages = zip(model.train_score_, model.staged_predict_proba(d.x_val))
    best = (None, 9.0)
    for tree, (train_loss, chances) in enumerate(stages, start=1):
        loss = log_loss(d.y_val, chances)
        best = min(best, (tree, loss), key=lambda pair: pair[1])
        run.tick()
        run.log(tree, {"train/log_loss": train_loss, "val/log_loss": loss,
                       "val/auc": roc_auc_score(d.y_val, chances[:, 1]),
                       "val/accuracy": accuracy_score(d.y_val, chances[:, 1] > 0.5)})
    run.say(f"best validation loss {best[1]:.4f} at tree {best[0]}")
    test = model.predict_proba(d.x_test)[:, 1]
    run.log(0, {"best/tree": best[0], "best/val_log_loss": best[1],
                "test/auc": roc_auc_score(d.y_test, test),
                "test/accuracy": accuracy_score(d.y_test, test > 0.5)})
    if pictures:
        artifacts.report(run, d.y_test, (test > 0.5).astype(int), ["malign", "benign"])
        artifacts.roc(run, d.y_test, test)
        artifacts.bars(run, d.x.columns, model.feature_importances_, "features/importance.png")
        artifacts.table(run, "features/importance.csv", ["feature", "importance"],
                        sorted(((n, f"{v:.6f}") for n, v in
                                zip(d.x.columns, model.feature_importances_)),
                               key=lambda row: -float(row[1])))
    logged = save_model(run, d, settings, best[0]) if keep else None
    run.finish()
    return name, (run.id, logged)


def save_model(run, d, settings, trees):
    """Trains again with as many trees as validation liked best, and logs that small model."""
    model = GradientBoostingClassifier(
        n_estimators=trees, learning_rate=settings["learning_rate"],
        max_depth=settings["max_depth"], subsample=settings["subsample"],
        random_state=settings["seed"]).fit(d.x, d.y)
    signature = infer_signature(pd.DataFrame(d.x_test[:5]), model.predict(d.x_test[:5]))
    return run.model(mlflow.sklearn, model, "screening-model", signature=signature,
                     pip_requirements=["scikit-learn==1.9.1", "pandas==3.1.1"],
                     serialization_format="cloudpickle", params={"trees": trees})


def make(recorder):
    """Records the whole experiment; answers the logged models by run name."""
    d = data()
    experiment = recorder.experiment(NAME, "2026-11-17 07:55", NOTE, {"team": "health"})
    start = millis("2026-11-17 08:10")
    made = []
    for lr in (0.5, 0.1, 0.02):
        for depth in (1, 3, 6):
            settings = {"learning_rate": lr, "max_depth": depth, "subsample": 1.0,
                        "n_estimators": TREES, "seed": 0}
            made.append(boost(recorder, experiment, d, f"gbm-lr{lr:g}-d{depth}", start, settings,
                              pictures=lr == 0.1, keep=(lr, depth) == (0.1, 3)))
            start += 2_640_000
    start = millis("2026-11-19 10:20")
    for seed in range(1, 6):
        settings = {"learning_rate": 0.1, "max_depth": 2, "subsample": 0.5,
                    "n_estimators": TREES, "seed": seed}
        made.append(boost(recorder, experiment, d, f"stochastic-seed{seed}", start, settings,
                          pictures=seed == 2, keep=seed == 2))
        start += 1_500_000
    return {name: pair for name, pair in made if pair[1] is not None}

