"""One consultation in which every text is hostile, and everything is said by those who may not be told of.

Names, titles, captions and notes are formulas, markup, controls, other directions, 10,000 letters. Of the speakers

- ana is named: her turn's captions are hostile, and at its end she hands over to cat by name;
- bob's organisation is told: he thanks dan by name, and later names cat;
- cat is protected, and dan not for the report;
- eve withdraws; hal is called twice and is not there;
- fay speaks under the Chatham House Rule, in segment "two";
- gil is interrupted, and amy, who is protected, takes over and does not speak;
- mia gives opening remarks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionSegment, CaptionStatus, GapReason, Origin, Track, normal
from isegoria.domain.people import CaptionTrack, Organisation, People, Person
from isegoria.domain.values import (
    Attribution,
    Constituency,
    EntryStatus,
    Instant,
    PauseReason,
    Region,
)
from isegoria.report.making import Material
from tests.domain.story import NOON, RAY, SAM, S, Story, live, speaker
from tests.report.journals import KNOWN, handed_in, journal_of, said

LONG = "x" * 10_000
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1:A9)", "＝1+1", "\t=1", '=HYPERLINK("https://example.org/","a")', "{=1}")
MARKUP = (
    "<script>alert('a')</script>",
    "&amp; &#0; ]]> <!-- --> <?a b?> <w:p/>",
    '#eval("1") $x$ \\section{a} `b` *c* _d_',
    "{\\rtf1 a} {\\an8} <v Somebody>{y:i}",
    "<r><t>a</t></r> _x0041_ &G&[Picture]",
    "a\n\n00:00:01.000 --> 00:00:02.000\nNOTE b",
    "STYLE\n::cue { color: red }",
)
SIGNS = (
    "\x00\x07\x0b\x1b\x7f\x85controls",
    "\u202eabc\u2066def",
    "one\u2028two\u2029three\r\nfour",
    "\ufeffbom \ufffe\uffff end",
    "مرحبا (عام 2026) مع UN-Habitat",
    "欢迎，人权从社区开始。",
    "👩🏽‍🚀🏳️‍🌈🇪🇸 👨‍👩‍👧‍👦 e\u0301\u0301\u0301",
    LONG,
)
TEXTS = (*FORMULAS, *MARKUP, *SIGNS)
UNPAIRED = "half \ud800 of \udfff a pair"
"""It comes through no feed and no registration: only as a text that somebody types."""


@dataclass(frozen=True)
class Secret:
    """Who may not be told of: no word of theirs stands in anything publishable, nor the minutes of their turns."""

    id: str
    words: tuple[str, ...]
    spoke: tuple[str, ...] = ()
    """Minutes, after the session's start, in which they began or ended."""


CAT = Secret("cat", ("Zoë", "Müller", "Núñez", "zoe@", "Puerto Escondido", "Red de Ciudades", "RCX"), ("23", "24"))
DAN = Secret("dan", ("Đặng", "Tèo", "dan@", "Hạ Long", "Mekong Hall"), ("27",))
EVE = Secret("eve", ("Evelyn", "Oyelaran", "eve@", "Lagos"))
FAY = Secret("fay", ("Sakura", "さくら", "Sapporo", "田中", "Hokkaido"), ("36", "38"))
AMY = Secret("amy", ("Amaranta", "Quispe", "amy@", "Cusco", "Ayllu"))
BOB = Secret("bob", ("محمد", "عبد الله", "bob@"))
"""His organisation is told."""
SECRETS = (CAT, DAN, EVE, FAY, AMY, BOB)
NOT_OUR_WORDS = ("Seen by the team alone", "Taken back", "Cat's own words", "Dan's own words", "Confided", "Procedure")
"""Notes, what was withdrawn, and the captions of those who did not allow theirs."""

_ORGANISATIONS = {
    "acity": f"{FORMULAS[3]} {MARKUP[0]}",
    "bcity": f"مدينة تونس {FORMULAS[4]}",
    "ccity": "Red de Ciudades (RCX)",
    "dcity": "Mekong Hall",
    "ecity": "Lagos Forum",
    "fcity": "Hokkaido Union",
    "amys": "Ayllu Forum",
}


def _person(name: str, shown: str, choice: Attribution, **more: object) -> Person:
    fields = {
        "id": name,
        "display_name": shown,
        "email": f"{name}@people.example",
        "attribution": choice,
        "constituency": Constituency.LOCAL_GOVERNMENT,
        **more,
    }
    return Person.model_validate(fields)


