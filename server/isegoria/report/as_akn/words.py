"""The words of a debate: captions in the language in which it was spoken, run together into paragraphs (R7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from isegoria.domain.captions import FLOOR, GapReason, Track
from isegoria.report.as_akn.clock import Clock
from isegoria.report.as_akn.nodes import LANGUAGE, Node, element, language
from isegoria.report.as_txt import LONG, PAUSE, SENTENCE_END, TOO_LONG
from isegoria.report.legible import legible
from isegoria.report.model import InterventionPart, Line
from isegoria.report.phrases import ENGLISH
from isegoria.report.reading import joint, tidy


def original(captions: Mapping[Track, Sequence[Line]]) -> Sequence[Line]:
    """The captions of the floor; else of the track that holds most of what is no translation."""
    if FLOOR in captions:
        return captions[FLOOR]
    tracks = [captions[track] for track in sorted(captions)]
    return max(tracks, key=lambda lines: sum(not line.is_translation and not line.gap for line in lines), default=())


def of_part(lines: Sequence[Line], parts: Sequence[InterventionPart], number: int) -> list[Line]:
    """Those of one of an intervention's parts. A gap may reach into more than one; it ends where the part does."""
    part, following = parts[number], parts[number + 1 :]
    began = part.began_at if number else 0
    until = following[0].began_at if following else None
    mine = [line for line in lines if until is None or line.spoken_at < until]
    return [
        _within(line, part) for line in mine if began <= line.spoken_at or (line.gap and began < (line.ends_at or 0))
    ]


def main_language(lines: Sequence[Line]) -> str | None:
    """In which most of it is."""
    spoken = Counter(language(line.language) for line in lines if not line.gap)
    return spoken.most_common(1)[0][0] if spoken else None


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that are read on; a gap is alone."""
    held: list[Line] = []
    for line in lines:
        if not line.gap and not tidy(legible(line.text)):
            continue
        if held and not _goes_on(held, line):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def written(paragraph: Sequence[Line]) -> str:
    """Its lines as one text."""
    told = ""
    for line in (line for one in paragraph for line in tidy(legible(one.text)).split("\n")):
        told += (joint(told, line) if told else "") + line
    return told


def how(paragraph: Sequence[Line], around: str | None = None) -> dict[str, str | None]:
    """In which language, and by whom it was written: a machine, a human, and whether it is a translation."""
    first = paragraph[0]
    spoken = language(first.language)
    wrote = f"{first.origin}{' translation' if first.is_translation else ''}"
    return {"class": wrote, LANGUAGE: None if spoken == around else spoken}


def in_speech(lines: Sequence[Line], around: str | None, clock: Clock) -> list[Node]:
    """Paragraphs; what we say of them ourselves is a remark."""
    found = [
        _remark(gap(paragraph[0], clock))
        if paragraph[0].gap
        else element("p", how(paragraph, around), written(paragraph))
        for paragraph in paragraphs(lines)
    ]
    return found or [_remark("[not captioned]")]


def gap(line: Line, clock: Clock) -> str:
    if line.gap is GapReason.OFF_THE_RECORD:
        return ENGLISH.off_the_record
    ends_at = line.spoken_at if line.ends_at is None else line.ends_at
    return ENGLISH.not_captioned.format(began=clock.time(line.spoken_at), ended=clock.time(ends_at))


def _remark(text: str) -> Node:
    return element("p", {}, element("remark", {"type": "sceneDescription"}, text))


def _within(line: Line, part: InterventionPart) -> Line:
    if not line.gap or line.ends_at is None:
        return line
    ends_at = line.ends_at if part.ended_at is None else min(line.ends_at, part.ended_at)
    return line.model_copy(update={"spoken_at": max(line.spoken_at, part.began_at), "ends_at": ends_at})


def _goes_on(held: Sequence[Line], line: Line) -> bool:
    last = held[-1]
    if last.gap or line.gap or how([last]) != how([line]) or line.spoken_at - last.spoken_at >= PAUSE:
        return False
    length = sum(len(one.text) for one in held)
    return length < (LONG if SENTENCE_END.search(last.text) else TOO_LONG)
