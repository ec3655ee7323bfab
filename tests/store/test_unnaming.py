"""A person whom others named is erased: no stored value and no export has the name, and nothing else is lost (R8)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from isegoria.domain import commands as c
from isegoria.domain import revisions
from isegoria.domain.captions import CaptionSegment, CaptionStatus, Track
from isegoria.domain.people import Person
from isegoria.domain.revisions import FeedState, Finished, Piece
from isegoria.domain.roles import Actor
from isegoria.domain.values import Attribution, ContributionKind, Role, Tier
from isegoria.live.direct import ask, load
from isegoria.preparation.archive import archive, folder_of, read
from isegoria.preparation.erasure import Erased, erase, erase_everywhere
from isegoria.preparation.material import material_of
from isegoria.report.making import OFFERED, Wanted, make
from isegoria.store.engine import Engine, Word
from isegoria.store.files import Files
from isegoria.store.people import PeopleStore
from isegoria.store.transcript import Transcript, size_key
from tests.serving import SYSTEM, connected, prepare, replica

MIA = Actor(role=Role.MODERATOR, person="mia")
BOB = Actor(role=Role.SPEAKER, person="bob")
RAY = Actor(role=Role.RAPPORTEUR, person="sam")
NAME = "Zoë Müller-Núñez"
SAID = (f"I thank {NAME} for this", "and I go on", "as Müller-Núñez said")


async def named(engine: Engine, *, closed: bool = True) -> dict[str, str]:
    """Cat, who is protected, is named by Bob in his turn, in two tracks, and in all kinds of texts; the tokens."""
    tokens = (await prepare(engine)).tokens
    cat = Person(id="cat", display_name=NAME, given_name="Zoë", family_name="Müller-Núñez")
    store = PeopleStore(engine)
    people = await store.read("s1")
    await store.save("s1", [cat, people.persons["dan"].model_copy(update={"access_needs": f"Comes with {NAME}"})])
    await store.set_about("s1", people.about.model_copy(update={"title": f"An hour with {NAME}"}))
    await ask(engine, "s1", c.StartSession(), MIA)
    await ask(engine, "s1", c.ChooseAttribution(person="cat", attribution=Attribution.CONSTITUENCY_REGION), SYSTEM)
    await ask(engine, "s1", c.ChooseAttribution(person="bob", attribution=Attribution.NAMED), SYSTEM)
    await ask(engine, "s1", c.RequestFloor(segment="one"), BOB)
    [entry] = (await load(engine, "s1")).session.order
    await ask(engine, "s1", c.GiveFloor(entry=entry, after=None), MIA)
    await say(engine, "en", *SAID)
    await say(engine, "es", f"Gracias a {NAME}")
    await ask(engine, "s1", c.WriteGist(entry=entry, after=None, text=f"Agrees with {NAME}"), RAY)
    await hand_in(engine, "w1", "text/plain", f"Dear {NAME}".encode())
    await hand_in(engine, "w2", "application/pdf", b"%PDF")
    await hand_in(engine, "w3", "text/plain", b"Dear all")
    if closed and (turn := (await load(engine, "s1")).session.turn):
        await ask(engine, "s1", c.EndTurn(turn=turn.id), MIA)
        await ask(engine, "s1", c.CloseSession(), MIA)
    return tokens


async def hand_in(engine: Engine, name: str, media: str, data: bytes) -> None:
    await Files(engine).put("s1", name, data)
    await PeopleStore(engine).put_text("s1", name, data.decode(), "bob")
    command = c.ReceiveContribution(
        contribution=name, kind=ContributionKind.WRITTEN, words=3, size=len(data), digest="0" * 64, media=media
    )
    await ask(engine, "s1", command, BOB)


async def say(engine: Engine, track: Track, *texts: str) -> None:
    """The track's feed says these, one after the other."""
    turn = (await load(engine, "s1")).session.turn
    assert turn
    feed = "floor-feed" if track == "en" else f"{track}-feed"
    segments = [
        CaptionSegment(
            source=feed,
            segment_id=f"{track}{number}",
            status=CaptionStatus.FINAL,
            language=track,
            text=text,
            received_at=turn.began_at,
            spoken_at=turn.began_at,
        )
        for number, text in enumerate(texts)
    ]
    finished = tuple(
        Finished(track, one.segment_id, 1, 1, "", None, one.spoken_at, kept=True, timed_out=False, connection=0)
        for one in segments
    )
    state = FeedState(finished=finished, pieces=(Piece(1, texts[0]),))
    assert await Transcript(engine).accept("s1", feed, 0, {track: segments}, state.to_bytes())


