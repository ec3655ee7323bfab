"""What the tests of the import share: a file's plan, its acceptance, and a workbook made by hand."""

import io
import zipfile
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from isegoria.domain.people import People, Person
from isegoria.roster import Mapping, Plan, plan

DATA = Path(__file__).parent / "data"


def sample(name: str, people: People | None = None, mapping: Mapping | None = None) -> Plan:
    return planned((DATA / name).read_bytes(), people, mapping, name=name)


def planned(
    data: bytes | str, people: People | None = None, mapping: Mapping | None = None, name: str = "list.csv"
) -> Plan:
    numbers = count(1 + len((people or People()).persons) * 100)
    content = data.encode() if isinstance(data, str) else data
    return plan(content, name, people or People(), mapping, new_id=lambda: f"id{next(numbers)}")


def accepted(made: Plan, people: People | None = None) -> People:
    """The people after a plan is kept, as the store would hold them."""
    before = people or People()
    return People(
        revision=before.revision + 1,
        persons={**before.persons, **{person.id: person for person in made.to_keep}},
        organisations={**before.organisations, **{found.id: found for found in made.organisations}},
        texts=before.texts,
        about=before.about,
    )


def people_of(*persons: Person) -> People:
    return People(persons={person.id: person for person in persons})


def codes(made: Plan) -> set[str]:
    return {doubt.code for doubt in made.doubts}


def workbook(*rows: Iterable[str], sheet: str | None = None) -> bytes:
    """A minimal .xlsx with inline strings; a cell that begins with "=" is written as a formula with the value 2."""
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1"'
        f' Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet or f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _cell(value: str) -> str:
    if value.startswith("="):
        return f"<c><f>{escape(value[1:])}</f><v>2</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
