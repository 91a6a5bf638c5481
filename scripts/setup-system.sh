#!/usr/bin/env bash
# Installs what Python cannot: Tesseract, its Vietnamese data, and venv for Debian's Python.
# Only what is missing is installed; on anything but Debian and its kin it says what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./find-python.sh

missing=()
command -v tesseract >/dev/null || missing+=(tesseract-ocr)
if ! tesseract --list-langs 2>/dev/null | grep -qx vie; then
    missing+=(tesseract-ocr-vie)
fi
if ! python=$(find_python); then
    missing+=(python3 python3-venv)
elif ! can_make_venv "$python"; then
    missing+=(python3-venv)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "setup: this machine lacks: ${missing[*]} (Debian's names), and has no apt-get." >&2
    echo "setup: install them by the means of this system, then run make again." >&2
    exit 3
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif command -v sudo >/dev/null; then
    as_root=(sudo)
else
    echo "setup: to install ${missing[*]} root is needed, and there is no sudo. As root, run:" >&2
    echo "setup:   apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 3
fi
echo "setup: installing ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
