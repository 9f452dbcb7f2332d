#!/usr/bin/env python3
"""Makes the stores to be searched and freezes MLflow's answers: `python3 tests/golden/search/make.py`.

MLflow 3.17.2 fills both kinds of store (`store.py`), is asked everything in `questions.py`, and its
answers go into `answers.json`. Run it with any Python 3.11; it starts itself anew in MLflow's virtualenv.
"""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = "/tmp/golden-search"  # in the stores' artifact locations, so always the same
ZIP_TIME = (2026, 1, 1, 0, 0, 0)
os.environ.update(MLFLOW_ALLOW_FILE_STORE="true", MLFLOW_DISABLE_TELEMETRY="true")


def canonical(message):
    """A message without what differs from one run of MLflow to the next: the order of sets, addresses,
    and the database's SQL."""
    message = message.split("\n[SQL:")[0]
    message = re.sub(r"<ast\.\w+ object.*", "<ast>", message, flags=re.DOTALL)

    def in_order(found):
        return "{" + ", ".join(sorted(re.findall(r"'[^']*'", found.group(1)))) + "}"
    return re.sub(r"\{('[A-Za-z_!=<> ]+'(?:, '[A-Za-z_!=<> ]+')*)\}", in_order, message)


def zipped(folder, path):
    """Packs a folder so that it is the same every time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for at, folders, files in os.walk(folder):
            folders.sort()
            for name in sorted(files) + [f"{name}/" for name in folders]:
                entry = zipfile.ZipInfo(os.path.relpath(os.path.join(at, name), folder) + "/" * name.endswith("/"), ZIP_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                content = b""
                if not name.endswith("/"):
                    with open(os.path.join(at, name), "rb") as file:
                        content = file.read()
                archive.writestr(entry, content)


class Asker:
    """Asks one store."""

    def __init__(self, uri):
        from mlflow import MlflowClient
        from mlflow.entities import ViewType
        self.uri = uri
        self.views = {"active": ViewType.ACTIVE_ONLY, "deleted": ViewType.DELETED_ONLY, "all": ViewType.ALL}
        self.names = {one.name: one.experiment_id for one in MlflowClient(uri).search_experiments(view_type=ViewType.ALL)}

    def ask(self, question):
        """The ids of the runs found, or the error in its canonical form."""
        import mlflow
        mlflow.set_tracking_uri(self.uri)
        asked = question.get("experiments")
        ids = asked and [self.names[name] if name in self.names else name[1:] for name in asked]
        try:
            runs = mlflow.search_runs(experiment_ids=ids, search_all_experiments=not ids, filter_string=question.get("filter", ""),
                                      run_view_type=self.views[question.get("view", "active")],
                                      order_by=question.get("order_by"), output_format="list")
        except Exception as error:  # whatever it is, it is the answer
            return {"error": canonical(str(error))}
        return [run.info.run_id for run in runs]


def main():
    """Fills, asks, freezes."""
    logging.disable(logging.CRITICAL)
    sys.path.insert(0, HERE)
    from questions import questions
    from store import fill
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    uris = {"file": f"file://{WORK}/files/mlruns", "db": f"sqlite:///{WORK}/mlflow.db"}
    for uri in uris.values():
        fill(uri)
    askers = {kind: Asker(uri) for kind, uri in uris.items()}
    every = askers["db"].ask({"view": "all", "experiments": ["first", "second", "binned"]})
    numbers = {run: number for number, run in enumerate(every)}
    answers = []
    for at, question in enumerate(questions()):
        if at % 100 == 0:
            print(at, flush=True)
        line = dict(question)
        for kind, asker in askers.items():
            answer = asker.ask(question)
            line[kind] = answer if isinstance(answer, dict) else [numbers[run] for run in answer]
        answers.append(line)
    with open(os.path.join(HERE, "answers.json"), "w", encoding="utf-8") as file:
        lines = ",\n".join(json.dumps(line, ensure_ascii=True, separators=(",", ":")) for line in answers)
        file.write(f'{{"runs":{json.dumps(every)},\n"answers":[\n{lines}\n]}}\n')
    zipped(f"{WORK}/files", os.path.join(HERE, "files.zip"))
    shutil.copy(f"{WORK}/mlflow.db", os.path.join(HERE, "mlflow.db"))
    print(len(answers), "questions")


if __name__ == "__main__":
    if "--inside" in sys.argv:
        main()
    else:
        venv = subprocess.run([os.path.join(HERE, "..", "venv.sh"), "3.17.2"], check=True, stdout=subprocess.PIPE, text=True)
        sys.exit(subprocess.run([venv.stdout.strip(), "-W", "ignore", os.path.abspath(__file__), "--inside"], check=False).returncode)
