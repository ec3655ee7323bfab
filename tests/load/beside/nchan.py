"""nchan, a module of nginx in C: from Debian's packages, unpacked beside the built programs and not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.faults.processes import free_port
from tests.load import machine
from tests.load.beside.native import BUILT, PEERS
from tests.load.beside.target import Start, Target
from tests.load.serving import ready, started

KEPT = Path("/var/lib/nginx")
"""Where Debian's nginx keeps bodies whatever its configuration says; its packages would make the folder."""
PACKAGES = ("nginx", "libnginx-mod-nchan", "libhiredis0.14")


def nchan() -> Start | None:
    """How it is started; None where its packages, or the folder that they would make, cannot be had."""
    if not _program().exists() and not _unpacked():
        return None
    with suppress(PermissionError):
        KEPT.mkdir(parents=True, exist_ok=True)
    return _run if os.access(KEPT, os.W_OK) else None


@asynccontextmanager
async def _run() -> AsyncIterator[Target]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="isegoria-load-") as name:
        folder = Path(name)
        text = (PEERS / "nchan.conf").read_text()
        (folder / "nginx.conf").write_text(text.replace("PORT", str(port)).replace("MODULES", str(_modules())))
        library = next(BUILT.glob("nchan/**/libhiredis.so*")).parent
        command = ["env", f"LD_LIBRARY_PATH={library}", str(_program()), "-p", name, "-c", "nginx.conf"]
        with started(command, folder / "log", port) as server:
            await ready(server, "/nothing", "404")
            here = f"127.0.0.1:{port}"
            yield Target(
                "nchan",
                f"ws://{here}/follow?room={{room}}",
                f"http://{here}/publish?room={{room}}",
                64_000,
                tuple(machine.family(server.pid)),
            )


def _unpacked() -> bool:
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return False
    target = BUILT / "nchan"
    target.mkdir(parents=True, exist_ok=True)
    got = subprocess.run(["apt-get", "download", "-qq", *PACKAGES], cwd=target, check=False, capture_output=True)
    for package in target.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, target], check=True)
        package.unlink()
    return got.returncode == 0 and _program().exists() and os.access(_program(), os.X_OK)


def _program() -> Path:
    return BUILT / "nchan" / "usr" / "sbin" / "nginx"


def _modules() -> Path:
    return BUILT / "nchan" / "usr" / "lib" / "nginx" / "modules"
