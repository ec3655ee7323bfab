"""Refusals over HTTP: `application/problem+json` (RFC 9457) with the same codes as on the socket."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from aiohttp import web
from pydantic import ValidationError

from isegoria.domain.errors import Code, Refused
from isegoria.store.errors import EngineAway

LOG = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

STATUS: dict[Code, HTTPStatus] = {
    "unauthorised": HTTPStatus.UNAUTHORIZED,
    "forbidden": HTTPStatus.FORBIDDEN,
    "malformed": HTTPStatus.BAD_REQUEST,
    "unknown_session": HTTPStatus.NOT_FOUND,
    "unknown_event": HTTPStatus.NOT_FOUND,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too_many": HTTPStatus.TOO_MANY_REQUESTS,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "engine_away": HTTPStatus.SERVICE_UNAVAILABLE,
    "internal": HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""All other codes are conflicts with what is true now: 409."""


def malformed(error: ValidationError) -> Refused:
    """The first thing that is wrong, without quoting what came."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the message"
    return Refused("malformed", f"{where[:80]}: {first['msg']}", field=where[:80])


def problem(refusal: Refused) -> web.Response:
    status = STATUS.get(refusal.code, HTTPStatus.CONFLICT)
    body = {
        "title": refusal.message,
        "status": status.value,
        "code": refusal.code,
        "detail": refusal.message,
        "values": refusal.detail,
        "retry": refusal.retry,
    }
    headers = {"Retry-After": "2"} if refusal.retry else {}
    return web.json_response(body, status=status, content_type="application/problem+json", headers=headers)


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong in a handler of the API becomes a problem that says what to do."""
    try:
        return await handler(request)
    except Refused as refusal:
        return problem(refusal)
    except EngineAway:
        return problem(Refused("engine_away", "the store does not answer just now; try again in a moment"))
    except web.HTTPException:
        raise
    except Exception:
        LOG.exception("request_failed", method=request.method, path=request.path)
        return problem(Refused("internal", "something is wrong on our side; it is in our log"))
