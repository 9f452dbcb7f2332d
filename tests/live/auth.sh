#!/usr/bin/env bash
# Brings what MLflow's basic-auth app needs beyond the virtualenv of MLflow 3.17.2, and prints its folder: PYTHONPATH.
# Quick when it is already there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder="${XDG_CACHE_HOME:-$HOME/.cache}/runatlas-tools/live-auth"
if [ ! -d "$folder/flask_wtf" ]; then
  python=$("$here/../golden/venv.sh" 3.17.2)
  "$python" -m pip install --quiet --no-deps --target "$folder" --requirement "$here/requirements-auth.txt" >&2
fi
echo "$folder"
