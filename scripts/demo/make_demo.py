#!/usr/bin/env python3
"""Makes the demo store that Runatlas ships: real training, recorded by the real MLflow.

    $(tests/golden/venv.sh 3.17.2) scripts/demo/make_demo.py [public/demo/demo.zip]

What is true: every metric value comes from training that runs here, every artifact is of that
training, and MLflow's own client writes the store. What is staged, and nothing else: when runs
happened and how long they took, who ran them, from which commit; ids are seeded; values are logged
with six significant digits; and after recording, the folder's true path is replaced by a neutral
one and the empty Default experiment is left out (`pack.py`).
"""

import logging
import os
import sys
import tempfile

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"  # one thread adds numbers in one order

from recorder import Recorder, quiet, seed_ids  # noqa: E402

quiet()

import cancer  # noqa: E402
import diabetes  # noqa: E402
import digits  # noqa: E402
import pack  # noqa: E402
import registry  # noqa: E402


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    usual = os.path.join(here, "..", "..", "public", "demo", "demo.zip")
    target = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else usual)
    seed_ids(20261123)
    logging.getLogger("mlflow.sklearn").setLevel(logging.ERROR)  # pickled models are small
    with tempfile.TemporaryDirectory(prefix="demo-store-") as folder:
        store = os.path.join(folder, "mlruns")
        recorder = Recorder(store, "2026-11-16 08:20")
        models = digits.make(recorder) | cancer.make(recorder) | diabetes.make(recorder)
        registry.make(recorder.client, models)
        pack.leave_out_default(store)
        pack.neutralise(store)
        pack.check(store)
        pack.write_zip(store, target)
    print(f"{target}: {os.path.getsize(target):,} bytes")


if __name__ == "__main__":
    main()
