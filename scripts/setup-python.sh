#!/usr/bin/env bash
# Makes the virtual environment and installs the program with the versions of constraints.txt.
set -euo pipefail
venv=${1:?usage: setup-python.sh FOLDER}
. "$(dirname "${BASH_SOURCE[0]}")/find-python.sh"

python=$(find_python) || { echo "setup: no Python of at least 3.11 was found" >&2; exit 3; }
# An environment whose Python has gone (moved folder, new system) is made anew.
"$venv/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear "$venv"
echo "setup: installing the Python packages into $venv (some minutes the first time)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint constraints.txt --editable '.[dev]'
# As pip does with what is not editable: else the first run does it, or each that may not keep it.
"$venv/bin/python" -m compileall -q schemas pipeline flows web
