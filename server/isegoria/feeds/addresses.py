"""What the addresses of caption endpoints say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Whose captions, and by what right."""

    session: str
    feed: str
    secret: str
