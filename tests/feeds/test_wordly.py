"""What Wordly's socket is sent, and what it says, read one message at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain.captions import Caption, CaptionStatus, Wordly
from isegoria.feeds import wordly
from isegoria.feeds.wordly import Malformed, Problem, Read, SessionEnded, Status, read

PHRASE = {"type": "phrase", "phraseId": "7", "translatedText": "Gracias", "translatedLanguageCode": "es"}


def said(message: object) -> Any:
    return read(json.dumps(message)).said


def test_what_is_not_given_is_not_sent() -> None:
    bare = Wordly(code="ABCD-1234", language="es")
    assert json.loads(wordly.connect(bare, "es")) == {
        "type": "connect",
        "presentationCode": "ABCD-1234",
        "languageCode": "es",
    }
    full = Wordly(code="ABCD-1234", passcode="p", connection_code="9005", language="es")
    assert json.loads(wordly.connect(full, "pt")) == {
        "type": "connect",
        "presentationCode": "ABCD-1234",
        "languageCode": "pt",
        "accessKey": "p",
        "connectionCode": "9005",
    }
    assert json.loads(wordly.change("fr")) == {"type": "change", "languageCode": "fr"}


def test_a_phrase_is_a_caption_partial_until_it_is_final() -> None:
    caption = Caption(segment_id="7", text="Gracias", status=CaptionStatus.PARTIAL, language="es")
    assert said(PHRASE) == caption
    assert said({**PHRASE, "isFinal": True}).status is CaptionStatus.FINAL
    assert said({**PHRASE, "name": "Ana", "speakerTag": "1"}).speaker_label == "Ana"
    assert said({**PHRASE, "speakerTag": "1"}).speaker_label == "1"
    assert said({**PHRASE, "phraseId": 7}) == caption
    assert read(json.dumps(PHRASE).encode()).said == caption


def test_a_long_id_is_told_apart_by_its_hash() -> None:
    one, other = (said({**PHRASE, "phraseId": "x" * 200 + end}).segment_id for end in "ab")
    assert one != other
    assert len(one) == len(other) == 32


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ({"type": "status", "success": True}, Status(True)),
        ({"type": "status", "success": False, "message": "Wrong\u202e key."}, Status(False, "Wrong key.")),
        ({"type": "status"}, Status(False)),
        ({"type": "status", "success": "yes", "message": 3}, Status(False)),
        ({"type": "error", "message": "Slow."}, Problem("Slow.")),
        ({"type": "end"}, SessionEnded()),
        ({"type": "echo"}, None),
        ({"type": "users", "presenters": [{"name": "Ana"}], "attendees": [], "others": 4}, None),
        ({"type": "speech", "phraseId": "7", "synthesizedSpeech": {"data": [1, 2]}}, None),
    ],
)
def test_what_else_is_said(message: object, meant: object) -> None:
    assert read(json.dumps(message)) == Read(meant)  # type: ignore[arg-type]


def test_what_is_not_known_is_named_and_passed_over() -> None:
    assert read('{"type": "applause", "loud": true}') == Read(None, ("applause",))
    assert read(json.dumps({**PHRASE, "b": 1, "a": 2})).unknown == ("phrase.a", "phrase.b")
    assert read(json.dumps({"type": "\x1b[31m" + "x" * 100})).unknown == ("[31m" + "x" * 36,)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "7",
        '{"type": 7}',
        '{"no": "type"}',
        "[" * 60_000,
        b"\xff",
        '{"type": "phrase", "phraseId": "", "translatedText": "§"}',
        '{"type": "phrase", "phraseId": "1"}',
        '{"type": "phrase", "phraseId": "1", "translatedText": null}',
        '{"type": "phrase", "phraseId": ["1"], "translatedText": "§"}',
        '{"type": "phrase", "phraseId": "1", "translatedText": "§", "isFinal": "maybe"}',
    ],
)
def test_what_is_no_message_is_malformed(message: str | bytes) -> None:
    with pytest.raises(Malformed) as wrong:
        read(message)
    assert "§" not in str(wrong.value)


def test_speech_is_passed_over_unread_and_anything_else_as_large_is_malformed() -> None:
    speech = '{"type": "speech", "synthesizedSpeech": {"data": [' + "0," * 50_000
    assert read(speech) == read(speech.encode()) == Read()
    with pytest.raises(Malformed):
        read(json.dumps({**PHRASE, "translatedText": "y" * wordly.LARGEST}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
names = st.sampled_from(
    ["phraseId", "translatedText", "translatedLanguageCode", "isFinal", "name", "success", "message"]
)
messages = st.fixed_dictionaries(
    {"type": st.sampled_from(["phrase", "status", "error", "end", "echo", "users", "speech", "x"])}
).flatmap(lambda kind: st.dictionaries(names | st.text(max_size=5), json_values).map(lambda more: {**more, **kind}))


@given(messages.map(json.dumps) | st.text() | st.binary())
def test_whatever_is_said_is_read_or_malformed(message: str | bytes) -> None:
    try:
        heard = read(message)
    except Malformed:
        return
    if isinstance(heard.said, Caption):
        assert 0 < len(heard.said.segment_id) <= wordly.LONGEST_ID
