"""Programs that accept a Zoom caption address and send their whole window of lines again for every word.

A line that has another below it is final, the lowest is a partial. What changes above corrects; what has gone from the
end is taken back. A window that has nothing in common with what was there is all new. Lines that have scrolled off are
remembered for a while, because whoever takes a word back may scroll them on again.

How far a window has scrolled must be guessed: the guess with the least that is changed, new, or gone is taken. What
cannot be told apart is not promised: a line that is said twice, word by word, in a window of one line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Final

from isegoria.domain import revisions
from isegoria.domain.captions import Caption, CaptionStatus, Mode, Sent
from isegoria.domain.revisions import FeedState, Piece
from isegoria.feeds.languages import language_tag
from isegoria.feeds.numbered import fresh

MODE: Final = Mode.REVISE

HIGHEST = 12
"""Lines of a window; those above are left out."""
REMEMBERED = 24
NEW = 0.5
GONE = 0.3
CHANGED = 0.2
"""What a new line, one that is gone from the end, and one that has changed a little count against one that has changed
altogether, which is 1. People change one line at a time: three that are a little different are three others."""
_LINE_BREAK = re.compile(r"\r\n|\r|\n|<br\s*/?>", re.IGNORECASE)


def accept(state: FeedState, seq: int, lang: str | None, body: bytes) -> tuple[FeedState, list[Caption]]:
    """What a window shows that was not there: nothing if the post is a repeat, or empty.

    A character that is cut at the end of the body is left out: it comes whole with the next word.
    """
    post = fresh(state, seq, body)
    if post is None:
        return state, []
    window = _lines(codecs.getincrementaldecoder("utf-8")("replace").decode(body))
    if not window:
        return post.state, []
    before = [_as_it_is(state, piece) for piece in state.pieces if piece.text]
    newest = state.pieces[-1].id if state.pieces else 0
    after = _scroll(before, window, newest, language_tag(lang))
    captions = list(_changes(before, after))
    newest = max(newest, after[-1].id)
    if after[-1].id < newest:
        after.append(Piece(newest, "", said=True))
    return post.state.model_copy(update={"pieces": tuple(after[-REMEMBERED:])}), captions


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in _LINE_BREAK.split(text)]
    return [line for line in lines if line][-HIGHEST:]


def _as_it_is(state: FeedState, piece: Piece) -> Piece:
    """A line that ought to be a partial and is none was made final by time (C7)."""
    return piece if piece.said else piece._replace(said=not revisions.is_open(state, _name(piece)))


def _scroll(before: Sequence[Piece], window: Sequence[str], newest: int, language: str | None) -> list[Piece]:
    """The lines that are remembered after a window was shown: those above it, and its own."""
    above = min(range(len(before), -1, -1), key=lambda above: _cost(before[above:], window))
    lines = [piece._replace(said=True) for piece in before[:above]]
    for row, text in enumerate(window):
        known = before[above + row] if above + row < len(before) else None
        number = known.id if known else newest + 1
        newest = max(newest, number)
        said = row < len(window) - 1 or bool(known and known.said)
        lines.append(Piece(number, text, said=said, language=known.language if known else language))
    return lines


def _changes(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Caption]:
    was = {piece.id: piece for piece in before}
    for piece in after:
        known = was.pop(piece.id, None)
        if known is None or (known.text, known.said) != (piece.text, piece.said):
            yield _caption(piece, known)
    for gone in was.values():
        yield Caption(segment_id=_name(gone), text="", status=CaptionStatus.RETRACTED, language=gone.language)


def _caption(piece: Piece, known: Piece | None) -> Caption:
    return Caption(segment_id=_name(piece), text=piece.text, status=_status(piece, known), language=piece.language)


def _status(piece: Piece, known: Piece | None) -> Sent:
    if known and known.said:
        return CaptionStatus.CORRECTED
    return CaptionStatus.FINAL if piece.said else CaptionStatus.PARTIAL


def _cost(lines: Sequence[Piece], window: Sequence[str]) -> float:
    """How unlikely it is that a window shows these lines from its top."""
    both = min(len(lines), len(window))
    changed = sum(
        _difference(lines[row].text, window[row], lowest=row == len(lines) - 1, above=row < len(window) - 1)
        for row in range(both)
    )
    return changed + NEW * (len(window) - both) + GONE * (len(lines) - both)


def _difference(was: str, now: str, *, lowest: bool, above: bool) -> float:
    """How much of a line is another, from 0 to 1. `lowest`: it was; `above`: there are others below it now.

    The lowest may grow, or lose its end to a new one below it. It is typed at its end: if it begins otherwise, it is
    another. Lines above may change anywhere.
    """
    if was == now or (lowest and (now.startswith(was) or (above and was.startswith(now)))):
        return 0.0
    same = _shared(was, now)
    same += _shared(was[same:][::-1], now[same:][::-1]) if above and not lowest else 0
    return CHANGED + (1 - CHANGED) * (1 - same / max(len(was), len(now)))


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _name(piece: Piece) -> str:
    return f"line-{piece.id}"
