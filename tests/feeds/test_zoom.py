"""The Zoom caption endpoint without its HTTP: repeats, restarts, cut bodies (C16)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Caption
from isegoria.domain.revisions import FeedState
from isegoria.feeds import zoom
from isegoria.feeds.addresses import Address
from isegoria.feeds.languages import language_tag
from isegoria.feeds.numbered import sequence


def posts(*sent: tuple[int, bytes], state: FeedState | None = None) -> tuple[FeedState, list[Caption]]:
    lines: list[Caption] = []
    state = state or FeedState()
    for seq, body in sent:
        state, new = zoom.accept(state, seq, "en-US", body)
        lines += new
    return state, lines


@pytest.mark.parametrize("first", [0, 1, 57])
def test_C16_clients_begin_where_they_like(first: int) -> None:
    state, lines = posts((first, b"one"), (first + 1, b"two"))
    assert [line.text for line in lines] == ["one", "two"]
    assert (state.seq, state.epoch) == (first + 1, 0)


def test_C16_a_retry_is_no_new_line() -> None:
    _, lines = posts((0, b"one"), (0, b"one"), (1, b"two"), (0, b"one"), (1, b"two"))
    assert [line.text for line in lines] == ["one", "two"]


def test_C16_the_same_words_again_are_a_new_line() -> None:
    _, lines = posts((0, b"Yes."), (1, b"Yes."))
    assert [line.text for line in lines] == ["Yes.", "Yes."]
    assert len({line.segment_id for line in lines}) == 2


def test_C16_a_lower_number_with_a_new_body_is_a_restart() -> None:
    state, lines = posts((0, b"a"), (1, b"b"), (0, b"c"), (1, b"d"))
    assert [line.text for line in lines] == ["a", "b", "c", "d"]
    assert (state.epoch, state.seq) == (1, 1)
    assert len({line.segment_id for line in lines}) == 4


def test_C16_a_number_that_does_not_move_loses_no_line() -> None:
    _, lines = posts((5, b"a"), (5, b"b"))
    assert [line.text for line in lines] == ["a", "b"]


def test_C16_an_empty_line_moves_the_number_only() -> None:
    state, lines = posts((0, b""), (1, b" \n"))
    assert (state.seq, lines) == (1, [])


def test_a_cut_character_costs_that_character_only() -> None:
    _, [line] = posts((0, "São Paulo já".encode()[:-1]))
    assert line.text == "São Paulo j\ufffd"


def test_what_is_remembered_is_bounded() -> None:
    state, _ = posts(*((n, b"line") for n in range(1000)))
    assert len(state.to_bytes()) < 1_000


BODIES = st.lists(st.text(min_size=1).filter(str.strip).map(lambda text: text.encode(errors="replace")), max_size=8)


@given(BODIES, st.data())
def test_C16_retries_in_any_order_add_nothing(bodies: list[bytes], data: st.DataObject) -> None:
    sent = list(enumerate(bodies))
    state, lines = posts(*sent)
    assert len(lines) == len(sent)
    again = data.draw(st.lists(st.sampled_from(sent), max_size=20)) if sent else []
    assert posts(*again, state=state)[0].seen == state.seen
    assert posts(*again, state=state)[1] == []


@pytest.mark.parametrize(("query", "seq"), [("0", 0), ("17", 17), ("", None), ("-1", None), ("1e3", None), ("²", None)])
def test_a_sequence_number_is_a_number(query: str, seq: int | None) -> None:
    assert sequence({"seq": query}) == seq
    assert sequence({}) is None


def test_an_address_has_all_its_parts_or_is_none() -> None:
    query = {"id": "s", "ns": "f", "signature": "x", "expire": "1"}
    assert zoom.address(query) == Address("s", "f", "x")
    assert all(zoom.address({**query, part: ""}) is None for part in ("id", "ns", "signature"))


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("jp-JP", "ja-JP"),
        ("en-us", "en-US"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("pt_BR", "pt-BR"),
        ("es", "es"),
        ("", None),
        (None, None),
        ("<script>", None),
        ("english", None),
    ],
)
def test_language_tags_are_read_as_they_are_meant(sent: str | None, meant: str | None) -> None:
    assert language_tag(sent) == meant


def test_the_answer_is_the_servers_time_without_a_zone() -> None:
    assert zoom.timestamp(1_751_374_800_007) == "2025-07-01T13:00:00.007"
