"""Logs a run to a server as a training script does: a point each of two metrics a step, then the end.

    python3 tests/live/log_run.py ADDRESS EXPERIMENT NAME STEPS SECONDS_A_STEP

The value of `loss` is the step, so that a reader can be held against it.
"""

import sys
import time

import mlflow

address, experiment, name, steps, pause = sys.argv[1:]
mlflow.set_tracking_uri(address)
mlflow.set_experiment(experiment)
with mlflow.start_run(run_name=name):
    mlflow.log_param("lr", 0.125)
    for step in range(int(steps)):
        mlflow.log_metric("loss", step, step=step)
        mlflow.log_metric("accuracy", 1 - 1 / (step + 1), step=step)
        time.sleep(float(pause))
