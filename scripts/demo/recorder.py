"""Records training into an MLflow file store under a clock and ids of its own.

Training takes a second here and would take minutes in the story that the demo tells, so runs carry
explicit times: every logged point keeps its true value, and its time is drawn from the run's pace.
Ids come from a seeded generator and `time.time` is held while MLflow writes, so that making the
demo again gives the same names and times.
"""

import datetime
import os
import random
import time
import uuid
from unittest import mock

import mlflow
from mlflow.entities import DatasetInput, InputTag, Metric, Param, RunTag
from mlflow.tracking import MlflowClient

MAX_METRICS_IN_A_BATCH = 1000


def seed_ids(seed):
    """Makes MLflow's random ids repeatable."""
    source = random.Random(seed)
    uuid.uuid4 = lambda: uuid.UUID(int=source.getrandbits(128), version=4)
    random.seed(seed)


def millis(text):
    """Milliseconds of a UTC time written as 2026-11-17 09:30."""
    moment = datetime.datetime.strptime(text, "%Y-%m-%d %H:%M")
    return int(moment.replace(tzinfo=datetime.timezone.utc).timestamp() * 1000)


def held_clock(now_millis):
    """Holds the clock that MLflow asks, for the length of a `with` block."""
    return mock.patch("time.time", lambda: now_millis / 1000)


def six_digits(value):
    """A value as people log it, with six significant digits: the demo has to stay small."""
    return float(f"{float(value):.6g}")


class Recorder:
    """One store and what all its runs share."""

    def __init__(self, folder, made):
        mlflow.set_tracking_uri(f"file://{folder}")
        with held_clock(millis(made)):
            self.client = MlflowClient()

    def experiment(self, name, created, note, tags):
        """Makes an experiment with a note in Markdown; answers its id."""
        with held_clock(millis(created)):
            return self.client.create_experiment(name, tags={"mlflow.note.content": note, **tags})

    def run(self, experiment_id, name, start, pace_seconds, **more):
        """Starts a run; `start` is milliseconds, `pace_seconds` the usual time of one step."""
        return RunRecorder(self.client, experiment_id, name, start, pace_seconds, **more)


class RunRecorder:
    """One run being recorded."""

    def __init__(self, client, experiment_id, name, start, pace_seconds, *, user, script, commit,
                 params, tags=None, parent=None, note=None):
        self.client = client
        self.start = start
        self.now = start
        self.pace_millis = pace_seconds * 1000
        self.jitter = random.Random(name)
        self.waiting = []
        self.log_lines = []
        self.origin = {
            "mlflow.user": user,
            "mlflow.source.name": script,
            "mlflow.source.type": "LOCAL",
            "mlflow.source.git.commit": commit,
        }
        all_tags = {**self.origin, **(tags or {})}
        if parent is not None:
            all_tags["mlflow.parentRunId"] = parent.id
        if note is not None:
            all_tags["mlflow.note.content"] = note
        with held_clock(start):
            run = client.create_run(experiment_id, start_time=start, tags=all_tags, run_name=name)
        self.id = run.info.run_id
        self.name = name
        client.log_batch(self.id, params=[Param(k, str(v)) for k, v in params.items()])
        self.say(f"run {name} starts: " + " ".join(f"{k}={v}" for k, v in params.items()))

    def tick(self, factor=1.0):
        """Lets one step's time go by, never the same twice."""
        self.now += max(1, int(self.pace_millis * factor * self.jitter.uniform(0.85, 1.25)))

    def log(self, step, values):
        """Logs several metrics at the run's present time."""
        for key, value in values.items():
            self.waiting.append(Metric(key, six_digits(value), self.now, step))
        if len(self.waiting) >= MAX_METRICS_IN_A_BATCH - 50:
            self.flush()

    def flush(self):
        """Sends the waiting metrics."""
        if self.waiting:
            self.client.log_batch(self.id, metrics=self.waiting)
            self.waiting = []

    def say(self, line):
        """A line for the run's train.log."""
        moment = datetime.datetime.fromtimestamp(self.now / 1000, tz=datetime.timezone.utc)
        self.log_lines.append(f"{moment:%Y-%m-%d %H:%M:%S} INFO  {line}")

    def tag(self, **tags):
        """Sets tags after the start."""
        self.client.log_batch(self.id, tags=[RunTag(k, str(v)) for k, v in tags.items()])

    def text(self, path, content):
        """Logs a text artifact."""
        self.client.log_text(self.id, content, path)

    def file(self, path, folder=None):
        """Logs a file as an artifact."""
        self.client.log_artifact(self.id, path, folder)

    def dataset(self, dataset, context):
        """Logs a dataset as training, validation or test data."""
        entity = DatasetInput(dataset._to_mlflow_entity(), [InputTag("mlflow.data.context", context)])
        self.client.log_inputs(self.id, [entity])

    def model(self, flavour, model, name, **more):
        """Logs a model of this run and answers MLflow's description of it."""
        self.flush()
        # start_run would set the run's end by the clock; finish() sets it right again.
        with held_clock(self.now):
            with mlflow.start_run(run_id=self.id):
                logged = flavour.log_model(model, name=name, **more)
            # MLflow asks the machine who it is; the run's own tags say it.
            self.client.set_logged_model_tags(logged.model_id, self.origin)
        return logged

    def finish(self, status="FINISHED"):
        """Writes the log file and closes the run; RUNNING leaves it open."""
        self.tick(2)
        self.say(f"run {self.name} ends: {status}" if status != "RUNNING" else "checkpoint written")
        self.flush()
        self.text("train.log", "\n".join(self.log_lines) + "\n")
        if status != "RUNNING":
            self.client.set_terminated(self.id, status, end_time=self.now)


def quiet():
    """Keeps MLflow from looking at this machine's git, and from asking anything over the net."""
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["TZ"] = "UTC"
    time.tzset()
