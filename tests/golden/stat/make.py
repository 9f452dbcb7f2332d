"""Writes stat.json: what numpy, scipy and published formulas answer, for tests/core/stat.

    python3 -m venv VENV && VENV/bin/pip install -r requirements.txt && VENV/bin/python make.py

Nothing here is taken from Runatlas: smoothing follows the formulas that TensorBoard and W&B publish, written down
anew; the rest asks numpy and scipy. NaN is written as null.
"""

import json
import math
from pathlib import Path

import numpy as np
from scipy import ndimage, stats

rng = np.random.default_rng(20261123)


def plain(value):
    """Floats of full precision, NaN as null."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(inner) for inner in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer, str)) or value is None:
        return value if isinstance(value, str) or value is None else int(value)
    return None if math.isnan(value) else float(value)


# --- smoothing ---


def tensorboard(values, weight):
    """classicSmoothing of TensorBoard's line_chart_v2/data_transformer.ts: 1st-order IIR low-pass, debiased."""
    last, count, smoothed = 0.0, 0, []
    for value in values:
        if not math.isfinite(value):
            smoothed.append(value)
            continue
        last = last * weight + (1 - weight) * value
        count += 1
        smoothed.append(last / (1 - weight**count))
    return smoothed


def wandb(xs, values, factor, span, viewport_scale=1000):
    """The sample code of W&B's page "Smooth line plots"; a gap is passed over."""
    weight = min(math.sqrt(factor), 0.999)
    last, debias, before, smoothed = 0.0, 0.0, None, []
    for x, value in zip(xs, values):
        if not math.isfinite(value):
            smoothed.append(value)
            continue
        change = 0 if before is None else (x - before) / span * viewport_scale
        adjusted = weight**change
        last = last * adjusted + value
        debias = debias * adjusted + 1
        before = x
        smoothed.append(last / debias)
    return smoothed


def running_mean(values, points):
    """pandas' rolling(points, center=True, min_periods=1).mean(), each window summed exactly."""
    smoothed = []
    for at, value in enumerate(values):
        window = values[max(0, at - points // 2) : at + (points - 1) // 2 + 1]
        window = [v for v in window if math.isfinite(v)]
        smoothed.append(math.fsum(window) / len(window) if math.isfinite(value) else value)
    return smoothed


def gaussian(values, sigma):
    """scipy's gaussian_filter1d of the values over that of a mask (normalised convolution), nothing beyond the ends."""
    values = np.array(values)
    mask = np.isfinite(values)
    blur = lambda column: ndimage.gaussian_filter1d(column, sigma, mode="constant", cval=0.0, truncate=4.0)
    smoothed = blur(np.where(mask, values, 0.0)) / blur(mask.astype(float))
    return np.where(mask, smoothed, values)


def smoothing():
    count = 60
    xs = np.cumsum(rng.integers(1, 20, count)).astype(float)
    values = np.exp(-np.arange(count) / 20) + rng.normal(0, 0.1, count)
    values[[7, 8, 30]] = math.nan
    values, span = values.tolist(), float(xs[-1] - xs[0])
    return {
        "xs": xs,
        "values": values,
        "ema": [[factor, tensorboard(values, factor)] for factor in (0.3, 0.6, 0.9, 0.99)],
        "time_weighted": [
            [factor, over, wandb(xs, values, factor, over)] for factor in (0.5, 0.99) for over in (span, 5000.0)
        ],
        "mean": [[points, running_mean(values, points)] for points in (1, 2, 5, 8, 21, 200)],
        "gaussian": [[sigma, gaussian(values, sigma)] for sigma in (0.5, 1.0, 3.3, 40.0)],
    }


def main():
    answers = {"numpy": np.__version__, "smoothing": smoothing()}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(plain(value))}" for key, value in answers.items())
    Path(__file__).with_name("stat.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
