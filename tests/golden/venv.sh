#!/usr/bin/env bash
# venv.sh VERSION: makes the virtualenv for one pinned MLflow (requirements/VERSION.txt) where a
# later run finds it, and prints the path of its python. Quick when it is already there.
set -euo pipefail
version=${1:?usage: venv.sh VERSION (one of requirements/*.txt)}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
pins="$here/requirements/$version.txt"
[ -f "$pins" ] || { echo "venv.sh: no pins for MLflow $version: $pins is missing" >&2; exit 2; }

venv="${XDG_CACHE_HOME:-$HOME/.cache}/runatlas-tools/venvs/mlflow-$version"
stamp="$venv/.pins"
if [ -x "$venv/bin/python" ] && cmp -s "$pins" "$stamp"; then
    echo "$venv/bin/python"
    exit 0
fi

python=${PYTHON:-python3}
command -v "$python" >/dev/null || {
    echo "venv.sh: no $python here; install Python 3.11 with its venv module, or name one in PYTHON" >&2
    exit 1
}
echo "venv.sh: installing MLflow $version into $venv (some minutes the first time)" >&2
rm -rf "$venv"
mkdir -p "$(dirname "$venv")"
"$python" -m venv "$venv" || {
    echo "venv.sh: cannot make a virtualenv; on Debian: apt-get install python3-venv" >&2
    exit 1
}
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins" >&2 || {
    echo "venv.sh: pip could not install $pins; it needs a package index and Python 3.11" >&2
    exit 1
}
# The stamp comes last: an interrupted install is made anew.
cp "$pins" "$stamp"
echo "$venv/bin/python"
