"""The pages: one document, its assets, and the headers that keep everything else out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import hdrs, web

STATIC = Path(__file__).parents[1] / "static"
YEAR_S = 31_536_000

_POLICY = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "require-trusted-types-for 'script'",
        ]
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def policy(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The same headers for everything but WebSockets, which have none after the handshake."""
    response = await handler(request)
    if not response.prepared:
        response.headers.update(_POLICY)
    return response


def routes() -> list[web.AbstractRouteDef]:
    return [
        web.get("/", _document),
        web.get("/s/{session}/{role}", _document),
        web.get("/assets/{name}", _asset),
    ]


async def _document(_: web.Request) -> web.StreamResponse:
    """The page finds out by its address what it is; personal links must not stay in any cache."""
    page = STATIC / "index.html"
    if not page.is_file():
        raise web.HTTPServiceUnavailable(text="The pages are not built. Run `make client`, then start again.")
    return web.FileResponse(page, headers={hdrs.CACHE_CONTROL: "no-store"})


async def _asset(request: web.Request) -> web.StreamResponse:
    """Names carry a hash of the content, so that they can be kept for ever."""
    asset = STATIC / "assets" / Path(request.match_info["name"]).name
    if not asset.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(asset, headers={hdrs.CACHE_CONTROL: f"public, max-age={YEAR_S}, immutable"})
