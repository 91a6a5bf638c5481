#!/usr/bin/env bash
# Installs what the tests of the pages need: Debian's Chromium, and letters for Vietnamese.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./apt.sh

missing=()
command -v chromium >/dev/null || missing+=(chromium)
fc-list ':lang=vi' family 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-core)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
