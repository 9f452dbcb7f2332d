"""MLflow's own client reads every run and every history of a server: python tests/bench/read_live.py URL

Prints a JSON object: seconds, runs, points. Loading MLflow itself is not counted.
"""

import json
import os
import sys
import time

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

from mlflow.tracking import MlflowClient  # noqa: E402

client = MlflowClient(sys.argv[1])
began = time.perf_counter()
runs = points = 0
for experiment in client.search_experiments():
    for run in client.search_runs([experiment.experiment_id], max_results=1000):
        runs += 1
        for key in run.data.metrics:
            points += len(client.get_metric_history(run.info.run_id, key))
print(json.dumps({"seconds": time.perf_counter() - began, "runs": runs, "points": points}))
