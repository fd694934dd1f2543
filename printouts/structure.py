"""The structure of a document for who hears it: what is a heading, a table, a picture, and in which order.

ISO 32000-1, 14.7 and 14.8: content is marked on the page, and a tree says what the marks mean. What carries
no meaning (rules, beds of grey, tick lines) is an artifact. It must not draw, and knows no visit.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFString,
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
    idToObject: dict[str, PDFPage]  # noqa: N815  # the name is ReportLab's

    def Reference(  # noqa: N802  # the name is ReportLab's
        self, held: PDFObject, name: str = ...
    ) -> PDFObjectReference:
        """Adds an object to the file and gives the reference to it."""
        ...


_HOLDS_PARTS = frozenset({Part.DOCUMENT, Part.SECTION, Part.TABLE, Part.ROW})


@dataclass(eq=False, slots=True)
class _Node:
    """One element. ``kids`` are elements, or (page, mark) of content."""

    part: Part
    parent: "_Node | None"
    alt: str = ""
    language: str = ""
    kids: list["_Node | tuple[int, int]"] = field(default_factory=list)


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
        names: dict[_Node, str] = {}
        nodes = list(_all(self._root))
        for number, node in enumerate(nodes):
            names[node] = f"Part{number}"
        for node in nodes:
            document.Reference(_element(node, names), names[node])
        parents: list[PDFObject | int] = []
        for page, owners in enumerate(self._owners):
            _on_page(document.idToObject[f"Page{page + 1}"], page)
            parents += [page, PDFArray([PDFObjectReference(names[node]) for node in owners])]
        tree = PDFDictionary({"Nums": PDFArray(parents)})
        root = {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFObjectReference(names[self._root]),
            "ParentTree": document.Reference(tree, "ParentTree"),
            "ParentTreeNextKey": len(self._owners),
        }
        document.Reference(PDFDictionary(root), "StructTreeRoot")
        vars(document.Catalog).update(
            StructTreeRoot=PDFObjectReference("StructTreeRoot"), MarkInfo=PDFDictionary({"Marked": "true"})
        )


def _all(node: _Node) -> list[_Node]:
    return [node, *(below for kid in node.kids if isinstance(kid, _Node) for below in _all(kid))]


def _element(node: _Node, names: dict[_Node, str]) -> PDFDictionary:
    """The dictionary of one element; its page is that of its first content, other pages are named."""
    above = "StructTreeRoot" if node.parent is None else names[node.parent]
    said: dict[str, object] = {"S": PDFName(node.part.value), "P": PDFObjectReference(above)}
    page = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
    if page is not None:
        said["Pg"] = PDFObjectReference(f"Page{page + 1}")
    kids = [_kid(kid, page, names) for kid in node.kids]
    if kids:
        said["K"] = kids[0] if len(kids) == 1 else PDFArray(kids)
    if node.alt:
        said["Alt"] = PDFString(node.alt)
    if node.language:
        said["Lang"] = PDFString(node.language)
    if node.part is Part.HEAD_CELL:
        said["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
    return PDFDictionary(said)


def _kid(kid: "_Node | tuple[int, int]", page: int | None, names: dict[_Node, str]) -> object:
    if isinstance(kid, _Node):
        return PDFObjectReference(names[kid])
    if kid[0] == page:
        return kid[1]
    there = PDFObjectReference(f"Page{kid[0] + 1}")
    return PDFDictionary({"Type": PDFName("MCR"), "Pg": there, "MCID": kid[1]})


def _on_page(page: PDFPage, number: int) -> None:
    """ReportLab's page writes no other keys than those of its list."""
    keys = [*page.__NoDefault__, "StructParents", "Tabs"]
    vars(page).update(__NoDefault__=keys, StructParents=number, Tabs=PDFName("S"))
