"""The command line. Plain text for people, `--json` for programs; exit 0, 1 (refused, why on stderr) or 2 (usage)."""

from isegoria.cli.command import app

__all__ = ["main"]


def main() -> None:
    app(prog_name="isegoria")
