#!/usr/bin/env bash
# Installs what the benchmark's corpus is laid out with: LibreOffice Writer and metric-compatible fonts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./apt.sh

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
fc-list 2>/dev/null | grep -q "Liberation Serif" || missing+=(fontconfig fonts-liberation)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
