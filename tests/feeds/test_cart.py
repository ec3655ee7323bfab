"""Teams' CART captions without their HTTP."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Caption
from isegoria.domain.revisions import FeedState
from isegoria.feeds import cart
from isegoria.feeds.addresses import Address


def posts(*bodies: bytes, lang: str | None = "es-mx") -> list[Caption]:
    state, captions = FeedState(), []
    for body in bodies:
        state, new = cart.accept(state, lang, body)
        captions += new
    return captions


def test_each_post_is_a_line() -> None:
    lines = posts("¿Qué tal?\r\n".encode(), b"", b" \n", "Sí".encode(), "Sí".encode())
    assert [line.text for line in lines] == ["¿Qué tal?", "Sí", "Sí"]
    assert len({line.segment_id for line in lines}) == 3
    assert {line.language for line in lines} == {"es-MX"}


@given(st.lists(st.binary(max_size=80), max_size=8), st.text(max_size=20))
def test_no_body_raises(bodies: list[bytes], lang: str) -> None:
    assert all(line.text.strip() for line in posts(*bodies, lang=lang))


def test_an_address_has_all_its_parts_or_is_none() -> None:
    assert cart.address({"meetingid": "s.f", "token": "x"}) == Address("s", "f", "x")
    wrong = [{"meetingid": "s.f"}, {"token": "x"}, {"meetingid": "s", "token": "x"}, {"meetingid": ".f", "token": "x"}]
    assert [cart.address(query) for query in wrong] == [None] * 4
