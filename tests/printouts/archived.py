"""What ISO 19005-2 (PDF/A-2, level A) asks of a file, as far as it is read here, through qpdf.

No validator of PDF/A is to be had from a registry, so these are the rules that a sheet could break, each
with its clause; what is not in this list was not checked. The content is read operator by operator.
"""

import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from tests.printouts.opened_pdf import File, Value, read, shown, tokens

_STRUCTURE = {"Document", "Sect", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"}
_OPERATORS = frozenset(
    re.findall(r"\w+", "q Q cm w J j d rg RG m l c re h f B S n BT ET Td Tm TL Tf Tj BDC BMC EMC BI")
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_FORBIDDEN = (
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/AA",
    "/OpenAction",
    "/Encrypt",
    "/SMask",
    "/Group",
    "/Annots",
)


def broken_rules(pdf: bytes, folder: Path) -> list[str]:
    """Every rule the file breaks, with its clause; empty where none."""
    file = read(pdf, folder)
    rules = (_frame, _intent, _metadata, _fonts, _content, _tree)
    return [wrong for rule in rules for wrong in rule(file)]


def _frame(file: File) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}\n", file.raw):
        yield "6.1.2 header"
    if not file.raw.endswith(b"%%EOF\n"):
        yield "6.1.3 nothing behind the end"
    if "/ID" not in file.objects["trailer"]["value"]:
        yield "6.1.3 file identifier"
    for length, start in (
        (int(m[1]), m.end()) for m in re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", file.raw)
    ):
        if not file.raw[start + length :].startswith((b"\nendstream", b"endstream")):
            yield "6.1.7.1 length of a stream"
    whole = json.dumps(file.objects)
    yield from (f"6.1.3, 6.2.10, 6.3, 6.5: {key}" for key in _FORBIDDEN if f'"{key}"' in whole)
    if '"/LZWDecode"' in whole:
        yield "6.1.7.2 LZW"


def _intent(file: File) -> Iterator[str]:
    intents = [file.of(one) for one in file.catalog.get("/OutputIntents", ())]
    if len(intents) != 1 or intents[0]["/S"] != "/GTS_PDFA1":
        yield "6.2.3 one output intent"
        return
    profile = file.data(intents[0]["/DestOutputProfile"])
    if (
        profile[12:20] != b"mntrRGB "
        or profile[8] > 4
        or file.of(intents[0]["/DestOutputProfile"])["/N"] != 3
    ):
        yield "6.2.3 its profile"


def _metadata(file: File) -> Iterator[str]:
    kind = file.of(file.catalog["/Metadata"])
    if kind.get("/Subtype") != "/XML" or "/Filter" in kind:
        yield "6.6.2.1 metadata that any program finds"
    packet = file.data(file.catalog["/Metadata"]).decode()
    if "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" not in packet:
        yield "6.6.4 identification"
    info = {key: value[2:] for key, value in file.of(file.objects["trailer"]["value"]["/Info"]).items()}
    for key, tag in (("/Title", "dc:title"), ("/Author", "dc:creator"), ("/Creator", "xmp:CreatorTool")):
        held = re.search(f"<{tag}>(.*?)</{tag}>", packet)
        if held is None or info[key] != _plain(held[1]):
            yield f"6.6.3 {key} is not as in the metadata"
    for key, tag in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        held = re.search(f"<{tag}>(.*?)</{tag}>", packet)
        if held is None or re.sub(r"\D", "", held[1]) != re.sub(r"\D", "", info[key]):
            yield f"6.6.3 {key} is not as in the metadata"
    if not file.catalog.get("/Lang"):
        yield "6.7.4 language"


def _plain(text: str) -> str:
    bare = re.sub(r"<[^>]*>", "", text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _fonts(file: File) -> Iterator[str]:
    for font in file.of_type("/Font"):
        name, about = font["/BaseFont"], file.of(font["/FontDescriptor"])
        if not re.match(r"/[A-Z]{6}\+", name) or "/FontFile2" not in about:
            yield f"6.2.11.4.1 {name} is not an embedded subset"
            continue
        program = file.data(about["/FontFile2"])
        tables = _tables(program)
        (maps,) = struct.unpack_from(">H", tables[b"cmap"], 2)
        if not about["/Flags"] & 4 or "/Encoding" in font or maps != 1:
            yield f"6.2.11.6 {name} is not one symbolic map"
        (count,) = struct.unpack_from(">H", tables[b"hhea"], 34)
        (em,) = struct.unpack_from(">H", tables[b"head"], 18)
        wide = [struct.unpack_from(">H", tables[b"hmtx"], 4 * n)[0] * 1000 / em for n in range(count)]
        glyphs = _glyphs(tables[b"cmap"])
        for code in _used(file, font):
            glyph = glyphs.get(code, 0)
            if glyph == 0:
                yield f"6.2.11.8 {name} shows no glyph for {code}"
            elif abs(wide[min(glyph, count - 1)] - font["/Widths"][code - font["/FirstChar"]]) > 1:
                yield f"6.2.11.5 {name}: the width of {code}"
        yield from _unicode(file, font)


def _tables(program: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    entries = [struct.unpack_from(">4sIII", program, 12 + 16 * n) for n in range(count)]
    return {tag: program[offset : offset + length] for tag, _, offset, length in entries}


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Code to glyph of the one map, formats 0, 4 without deltas beyond a segment, and 6."""
    (at,) = struct.unpack_from(">I", cmap, 8)
    (kind,) = struct.unpack_from(">H", cmap, at)
    if kind == 0:
        return dict(enumerate(cmap[at + 6 : at + 262]))
    assert kind == 6, f"cmap format {kind}"
    first, count = struct.unpack_from(">HH", cmap, at + 6)
    return {first + n: g for n, g in enumerate(struct.unpack_from(f">{count}H", cmap, at + 10))}


def _unicode(file: File, font: Value) -> Iterator[str]:
    lines = re.findall(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4}){1,2})>", file.data(font["/ToUnicode"]))
    said = {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in lines
    }
    for code in _used(file, font):
        text = said.get(code, "")
        if text in ("", "\0", "\ufeff", "\ufffe", "\ufffd") or "\ue000" <= text <= "\uf8ff":
            yield f"6.2.11.7.2 {font['/BaseFont']}: no character for {code}"


def _used(file: File, font: Value) -> set[int]:
    """The codes that are shown in this font on any page."""
    named = next(n for n, f in _resources(file).items() if f == font)
    return {
        code for page in file.pages for name, codes in shown(file, page) if name == named for code in codes
    }


def _resources(file: File) -> dict[str, Value]:
    return {n: file.of(f) for n, f in file.of(file.of(file.pages[0]["/Resources"])["/Font"]).items()}


def _content(file: File) -> Iterator[str]:
    """Every operator is one of PDF's, what is painted is marked, and what is opened is closed."""
    for page in file.pages:
        depth, marked = 0, 0
        for word in tokens(file, page):
            name = "BI" if word.startswith("BI ") else word
            if _NUMBER.fullmatch(word) or word[0] in "/(<[":
                continue
            if name not in _OPERATORS:
                yield f"6.2.2 the operator {name}"
            depth += (name == "q") - (name == "Q")
            marked += (name in ("BDC", "BMC")) - (name == "EMC")
            if depth > 28 or depth < 0 or marked not in (0, 1):
                yield "6.1.13 nesting"
            if name in ("Tj", "f", "B", "S", "BI") and not marked:
                yield f"6.7.3.4 {name} is neither marked nor an artifact"
        if depth or marked:
            yield "6.1.13 something stays open"


def _tree(file: File) -> Iterator[str]:
    """Each mark on a page belongs to one element, and the other way round; pictures have words."""
    if file.of(file.catalog["/MarkInfo"]).get("/Marked") is not True:
        yield "6.7.2.2 not marked"
    root = file.of(file.catalog["/StructTreeRoot"])
    numbers = file.of(root["/ParentTree"])["/Nums"]
    owners = {numbers[n]: file.of(numbers[n + 1]) for n in range(0, len(numbers), 2)}
    listed: dict[int, list[int]] = {number: [] for number in owners}
    for reference, element in _elements(file, root["/K"]):
        kind = element["/S"][1:]
        if kind not in _STRUCTURE:
            yield f"6.7.3.4 the type {kind}"
        if kind == "Figure" and not element.get("/Alt", "u:")[2:]:
            yield "6.7.3.3 a picture without words"
        for page, mark in _marks(file, element):
            listed[page].append(mark)
            if owners[page][mark] != reference:
                yield f"6.7.3.3 the mark {mark} has another parent"
    for page in file.pages:
        number = page["/StructParents"]
        said = [int(m) for m in re.findall(rb"/MCID (\d+)", file.data(page["/Contents"]))]
        if (
            sorted(said) != sorted(listed[number])
            or len(set(said)) != len(said)
            or len(said) != len(owners[number])
        ):
            yield f"6.7.3.3 the marks of page {number + 1}"
        if page.get("/Tabs") != "/S":
            yield "the order of the page is not that of its structure"


def _elements(file: File, reference: Value) -> Iterator[tuple[str, Value]]:
    element = file.of(reference)
    yield reference, element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, str):
            below = file.of(kid)
            if file.of(below["/P"]) != element:
                raise AssertionError("6.7.3.3 an element does not know what it is part of")
            yield from _elements(file, kid)


def _marks(file: File, element: Value) -> Iterator[tuple[int, int]]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            yield file.of(element["/Pg"])["/StructParents"], kid
        elif isinstance(kid, dict):
            yield file.of(kid["/Pg"])["/StructParents"], kid["/MCID"]
