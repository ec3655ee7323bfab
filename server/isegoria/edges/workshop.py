"""Where files are made: a process of its own at a low priority, so that captions go on however long it takes.

It is started with the first file, makes one at a time, and ends with the server.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import NamedTuple

import structlog

from isegoria.domain.errors import Code, Refused, Value
from isegoria.report.making import Material, Wanted, make

LOG = structlog.get_logger(__name__)

NICE = 10
WAITING = 20
"""So many may wait for their files; others are told to ask again."""


class _No(NamedTuple):
    """A refusal on its way between processes."""

    code: Code
    message: str
    detail: Mapping[str, Value]


class Workshop:
    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._waiting = 0

    async def make(self, wanted: Wanted, material: Material) -> bytes:
        """The bytes of a file. Raises Refused: "too_many" while others wait, "internal" if the process died of it."""
        if self._waiting >= WAITING:
            raise Refused("too_many", "Many files are being made just now; ask again in some seconds.")
        self._waiting += 1
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._open(), _make, wanted, material)
        except BrokenProcessPool:
            LOG.exception("workshop_died", session=material.session, kind=wanted.kind)
            self._pool = None
            raise Refused("internal", "The file could not be made; it is in our log. Ask again.") from None
        finally:
            self._waiting -= 1
        if isinstance(made, _No):
            raise Refused(made.code, made.message, **made.detail)
        return made

    def close(self) -> None:
        """Whatever is being made is given up."""
        pool, self._pool = self._pool, None
        if pool:
            for process in list(pool._processes.values()):  # noqa: SLF001 - waiting for a report would hold the server
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_step_back)
        return self._pool


def _step_back() -> None:
    if hasattr(os, "nice"):
        os.nice(NICE)


def _make(wanted: Wanted, material: Material) -> bytes | _No:
    try:
        return make(wanted, material)
    except Refused as refusal:
        return _No(refusal.code, refusal.message, refusal.detail)
