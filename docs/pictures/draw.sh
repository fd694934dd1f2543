#!/bin/sh
# Draws the pictures of the documents: the kiosk by `screens`, the sheet by `report`. Needs pdftoppm (poppler-utils).
# The staff area is one sheet a language, every screen small, and three screens whole. The screens of a visit are three
# sheets: on light paper, dark, and black with the large letters; and one for each panel that lies, of visit and staff.
# The clinic's pages are those of a server that the tests furnish, in the browser that they use.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
cd "$root"
"$root/run" screens "$made"
"$root/run" report "$root/assets/samples/visit.json" -o "$made/report.pdf"
cp "$made/stand-zh_CN.png" "$here/kiosk.png"
cp "$made/result-zh_CN.png" "$here/result.png"
pdftoppm -r 75 -f 1 -l 1 -singlefile -png "$made/report.pdf" "$here/report"
for name in home point chart; do
    cp "$made/staff_$name-en.png" "$here/staff-$name.png"
done
for lang in zh_CN en; do
    .venv/bin/python "$here/contact.py" "$here/staff-$lang.png" "$made"/staff_*-$lang.png
done
sheet() {
    name=$1
    shift
    "$root/run" screens "$made/$name" "$@" | grep -v /staff_ | xargs .venv/bin/python "$here/contact.py" "$here/$name.png"
}
sheet screens-light --lang zh_CN
sheet screens-dark --lang en --theme dark
sheet screens-black-large --lang zh_CN --theme contrast --large
sheet screens-lying --lang zh_CN --screen landscape-15
sheet screens-table --lang en --screen table-10
.venv/bin/python "$here/contact.py" "$here/staff-lying.png" "$made"/screens-lying/staff_*.png
.venv/bin/python "$here/contact.py" "$here/staff-table.png" "$made"/screens-table/staff_*.png
.venv/bin/python -m tests.clinic.pictures "$made/clinic"
for name in open-zh_CN-desk:open open-en-tablet:tablet resident-zh_CN-desk:resident fleet-zh_CN-desk:fleet board-zh_CN-wall:board; do
    .venv/bin/python "$here/few_colours.py" "$made/clinic/clinic-${name%:*}.png" "$here/clinic-${name#*:}.png"
done
