"""Logs: one JSON object a line to stderr, or readable lines where stderr is a terminal.

No token, no secret and no query of an address is ever written: `redact` stands before the last step, for our own lines
and for those of the libraries. What stands for a token is the beginning of its SHA-256, by which links are named too.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Final, TextIO

import structlog
from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from structlog.typing import EventDict, Processor, WrappedLogger

from isegoria.domain.roles import Actor

LIBRARIES: Final = ("aiohttp", "asyncio", "engineio", "socketio")
ACCESS = "isegoria.access"

_SECRET_NAMES = re.compile(
    r"token|secret|signature|passw|passcode|authorization|cookie|access_?key|api_?key|query", re.IGNORECASE
)
_AUTHORIZATION = re.compile(r"\b(Bearer|Basic)\s+([\w.~+/=-]+)", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"((?:token|secret|signature|passw(?:or)?d|passcode|authorization|cookie|access_?key|api_?key)"
    r"[\"']?\s*[:=]\s*[\"']?)(?!sha256:|Bearer |Basic )([^\s\"'&,;)}\]]+)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"(\w+://[^\s/@:]*:)([^\s/@]+)(@)")
_QUERY = re.compile(r"((?:\w+://|/)[^\s?\"'<>#]*\?)([^\s\"'<>#]+)")
_FRAGMENT = re.compile(r"((?:\w+://|/)[^\s\"'<>#]*#)([^\s\"'<>]+)")
_TOKEN = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])")
"""32 random bytes, as links and feeds have them."""


def configure(level: str = "info", form: str = "auto", stream: TextIO | None = None) -> None:
    """Once, at the start. `form`: json, console, or auto, which is console where `stream` (stderr) is a terminal."""
    stream = stream or sys.stderr
    console = form == "console" or (form == "auto" and stream.isatty())
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*common[:4], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=common[:5],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                redact,
                _renderer(console),
            ],
        )
    )
    _route(handler, level)


def _renderer(console: bool) -> Processor:
    if console:
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _route(handler: logging.Handler, level: str) -> None:
    """All of stdlib's logging goes through one handler."""
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in (*LIBRARIES, "engineio.server", "socketio.server"):
        library = logging.getLogger(name)
        # With a level of their own these two do not add a handler that writes past ours.
        library.setLevel(logging.WARNING)
        library.handlers = []
        library.propagate = True


def bound(
    session: str | None = None, actor: Actor | None = None, command: str | None = None
) -> AbstractContextManager[None]:
    """Within it every line tells whose doing it is: the session, the role and person, the command's type."""
    who = f"{actor.role}:{actor.person}" if actor and actor.person else actor.role.value if actor else None
    named = {"session": session, "actor": who, "command": command}
    return structlog.contextvars.bound_contextvars(**{name: what for name, what in named.items() if what is not None})


class AccessLog(AbstractAccessLogger):
    """aiohttp's access log without the query, in which the secrets of feeds travel."""

    @property
    def enabled(self) -> bool:
        return self.logger.isEnabledFor(logging.INFO)

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        self.logger.info(
            "request",
            extra={
                "method": request.method,
                "path": request.path,
                "status": response.status,
                "bytes": response.body_length,
                "ms": round(time * 1_000),
                "remote": request.remote,
            },
        )


# --- nothing secret ------------------------------------------------------------------------------


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The event with a hash in place of everything that is, or may be, a secret."""
    return {name: _clean(value, name) for name, value in event.items()}


def _clean(value: Any, name: str = "") -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {_told(str(key)): _clean(part, str(key)) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(part, name) for part in value]
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return hashed(text) if _SECRET_NAMES.search(name) else _told(text)


def _told(text: str) -> str:
    text = _AUTHORIZATION.sub(lambda found: f"{found[1]} {hashed(found[2])}", text)
    text = _QUERY.sub(lambda found: found[1] + hashed(found[2]), text)
    text = _FRAGMENT.sub(lambda found: found[1] + hashed(found[2]), text)
    text = _PASSWORD.sub(lambda found: found[1] + hashed(found[2]) + found[3], text)
    text = _ASSIGNED.sub(lambda found: found[1] + hashed(found[2]), text)
    return _TOKEN.sub(lambda found: hashed(found[0]), text)


def hashed(secret: str) -> str:
    """What a log may say of a secret; the same secret is known again."""
    if secret.startswith("sha256:"):
        return secret
    return f"sha256:{hashlib.sha256(secret.encode(errors='replace')).hexdigest()[:12]}"
