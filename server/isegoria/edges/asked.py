"""What an Engine.IO request asks for, and what may be wrong with it, in the reference server's codes and words.

https://github.com/socketio/engine.io-protocol
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import parse_qs

Environ: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a request, in the reference's codes and words."""

    code: int
    message: str
    status: HTTPStatus = HTTPStatus.BAD_REQUEST


UNKNOWN_TRANSPORT = Fault(0, "Transport unknown")
UNKNOWN_SID = Fault(1, "Session ID unknown")
BAD_METHOD = Fault(2, "Bad handshake method")
BAD_REQUEST = Fault(3, "Bad request")
FORBIDDEN = Fault(4, "Forbidden", HTTPStatus.FORBIDDEN)
UNKNOWN_VERSION = Fault(5, "Unsupported protocol version")
FULL = Fault(4, "Too many connections", HTTPStatus.SERVICE_UNAVAILABLE)


class Unacceptable(Exception):
    """A request that is refused."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Request:
    """What a request's method and query say."""

    method: str
    transport: str
    sid: str | None
    version: str
    upgrades: bool
    """Whether it asks for a WebSocket."""

    @classmethod
    def of(cls, environ: Environ) -> Request:
        query = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        if "j" in query:
            raise Unacceptable(BAD_REQUEST)  # JSONP, which would lead around the check of origins
        return cls(
            method=environ["REQUEST_METHOD"],
            transport=query.get("transport", ""),
            sid=query.get("sid"),
            version=query.get("EIO", ""),
            upgrades=environ.get("HTTP_UPGRADE", "").lower() == "websocket",
        )
