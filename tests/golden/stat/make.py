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
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.inspection import permutation_importance
from sklearn.model_selection import KFold

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


# --- groups ---


def interpolated(xs, values, at):
    """The member at the given xs: its own value, or the line within its extent; NaN where an end of it is."""
    out = np.full(len(at), np.nan)
    inside = (at >= xs[0]) & (at <= xs[-1])
    out[inside] = np.interp(at[inside], xs, values)
    own = np.isin(at, xs)
    out[own] = values[np.searchsorted(xs, at[own])]
    return out


def binned(xs, values, edges):
    """The mean of the member's points in each bin; the line at the middle of a bin that has none."""
    middles = (edges[:-1] + edges[1:]) / 2
    bins = np.minimum(np.searchsorted(edges, xs, side="right") - 1, len(middles) - 1)
    out = interpolated(xs, values, middles)
    for bin in np.unique(bins):
        inside = values[bins == bin]
        out[bin] = np.nanmean(inside) if np.isfinite(inside).any() else np.nan
    return out


def summed_up(rows):
    counts, columns = [], {name: [] for name in ("mean", "median", "min", "max", "deviation", "error", "interval")}
    for column in np.array(rows).T:
        there = column[np.isfinite(column)]
        counts.append(len(there))
        nothing, alone = len(there) == 0, len(there) < 2
        for name in ("mean", "median", "min", "max"):
            columns[name].append(np.nan if nothing else getattr(np, name)(there))
        columns["deviation"].append(np.nan if alone else np.std(there, ddof=1))
        columns["error"].append(np.nan if alone else stats.sem(there))
        if alone:
            columns["interval"].append(np.nan)
        else:
            low, high = stats.t.interval(0.95, len(there) - 1, loc=np.mean(there), scale=stats.sem(there))
            columns["interval"].append((high - low) / 2)
    return {"counts": counts, **columns}


def groups():
    cases = []

    def case(name, members, at, rows):
        pairs = [{"xs": xs, "values": values} for xs, values in members]
        cases.append({"name": name, "members": pairs, "xs": at, **summed_up(rows)})

    # The same steps, some values NaN, one member shorter.
    steps = np.arange(0.0, 24.0, 2.0)
    members = [(steps[: 12 - k], rng.normal(k, 1.0, 12 - k)) for k in range(5)]
    members[1][1][4] = np.nan
    members[2][1][3:5] = np.nan
    case("exact", members, steps, [interpolated(xs, values, steps) for xs, values in members])

    # Different steps, most of them shared.
    members = []
    for every in (1, 1, 2, 4):
        xs = np.arange(0.0, 21.0, every)
        members.append((xs, rng.normal(0.0, 1.0, len(xs))))
    members[0][1][6] = np.nan
    at = np.arange(0.0, 21.0)
    case("interpolated", members, at, [interpolated(xs, values, at) for xs, values in members])

    # No x in common: a regular grid as fine as the median member's points.
    members = []
    for points in (12, 15, 20):
        xs = np.sort(rng.uniform(0.0, 30.0, points))
        members.append((xs, rng.normal(0.0, 1.0, points)))
    members[0][1][5] = np.nan
    first, last = min(xs[0] for xs, _ in members), max(xs[-1] for xs, _ in members)
    width = sorted((xs[-1] - xs[0]) / (len(xs) - 1) for xs, _ in members)[1]
    edges = np.linspace(first, last, round((last - first) / width) + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    case("binned", members, middles, [binned(xs, values, edges) for xs, values in members])
    return cases


# --- expressions ---


def expressions():
    """Python's and numpy's own arithmetic on the steps that both have."""
    a_xs, b_xs = np.arange(0.0, 12.0), np.arange(0.0, 20.0, 2.0)
    a_all, b_all = rng.normal(0.0, 2.0, len(a_xs)), np.exp(rng.normal(0.0, 1.0, len(b_xs)))
    both = np.intersect1d(a_xs, b_xs)
    a, b = a_all[np.isin(a_xs, both)], b_all[np.isin(b_xs, both)]
    ema = lambda values, factor: np.array(tensorboard(list(values), factor))
    of_both = [
        ("${a} - ${b}", a - b),
        ("-a^2 + b", -(a**2) + b),
        ("2^-b^0.5 + 0 * a", 2 ** -(b**0.5)),
        ("a / b / 2 - (a - b) - 1", a / b / 2 - (a - b) - 1),
        ("a * -b", a * -b),
        ("abs(a) + ln(b) * log(b)", np.abs(a) + np.log(b) ** 2),
        ("log10(b) + exp(a) + sqrt(b)", np.log10(b) + np.exp(a) + np.sqrt(b)),
        ("min(a, b, 0.5) - max(a, b)", np.minimum(np.minimum(a, b), 0.5) - np.maximum(a, b)),
        ("pow(b, a)", b**a),
        ("cummin(a) * cummax(b)", np.minimum.accumulate(a) * np.maximum.accumulate(b)),
        ("ema(a, 0.6) + ema(a - b, 0.9)", ema(a, 0.6) + ema(a - b, 0.9)),
        ("diff(a) / diff(b)", np.diff(a, prepend=np.nan) / np.diff(b, prepend=np.nan)),
        ("cummin(ema(a + b, 0.5))", np.minimum.accumulate(ema(a + b, 0.5))),
    ]
    of_one = [
        ("a * 100", a_all * 100),
        ("(1 - a) ^ 2", (1 - a_all) ** 2),
        ("cummin(a)", np.minimum.accumulate(a_all)),
        ("diff(a)", np.diff(a_all, prepend=np.nan)),
        ("a - ema(a, 0.99)", a_all - ema(a_all, 0.99)),
    ]
    cases = [{"text": text, "xs": both, "values": values} for text, values in of_both]
    cases += [{"text": text, "xs": a_xs, "values": values} for text, values in of_one]
    return {"columns": [{"xs": a_xs, "values": a_all}, {"xs": b_xs, "values": b_all}], "cases": cases}


# --- relation ---


def relations():
    xs = rng.normal(0.0, 3.0, 40)
    samples = {
        "strong": (xs, 2.5 * xs - 1.0 + rng.normal(0.0, 1.0, 40)),
        "none": (xs, rng.normal(0.0, 1.0, 40)),
        "ties": (np.round(xs), np.round(-xs / 4.0)),
        "few": (xs[:4], rng.normal(0.0, 1.0, 4)),
        "offset": (xs + 1e6, xs**3 + 1e6),
        "curved": (np.exp(xs), xs),
        "two": (xs[:2], -xs[:2]),
    }
    cases = []
    for name, (x, y) in samples.items():
        pearson, spearman, line = stats.pearsonr(x, y), stats.spearmanr(x, y), stats.linregress(x, y)
        # scipy has no p for two pairs of ranks.
        spearman_p = 1.0 if len(x) < 3 else spearman.pvalue
        cases.append({
            "name": name, "xs": x, "ys": y,
            "pearson": [pearson.statistic, pearson.pvalue], "spearman": [spearman.statistic, spearman_p],
            "trend": [line.slope, line.intercept, line.rvalue**2],
        })
    return cases


# --- distribution ---


def tukey(values):
    q1, median, q3 = np.quantile(values, [0.25, 0.5, 0.75])
    inside = values[(values >= q1 - 1.5 * (q3 - q1)) & (values <= q3 + 1.5 * (q3 - q1))]
    outliers = np.sort(values[~np.isin(values, inside)])
    return {"q": [q1, median, q3], "mean": np.mean(values), "whiskers": [inside.min(), inside.max()],
            "outliers": outliers, "fences": [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)]}


