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
    restarts: int = 5