def _persons() -> Iterator[Person]:
    named = Attribution.NAMED
    for name, text in {
        "ana": " ".join(TEXTS[:-1]),
        "gil": FORMULAS[0],
        "hal": LONG,
        "mia": " ".join(SIGNS[:7]),
    }.items():
        place = {"organisation_id": "acity", "city": MARKUP[2], "country": "BR"} if name == "ana" else {}
        yield _person(name, text, named, function=MARKUP[1], **place)
    yield _person(
        "bob",
        "-1 محمد \u202eعبد الله\u2066",
        Attribution.ORGANISATION,
        organisation_id="bcity",
        city="تونس",
        country="TN",
    )
    yield _person(
        "cat",
        "Zoë Müller-Núñez",
        Attribution.CONSTITUENCY_REGION,
        given_name="Zoë",
        family_name="Müller-Núñez",
        email="zoe@puerto.example",
        organisation_id="ccity",
        city="Puerto Escondido",
        country="MX",
        regions=(Region.LATIN_AMERICA,),
    )
    silent = Attribution.NOT_FOR_REPORT
    yield _person("dan", "Đặng Văn Tèo", silent, organisation_id="dcity", city="Hạ Long", country="VN")
    yield _person("eve", "Evelyn Oyelaran", named, organisation_id="ecity", city="Lagos", country="NG")
    yield _person("fay", "Sakura 田中さくら", named, organisation_id="fcity", city="Sapporo", country="JP")
    alias = Attribution.CONSTITUENCY_REGION
    yield _person("amy", "Amaranta Quispe", alias, organisation_id="amys", city="Cusco", country="PE")


_WRITTEN = {
    "gist-ana": f"{MARKUP[0]} {UNPAIRED} {LONG}",
    "gist-cat": "Müller-Núñez of Puerto Escondido asked for time.",
    "gist-dan": "Mekong Hall, where Đặng Văn Tèo works, asked for money.",
    "gist-bob": "\n".join(FORMULAS),
    "note-ana": f"Seen by the team alone {UNPAIRED}",
    "remarks-mia": f"{FORMULAS[3]} Zoë Müller-Núñez was welcomed. {SIGNS[2]}",
    "topic": MARKUP[4][:60],
    "text-ana": f"{UNPAIRED}\n" + "\n".join(TEXTS),
    "text-cat": "Cat's own words. We, Red de Ciudades, write.",
    "text-bob": "As zoe@puerto.example wrote, from Cusco.",
    "text-eve": "Taken back",
}
_ABOUT = {
    "title": f"{FORMULAS[0]} & <b>Consultation</b> {MARKUP[2]} {SIGNS[1]}",
    "organisers": (FORMULAS[5], MARKUP[1], SIGNS[4]),
    "languages": ("en", "ar", "zh"),
    "segments": {"opening": MARKUP[3], "one": f"1. {MARKUP[1]} 实施", "two": FORMULAS[2]},
    "tracks": tuple(CaptionTrack(track=one, language=one, feed=one) for one in ("en", "ar", "zh")),
}
PEOPLE = People(
    revision=1,
    persons={person.id: person for person in [*KNOWN.persons.values(), *_persons()]},
    organisations={one: Organisation(id=one, name=name) for one, name in _ORGANISATIONS.items()},
    texts=_WRITTEN,
    about=KNOWN.about.model_copy(update=_ABOUT),
)


# --- what happens ---------------------------------------------------------------------------------


def consultation() -> Story:
    """Closed. Turns begin and end in minutes of their own."""
    story = live()
    story.people = PEOPLE
    story.ask(c.AddTopic(text="x"), RAY, text="topic")
    entries = dict(zip(("gil", "ana", "cat", "dan", "bob", "eve", "hal"), _requests(story), strict=True))
    _interrupted(story, entries["gil"])
    for name, began, ended in (
        ("ana", "19:20", "22:25"),
        ("cat", "23:10", "24:20"),
        ("dan", "27:05", "27:55"),
        ("bob", "28:30", "31:05"),
    ):
        _turn(story, entries[name], began, ended)
    story.ask(c.Withdraw(entry=entries["eve"], status=EntryStatus.WAITING), speaker("eve"))
    _not_there(story, entries["hal"])
    _confided(story)
    _noted(story, entries)
    _in_writing(story, entries)
    story.at(after("109:30")).ask(c.CloseSession())
    return story


def after(clock: str) -> Instant:
    """Minutes and seconds after the session's start."""
    minutes, seconds = map(int, clock.split(":"))
    return NOON + (60 * minutes + seconds) * S


def _requests(story: Story) -> list[str]:
    return story.wait("gil", "ana", "cat", "dan", "bob", "eve", "hal")


def _turn(story: Story, entry: str, began: str, ended: str) -> None:
    turn = story.at(after(began)).give(entry)
    story.at(after(ended)).ask(c.EndTurn(turn=turn))


def _interrupted(story: Story, entry: str) -> None:
    turn = story.at(after("5:30")).give(entry)
    story.at(after("6:30")).ask(c.PauseTurn(turn=turn, reason=PauseReason.CONNECTION))
    story.after(60).ask(c.InterruptTurn(turn=turn))
    story.ask(c.Substitute(entry=entry, person="amy"), SAM)


