"""Socket.IO packets as JSON: quick, straight from models, and not nested deeper than anything of ours."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json, to_json

DEEPEST = 32


def dumps(value: Any, **_: Any) -> str:
    return to_json(value).decode()


def loads(text: str | bytes, **_: Any) -> Any:
    """Raises ValueError on what is no JSON, or nested deeper than `DEEPEST`."""
    if _too_deep(text.encode() if isinstance(text, str) else text):
        raise ValueError("nested too deep")
    return from_json(text, allow_inf_nan=False)


def _too_deep(data: bytes) -> bool:
    """Brackets in strings count as well: nothing that we take is near the limit."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for byte in data:
        if byte in b"[{":
            depth += 1
        elif byte in b"]}":
            depth -= 1
        if depth > DEEPEST:
            return True
    return False
