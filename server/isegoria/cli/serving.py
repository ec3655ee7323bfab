"""`serve` and `rehearse`: what goes on until it is told to stop."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from urllib.parse import urlsplit

import typer
from pydantic import TypeAdapter

from isegoria import logs
from isegoria.cli.running import REFUSED, Data, Json, refusals, run_server, settings_of, tell
from isegoria.domain.errors import Refused
from isegoria.settings import Origin, Settings

Host = Annotated[str | None, typer.Option(help="Address to listen on (ISEGORIA_HOST, 127.0.0.1).")]
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help="Port to listen on (ISEGORIA_PORT, 8080).")]
PublicUrl = Annotated[str | None, typer.Option(metavar="URL", help="Where browsers find it (ISEGORIA_PUBLIC_URL).")]

SPEAKERS, READERS = 24, 20
"""Of a play."""


@contextmanager
def _listening(settings: Settings) -> Iterator[None]:
    """What keeps a server from where it is to listen is refused in words. Raises Refused."""
    try:
        yield
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            told = f"There is no address {settings.host} on this machine. Name one of its own with --host."
        elif error.errno == errno.EADDRINUSE:
            told = f"Port {settings.port} of {settings.host} is in use. Name another with --port, or end what uses it."
        elif error.errno == errno.EACCES and error.filename is None:
            told = f"Port {settings.port} is not for every program. Name another with --port, 1024 or higher."
        else:
            raise
        raise Refused("malformed", told) from None


def _origin(url: str | None) -> str | None:
    """A server's address, read before anything is begun."""
    if url is None:
        return None
    try:
        _ = urlsplit(url).port
        return TypeAdapter(Origin).validate_python(url)
    except ValueError:
        raise typer.BadParameter(
            "an address like https://consultation.example.org, without a path, is wanted"
        ) from None


def serve(host: Host = None, port: Port = None, public_url: PublicUrl = None, data: Data = None) -> None:
    """Serve all sessions, until SIGTERM or Ctrl-C."""
    # Only here, as no other command needs what a server needs.
    from isegoria.app import serve as serve_until_stopped  # noqa: PLC0415

    with refusals():
        settings = settings_of(data, host=host, port=port, public_url=public_url)
        logs.configure(settings.log_level, settings.log_format)
        with _listening(settings):
            run_server(serve_until_stopped(settings))


def rehearse(  # noqa: PLR0913, PLR0917 (its options)
    speed: Annotated[
        float | None, typer.Option(min=0.1, max=1_000, help="How many times faster than real (1).")
    ] = None,
    speakers: Annotated[int | None, typer.Option(min=1, help="How many speak (24).")] = None,
    attendees: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=1_000_000,
            help="Test how many attendees are carried: a curve up to so many, and a verdict. "
            "With --speed or --speakers: so many read the play (20).",
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            callback=_origin,
            help="With --attendees: test the server at this address, which uses this engine.",
        ),
    ] = None,
    host: Host = None,
    port: Port = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Play a synthetic consultation, alive, with its links printed; or test how many attendees are carried.

    A test takes its own pace and speaker: who says how fast or how many speak wants the play.
    """
    from isegoria.cli.rehearsing import rehearse as rehearse_until_stopped  # noqa: PLC0415

    tested = _tested(attendees if speed is None and speakers is None else None, url)
    with refusals():
        settings = settings_of(data, host=host, port=port)
        logs.configure("warning", settings.log_format)
        if tested:
            _tell_capacity(settings, tested, url, as_json=as_json)
        else:
            readers = READERS if attendees is None else attendees
            with _listening(settings):
                run_server(rehearse_until_stopped(settings, speed or 1.0, speakers or SPEAKERS, readers))


def _tested(attendees: int | None, url: str | None) -> int | None:
    """How many attendees are to be tried; None for a play. Raises typer.BadParameter."""
    if attendees == 0:
        raise typer.BadParameter("A test needs an attendee at least. A play without readers: add --speed 1.")
    if url and not attendees:
        raise typer.BadParameter("--url says where --attendees are tried: give both, without --speed and --speakers.")
    return attendees


def _tell_capacity(settings: Settings, attendees: int, url: str | None, *, as_json: bool) -> None:
    from isegoria.cli.capacity import try_capacity  # noqa: PLC0415
    from isegoria.rehearsal.verdict import described, table, verdict  # noqa: PLC0415

    outcome = run_server(try_capacity(settings, attendees, url))
    said = [*verdict(outcome.levels, attendees), *([outcome.remark] if outcome.remark else [])]
    tell(described(outcome.levels, attendees, said), "\n".join([table(outcome.levels), "", *said]), as_json=as_json)
    if not outcome.is_enough:
        raise typer.Exit(REFUSED)
