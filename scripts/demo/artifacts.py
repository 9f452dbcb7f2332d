"""Small artifacts that the demo's runs carry: pictures, tables, settings."""

import csv
import io
import json
import os
import tempfile

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend must be chosen before)
from PIL import Image  # noqa: E402
from sklearn.metrics import classification_report, confusion_matrix, roc_curve  # noqa: E402

REQUIREMENTS = "scikit-learn==1.9.1\nnumpy==2.4.6\nmlflow==3.17.2\nmatplotlib==3.11.2\n"
INK, PAPER, ACCENT = "#24292f", "#ffffff", "#3b6fb6"


def config(run, settings):
    """The run's settings as YAML, and the requirements that a training folder has."""
    lines = []
    for section, values in settings.items():
        lines.append(f"{section}:")
        lines += [f"  {key}: {value}" for key, value in values.items()]
    run.text("config.yaml", "\n".join(lines) + "\n")
    run.text("requirements.txt", REQUIREMENTS)


def picture(run, figure, path):
    """Logs a figure as a small PNG without the program's name in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, os.path.basename(path))
        figure.savefig(file, dpi=72, metadata={"Software": None})
        plt.close(figure)
        with Image.open(file) as full:
            few_colours = full.convert("RGB").quantize(24)
        few_colours.save(file, optimize=True)
        run.file(file, os.path.dirname(path) or None)


def axes(width=4.2, height=3.4):
    """An empty figure in the demo's plain style."""
    figure, ax = plt.subplots(figsize=(width, height), facecolor=PAPER, layout="tight")
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(colors=INK, labelsize=8)
    return figure, ax


def report(run, truth, guess, names):
    """Classification report as JSON and confusion matrix as PNG."""
    found = classification_report(truth, guess, target_names=names, output_dict=True,
                                  zero_division=0)
    run.text("evaluation/report.json", json.dumps(found, indent=1))
    matrix = confusion_matrix(truth, guess)
    figure, ax = axes(3.9, 3.6)
    ax.imshow(matrix, cmap="Blues")
    for row, counts in enumerate(matrix):
        for column, count in enumerate(counts):
            light = count > matrix.max() / 2
            ax.text(column, row, str(count), ha="center", va="center", fontsize=7,
                    color=PAPER if light else INK)
    ax.set_xticks(range(len(names)), names, fontsize=8)
    ax.set_yticks(range(len(names)), names, fontsize=8)
    ax.set_xlabel("predicted", fontsize=8)
    ax.set_ylabel("true", fontsize=8)
    picture(run, figure, "evaluation/confusion_matrix.png")


def roc(run, truth, score):
    """Receiver operating characteristic as PNG."""
    false_rate, true_rate, _ = roc_curve(truth, score)
    figure, ax = axes()
    ax.plot(false_rate, true_rate, color=ACCENT)
    ax.plot([0, 1], [0, 1], color="#bbbbbb", linestyle=":")
    ax.set_xlabel("false positive rate", fontsize=8)
    ax.set_ylabel("true positive rate", fontsize=8)
    picture(run, figure, "evaluation/roc.png")


def bars(run, names, values, path):
    """The greatest values as horizontal bars."""
    best = sorted(zip(values, names))[-12:]
    figure, ax = axes(4.8, 3.4)
    ax.barh([name for _, name in best], [value for value, _ in best], color=ACCENT)
    picture(run, figure, path)


def scatter(run, truth, guess, path):
    """Predicted against true values."""
    figure, ax = axes()
    ax.scatter(truth, guess, s=10, color=ACCENT, alpha=0.6)
    ends = [min(truth), max(truth)]
    ax.plot(ends, ends, color="#bbbbbb", linestyle=":")
    ax.set_xlabel("true", fontsize=8)
    ax.set_ylabel("predicted", fontsize=8)
    picture(run, figure, path)


def table(run, path, head, rows):
    """A CSV artifact."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    run.text(path, out.getvalue())
