#!/bin/sh
# Draws the pictures of the documents: the kiosk by `screens`, the sheet by `report`. Needs pdftoppm (poppler-utils).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
cd "$root"
"$root/run" screens "$made" --lang zh_CN
"$root/run" report "$root/assets/samples/visit.json" -o "$made/report.pdf"
cp "$made/stand-zh_CN.png" "$here/kiosk.png"
cp "$made/result-zh_CN.png" "$here/result.png"
pdftoppm -r 75 -f 1 -l 1 -singlefile -png "$made/report.pdf" "$here/report"
