"""Writes pairs of texts and what git and Python's difflib say of them: `python3 tests/golden/compare/make.py`.

git is asked for a patch with its usual algorithm (Myers with the heuristics that the `similar` crate has, too), difflib
for the lines that it finds equal.
"""

import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent


def numbered(count, changed):
    return "".join(f"{changed.get(at, f'line {at}')}\n" for at in range(count))


REQUIREMENTS = "mlflow==3.17.2\nnumpy==1.26.4\npandas==2.2.2\nscikit-learn==1.5.1\ntimm==1.0.8\ntorch==2.4.0+cu121\ntorchvision==0.19.0+cu121\ntqdm==4.66.5\n"
TRAIN = """import mlflow


def train(model, loader, lr):
    optimizer = AdamW(model.parameters(), lr=lr)
    for step, batch in enumerate(loader):
        loss = model(batch)
        loss.backward()
        optimizer.step()
        mlflow.log_metric("loss", loss.item(), step)


def main():
    train(build(), load(), 1e-3)
"""

CASES = {
    "requirements": (
        REQUIREMENTS,
        REQUIREMENTS.replace("1.0.8", "1.0.9").replace("cu121", "cu124").replace("tqdm", "torch-ema==0.3\ntqdm"),
    ),
    "code": (
        TRAIN,
        TRAIN.replace("lr):", "lr, clip=1.0):").replace(
            "        optimizer.step()\n", "        clip_grad_norm_(model.parameters(), clip)\n        optimizer.step()\n"
        ),
    ),
    "far apart": (numbered(60, {}), numbered(60, {3: "three", 40: "forty", 41: "forty-one"})),
    "close together": (numbered(30, {}), numbered(30, {3: "three", 9: "nine", 17: "seventeen"})),
    "no end": ("a\nb\nc", "a\nb\nc\n"),
    "no end on both": ("a\nb", "a\nc"),
    "from nothing": ("", "a\nb\n"),
    "to nothing": ("a\nb\n", ""),
    "removed": (numbered(12, {}), numbered(12, {}).replace("line 5\nline 6\n", "")),
    "first and last": (numbered(9, {}), numbered(9, {0: "first", 8: "last"})),
}


def patch(left, right):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("left", left), ("right", right)):
            pathlib.Path(folder, name).write_text(text)
        command = ["git", "diff", "--no-index", "--no-color", "left", "right"]
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    # What stands behind the second @@ is git's guess of the function.
    lines = [line for line in told.splitlines(keepends=True)]
    start = next((at for at, line in enumerate(lines) if line.startswith("@@")), len(lines))
    clean = lambda line: "@@".join(line.split("@@")[:2]) + "@@\n" if line.startswith("@@") else line
    return "".join(clean(line) for line in lines[start:])


def equal_lines(left, right):
    import difflib

    matcher = difflib.SequenceMatcher(None, left.splitlines(True), right.splitlines(True), autojunk=False)
    return sum(size for _, _, size in matcher.get_matching_blocks())


truth = [
    {"name": name, "left": left, "right": right, "patch": patch(left, right), "equal": equal_lines(left, right)}
    for name, (left, right) in CASES.items()
]
(HERE / "answers.json").write_text(json.dumps(truth, indent=1) + "\n")