def distributions():
    samples = {
        "normal": rng.normal(10.0, 2.0, 100),
        "two bells": np.concatenate([rng.normal(-3.0, 0.5, 30), rng.normal(3.0, 1.0, 60)]),
        "heavy": rng.standard_cauchy(50),
        "whole": rng.integers(0, 6, 50).astype(float),
        "three": np.array([3.0, 1.0, 2.0]),
        "spike": np.array([1.0] * 20 + [2.0]),
        "same": np.array([0.25] * 5),
        "one": np.array([7.0]),
    }
    shares = [0.0, 0.01, 0.05, 0.1, 0.5, 0.77, 0.95, 1.0]
    cases = []
    for name, values in samples.items():
        case = {"name": name, "values": values, "quantiles": [shares, np.quantile(values, shares)],
                "tukey": tukey(values), "deviation": np.std(values, ddof=1) if len(values) > 1 else None}
        for rule in ("auto", "fd"):
            counts, edges = np.histogram(values, bins=rule)
            case[rule] = {"counts": counts, "edges": edges}
        counts, edges = np.histogram(values, bins=7)
        case["seven"] = {"counts": counts, "edges": edges}
        if np.ptp(values) > 0:
            kernels = stats.gaussian_kde(values)
            at = np.linspace(values.min() - 2.0, values.max() + 2.0, 15)
            case["density"] = {"bandwidth": np.sqrt(kernels.covariance[0, 0]), "xs": at, "ys": kernels(at)}
        cases.append(case)
    return cases


# --- special functions, by way of what uses them ---


def student():
    """Half the width of the 95 % interval of a mean, in standard errors, by how many values it is made of."""
    return [[n, stats.t.ppf(0.975, n - 1)] for n in (2, 3, 4, 5, 10, 31, 101, 1001)]


# --- importance ---


def importances():
    """scikit-learn's extra trees with permutation importance on the folds they were not grown from, on ranks."""
    runs, cases = 150, []
    for name in ("one rules", "two and noise", "interaction"):
        lr, wd, dropout, seed = rng.uniform(size=(4, runs)).round(4)
        noise = rng.normal(0.0, 0.05, runs)
        metric = {
            "one rules": 3.0 * (lr - 0.4) ** 2 + noise,
            "two and noise": lr + 0.6 * np.sqrt(wd) + noise,
            "interaction": np.where(lr > 0.5, wd, 1.0 - wd) + 0.5 * dropout + noise,
        }[name].round(4)
        params = {"lr": lr, "wd": wd, "dropout": dropout, "seed": seed}
        columns = np.column_stack([stats.rankdata(column) for column in params.values()])
        target = stats.rankdata(metric) / runs
        losses = np.zeros(len(params))
        for grown, asked in KFold(10, shuffle=True, random_state=1).split(columns):
            forest = ExtraTreesRegressor(300, min_samples_leaf=2, random_state=1).fit(columns[grown], target[grown])
            found = permutation_importance(
                forest, columns[asked], target[asked], n_repeats=30, random_state=1, scoring="neg_mean_squared_error"
            )
            losses += found.importances_mean
        shares = np.maximum(losses, 0.0)
        cases.append({"name": name, "params": params, "metric": metric,
                      "shares": dict(zip(params, shares / shares.sum()))})
    return cases


def main():
    answers = {"numpy": np.__version__, "smoothing": smoothing(), "groups": groups(), "expressions": expressions()}
    answers |= {"relations": relations(), "distributions": distributions(), "student": student(), "importances": importances()}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(plain(value))}" for key, value in answers.items())
    Path(__file__).with_name("stat.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
