"""How services are called: at the operator's addresses, and nowhere else."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp


class Redirected(aiohttp.ClientError):
    """A service sends us elsewhere."""


def client() -> aiohttp.ClientSession:
    """Follows no redirect, takes no proxy from the environment, keeps no cookies.

    `ws_connect` itself would follow: it has no parameter against it.
    """
    tracing = aiohttp.TraceConfig()
    tracing.on_request_redirect.append(_refuse)
    return aiohttp.ClientSession(trace_configs=[tracing], cookie_jar=aiohttp.DummyCookieJar())


async def _refuse(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestRedirectParams) -> None:
    raise Redirected("It sends us to another address, where we do not go.")
