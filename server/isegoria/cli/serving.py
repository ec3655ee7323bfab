"""`serve` and `rehearse`: what goes on until it is told to stop."""

from __future__ import annotations

from typing import Annotated

import typer

from isegoria import logs
from isegoria.cli.running import Data, refusals, run_server, settings_of

Host = Annotated[str | None, typer.Option(help="Address to listen on (ISEGORIA_HOST, 127.0.0.1).")]
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help="Port to listen on (ISEGORIA_PORT, 8080).")]
PublicUrl = Annotated[str | None, typer.Option(metavar="URL", help="Where browsers find it (ISEGORIA_PUBLIC_URL).")]


def serve(host: Host = None, port: Port = None, public_url: PublicUrl = None, data: Data = None) -> None:
    """Serve all sessions, until SIGTERM or Ctrl-C."""
    # Only here, as no other command needs what a server needs.
    from isegoria.app import serve as serve_until_stopped  # noqa: PLC0415

    with refusals():
        settings = settings_of(data, host=host, port=port, public_url=public_url)
        logs.configure(settings.log_level, settings.log_format)
        run_server(serve_until_stopped(settings))


def rehearse(
    speed: Annotated[float, typer.Option(min=0.1, max=1_000, help="How many times faster than real.")] = 1.0,
    speakers: Annotated[int, typer.Option(min=1)] = 24,
    attendees: Annotated[int, typer.Option(min=0, max=10_000)] = 20,
    host: Host = None,
    port: Port = None,
    data: Data = None,
) -> None:
    """Play a synthetic consultation, alive, with its links printed."""
    from isegoria.cli.rehearsing import rehearse as rehearse_until_stopped  # noqa: PLC0415

    with refusals():
        settings = settings_of(data, host=host, port=port)
        logs.configure("warning", settings.log_format)
        run_server(rehearse_until_stopped(settings, speed, speakers, attendees))
