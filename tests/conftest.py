"""What the test tools need. A folder's own fixtures stand in its own conftest.py."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

BROWSER = Path(__file__).parent / "browser"
READERS = Path(__file__).parent / "readers"
# The shell draws as the others do, without windows around it: half the work.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium refuses its sandbox to root; the others keep it from calling its maker's hosts.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The browser lives in one event loop from first to last, so its tests run apart; all others have one each.

    Large programs that read what we write are asked for by name only: `make test-readers`.
    """
    apart = collection_path == BROWSER and not _in_one_loop(config)
    named = any(Path(argument).name == READERS.name for argument in config.args)
    return True if apart or (collection_path == READERS and not named) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not _in_one_loop(config) and any(BROWSER in item.path.parents for item in items):
        raise pytest.UsageError('run the browser tests with `make test-browser ARGS="-k NAME"`')


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """`-n auto`: a browser's tests mostly wait for it; others measure time, and want a core each."""
    return (os.cpu_count() or 1) + _in_one_loop(config)


def _in_one_loop(config: pytest.Config) -> bool:
    return bool(config.getini("asyncio_default_test_loop_scope") == "session")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The installed Chromium, at the path in ISEGORIA_CHROMIUM or the first one found."""
    program = os.environ.get("ISEGORIA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        raise pytest.UsageError("no Chromium: run `make chromium`, or name one in ISEGORIA_CHROMIUM")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": program, "args": QUIET + sandbox}
