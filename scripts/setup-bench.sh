#!/usr/bin/env bash
# Installs what the benchmark's corpus is laid out with: LibreOffice Writer, metric-compatible fonts, English data.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./apt.sh

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
# Liberation 1, which other packages bring along, lacks the letters of Vietnamese: another font's would be put in.
fc-list ':lang=vi' family 2>/dev/null | grep -q "Liberation Serif" || missing+=(fontconfig fonts-liberation2)
# A font of the layouts that are held out.
fc-list ':lang=vi' family 2>/dev/null | grep -q "Gentium Plus" || missing+=(fonts-sil-gentiumplus)
# A scanner that takes every page for English is one of the kinds of text layer.
tesseract --list-langs 2>/dev/null | grep -qx eng || missing+=(tesseract-ocr-eng)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
