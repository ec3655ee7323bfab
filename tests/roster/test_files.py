"""Files as people save them, and files that nobody should send."""

import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from isegoria.domain.errors import Refused
from isegoria.roster import describe
from tests.roster.imports import DATA, codes, planned, sample, workbook

LIST = "Nombre;Apellidos;País\r\nÍñigo;Muñoz;España\r\n"
SAMPLES = sorted(path for path in DATA.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    made = planned(LIST.replace(";", delimiter).encode(encoding))
    assert (made.encoding, made.delimiter) == (encoding, delimiter)
    assert made.new[0].display_name == "Íñigo Muñoz"
    assert made.new[0].country == "ES"


def test_the_header_is_found_below_a_preamble() -> None:
    made = planned("sep=;\nInscripciones;\n\nNombre;Apellidos\nAna;Ruiz\n")
    assert [person.display_name for person in made.new] == ["Ana Ruiz"]


def test_line_breaks_inside_headings_and_cells() -> None:
    made = planned('Name,"Organisation\n(official name)"\n"Ana Ruiz","City of\nSample"\nJo Doe,City of Sample,x\n')
    assert made.organisations[0].name == "City of Sample"
    assert [(bad.line, "more than the 2 cells" in bad.reason) for bad in made.refused] == [(5, True)]


def test_a_bad_row_does_not_keep_the_good_ones_out() -> None:
    made = planned(f"Name,City\n,Nowhere\nAna,Sample\n{'x' * 10_001},y\n")
    assert [person.display_name for person in made.new] == ["Ana"]
    assert [bad.line for bad in made.refused] == [2, 4]
    assert "line 2: it has no name" in describe(made)


def test_unsafe_characters_are_cleaned_from_every_field() -> None:
    made = planned("Name,Organisation\n\u202eAna\u0007 Ruiz\u2066,\u202dCity\u009f\n")
    assert made.new[0].display_name == "Ana Ruiz"
    assert made.organisations[0].name == "City"
    assert made.new[0].raw == {"Name": "Ana Ruiz", "Organisation": "City"}


def test_formulas_stay_text() -> None:
    made = planned('Name,City\n"=HYPERLINK(""http://x"")",+Sample\n')
    assert (made.new[0].display_name, made.new[0].city) == ('=HYPERLINK("http://x")', "+Sample")


def test_a_workbook() -> None:
    made = planned(workbook(["List"], ["Nombre", "Apellidos", "País"], ["Íñigo", "Muñoz", "España"]))
    assert (made.encoding, made.source) == ("xlsx", "table")
    assert (made.new[0].display_name, made.new[0].country) == ("Íñigo Muñoz", "ES")


def test_a_workbook_gives_a_formula_s_value_and_keeps_text_that_looks_like_one() -> None:
    made = planned(workbook(["Name", "City"], ["Ana", "=1+1"]))
    assert made.new[0].city == "2"


REFUSED = {
    "empty": (b"", "malformed", "Export"),
    "blank": (b" \r\n ", "malformed", "Export"),
    "no header": (b"a,b\n1,2\n", "malformed", "header row"),
    "NUL": (b"Name,City\nAna,\0\n", "malformed", "NUL"),
    "UTF-16 without its mark": ("Name,City\n".encode("utf-16-le"), "malformed", "NUL"),
    "no encoding": (b"Name\n\x81\n", "malformed", "encoding"),
    "cut UTF-16": (b"\xff\xfeN\0a", "malformed", "encoding"),
    "open quotation mark": (b'Name,City\nJo,B\n"Ana,Sample\nEva,Sample\n', "malformed", "line 3"),
    "stray quotation mark": (b'Name,City\n"Ana" Ruiz,Sample\n', "malformed", "line 2"),
    "wide": (b"Name," + b"x," * 100_000, "too_large", "columns"),
    "long": (b"Name,City\n" + b"Ana,B\n" * 20_001, "too_large", "rows"),
    "big": (b"Name\n" + b"x" * 5_000_000, "too_large", "5 MB"),
    "JSON cut": (b'{"registrants": [', "malformed", "JSON"),
    "JSON of something else": (b'{"people": []}', "malformed", "registrants"),
    "JSON without names": (b'{"registrants": [1, null, {}]}', "malformed", "full_name"),
    "JSON that is deep": (b"[" * 100_000, "malformed", "JSON"),
    "archive cut": (b"PK\x03\x04 and no more", "malformed", "workbook"),
    "far cell": (
        workbook(["Name"], sheet='<worksheet><sheetData><c r="XFD1048576"/></sheetData></worksheet>'),
        "too_large",
        "XFD1048576",
    ),
    "bomb": (workbook(["Name"], sheet=" " * 50_000_001), "too_large", "50 MB"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9, "malformed", "CSV UTF-8"),
}


@pytest.mark.parametrize(("data", "code", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, code: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        planned(data)
    assert refused.value.code == code
    assert says in refused.value.message


def test_an_archive_that_is_no_workbook() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("list.csv", "Name\nAna\n")
    with pytest.raises(Refused, match=r"no \.xlsx workbook"):
        planned(file.getvalue())


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b"PK\x03\x04")
@example(b'Name\n"')
def test_no_bytes_raise_anything_but_a_refusal(data: bytes) -> None:
    plan_or_refusal(data)
    plan_or_refusal(b"Name,Email,Country,Topics,Timestamp\n" + data)
    plan_or_refusal(b'{"registrants": [{"full_name": "' + data)


@given(st.text(max_size=200))
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    plan_or_refusal(f"Timestamp,Name,Email,Time zone,Language\n{text}".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_damaged_sample_raises_anything_but_a_refusal(path: object) -> None:
    damage_at_random((DATA / str(path)).read_bytes(), seed=1)


def test_no_damaged_workbook_raises_anything_but_a_refusal() -> None:
    damage_at_random(workbook(["Name", "City"], ["Ana", "Sample"]), seed=2)


def damage_at_random(data: bytes, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        plan_or_refusal(bytes(damaged[: chance.randint(1, len(damaged))]))
        plan_or_refusal(bytes(damaged))


def plan_or_refusal(data: bytes) -> None:
    try:
        made = planned(data)
    except Refused:
        return
    assert describe(made)
    made.model_dump_json()


def test_five_megabytes_are_read_in_seconds() -> None:
    row = ",".join(["Ana Ruiz", "City of Sample", "x" * 200])
    made = planned("Name,Organisation,Notes\n" + f"{row}\n" * 19_000)
    assert made.rows == 19_000
    assert codes(made) >= {"registered_twice"}


def test_describe_shows_mapping_counts_doubts_and_bad_rows() -> None:
    text = describe(sample("zoom_registration_UNVERIFIED_preamble.csv"))
    assert 'zoom_registration (utf-8-sig, ","), 3 rows' in text
    assert "2 new, 0 changed, 0 unchanged, 0 bad rows; 2 new organisations" in text
    assert "  Job Title                       function\n" in text
    assert "  Source Name                     (left out)\n" in text
    assert 'line 9: The registration is "denied".' in text
