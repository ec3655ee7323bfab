r"""A stream of characters in which a backspace (0x08) takes back the one before, however long ago that was sent.

    state, captions = type_in(state, "Thank yuo\b\bou, Chair. I")

Both ways of StreamText send this: its posts (streamtext.py), and what is fetched from it (streamtext_pull.py). The
stream is cut into pieces at line breaks and ends of sentences, or where one gets long. The newest is a partial until it
has ended. Backspaces reach back into pieces that were final: what is left of such a piece corrects it, and nothing left
retracts it. A piece that was made final by time (C7) takes no more characters. Captions merge in Mode.REVISE.

Where the stream is cut, and what is remembered, depends on the characters alone and not on how they were parcelled.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from isegoria.domain import revisions
from isegoria.domain.captions import Caption, CaptionStatus, Mode, Sent
from isegoria.domain.revisions import FeedState, Piece

MODE: Final = Mode.REVISE

REACH = 16
"""How many pieces backspaces can reach. What they would take from earlier ones stays."""
LONG = 200
LONGEST = 300
"""A piece that is LONG ends at the next white space or comma; one that is LONGEST ends anyway."""

_BACKSPACE = "\b"
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_COMMAS = frozenset(",;:،؛、，；：")
_CLOSING = "\"'”’»›)]}」』）】》〉"
_SPACED = frozenset(".!?…؟۔։።፧")
"""What ends a sentence in writing that puts a space after it: Latin, Cyrillic, Arabic, Urdu, Armenian, Ethiopic."""
_PLAIN = frozenset("。！？｡।॥။។")
"""The same in writing that need not: Chinese, Japanese, Devanagari, Burmese, Khmer."""
_SHORT = re.compile(r"\b(\w{1,3})\.\Z")


def type_in(state: FeedState, text: str, language: str | None = None) -> tuple[FeedState, list[Caption]]:
    """What these characters make. `language`: what the feed says that they are in."""
    typed = _Typed(state)
    for character in text:
        if character == _BACKSPACE:
            typed.take_back()
        else:
            typed.add(character, language)
    return typed.told()


def break_off(state: FeedState) -> tuple[FeedState, list[Caption]]:
    """Another stream begins: what is open is final, and backspaces do not reach it any more."""
    typed = _Typed(state)
    typed.end()
    after, captions = typed.told()
    forgotten = tuple(piece._replace(text="") for piece in after.pieces[-1:])
    return after.model_copy(update={"pieces": forgotten}), captions


class _Typed:
    """The pieces while characters are typed, oldest first and none empty, and what they were before."""

    def __init__(self, state: FeedState) -> None:
        self._state = state
        self._newest = state.pieces[-1].id if state.pieces else 0
        self._before = [piece for piece in state.pieces if piece.text]
        self._pieces = [*self._before]
        self._beyond: list[Piece] = []
        if self._pieces and _was_made_final(state, self._pieces[-1]):
            self.end()
            self._before = [*self._pieces]

    def add(self, character: str, language: str | None) -> None:
        if not self._takes(character, language):
            self.end()
            self._newest += 1
            self._pieces.append(Piece(self._newest, "", language=language))
            self._beyond += self._pieces[:-REACH]
            del self._pieces[:-REACH]
        piece = self._pieces[-1]
        self._pieces[-1] = piece._replace(text=piece.text + character)
        if _ends(piece, character):
            self.end()

    def take_back(self) -> None:
        """A piece that was said takes characters again if it is left in the middle of a word."""
        if not self._pieces:
            return
        piece = self._pieces.pop()
        text = piece.text[:-1]
        if text:
            blank = not text.strip()
            ended = blank or (piece.said and text[-1].isspace())
            self._pieces.append(piece._replace(text=text, said=piece.said or blank, ended=ended))

    def end(self) -> None:
        if self._pieces:
            self._pieces[-1] = self._pieces[-1]._replace(said=True, ended=True)

    def told(self) -> tuple[FeedState, list[Caption]]:
        """The state now, and what has changed since before."""
        pieces = self._pieces
        if self._newest and (not pieces or pieces[-1].id < self._newest):
            pieces = [*pieces, Piece(self._newest, "", said=True, ended=True)]
        return self._state.model_copy(update={"pieces": tuple(pieces)}), list(self._changes())

    def _takes(self, character: str, language: str | None) -> bool:
        """Whether the last piece goes on with a character."""
        if not self._pieces or self._pieces[-1].ended or self._pieces[-1].language != language:
            return False
        text = self._pieces[-1].text
        if _is_at_end(text, _PLAIN) and not (character.isspace() or character in _PLAIN or character in _CLOSING):
            return False
        return len(text) < LONGEST or (unicodedata.combining(character) > 0 and len(text) < 2 * LONGEST)

    def _changes(self) -> Iterator[Caption]:
        now = {piece.id: piece for piece in (*self._beyond, *self._pieces)}
        before = {piece.id: piece for piece in self._before}
        for number in sorted(before.keys() | now.keys()):
            caption = _change(before.get(number, Piece(number, "")), now.get(number, Piece(number, "")))
            if caption:
                yield caption


def _was_made_final(state: FeedState, piece: Piece) -> bool:
    """Whether a piece that ought to be open is not."""
    return not piece.said and bool(piece.text.strip()) and not revisions.is_open(state, _name(piece))


def _change(before: Piece, now: Piece) -> Caption | None:
    """The caption that tells how a piece has changed; None if there is nothing to tell."""
    was, text = before.text.strip(), now.text.strip()
    if was == text and (before.said or not now.said or not text):
        return None
    language = now.language or before.language
    return Caption(segment_id=_name(now), text=text, status=_status(before, now, text), language=language)


def _status(before: Piece, now: Piece, text: str) -> Sent:
    if not text:
        return CaptionStatus.RETRACTED
    if before.said:
        return CaptionStatus.CORRECTED
    return CaptionStatus.FINAL if now.said else CaptionStatus.PARTIAL


def _name(piece: Piece) -> str:
    return f"piece-{piece.id}"


def _ends(piece: Piece, character: str) -> bool:
    """Whether a piece ends with a character that follows its text. Blank ones do not."""
    text = piece.text
    if character in _COMMAS:
        return len(text) >= LONG
    if not character.isspace() or not text.strip():
        return False
    return (
        character in _BREAKS
        or piece.said
        or len(text) >= LONG
        or _is_at_end(text, _PLAIN)
        or (_is_at_end(text, _SPACED) and not _is_short(text))
    )


def _is_at_end(text: str, marks: frozenset[str]) -> bool:
    return text.rstrip(_CLOSING)[-1:] in marks


def _is_short(text: str) -> bool:
    """Whether the last word may be a title, an initial or a number, as in "Mr.", "U.N.", "e.g." or "1."."""
    found = _SHORT.search(text, max(0, len(text) - 8))
    return found is not None and (len(found[1]) == 1 or found[1][0].isupper())
