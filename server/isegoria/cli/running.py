"""How a command runs: its settings, the engine for as long as it is needed, refusals as exit 1 with the reason."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

import typer

from isegoria import logs
from isegoria.domain.errors import Refused
from isegoria.settings import Settings, read_settings
from isegoria.store.engine import Engine, open_engine
from isegoria.store.errors import EngineAway, EngineUnusable

T = TypeVar("T")

Data: TypeAlias = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder of the embedded engine (ISEGORIA_DATA, ./var)."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="For programs.")]
Session: TypeAlias = Annotated[str, typer.Argument(metavar="SESSION", help="The session's id.")]
File: TypeAlias = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]

REFUSED = 1


@contextmanager
def refusals() -> Iterator[None]:
    """What is refused, and what is not there, in one plain sentence on stderr."""
    try:
        yield
    except Refused as refused:
        _end(refused.message)
    except (EngineAway, EngineUnusable) as away:
        _end(str(away))
    except BrokenPipeError:
        # Who reads our output has seen enough.
        raise
    except OSError as error:
        _end(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _end(reason: str) -> None:
    text = reason[:1].upper() + reason[1:]
    print(text if text.endswith(".") else f"{text}.", file=sys.stderr)
    raise typer.Exit(REFUSED)


def settings_of(data: Path | None, **said: Any) -> Settings:
    """What the environment and the command line say. Raises Refused."""
    return read_settings(data=data, **said)


def with_engine(data: Path | None, work: Callable[[Engine, Settings], Awaitable[T]]) -> T:
    """Does `work` with the engine of a running server, or with one that is started for it."""

    async def do(settings: Settings) -> T:
        async with open_engine(settings.data, settings.engine_url) as engine:
            return await work(engine, settings)

    with refusals():
        settings = settings_of(data)
        logs.configure("warning" if settings.log_level in ("debug", "info") else settings.log_level)
        return asyncio.run(do(settings))
    raise AssertionError("refusals end the command")


def run_server(work: Coroutine[Any, Any, T]) -> T:
    """Runs until it is done or told to stop, on the faster event loop where there is one."""
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            return runner.run(_until_terminated(work))
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None


async def _until_terminated(work: Coroutine[Any, Any, T]) -> T:
    """SIGTERM does what Ctrl-C does, from the first moment on: what was started is ended."""
    task = asyncio.current_task()
    assert task
    # Said again it changes nothing: ending has begun.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: task.cancelling() or task.cancel())
    return await work


def tell(told: Any, text: str, *, as_json: bool) -> None:
    """One answer: for programs, or for people where there is something to say."""
    if as_json or text:
        print(json.dumps(told, ensure_ascii=False, indent=2) if as_json else text)


def note(text: str) -> None:
    """What a person should know beside the answer: on stderr, so that programs read the answer alone."""
    print(text, file=sys.stderr)