def _not_there(story: Story, entry: str) -> None:
    for _ in range(2):
        story.ask(c.CallSpeaker(entry=entry, status=story.session.entries[entry].status))
        story.after(20).ask(c.MarkAbsent(entry=entry, status=EntryStatus.CALLED))


def _confided(story: Story) -> None:
    story.at(after("35:00")).ask(c.StartSegment(segment="two", after="one"))
    story.ask(c.SwitchChathamHouse(segment="two", on=True), SAM)
    _turn(story, story.request("fay", "two"), "36:10", "38:20")


def _noted(story: Story, entries: dict[str, str]) -> None:
    for name in ("ana", "cat", "dan", "bob"):
        story.ask(c.WriteGist(entry=entries[name], after=None, text="x"), RAY, text=f"gist-{name}")
        story.ask(c.TagIntervention(entry=entries[name], tag="practice"), RAY)
    story.ask(c.TagIntervention(entry=entries["ana"], tag=next(iter(story.session.notebook.topics))), RAY)
    story.ask(c.NoteIntervention(entry=entries["ana"], text="x"), RAY, text="note-ana")
    story.ask(c.LogRemarks(person="mia", segment="opening", text="x"), RAY, text="remarks-mia")
    fay = next(one.id for one in story.session.entries.values() if one.person == "fay")
    quoted = {entries["ana"]: 1, entries["cat"]: CATS, entries["dan"]: DANS, entries["bob"]: BOBS, fay: FAYS}
    for entry, position in quoted.items():
        story.ask(c.QuoteIntervention(entry=entry, track="en", first=position, last=position), RAY)
        story.ask(c.ConfirmQuote(annotation=story.session.notebook.annotations[-1].id), RAY)
    story.ask(c.QuoteIntervention(entry=entries["ana"], track="en", first=3, last=UNHEARD), RAY)


def _in_writing(story: Story, entries: dict[str, str]) -> None:
    for name in ("ana", "bob", "cat", "eve"):
        statement = {"entry": entries["ana"], "language": "es"} if name == "ana" else {}
        story.ask(handed_in(f"text-{name}", name, **statement), SAM)
    story.ask(c.WithdrawContribution(contribution="text-eve"), SAM)


# --- what is said ---------------------------------------------------------------------------------

UNHEARD = len(TEXTS) + 1
CATS, DANS, BOBS, FAYS = len(TEXTS) + 2, len(TEXTS) + 3, len(TEXTS) + 5, len(TEXTS) + 7
"""Positions on the track "en": of the last caption of ana's turn, and of one in each of theirs."""


def captions() -> dict[Track, list[CaptionSegment]]:
    """Of three languages; the English ones are as spoken. All in the normal form in which feeds hand them on (C1)."""
    hostile = [(f"19:{25 + number:02}", text) for number, text in enumerate(TEXTS)]
    spoken = [
        *hostile,
        ("22:20", "I give the floor to Zoë Müller-Núñez of the Red de Ciudades."),
        ("23:20", "Cat's own words, from Puerto Escondido."),
        ("27:20", "Dan's own words."),
        ("28:50", f"Thank you, Đặng Văn Tèo. {FORMULAS[0]}"),
        ("30:20", "As Müller-Núñez of Puerto Escondido told us."),
        ("34:00", "Procedure: Lagos has gone."),
        ("36:30", "Confided by Sakura 田中."),
    ]
    english = [said(normal(text), after(clock), position) for position, (clock, text) in enumerate(spoken, 1)]
    english[1] = english[1].model_copy(update={"origin": Origin.HUMAN})
    english.append(_gap("40:00", len(english) + 1))
    return {"en": english, "ar": _translated("ar", SIGNS[4], spoken), "zh": _translated("zh", SIGNS[5], spoken)}


def _translated(language: str, words: str, spoken: list[tuple[str, str]]) -> list[CaptionSegment]:
    """Names are spoken in it too."""
    lines = ((clock, f"{words} {text}") for clock, text in spoken)
    return [
        said(normal(text), after(clock), position, language=language, is_translation=True)
        for position, (clock, text) in enumerate(lines, 1)
    ]


def _gap(clock: str, position: int) -> CaptionSegment:
    at = after(clock)
    return said("", at, position, status=CaptionStatus.GAP, reason=GapReason.INTERRUPTED, ends_at=at + 9 * S)


def material(story: Story | None = None) -> Material:
    """All of it as it is kept."""
    story = story or consultation()
    kept = {
        track: [(one.position or 0, one.model_dump_json(exclude={"position"}).encode()) for one in segments]
        for track, segments in captions().items()
    }
    return Material("s", journal_of(story), story.people, kept)


def as_if(choice: Attribution, *names: str) -> Material:
    """The same, but these allow to be told of in another way."""
    story = consultation()
    persons = {**story.people.persons}
    for name in names:
        persons[name] = persons[name].model_copy(update={"attribution": choice})
    story.people = replace(story.people, persons=persons)
    return material(story)
