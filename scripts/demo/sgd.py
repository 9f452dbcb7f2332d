"""Minibatch training of scikit-learn's multilayer perceptrons, one optimiser step at a time."""

import math
import warnings

import numpy as np

warnings.filterwarnings("ignore", category=RuntimeWarning)  # overflow is the point of one run


def minibatches(count, size, seed):
    """Endless shuffled minibatches of row numbers."""
    source = np.random.default_rng(seed)
    while True:
        order = source.permutation(count)
        for at in range(0, count - size + 1, size):
            yield order[at:at + size]


def constant(lr):
    """The same learning rate at every step."""
    return lambda step: lr


def cosine(lr, warmup, total):
    """Linear warm-up, then half a cosine down to nothing."""
    def at(step):
        if step < warmup:
            return lr * (step + 1) / warmup
        return lr * 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, total - warmup)))
    return at


def staircase(lr, every, factor=0.3):
    """Falls by a factor every so many steps."""
    return lambda step: lr * factor ** (step // every)


def train_step(model, x, y, lr, **first):
    """One optimiser step at a learning rate; answers the batch loss and the gradient's norm.

    scikit-learn refuses weights that are no longer finite only after it has stored them; training
    goes on here as a bare loop would, so that a diverged run shows what really happened.
    """
    optimiser = getattr(model, "_optimizer", None)
    before = None
    if optimiser is not None:
        optimiser.learning_rate = optimiser.learning_rate_init = lr  # SGD reads the one, Adam the other
        before = [v.copy() for v in getattr(optimiser, "velocities", [])]
    else:
        model.learning_rate_init = lr
    try:
        model.partial_fit(x, y, **first)
    except ValueError as error:
        if "non-finite" not in str(error):
            raise
    return model.loss_, gradient_norm(model._optimizer, before, lr)


def gradient_norm(optimiser, before, lr):
    """Norm of the last gradient, out of the optimiser's momentum (v' = m v - lr g).

    `None` for Adam, which keeps no such momentum.
    """
    after = getattr(optimiser, "velocities", None)
    if after is None:
        return None
    total = 0.0
    for index, velocity in enumerate(after):
        old = before[index] if before else 0.0
        gradient = (optimiser.momentum * old - velocity) / lr
        total += float(np.sum(gradient * gradient))
    return math.sqrt(total) if total == total else math.nan


def weight_norm(model):
    """Norm of all weights."""
    return math.sqrt(sum(float(np.sum(w * w)) for w in model.coefs_))
