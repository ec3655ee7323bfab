"""`check`: is everything ready for the two hours?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from isegoria.cli.running import REFUSED, Data, Json, tell, with_engine
from isegoria.preparation.readiness import Finding, readiness
from isegoria.settings import Settings
from isegoria.store.engine import Engine


def check(
    session: Annotated[str | None, typer.Argument(help="If left out: all not over.")] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Check machine, engine and session. Exit 1 if something needs attention."""

    async def work(engine: Engine, settings: Settings) -> list[Finding]:
        return await readiness(engine, settings.data, session)

    found = with_engine(data, work)
    told = [{"ok": finding.ok, **asdict(finding)} for finding in found]
    tell(told, "\n".join(_lines(found)), as_json=json)
    if not all(finding.ok for finding in found):
        raise typer.Exit(REFUSED)


def _lines(found: Sequence[Finding]) -> Iterator[str]:
    width = max(len(finding.what) for finding in found)
    for finding in found:
        yield f"{'ok' if finding.ok else 'attention':<9}  {finding.what:<{width}}  {finding.told}"
        if finding.todo:
            yield f"{'':<9}  {'':<{width}}  {finding.todo}"
