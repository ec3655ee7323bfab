"""How much is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    readers: int = 1_000
    turns: int = 200
    commands: int = 1_000
    seconds: int = 20
    """Of captions."""
    minutes: int = 120
    """Of a session's captions, told faster than they were spoken."""
    restarts: int = 5
