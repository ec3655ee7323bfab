"""Two replicas as processes, and the shipped proxy in front of them, as a plain process too."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import trustme

from tests.docker.engines import SHIPPED, until
from tests.faults.processes import free_port

HAPROXY = shutil.which("haproxy", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))

needs_the_proxy = pytest.mark.skipif(HAPROXY is None, reason="HAProxy is not installed: apt-get install haproxy")


def certificate(folder: Path) -> Path:
    """One for localhost, with its key; and, in the same file, whom to trust for it, as nobody else does."""
    both, authority = folder / "isegoria.pem", trustme.CA()
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(both)
    authority.cert_pem.write_to_path(both, append=True)
    return both


@dataclass
class Replica:
    """`serve` on a port that stays the same."""

    data: Path
    environ: dict[str, str]
    port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Returns when it is ready."""
        words = ["-m", "isegoria", "--data", str(self.data), "serve", "--port", str(self.port)]
        with (self.data / f"server-{self.port}.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *words, stdout=log, stderr=log, env={**os.environ, **self.environ}
            )
        await until(self._ready)

    async def _ready(self) -> bool:
        assert self.process
        assert self.process.returncode is None, "it did not start; see its log"
        with suppress(aiohttp.ClientError):
            return await status(f"http://127.0.0.1:{self.port}/readyz") == 200
        return False

    async def stop(self) -> None:
        """As for a new version."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            assert await self.process.wait() == 0

    async def killed(self) -> None:
        """As by a crash, if it still runs."""
        if self.process and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


async def status(url: str) -> int:
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return answer.status


@dataclass
class House:
    """What is behind the proxy, and how to reach it."""

    url: str
    plain_url: str
    trusting: ssl.SSLContext
    replicas: list[Replica]

    def client(self, cookies: aiohttp.abc.AbstractCookieJar | None = None) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=self.trusting), cookie_jar=cookies)


@asynccontextmanager
async def proxied(data: Path) -> AsyncIterator[House]:
    """Both replicas are ready, and the proxy answers."""
    assert HAPROXY
    pem, https, plain = certificate(data), free_port(), free_port()
    url = f"https://localhost:{https}"
    environ = {"ISEGORIA_PUBLIC_URL": url, "ISEGORIA_TRUSTED_PROXIES": "127.0.0.1", "ISEGORIA_LOG_FORMAT": "json"}
    replicas = [Replica(data, environ) for _ in range(2)]
    first, second = (f"127.0.0.1:{one.port}" for one in replicas)
    told = {"CERTIFICATE": str(pem), "HTTP_BIND": f"127.0.0.1:{plain}", "HTTPS_BIND": f"127.0.0.1:{https}"}
    told |= {"REPLICA_A": first, "REPLICA_B": second}
    async with AsyncExitStack() as stack:
        for one in replicas:
            stack.push_async_callback(one.killed)
            await one.start()
        log = stack.enter_context((data / "proxy.log").open("wb"))
        proxy = await asyncio.create_subprocess_exec(
            HAPROXY, "-db", "-f", str(SHIPPED / "haproxy.cfg"), stdout=log, stderr=log, env={**os.environ, **told}
        )
        stack.push_async_callback(_ended, proxy)
        house = House(url, f"http://localhost:{plain}", ssl.create_default_context(cafile=str(pem)), replicas)
        await until(lambda: _serves(house, proxy, data / "proxy.log"))
        yield house


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


async def _serves(house: House, proxy: asyncio.subprocess.Process, log: Path) -> bool:
    assert proxy.returncode is None, log.read_text()
    with suppress(aiohttp.ClientError):
        async with house.client() as http, http.get(f"{house.url}/api/openapi.json") as answer:
            return answer.status == 200
    return False