async def with_name(engine: Engine) -> list[str]:
    """The keys whose values have the name, as it is or as JSON may write it."""
    found = []
    for key in await engine.ask("KEYS", "*"):
        value = repr(await _value(engine, key))
        if any(repr(form)[2:-1] in value for form in ("Müller".encode(), b"M\\u00fcller")):
            found.append(key.decode())
    return sorted(found)


async def _value(engine: Engine, key: bytes) -> Any:
    kind = (await engine.ask("TYPE", key)).decode()
    reading = {"stream": ("XRANGE", key, "-", "+"), "hash": ("HGETALL", key), "set": ("SMEMBERS", key)}
    return await engine.ask(*reading.get(kind, ("GET", key)))


async def exports(engine: Engine) -> dict[tuple[str, Tier], str]:
    material = await material_of(engine, "s1")
    kinds = [kind for kind in OFFERED if kind not in {"pdf", "docx", "xlsx"}]
    wanted = [
        Wanted(kind, tier, "en" if kind in {"vtt", "srt", "txt"} else None) for kind in kinds for tier in OFFERED[kind]
    ]
    return {(one.kind, one.tier): make(one, material).decode() for one in wanted}


async def test_R8_no_stored_value_and_no_export_has_a_name_that_others_said(engine: Engine) -> None:
    await named(engine)
    assert len(await with_name(engine)) == 8
    erased = await erase(engine, "s1", "cat")
    assert (erased.masked.lines, erased.live, erased.on_disk) == (3, False, True)
    assert await with_name(engine) == ["isegoria:s1:files"]
    made = await exports(engine)
    assert [one for one, text in made.items() if "Müller" in text] == []
    for kind in ("vtt", "srt", "txt"):
        assert "I thank […] for this" in made[kind, Tier.PUBLISHABLE]
        assert "as […] said" in made[kind, Tier.PUBLISHABLE]
    assert "Agrees with […]" in made["json", Tier.PUBLISHABLE]


async def test_R8_which_files_of_others_have_the_name_is_told(engine: Engine) -> None:
    await named(engine)
    masked = (await erase(engine, "s1", "cat")).masked
    assert masked.files == {"w1": "Bob Example"}
    assert masked.unread == {"w2": "Bob Example"}


async def test_R8_positions_sizes_and_other_lines_stay(engine: Engine) -> None:
    await named(engine)
    transcript = Transcript(engine)
    before = await transcript.entries("s1")
    await erase(engine, "s1", "cat")
    after = await transcript.entries("s1")
    assert [position for position, _ in after["en"]] == [1, 2, 3, 4, 5]
    assert after["en"][1] == before["en"][1]
    kept = sum(len(data) for entries in after.values() for _, data in entries)
    assert int(await engine.ask("GET", size_key("s1"))) == kept
    assert await transcript.append("s1", {"en": []}) == {"en": []}


async def test_R8_readers_get_corrections_and_the_feed_counts_on_from_them(engine: Engine) -> None:
    await named(engine)
    await erase(engine, "s1", "cat")
    corrections = await Transcript(engine).read("s1", "en", after=3)
    assert [(one.segment_id, one.revision, one.status, one.text, one.by) for one in corrections] == [
        ("en0", 2, CaptionStatus.CORRECTED, "I thank […] for this", None),
        ("en2", 2, CaptionStatus.CORRECTED, "as […] said", None),
    ]
    state = FeedState.from_bytes((await Transcript(engine).feed_state("s1", "floor-feed"))[1])
    assert [one.revision for one in state.finished] == [2, 1, 2]


