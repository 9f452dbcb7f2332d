"""The registry, and what only newer MLflow knows: datasets, aliases, logged models."""

from scenario import START, attempt


def fill(store, experiment):
    """Adds whatever the installed version has."""
    registry(store, experiment)
    attempt("datasets", datasets, store, experiment)
    attempt("logged models", logged_models, store, experiment)


def registry(store, experiment):
    """Registered models with versions, stages, tags, descriptions and, where known, aliases."""
    client = store.client
    run = store.run(experiment, "registers models")
    store.end(run)
    name = "Klassifikator größe 1"
    if not attempt("registry", client.create_registered_model, name,
                   {"owner": "ada", "lines": "a\nb"}, "Describes\n\n**itself**."):
        return
    for number in range(1, 13):
        attempt("version", client.create_model_version, name, f"runs:/{run}/model{number}"
                if number % 2 else f"file:///srv/models/{number}", run,
                tags={"n": str(number)}, description=f"Version {number}" if number % 3 else None)
    attempt("version deleted", client.delete_model_version, name, "2")
    for number, stage in ((1, "Archived"), (3, "Staging"), (4, "Production")):
        attempt("stage", client.transition_model_version_stage, name, str(number), stage)
    attempt("version tag", client.set_model_version_tag, name, "3", "später", "grün")
    for alias, number in (("champion", "12"), ("challenger", "4"), ("also-champion", "12")):
        attempt("alias", lambda: client.set_registered_model_alias(name, alias, number))
    client.create_registered_model("empty model")
    client.create_registered_model("renamed before")
    attempt("rename", client.rename_registered_model, "renamed before", "renamed after")
    client.create_registered_model("deleted model")
    client.delete_registered_model("deleted model")


def datasets(store, experiment):
    """Datasets of a run with contexts, one shared by two runs."""
    from mlflow.entities import Dataset, DatasetInput, InputTag

    def given(name, digest, context=None, **more):
        tags = [InputTag("mlflow.data.context", context)] if context else []
        return DatasetInput(Dataset(name, digest, "local", '{"uri": "data/%s.csv"}' % name, **more), tags)

    schema = '{"mlflow_colspec": [{"type": "double", "name": "größe", "required": true}]}'
    first = store.run(experiment, "datasets")
    store.client.log_inputs(first, [
        given("train", "aaaa0001", "training", schema=schema, profile='{"num_rows": 100}'),
        given("eval", "aaaa0002", "evaluation", schema=schema),
        given("bare", "aaaa0003"),
    ])
    store.end(first)
    second = store.run(experiment, "datasets again")
    store.client.log_inputs(second, [
        given("train", "aaaa0001", "test", schema=schema, profile='{"num_rows": 100}')])
    store.end(second)


def logged_models(store, experiment):
    """Logged models ready, failed and pending, with params, tags, metrics, inputs and outputs."""
    from mlflow.entities import LoggedModelInput, LoggedModelOutput, LoggedModelStatus, Metric

    client = store.client
    maker = store.run(experiment, "makes models")
    models = []
    for number, status in enumerate((LoggedModelStatus.READY, LoggedModelStatus.FAILED, None)):
        model = client.create_logged_model(
            experiment, name=f"model-{number}", source_run_id=maker,
            tags={"kind": "tree", "note": "a\nb"}, params={"depth": str(number), "empty": ""},
            model_type="classifier" if number == 0 else None)
        if status is not None:
            client.finalize_logged_model(model.model_id, status)
        models.append(model.model_id)
    for step in range(5):
        client.log_batch(maker, metrics=[
            Metric("val/loss", 1 / (step + 1), START + step, step, model_id=models[0]),
            Metric("val/loss on data", 2 / (step + 1), START + step, step, model_id=models[0],
                   dataset_name="train", dataset_digest="aaaa0001", run_id=maker),
        ])
    client.log_outputs(maker, [LoggedModelOutput(models[0], 4), LoggedModelOutput(models[1], 0)])
    store.end(maker)
    user = store.run(experiment, "uses a model")
    client.log_inputs(user, models=[LoggedModelInput(models[0])])
    store.end(user)
    attempt("model deleted", client.delete_logged_model, client.create_logged_model(
        experiment, name="deleted", source_run_id=maker).model_id)
