"""Charts, read with an XML parser."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.report.svg import LONGEST, PLOT, TICKS, WIDTH, Bar, Layer, area, bars

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "g", "text", "rect", "polygon", "line"}
HOSTILE = [
    "</text><script>alert(1)</script>",
    '" onload="alert(1)',
    "&amp; <![CDATA[ ]]> <!-- -->",
    "\x00\x0b\x1f\ud800\ufffe\r\n\t",
    "=1+1",
    "\u202eevil\u2066",
    "مدينة برشلونة",
    "巴塞罗那",
    "👩\u200d👩\u200d👧",
    "a\u2028b",
    "x" * 10_000,
]
ANY_TEXT = st.one_of(st.text(), st.text(st.characters()), st.sampled_from(HOSTILE))
VALUES = st.one_of(st.integers(-5, 10**9), st.floats(-5, 1e9))


def parsed(svg: str) -> Element:
    """The root; what stands in it is drawing and words, with nothing that runs, styles or leads anywhere."""
    root = fromstring(svg)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        for name, value in element.attrib.items():
            assert name not in {"style", "id", "href"}
            assert not name.startswith(("on", "{"))
            assert "nan" not in value
            assert "inf" not in value
    return root


def all_of(root: Element, tag: str, name: str) -> list[Element]:
    return [one for one in root.iter(SVG + tag) if name in one.attrib.get("class", "").split()]


def numbers(elements: list[Element], attribute: str) -> list[float]:
    return [float(one.attrib[attribute]) for one in elements]


def points(polygon: Element) -> list[tuple[float, float]]:
    pairs = [pair.split(",") for pair in polygon.attrib["points"].split()]
    return [(float(x), float(y)) for x, y in pairs]


# --- bars ----------------------------------------------------------------------------------------


def test_the_longest_bar_takes_the_whole_track_and_others_their_part() -> None:
    root = parsed(bars([Bar("A", 30, "30 min"), Bar("B", 15, "15 min"), Bar("C", 0, "0")], title="T", desc="D"))
    [track, *_] = numbers(all_of(root, "rect", "track"), "width")
    assert numbers(all_of(root, "rect", "bar"), "width") == [track, track / 2, 0]
    assert [one.text for one in all_of(root, "text", "label")] == ["A", "B", "C"]
    assert [one.text for one in all_of(root, "text", "value")] == ["30 min", "15 min", "0"]


def test_what_is_below_nothing_is_drawn_as_nothing() -> None:
    root = parsed(bars([Bar("A", -5, "-5"), Bar("B", 10, "10")], title="", desc=""))
    assert numbers(all_of(root, "rect", "bar"), "width")[0] == 0
    [below] = all_of(parsed(area([Layer("A", [-5, 10])], ["a", "b"], top="", title="", desc="")), "polygon", "layer")
    assert points(below)[0] == points(below)[-1]
    stacked = parsed(area([Layer("A", [-5, 0]), Layer("B", [10, 10])], ["a", "b"], top="", title="", desc=""))
    low, high = (points(one) for one in all_of(stacked, "polygon", "layer"))
    assert {low[-1][1] - y for _, y in high[:4]} == {PLOT}


def test_bars_stand_below_one_another_and_inside_the_picture() -> None:
    root = parsed(bars([Bar("A", 1, "")] * 3, title="", desc=""))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    tops = numbers(all_of(root, "rect", "bar"), "y")
    assert tops == sorted(set(tops))
    assert tops[-1] + 12 <= height
    assert width == WIDTH


def test_a_chart_is_an_image_with_a_name_and_a_description() -> None:
    root = parsed(bars([], title="Speaking time", desc="By constituency."))
    assert root.attrib["role"] == "img"
    assert root.attrib["fill"] == "currentColor"
    assert [(one.tag, one.text) for one in root] == [
        (f"{SVG}title", "Speaking time"),
        (f"{SVG}desc", "By constituency."),
    ]


def test_of_a_long_label_the_whole_is_in_the_row_s_title() -> None:
    root = parsed(bars([Bar("word " * 40, 1, "x")], title="", desc=""))
    [label] = all_of(root, "text", "label")
    assert label.text
    assert label.text.endswith("…")
    assert len(label.text) <= LONGEST
    [row] = all_of(root, "g", "row")
    assert row[0].text == "word " * 40 + ": x"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_are_words_and_nothing_else(text: str) -> None:
    root = parsed(bars([Bar(text, 1, text)], title=text, desc=text))
    legal = "".join("\ufffd" if char in "\x00\x0b\x1f\ufffe" or "\ud800" <= char <= "\udfff" else char for char in text)
    assert root[0].text == legal
    [row] = all_of(root, "g", "row")
    assert row[0].text == f"{legal}: {legal}"


# --- areas ---------------------------------------------------------------------------------------


def test_layers_stand_on_one_another_in_steps() -> None:
    root = parsed(area([Layer("A", [1, 0]), Layer("B", [1, 4])], ["10:00", "10:10"], top="4 min", title="", desc=""))
    low, high = (points(one) for one in all_of(root, "polygon", "layer"))
    half, base = WIDTH / 2, low[-1][1]
    assert low == [
        *[(0, base - PLOT / 4), (half, base - PLOT / 4), (half, base), (WIDTH, base)],
        *[(WIDTH, base), (half, base), (half, base), (0, base)],
    ]
    assert high[:4] == [(0, base - PLOT / 2), (half, base - PLOT / 2), (half, base - PLOT), (WIDTH, base - PLOT)]
    assert high[4:] == list(reversed(low[:4]))


def test_an_area_says_what_its_height_its_steps_and_its_layers_are() -> None:
    root = parsed(area([Layer("A", [1]), Layer("B", [2])], ["10:00"], top="3 min", title="", desc=""))
    assert [one.text for one in all_of(root, "text", "value")] == ["3 min"]
    assert [one.text for one in all_of(root, "text", "tick")] == ["10:00"]
    assert [one.text for one in all_of(root, "text", "label")] == ["A", "B"]
    assert [one[0].text for one in all_of(root, "g", "row")] == ["A", "B"]


@pytest.mark.parametrize(("steps", "shown"), [(0, 0), (1, 1), (12, 12), (13, 7), (24, 12), (100, 12)])
def test_of_many_ticks_some_are_shown_at_the_same_distance(steps: int, shown: int) -> None:
    ticks = [str(number) for number in range(steps)]
    root = parsed(area([Layer("A", [1.0] * steps)], ticks, top="", title="", desc=""))
    marks = [int(one.text or "") for one in all_of(root, "text", "tick")]
    assert len(marks) == shown <= TICKS
    assert len({b - a for a, b in pairwise(marks)}) <= 1


def test_a_layer_has_a_value_for_each_tick() -> None:
    with pytest.raises(ValueError, match="shorter"):
        area([Layer("A", [1])], ["a", "b"], top="", title="", desc="")


# --- whatever is drawn ---------------------------------------------------------------------------


@given(st.lists(st.builds(Bar, ANY_TEXT, VALUES, ANY_TEXT), max_size=8), ANY_TEXT, ANY_TEXT)
def test_any_bars_are_well_formed_and_inside(rows: list[Bar], title: str, desc: str) -> None:
    svg = bars(rows, title=title, desc=desc)
    root = parsed(svg)
    assert svg == bars(rows, title=title, desc=desc)
    assert all(0 <= width <= WIDTH for width in numbers(all_of(root, "rect", "bar"), "width"))
    svg.encode()


@given(st.data(), ANY_TEXT, st.lists(ANY_TEXT, max_size=20))
def test_any_area_is_well_formed_and_inside(data: st.DataObject, text: str, ticks: list[str]) -> None:
    values = st.lists(VALUES, min_size=len(ticks), max_size=len(ticks))
    layers = data.draw(st.lists(st.builds(Layer, ANY_TEXT, values), max_size=6))
    svg = area(layers, ticks, top=text, title=text, desc=text)
    root = parsed(svg)
    _, _, _, height = map(float, root.attrib["viewBox"].split())
    for polygon in all_of(root, "polygon", "layer"):
        assert all(0 <= x <= WIDTH and 0 <= y <= height for x, y in points(polygon))
    svg.encode()
