#!/usr/bin/env bash
# Installs the tools that the benchmark compares with, in an environment of their own: they ask for
# other versions of OpenCV, NumPy and pandas than the program.
set -euo pipefail
venv=${1:?usage: setup-peers.sh FOLDER}
. "$(dirname "${BASH_SOURCE[0]}")/find-python.sh"

python=$(find_python) || { echo "setup: no Python of at least 3.11 was found" >&2; exit 3; }
"$venv/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear "$venv"
echo "setup: installing the tools to compare with into $venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --requirement tests/benchmarks/peers/requirements.txt
