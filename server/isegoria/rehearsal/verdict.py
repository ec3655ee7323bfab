"""What a test of capacity means, in words for whoever organises the consultation. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

CAPTION_MS = 250.0
"""Later than that, 99 of 100 captions, and reading falls behind listening."""
PRESS_MS = 500.0
END_MS = 250.0
JOIN_MS = 5_000.0
BUSY = 0.9
HEADINGS = ("attendees", "all in after", "captions", "99 of 100", "press", "turn's end", "lost", "server", "memory")


@dataclass(frozen=True, slots=True)
class Level:
    """So many attendees, and what they had. Milliseconds where nothing was heard are not a number.

    `press_ms` is the slowest press; `dropped` lost their connection, `missed` lack a caption or got one twice.
    `server_share` and `own_share` are of one processor core.
    """

    attendees: int
    failed: int
    why: str
    joined_s: float
    join_p99_ms: float
    caption_p50_ms: float
    caption_p99_ms: float
    press_ms: float
    end_p99_ms: float
    dropped: int
    missed: int
    server_share: float | None
    server_mb: float | None
    own_share: float


def carried(level: Level) -> bool:
    return not complaints(level)


def complaints(level: Level) -> list[str]:
    """What an attendee or a moderator would complain about, as ends of a sentence."""
    return [
        *([f"{level.failed:,} did not get in ({level.why})"] if level.failed else []),
        *([f"{level.dropped:,} lost their connection"] if level.dropped else []),
        *([f"{level.missed:,} did not get every caption exactly once"] if level.missed else []),
        *(["no caption was heard"] if math.isnan(level.caption_p99_ms) else []),
        *(["no press was confirmed"] if math.isnan(level.press_ms) else []),
        *(["nobody saw the end of a turn"] if math.isnan(level.end_p99_ms) else []),
        *_late("captions came later than {most} for 1 of 100", level.caption_p99_ms, CAPTION_MS),
        *_late("a moderator's press was confirmed later than {most}", level.press_ms, PRESS_MS),
        *_late("the end of a turn was seen later than {most} by 1 of 100", level.end_p99_ms, END_MS),
        *_late("coming in took longer than {most} for 1 of 100", level.join_p99_ms, JOIN_MS),
    ]


def _late(what: str, took_ms: float, most_ms: float) -> list[str]:
    return [f"{what.format(most=_time(most_ms))} ({_time(took_ms)})"] if took_ms > most_ms else []


def verdict(levels: Sequence[Level], wanted: int, *, readme: str = "README, More than one replica") -> list[str]:
    """Whole sentences: what is carried, what is not and why, what to do."""
    best = max((one for one in levels if carried(one)), key=lambda one: one.attendees, default=None)
    worst = next((one for one in levels if not carried(one)), None)
    said = [] if best is None else [_good(best)]
    if worst:
        said.append(f"At {worst.attendees:,} attendees {_listed(complaints(worst))}.")
        said.append(_advice(worst, best, readme))
    elif best and best.attendees < wanted:
        said.append(f"More than {best.attendees:,} were not tried, of the {wanted:,} that were asked for.")
    elif best:
        said.append(_room_left(best))
    return said


def _good(level: Level) -> str:
    return (
        f"{level.attendees:,} attendees: captions arrive within {_time(level.caption_p99_ms)} for 99 of 100, "
        f"a moderator's press is confirmed within {_time(level.press_ms)}, "
        f"the end of a turn is seen within {_time(level.end_p99_ms)}. "
        f"Coming in took {_time(level.join_p99_ms)} at most for 99 of 100. This server carries them."
    )


def _advice(level: Level, best: Level | None, readme: str) -> str:
    if " 503 " in level.why:
        return (
            "The server lets so many in: raise ISEGORIA_CONNECTIONS, and ISEGORIA_CONNECTIONS_PER_ADDRESS for the "
            "time of this test, as all attendees come from one address."
        )
    if "Too many open files" in level.why:
        return "A program may open too few files: raise it with `ulimit -n`, or LimitNOFILE= in the service's unit."
    if level.own_share > BUSY:
        return (
            "The synthetic attendees themselves needed a whole core, so the server may carry more: "
            "run the test from another machine with --url."
        )
    carried_by_one = f" One carries {best.attendees:,}." if best else ""
    return f"Start a second replica, or take a machine with faster cores (see {readme}).{carried_by_one}"


def _room_left(level: Level) -> str:
    if level.server_share is None or level.server_mb is None:
        return "Nobody was turned away and nothing was lost."
    return (
        f"The server used {level.server_share:.0%} of one core and {level.server_mb:,.0f} MB of memory. "
        "Nobody was turned away and nothing was lost."
    )


def table(levels: Sequence[Level]) -> str:
    """The curve, a line for each number of attendees."""
    rows = [HEADINGS, *map(_cells, levels)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _cells(level: Level) -> tuple[str, ...]:
    return (
        f"{level.attendees:,}",
        f"{level.joined_s:.1f} s",
        _time(level.caption_p50_ms),
        _time(level.caption_p99_ms),
        _time(level.press_ms),
        _time(level.end_p99_ms),
        f"{level.failed + level.dropped + level.missed:,}",
        "" if level.server_share is None else f"{level.server_share:.0%} of a core",
        "" if level.server_mb is None else f"{level.server_mb:,.0f} MB",
    )


def _time(ms: float) -> str:
    if math.isnan(ms):
        return "-"
    return f"{ms / 1_000:.1f} s" if ms >= 1_000 else f"{max(1, round(ms))} ms"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def described(levels: Sequence[Level], wanted: int, said: Sequence[str]) -> dict[str, Any]:
    """For programs; what was not heard is null."""
    best = max((one.attendees for one in levels if carried(one)), default=0)
    rows = [{name: _plain(value) for name, value in asdict(one).items()} for one in levels]
    for row, level in zip(rows, levels, strict=True):
        row["carried"] = carried(level)
    return {"wanted": wanted, "carried": best, "levels": rows, "verdict": list(said)}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 3)
    return value
