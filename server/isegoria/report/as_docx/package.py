"""The file around the text: what a new document begins with, and how it is packed, the same bytes each time.

python-docx begins with a template of its own; of it only the empty body stays. The looks, the numbering and the
settings are ours (`*.xml` beside this), and there is no author, no program, no date.
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from docx.shared import Twips

from isegoria.report.as_docx.text import LANG, culture
from isegoria.report.face import TIERS, script_of
from isegoria.report.legible import legible
from isegoria.report.paper import Paper

WIDTH = 8_504
"""Of the text, in twentieths of a point: 150 mm of the 210 of A4."""
_A4 = (Twips(11_906), Twips(16_838))
_BESIDE, _ABOVE, _RUNNING = Twips(1_701), Twips(1_588), Twips(794)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""That a zip can tell; nothing in the file depends on when it was made."""
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:language>{language}</dc:language><cp:category>{tier}</cp:category>"
    "</cp:coreProperties>"
)


def empty(paper: Paper) -> Document:
    """A document without a word, on A4, with our styles, and a part for footnotes."""
    document = docx.Document()
    for relations in (document.part.rels, document.part.package.rels):
        _forget(relations)
    _add(document, StylesPart, "styles", CT.WML_STYLES, RT.STYLES)
    _add(document, NumberingPart, "numbering", CT.WML_NUMBERING, RT.NUMBERING)
    _add(document, SettingsPart, "settings", CT.WML_SETTINGS, RT.SETTINGS)
    _add(document, XmlPart, "footnotes", CT.WML_FOOTNOTES, RT.FOOTNOTES)
    _describe(document, paper)
    _speak(document, paper.language)
    _lay_out(document)
    return document


def packed(document: Document) -> bytes:
    """The document as a file."""
    written, dated = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(dated, "w") as file:
        for name in parts.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # whatever the system
            entry.external_attr = 0o600 << 16
            file.writestr(entry, parts.read(name))
    return dated.getvalue()


def _forget(relations: Relationships) -> None:
    """Parts that nothing points to are not written."""
    for key in [key for key, one in relations.items() if one.reltype != RT.OFFICE_DOCUMENT]:
        del relations[key]


def _add(document: Document, kind: type[XmlPart], name: str, content: str, relation: str) -> None:
    data = (files(__package__) / f"{name}.xml").read_bytes()
    part = kind.load(PackURI(f"/word/{name}.xml"), content, data, document.part.package)
    document.part.relate_to(part, relation)


def _describe(document: Document, paper: Paper) -> None:
    data = _CORE.format(
        title=escape(legible(paper.title)), language=culture(paper.language), tier=TIERS[paper.tier]
    ).encode()
    package = document.part.package
    part = Part(PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, data, package)
    package.relate_to(part, RT.CORE_PROPERTIES)


def _speak(document: Document, language: str) -> None:
    """The language of all that names no other."""
    for default in document.styles.element.iter(qn("w:lang")):
        default.set(qn(LANG[script_of(language)]), culture(language))


def _lay_out(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _A4
    page.left_margin = page.right_margin = _BESIDE
    page.top_margin = page.bottom_margin = _ABOVE
    page.header_distance = page.footer_distance = _RUNNING
