"""The structure of a document for who hears it: what is a heading, a table, a picture, and in which order.

ISO 32000-1, 14.7 and 14.8: content is marked on the page, and a tree says what the marks mean. What carries
no meaning (rules, beds of grey, tick lines) is an artifact. It must not draw, and knows no visit.
"""

from enum import StrEnum
from typing import Protocol

import msgspec
from reportlab.pdfbase.pdfdoc import (
    PDFCatalog,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
)


class Part(StrEnum):
    """Standard structure types, ISO 32000-1, 14.8.4. The value is the name in the file."""

    DOCUMENT = "Document"
    SECTION = "Sect"
    HEADING = "H1"
    SUBHEADING = "H2"
    PARAGRAPH = "P"
    TABLE = "Table"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"


class Objects(Protocol):
    """A document of ReportLab, as far as it is needed here."""

    Catalog: PDFCatalog
    idToObject: dict[str, PDFPage]  # noqa: N815  # the names are ReportLab's
    idToObjectNumberAndVersion: dict[str, tuple[int, int]]  # noqa: N815

    def Reference(  # noqa: N802  # the name is ReportLab's
        self, held: PDFObject, name: str = ...
    ) -> PDFObjectReference:
        """Adds an object to the file and gives the reference to it."""
        ...


_HOLDS_PARTS = frozenset({Part.DOCUMENT, Part.SECTION, Part.TABLE, Part.ROW})


class _Node(msgspec.Struct, eq=False):
    """One element. ``kids`` are elements, or (page, mark) of content."""

    part: Part
    parent: "_Node | None"
    alt: str = ""
    language: str = ""
    kids: list["_Node | tuple[int, int]"] = msgspec.field(default_factory=list)


class Structure:
    """Grows with the drawing. Its answers are operators for the content stream, to be written at once."""

    def __init__(self) -> None:
        self._root = _Node(Part.DOCUMENT, None)
        self._at = self._root
        self._marked: _Node | None = None
        self._artifact = False
        self._page = 0
        self._owners: list[list[_Node]] = [[]]

    def open(self, part: Part, alt: str = "", language: str = "") -> None:
        """Begins an element inside the one that is open; content until ``close`` belongs to it."""
        self._at = _Node(part, self._at, alt, language)

    def close(self) -> None:
        """Ends the element. One without content is left out; a cell stays, the columns are counted."""
        done = self._at
        if done.parent is None:
            return
        if done.kids or done.part in (Part.CELL, Part.HEAD_CELL):
            done.parent.kids.append(done)
        self._at = done.parent

    def text(self) -> str:
        """Operators before a text: it belongs to the open element, or is a paragraph of its own."""
        if self._at.part not in _HOLDS_PARTS:
            return self._content(self._at)
        alone = _Node(Part.PARAGRAPH, self._at)
        self._at.kids.append(alone)
        return self._content(alone)

    def drawing(self) -> str:
        """Operators before shapes: part of the open figure, else an artifact."""
        if self._at.part is Part.FIGURE:
            return self._content(self._at)
        if self._artifact:
            return ""
        ended = self.end()
        self._artifact = True
        return f"{ended}/Artifact BMC"

    def turn(self) -> str:
        """Operators that end the page; a further one begins."""
        self._page += 1
        self._owners.append([])
        return self.end()

    def _content(self, node: _Node) -> str:
        if self._marked is node:
            return ""
        ended = self.end()
        marks = self._owners[self._page]
        node.kids.append((self._page, len(marks)))
        marks.append(node)
        self._marked = node
        return f"{ended}/{node.part.value}<</MCID {len(marks) - 1}>>BDC"

    def end(self) -> str:
        """Operators that end what is marked now, before a page ends."""
        open_now = self._artifact or self._marked is not None
        self._artifact, self._marked = False, None
        return "EMC " if open_now else ""

    def attach(self, document: Objects) -> None:
        """Writes the tree into the catalog and the pages of ``document``."""
        root = _Written("StructTreeRoot")
        number = document.Reference(root, root.name)
        nodes = list(_all(self._root))
        elements = {node: _Written(f"Part{n}") for n, node in enumerate(nodes)}
        references = {node: document.Reference(element, element.name) for node, element in elements.items()}
        pages = [document.Reference(document.idToObject[f"Page{n + 1}"]) for n in range(len(self._owners))]
        places = _Places(
            {node: _number(reference, document) for node, reference in references.items()},
            [_number(page, document) for page in pages],
            _number(number, document),
        )
        for node, element in elements.items():
            element.text = _element(node, places)
        parents = []
        for page, owners in enumerate(self._owners):
            _on_page(document.idToObject[f"Page{page + 1}"], page)
            parents.append(f"{page}[{' '.join(f'{places.of[node]} 0 R' for node in owners)}]")
        top = f"/K {places.of[self._root]} 0 R/ParentTreeNextKey {len(self._owners)}"
        root.text = f"<</Type/StructTreeRoot{top}/ParentTree<</Nums[{''.join(parents)}]>>>>"
        vars(document.Catalog).update(StructTreeRoot=number, MarkInfo=PDFDictionary({"Marked": "true"}))


class _Written(PDFObject):
    """An object that is written as it stands: hundreds of them, and ReportLab's own writing is slow."""

    __RefOnly__ = 1

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""

    def format(self, document: Objects) -> bytes:  # ReportLab hands it over
        """The bytes of the object."""
        return self.text.encode("ascii") + b"\n"


class _Places(msgspec.Struct, frozen=True):
    """The numbers of objects in the file: elements, pages, root of the tree."""

    of: dict[_Node, int]
    pages: list[int]
    root: int


def _number(reference: PDFObjectReference, document: Objects) -> int:
    return document.idToObjectNumberAndVersion[reference.name][0]


def _all(node: _Node) -> list[_Node]:
    return [node, *(below for kid in node.kids if isinstance(kid, _Node) for below in _all(kid))]


def _element(node: _Node, places: _Places) -> str:
    """One element; its page is that of its first content, content on other pages names them."""
    above = places.root if node.parent is None else places.of[node.parent]
    said = f"/S/{node.part.value}/P {above} 0 R"
    page = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
    if page is not None:
        said += f"/Pg {places.pages[page]} 0 R"
    kids = [_kid(kid, page, places) for kid in node.kids]
    if kids:
        said += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
    if node.alt:
        said += f"/Alt{_text(node.alt)}"
    if node.language:
        said += f"/Lang{_text(node.language)}"
    if node.part is Part.HEAD_CELL:
        said += "/A<</O/Table/Scope/Column>>"
    return f"<<{said}>>"


def _kid(kid: "_Node | tuple[int, int]", page: int | None, places: _Places) -> str:
    if isinstance(kid, _Node):
        return f"{places.of[kid]} 0 R"
    if kid[0] == page:
        return str(kid[1])
    return f"<</Type/MCR/Pg {places.pages[kid[0]]} 0 R/MCID {kid[1]}>>"


def _text(text: str) -> str:
    """A text string, ISO 32000-1, 7.9.2.2: UTF-16BE in hexadecimal, so that nothing in it is syntax."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def _on_page(page: PDFPage, number: int) -> None:
    """ReportLab's page writes no other keys than those of its list; a sheet of paper has no transition."""
    keys = [*(key for key in page.__NoDefault__ if key != "Trans"), "StructParents", "Tabs"]
    vars(page).update(__NoDefault__=keys, StructParents=number, Tabs=PDFName("S"))
