"""The demo's registered models: versions, aliases, tags, descriptions."""

from recorder import held_clock, millis

DIGITS = """Reads one handwritten digit from 8 × 8 pixels.

**Input** 64 numbers from 0 to 1, row by row. **Output** the digit.
"""
SCREENING = "Chance that a cell sample is benign, from 30 measurements."

# model, description, versions: (run, when, description, tags, aliases)
PLAN = [
    ("digits-classifier", DIGITS, {"owner": "vision"}, [
        ("sgd-lr0.1-w32-a0.0001", "2026-11-17 09:30", "First from the sweep.",
         {"validation_status": "passed"}, []),
        ("sgd-lr0.3-w32-a0.0001", "2026-11-17 15:10", "Best narrow trial of the sweep.",
         {"validation_status": "passed"}, ["previous"]),
        ("cosine-seed3", "2026-11-19 08:45", "Cosine schedule, seed 3.",
         {"validation_status": "passed"}, ["champion"]),
        ("cosine-seed5", "2026-11-19 11:20", "Cosine schedule, seed 5: better on the test set.",
         {"validation_status": "pending"}, ["challenger"]),
    ]),
    ("breast-cancer-screen", SCREENING, {"owner": "health"}, [
        ("gbm-lr0.1-d3", "2026-11-18 16:00", "Plain boosting.",
         {"validation_status": "passed"}, ["champion"]),
        ("stochastic-seed2", "2026-11-20 12:15", "Stochastic boosting, depth 2.",
         {"validation_status": "pending", "reviewer": "ada"}, ["challenger"]),
    ]),
]


def make(client, models):
    """Registers the models that the runs logged; `models` maps run name to (run id, model)."""
    for name, description, tags, versions in PLAN:
        with held_clock(millis(versions[0][1])):
            client.create_registered_model(name, tags, description)
        for run_name, when, about, version_tags, aliases in versions:
            run_id, model = models[run_name]
            with held_clock(millis(when)):
                version = client.create_model_version(
                    name, model.model_uri, run_id, version_tags, description=about,
                    model_id=model.model_id).version
                for alias in aliases:
                    client.set_registered_model_alias(name, alias, version)
