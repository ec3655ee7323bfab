"""What a person of the team makes of a caption that was kept: a correction, or a retraction, in its trail. Rule C21."""

from __future__ import annotations

from isegoria.domain.captions import CaptionSegment, CaptionStatus, normal
from isegoria.domain.errors import Refused
from isegoria.domain.values import Instant, PersonId

LONGEST = 10_000
"""Characters of a corrected caption."""


def amended(newest: CaptionSegment, revision: int, text: str, now: Instant, by: PersonId | None) -> CaptionSegment:
    """The revision that follows `newest`; a text of nothing retracts. `now` is real time.

    Raises Refused: "stale" if the asker saw another `revision`, "no_change", "too_large", "malformed" for a gap.
    """
    said = normal(text)
    said = said if said.strip() else ""
    if newest.status is CaptionStatus.GAP:
        raise Refused("malformed", "a gap has no text that could be corrected", field="position")
    if newest.revision != revision:
        raise Refused("stale", "this caption was changed meanwhile", revision=newest.revision, text=newest.text)
    if said == newest.text:
        raise Refused("no_change", "this is its text already", revision=newest.revision)
    if len(said) > LONGEST:
        raise Refused("too_large", f"a caption may have {LONGEST} characters", field="text")
    status = CaptionStatus.CORRECTED if said else CaptionStatus.RETRACTED
    changes = {"revision": revision + 1, "status": status, "text": said, "received_at": now, "by": by}
    return newest.model_copy(update={**changes, "position": None})
