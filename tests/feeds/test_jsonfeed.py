"""Our own feed: one JSON object per message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Caption, CaptionStatus, Clear
from isegoria.feeds import jsonfeed


def test_a_message_is_a_caption() -> None:
    message = (
        '{"segment_id": "7", "status": "partial", "revision": 3, "text": "Obrigado", "language": "pt-br",'
        ' "starts_at": 1751371200000, "ends_at": 1751371201000, "speaker_label": "S1", "confidence": 0.9}'
    )
    assert jsonfeed.read(message) == Caption(
        segment_id="7",
        status=CaptionStatus.PARTIAL,
        revision=3,
        text="Obrigado",
        language="pt-BR",
        speaker_label="S1",
        starts_at=1751371200000,
        ends_at=1751371201000,
    )


def test_what_is_written_is_read_again() -> None:
    caption = Caption(segment_id="r1-1", text="Thank you", speaker_label="SPEAKER_00")
    assert jsonfeed.read(jsonfeed.write(caption)) == caption


def test_clear_is_a_message_of_its_own() -> None:
    assert jsonfeed.read(b'{"type": "clear"}') == Clear()


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("", "JSON"),
        ("[]", "object"),
        ('{"status": "final", "text": "x"}', "segment_id"),
        ('{"segment_id": "", "status": "final"}', "segment_id"),
        ('{"segment_id": "1", "status": "gap"}', "status"),
        ('{"segment_id": "1", "status": "final", "revision": 0}', "revision"),
        ('{"segment_id": "1", "status": "final", "text": {"a": 1}}', "text"),
        ('{"segment_id": "1", "status": "final", "language": "english"}', "like es or pt-BR"),
        ('{"type": "hello"}', "type"),
        ("[" * 60_000, "JSON"),
        ('{"segment_id": "1", "status": "final", "x":' + "[" * 60_000, "JSON"),
        (" " * 65_537, "65536 bytes"),
    ],
)
def test_anything_else_is_refused_with_what_is_wanted(message: str, says: str) -> None:
    with pytest.raises(jsonfeed.Malformed, match=says):
        jsonfeed.read(message)


@given(st.binary() | st.text().map(str.encode))
def test_no_message_raises_anything_else(message: bytes) -> None:
    with pytest.raises(jsonfeed.Malformed) as refused:
        jsonfeed.read(message)
    assert message.decode(errors="replace") not in str(refused.value) or len(message) < 4


def test_a_refusal_does_not_repeat_what_was_said() -> None:
    with pytest.raises(jsonfeed.Malformed) as refused:
        jsonfeed.read('{"segment_id": "1", "status": "Secret words"}')
    assert "Secret words" not in str(refused.value)
