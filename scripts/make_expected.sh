#!/usr/bin/env bash
# Makes samples/expected/ anew: `scripts/make_expected.sh [PYTHON]`. What changed shows in `git diff`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${1:-.venv/bin/python}
expected=samples/expected

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
# Nothing that this user has set, and no agencies of this office, may show in the result.
for name in $(compgen -e PHULUC_ || true); do unset "$name"; done
XDG_CONFIG_HOME="$made/config" "$python" -c 'from flows.cli import main; main()' extract \
    samples/chi-lang-papi-2024.pdf samples/chi-lang-papi-2024-scan.pdf --out "$made/out" --lang en

# What is binary, or tells only about the binary files, cannot be compared by eye.
rm -f "$made"/out/dataset/{*.parquet,*.xlsx,datapackage.json}
rm -rf "$expected"
mkdir -p "$expected"
cp -R "$made/out/plans" "$made/out/tables" "$made/out/dataset" "$expected/"
