"""People and links: one revision a batch, nothing left after erasing, no token kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from isegoria.domain.captions import CaptionSegment, CaptionStatus
from isegoria.domain.people import About, Organisation, Person
from isegoria.domain.values import Role
from isegoria.store.engine import Engine, Word
from isegoria.store.journal import Journal
from isegoria.store.leases import Leases
from isegoria.store.links import FeedSecrets, Link, Links, hash_of_token
from isegoria.store.people import PeopleStore
from isegoria.store.presence import Presence
from isegoria.store.removal import remove_session
from isegoria.store.sessions import Sessions
from isegoria.store.transcript import Transcript
from tests.store.conftest import within

KIM = Person(id="p1", display_name="KIM Seo-yeon", email="kim@example.org", organisation_id="o1", raw={"City": "부산"})
ANA = Person(id="p2", display_name="Ana")
BUSAN = Organisation(id="o1", name="Busan")
SAID = CaptionSegment(
    source="f1", segment_id="1", status=CaptionStatus.FINAL, language="en", text="one", received_at=1, spoken_at=1
)


async def test_what_is_saved_is_read_as_of_one_revision(engine: Engine) -> None:
    store = PeopleStore(engine)
    assert await store.save("s", [KIM, ANA], [BUSAN]) == 1
    assert await store.set_about("s", About(title="Good practices", segments={"s1": "Opening"})) == 2
    await store.put_text("s", "x1", "“Water”\nfor all", person="p2")
    people = await store.read("s")
    assert people.revision == 2
    assert people.persons == {"p1": KIM, "p2": ANA}
    assert people.organisation_of("p1") == BUSAN
    assert people.texts == {"x1": "“Water”\nfor all"}
    assert people.about.segments == {"s1": "Opening"}
    assert await store.texts("s", ["x1", "x2"]) == {"x1": "“Water”\nfor all"}


async def test_an_edit_replaces_and_makes_a_revision(engine: Engine) -> None:
    store = PeopleStore(engine)
    await store.save("s", [KIM, ANA])
    assert await store.save("s", [ANA.model_copy(update={"city": "Quito"})]) == 2
    assert (await store.read("s")).persons["p2"].city == "Quito"
    assert (await store.read("other")).persons == {}


async def test_R8_an_erased_person_is_gone_from_the_disk_too(own_engine: Engine, tmp_path: Path) -> None:
    store = PeopleStore(own_engine)
    await store.save("s", [KIM, ANA], [BUSAN])
    await store.put_text("s", "x1", "a note on Seo-yeon", person="p1")
    await store.put_text("s", "x2", "another that names Seo-yeon")
    await store.put_text("s", "x3", "kept")

    def on_disk() -> bool:
        return any(b"Seo-yeon" in path.read_bytes() for path in (tmp_path / "appendonlydir").iterdir())

    assert not await own_engine.rewrite_due()
    assert await store.erase("s", "p1", texts=["x2"]) == 2
    people = await store.read("s")
    assert (people.persons, people.texts) == ({"p2": ANA}, {"x3": "kept"})
    assert await own_engine.rewrite_due()
    assert on_disk()
    await own_engine.rewrite()
    await within(2, lambda: not on_disk())
    assert not await own_engine.rewrite_due()
    assert (await store.read("s")).persons == {"p2": ANA}


async def test_what_is_erased_during_a_rewrite_stays_due(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    store, ask = PeopleStore(engine), engine.ask

    async def ask_and_erase(*command: Word) -> Any:
        reply = await ask(*command)
        if command == ("BGREWRITEAOF",):
            await store.erase("s", "p2")
        return reply

    await store.save("s", [KIM, ANA])
    await store.erase("s", "p1")
    monkeypatch.setattr(engine, "ask", ask_and_erase)
    await engine.rewrite()
    assert await engine.rewrite_due()


async def test_a_link_stands_for_role_and_person_until_revoked(engine: Engine) -> None:
    links = Links(engine)
    token = await links.create_link("s", Role.SPEAKER, "p1")
    link = await links.resolve("s", token)
    assert link == Link(Role.SPEAKER, "p1", hash_of_token(token))
    assert await links.resolve("t", token) is None
    assert await links.resolve("s", token[:-1]) is None
    assert await links.resolve("s", "\ud800") is None
    assert await links.revoke("s", link.hash)
    assert await links.resolve("s", token) is None
    assert not await links.revoke("s", link.hash)


async def test_no_token_is_kept(engine: Engine) -> None:
    token = await Links(engine).create_link("s", Role.SPEAKER, "p1")
    secret = await FeedSecrets(engine).create_feed("s", "f1", {})
    for key in await engine.ask("KEYS", "*"):
        kept = str(await engine.ask("HGETALL", key))
        assert token not in kept
        assert secret not in kept


async def test_a_new_link_replaces_the_persons_one_for_that_role_alone(engine: Engine) -> None:
    links = Links(engine)
    first = await links.create_link("s", Role.SPEAKER, "p1")
    other_role = await links.create_link("s", Role.MODERATOR, "p1")
    second = await links.create_link("s", Role.SPEAKER, "p1")
    assert await links.resolve("s", first) is None
    assert await links.resolve("s", other_role)
    assert await links.resolve("s", second)
    await links.revoke_of("s", "p1")
    assert await links.list_links("s") == []


async def test_links_without_a_person_stand_side_by_side(engine: Engine) -> None:
    links = Links(engine)
    tokens = [await links.create_link("s", Role.ATTENDEE) for _ in range(2)]
    assert [await links.resolve("s", token) for token in tokens] == [
        Link(Role.ATTENDEE, None, hash_of_token(token)) for token in tokens
    ]


async def test_a_feed_is_known_by_its_secret(engine: Engine) -> None:
    feeds = FeedSecrets(engine)
    secret = await feeds.create_feed("s", "f1", {"kind": "zoom", "language": "es"})
    assert await feeds.resolve_feed("s", "f1", secret) == {"kind": "zoom", "language": "es"}
    assert await feeds.resolve_feed("s", "f1", "wrong") is None
    assert await feeds.resolve_feed("s", "f2", secret) is None
    assert await feeds.list_feeds("s") == {"f1": {"kind": "zoom", "language": "es"}}
    await feeds.create_feed("s", "f1", {"kind": "zoom"})
    assert await feeds.resolve_feed("s", "f1", secret) is None
    assert await feeds.revoke_feed("s", "f1")
    assert await feeds.list_feeds("s") == {}


async def test_a_removed_session_leaves_nothing_but_its_place_in_the_list(engine: Engine) -> None:
    await Sessions(engine).create("s")
    await Journal(engine).append("s", 1, b"")
    await Journal(engine).append("t", 1, b"of another session")
    await PeopleStore(engine).save("s", [KIM], [BUSAN])
    await PeopleStore(engine).put_text("s", "x1", "a note")
    await PeopleStore(engine).set_about("s", About(title="Good practices"))
    await Links(engine).create_link("s", Role.SPEAKER, "p1")
    await FeedSecrets(engine).create_feed("s", "f1", {})
    await Transcript(engine).accept("s", "f1", 0, {"floor": [SAID]}, b"state")
    await Leases(engine).lease("s", "f1", "r1")
    await Presence(engine).put("s", "r1", b"{}")
    await remove_session(engine, "s")
    left = sorted(await engine.ask("KEYS", "*"))
    assert left == [b"isegoria:rewrite_due", b"isegoria:sessions", b"isegoria:t:journal"]
