"""A talk in eight languages as Wordly would give it, undisturbed or with all that can go wrong on the way."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from tests.fake_wordly import FakeWordly
from tests.pull.scene import Scene

TALK = {
    "en": ("All human beings are born free", "and equal in dignity and rights.", "Everyone has the right to life."),
    "es": (
        "Todos los seres humanos nacen libres",
        "e iguales en dignidad y derechos.",
        "Todo individuo tiene derecho.",
    ),
    "fr": ("Tous les êtres humains naissent libres", "et égaux en dignité et en droits.", "Tout individu a droit."),
    "ar": ("يولد جميع الناس أحرارا", "متساوين في الكرامة والحقوق.", "لكل فرد الحق في الحياة."),
    "zh": ("人人生而自由", "在尊严和权利上一律平等。", "人人有权享有生命。"),
    "ru": ("Все люди рождаются свободными", "и равными в достоинстве и правах.", "Каждый имеет право на жизнь."),
    "pt": ("Todos os seres humanos nascem livres", "e iguais em dignidade e direitos.", "Todo ser humano tem direito."),
    "ca": ("Tots els éssers humans neixen lliures", "i iguals en dignitat i en drets.", "Tot individu té dret."),
}
UNFINISHED = 2
"""The final of this piece never comes."""

Disturb: TypeAlias = Callable[[FakeWordly, Scene, str], Awaitable[None]]
OUTAGE_MS = 3_000


async def break_line(wordly: FakeWordly, here: Scene, language: str) -> None:
    await wordly.dropped(language)
    here.stage.now += OUTAGE_MS


async def end_with_a_huge_message(wordly: FakeWordly, here: Scene, language: str) -> None:
    one = await wordly.attendee(language)
    await wordly.say(language, "x" * (9 * 1024 * 1024))
    await wordly.until(lambda: one in wordly.gone)
    here.stage.now += OUTAGE_MS


async def close_properly(wordly: FakeWordly, here: Scene, language: str) -> None:
    one = await wordly.attendee(language)
    await one.socket.close()
    await wordly.until(lambda: one in wordly.gone)
    here.stage.now += OUTAGE_MS


async def end_and_begin_anew(wordly: FakeWordly, here: Scene, language: str) -> None:
    one = await wordly.attendee(language)
    await wordly.say(language, {"type": "end"})
    await wordly.until(lambda: one in wordly.gone)
    here.stage.now += OUTAGE_MS


async def talk_nonsense(wordly: FakeWordly, here: Scene, language: str) -> None:
    for message in ('{"type": "phr', "[]", '{"type": "phrase", "phraseId": "1"}', '{"type": "applause"}', '"\\ud800"'):
        await wordly.say(language, message)
    await wordly.say(language, b"\xff\xfe\x00")
    await wordly.say(language, json.dumps({"type": "phrase", "phraseId": "1", "translatedText": "y" * 70_000}))


async def report_an_error(wordly: FakeWordly, here: Scene, language: str) -> None:
    await wordly.say(language, {"type": "error", "message": "Translation is slow."})


LOSSES = (break_line, end_with_a_huge_message, close_properly, end_and_begin_anew)
"""Ends of the connection, each of which leaves a gap."""
NOISE = (talk_nonsense, report_an_error)


async def told(wordly: FakeWordly, here: Scene, language: str) -> None:
    """The talk in one language, undisturbed."""
    for number, text in enumerate(TALK[language]):
        await wordly.phrase(language, f"p{number}", text[: len(text) // 2])
        await wordly.phrase(language, f"p{number}", text)
        if number != UNFINISHED:
            await wordly.phrase(language, f"p{number}", text, final=True)


async def told_badly(wordly: FakeWordly, here: Scene, language: str, turn: int) -> None:
    """The same with repeats, late and longer partials, noise, and a loss within a phrase and one between two."""
    losses = [LOSSES[(turn + n) % len(LOSSES)] for n in range(2)]
    noise = NOISE[turn % len(NOISE)]
    for number, text in enumerate(TALK[language]):
        name = f"p{number}"
        await wordly.phrase(language, name, text[: len(text) // 2], newField=[turn])
        await noise(wordly, here, language)
        if number == 0:
            await losses[0](wordly, here, language)
        await wordly.phrase(language, name, text if number == UNFINISHED else f"{text} {text}")
        if number != UNFINISHED:
            await wordly.phrase(language, name, text, final=True)
            await wordly.phrase(language, name, text, final=True)
            await wordly.phrase(language, name, text[:3])
        if number == 1:
            await losses[1](wordly, here, language)
            await wordly.phrase(language, name, text, final=True)
