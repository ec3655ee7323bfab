"""The tree of commands."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from isegoria import __version__
from isegoria.cli import captions, checking, links, report, roster, running, serving, session

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Live session management for online consultations.",
)
app.command("serve")(serving.serve)
app.command("rehearse")(serving.rehearse)
app.add_typer(session.app, name="session")
app.add_typer(roster.app, name="roster")
app.command("links")(links.links)
app.add_typer(captions.app, name="captions")
app.command("report")(report.report)
app.command("verify")(report.verify)
app.command("check")(checking.check)


def _version(asked: bool) -> None:
    if asked:
        print(f"isegoria {__version__}")
        raise typer.Exit


@app.callback()
def isegoria(
    data: running.Data = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Live session management for online consultations."""
    if data is not None:
        # As if it had been said after the command, or in the environment.
        os.environ["ISEGORIA_DATA"] = str(data)
