"""The command line, run in this process on a data folder whose engine stays alive."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from isegoria.cli.command import app
from isegoria.session_file import EXAMPLE
from isegoria.store.engine import open_engine
from tests.engine import engine_folder

__all__ = ["engine_folder"]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str
    bytes: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class CommandLine:
    """`isegoria ARGUMENTS`, on one data folder."""

    data: Path

    def __call__(self, *arguments: object, **environment: str) -> Answer:
        told = {"ISEGORIA_DATA": str(self.data), **environment}
        result = CliRunner().invoke(app, [str(one) for one in arguments], env=told)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)

    def created(self, *options: str) -> str:
        """The id of a new session, of the example."""
        session: str = self("session", "create", EXAMPLE, "--json", *options).json["id"]
        return session


@pytest.fixture
def isegoria(engine_folder: Path) -> Iterator[CommandLine]:
    """With no session yet; afterwards logging is as before."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    asyncio.run(_emptied(engine_folder))
    yield CommandLine(engine_folder)
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


async def _emptied(data: Path) -> None:
    async with open_engine(data) as engine:
        await engine.ask("FLUSHALL")
