"""The file itself: tagged for who hears it, archived for thirty years, the same whoever opens it."""

import io
import re
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from printouts.archive import Facts, xmp
from printouts.errors import PrintoutError
from printouts.icc import srgb
from printouts.repack import repacked
from printouts.report import Report, build
from tests.printouts.cases import middle, old, tool, urgent

PEOPLE: dict[str, Callable[[], Report]] = {"old": old, "middle": middle, "urgent": urgent}


def said(pdf: bytes, folder: Path, *flags: str) -> str:
    """What poppler says of the file."""
    file = folder / "r.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([tool("pdfinfo"), *flags, str(file)], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_the_sheet_is_tagged_and_every_text_stands_in_its_structure(who: str, tmp_path: Path) -> None:
    made = PEOPLE[who]()
    pdf = build(made)
    assert re.search(r"Tagged:\s+yes", said(pdf, tmp_path))
    heard = said(pdf, tmp_path, "-struct-text")
    file = tmp_path / "r.pdf"
    seen = subprocess.run([tool("pdftotext"), str(file), "-"], check=True, capture_output=True, text=True)
    for word in seen.stdout.split():
        assert word in heard.replace('"\n', "") or word in re.sub(r"\s", "", heard), word


def test_a_screen_reader_hears_the_sentence_first_and_the_road_in_words(tmp_path: Path) -> None:
    made = old()
    heard = said(build(made), tmp_path, "-struct-text")
    first = made.words.say(made.assessment.message)[:4]
    kinds = set(re.findall(r"^\s*(\w+)", heard, re.MULTILINE))
    assert {"Document", "Sect", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"} <= kinds
    assert heard.index(first) < heard.index("高压") < heard.index("低压")
    spoken = "高压的尺：今天 146，偏高；正常 90–<120。".encode("utf-16-be").hex().encode()
    assert spoken in _unpacked(build(old()))


def _unpacked(pdf: bytes) -> bytes:
    """The objects that are no streams."""
    held = re.search(rb"/Type/ObjStm.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    assert held
    return zlib.decompress(held[1])


def test_each_row_of_the_table_has_as_many_cells_as_its_head(tmp_path: Path) -> None:
    heard = said(build(old()), tmp_path, "-struct")
    table = heard[heard.index("Table") :]
    table = table[: table.index("H2")]
    rows = [re.findall(r"\b(?:TH|TD)\b", row) for row in re.split(r"\bTR\b", table)[1:]]
    assert len(rows) > 15
    assert {len(row) for row in rows} == {9}


def test_the_metadata_says_pdf_a_and_the_same_as_the_file_itself(tmp_path: Path) -> None:
    made = old()
    pdf = build(made)
    meta, info = said(pdf, tmp_path, "-meta"), said(pdf, tmp_path, "-isodates")
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in meta
    for key, tag in (("Title", "dc:title"), ("Author", "dc:creator"), ("Producer", "pdf:Producer")):
        value = re.search(rf"{key}:\s+(.*)", info)
        held = re.search(rf"<{tag}>.*?</{tag}>", meta)
        assert value
        assert held
        assert value[1] in held[0]
    moment = f"{made.made:%Y-%m-%dT%H:%M:%S}Z"
    assert meta.count(moment) == 2
    assert info.count(moment) == 2


def test_a_hostile_station_name_is_no_markup_in_the_metadata() -> None:
    made = old().made
    packet = xmp(Facts("<b>&", "</rdf:li><evil/>", "zh-CN", made))
    assert "<evil/>" not in packet
    assert "&lt;b&gt;&amp;" in packet


def test_the_colour_profile_is_srgb_to_a_step() -> None:
    assert srgb() == srgb()
    assert struct.unpack(">I", srgb()[:4])[0] == len(srgb())
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    pixels = bytes(range(0, 256, 5)) * 3
    image = Image.frombytes("RGB", (len(pixels) // 3, 1), pixels)
    other = ImageCms.profileToProfile(image, ours, ImageCms.createProfile("sRGB"))
    assert other is not None
    assert all(abs(a - b) <= 1 for a, b in zip(other.tobytes(), pixels, strict=True))


def test_a_repacked_file_reads_the_same_and_nothing_else_is_taken_for_one() -> None:
    with pytest.raises(PrintoutError):
        repacked(b"%PDF-1.4\nxref\n0 0\ntrailer\n<< >>\nstartxref\n9\n%%EOF")


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_no_value_is_told_by_colour_alone(who: str, tmp_path: Path) -> None:
    """In grey the four levels are four shapes and four words; the page is not a page of one grey."""
    made = PEOPLE[who]()
    (tmp_path / "r.pdf").write_bytes(build(made))
    command = [tool("pdftoppm"), "-gray", "-r", "40", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*command, str(tmp_path / "r.pdf"), str(tmp_path / "p")], check=True)
    tones = Image.open(tmp_path / "p.pgm").getcolors()
    assert tones is not None
    assert min(tone for _, tone in tones if isinstance(tone, int)) < 60
    assert max(tone for _, tone in tones if isinstance(tone, int)) > 250
