"""What makes the file one that can still be read in thirty years: PDF/A-2 metadata and the colour profile.

ISO 19005-2: the XMP packet repeats the Info dictionary, an output intent says what the colours mean. It
declares; whether a validator agrees is for a validator. Its dates are the visit's, never the clock's.
"""

from datetime import datetime
from xml.sax.saxutils import escape

import msgspec
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from printouts.icc import srgb
from printouts.structure import Objects

PRODUCT = "Kangyi"
_CONDITION = "sRGB IEC61966-2.1"


class Facts(msgspec.Struct, frozen=True):
    """What the file says of itself. ``made`` is aware UTC, ``language`` a tag such as ``zh-CN``."""

    title: str
    author: str
    language: str
    made: datetime


def attach(document: Objects, facts: Facts) -> None:
    """Adds metadata and output intent to the catalog of ``document``."""
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    # Not compressed: a program that knows nothing of PDF finds it too.
    packet = PDFStream(kind, xmp(facts).encode(), filters=[])
    profile = PDFStream(PDFDictionary({"N": 3}), srgb(), filters=[PDFZCompress])
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(_CONDITION),
            "Info": PDFString(_CONDITION),
            "DestOutputProfile": document.Reference(profile, "ColourProfile"),
        }
    )
    catalog = document.Catalog
    vars(catalog).update(
        __NoDefault__=[*catalog.__NoDefault__, "OutputIntents"],
        Metadata=document.Reference(packet, "Metadata"),
        OutputIntents=PDFArray([document.Reference(intent, "OutputIntent")]),
        ViewerPreferences=PDFDictionary({"DisplayDocTitle": "true"}),
    )


def xmp(facts: Facts) -> str:
    """The XMP packet, ISO 16684-1. Nothing in it is markup that came from outside."""
    title, author = escape(facts.title), escape(facts.author)
    made = f"{facts.made:%Y-%m-%dT%H:%M:%S}Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{escape(facts.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{PRODUCT}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<pdf:Producer>{PRODUCT}</pdf:Producer><pdf:Keywords></pdf:Keywords>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
