#!/usr/bin/env bash
# Installs what Python cannot: Tesseract, its Vietnamese data, and venv for Debian's Python.
# Only what is missing is installed; on anything but Debian and its kin it says what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./find-python.sh
. ./apt.sh

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
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
