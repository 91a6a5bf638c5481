#!/usr/bin/env bash
# Installs what only tests need: Debian's Chromium and letters for Vietnamese for the pages, and PostgreSQL, in which the
# dataset can lie as well as in SQLite.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./apt.sh

missing=()
command -v chromium >/dev/null || missing+=(chromium)
fc-list ':lang=vi' family 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-core)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