async def test_R8_what_the_feed_says_meanwhile_is_heeded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    await named(engine)
    accept, late = Transcript.accept, [f"I thanked {NAME}"]

    async def in_between(self: Transcript, session: str, feed: str, revision: int, segments: Any, state: bytes) -> Any:
        if feed == "floor-feed" and late:
            said = {"revision": 2, "status": CaptionStatus.CORRECTED, "text": late.pop(), "position": None}
            rival = (await self.read(session, "en"))[0].model_copy(update=said)
            heard = revisions.amend(FeedState.from_bytes(state), rival).model_copy(update={"heard_at": 5})
            await accept(self, session, feed, revision, {"en": [rival]}, heard.to_bytes())
        return await accept(self, session, feed, revision, segments, state)

    monkeypatch.setattr(Transcript, "accept", in_between)
    await erase(engine, "s1", "cat")
    told = [(one.segment_id, one.revision, one.text) for one in await Transcript(engine).read("s1", "en", after=3)]
    assert told == [
        ("en0", 2, "I thanked […]"),
        ("en2", 2, "as […] said"),
        ("en0", 3, "I thanked […]"),
    ]
    state = FeedState.from_bytes((await Transcript(engine).feed_state("s1", "floor-feed"))[1])
    assert state.heard_at == 5
    assert [one.revision for one in state.finished] == [3, 1, 2]


async def test_R8_what_is_appended_between_reading_and_rewriting_is_kept_and_masked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await named(engine)
    run, late = engine.run, [SAID[0], "a late line"]

    async def in_between(script: str, keys: list[str], *arguments: Word) -> Any:
        if "RENAME" in script and late:
            said = (await Transcript(engine).read("s1", "en"))[1]
            texts, late[:] = [*late], []
            new = [said.model_copy(update={"segment_id": text, "text": text, "position": None}) for text in texts]
            await Transcript(engine).append("s1", {"en": new})
        return await run(script, keys, *arguments)

    monkeypatch.setattr(engine, "run", in_between)
    await erase(engine, "s1", "cat")
    told = [one.text for one in await Transcript(engine).read("s1", "en")]
    assert told[-2:] == ["I thank […] for this", "a late line"]
    assert len(told) == 7


async def test_R8_two_who_are_erased_at_once_do_not_bring_each_other_back(engine: Engine) -> None:
    await named(engine)
    transcript = Transcript(engine)
    [(position, old), *_] = (await transcript.entries("s1"))["en"]
    assert await transcript.reword("s1", "en", {position: (old, b"{}")}) == 1
    assert await transcript.reword("s1", "en", {position: (old, b"[]")}) == 0
    assert (await transcript.entries("s1"))["en"][0] == (position, b"{}")

    store = PeopleStore(engine)
    await store.put_text("s1", "x1", "new", "bob")
    assert await store.reword("s1", {"x1": ("old", "older"), "gone": ("old", "older")}) == 0
    assert await store.texts("s1", ["x1", "gone"]) == {"x1": "new"}


async def test_R8_after_a_fault_erasing_goes_on_and_changes_nothing_twice(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await named(engine)
    with monkeypatch.context() as broken:
        broken.setattr(PeopleStore, "erase", _fail)
        with pytest.raises(OSError, match="away"):
            await erase(engine, "s1", "cat")
    before = await Transcript(engine).entries("s1")
    again = await erase(engine, "s1", "cat")
    assert again.masked.lines == 0
    assert await Transcript(engine).entries("s1") == before
    assert await with_name(engine) == ["isegoria:s1:files"]


async def _fail(*_: object) -> None:
    raise OSError("away")


async def test_R8_an_archive_is_masked_too_and_verifies(engine: Engine, tmp_path: Path) -> None:
    await named(engine)
    await archive(engine, tmp_path, "s1")
    erased: Erased = await erase_everywhere(engine, tmp_path, "s1", "cat")
    assert erased.masked.lines == 3
    _, held = read(folder_of(tmp_path, "s1"))
    assert "[…]" in held.tracks["en"][0].decode()
    texts = [path for path in folder_of(tmp_path, "s1").rglob("*") if path.is_file() and "files" not in path.parts]
    assert [path.name for path in texts if "Müller".encode() in path.read_bytes()] == []


async def test_R8_a_page_that_is_open_shows_the_mask(tmp_path: Path) -> None:
    async with replica(tmp_path) as running:
        tokens = await named(running.engine, closed=False)
        async with connected(running.url, "s1", tokens["attendee"]) as reader:
            await reader.ask("follow", {"tracks": ["en"]})
            await reader.until("captions", lambda frame: frame["position"] == len(SAID))
            assert (await erase(running.engine, "s1", "cat")).live
            told = await reader.until("captions", lambda frame: frame["position"] > len(SAID))
            assert [one["text"] for one in told["segments"]] == ["I thank […] for this", "as […] said"]
