"""One trial: a fork of this process, with everything imported that no mutant changes, runs the tests of a mutant."""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import coverage
import hypothesis
import pytest

ROOT = Path(__file__).parent.parent.parent
TESTS = ["tests/domain", "tests/live/test_engine_clock.py"]
ELSEWHERE = ["captions", "rules"]
"""Tests of these files do not reach what is mutated."""
PLUGINS = ["pytest_asyncio.plugin", "pytest_timeout", "_hypothesis_pytestplugin"]
UNCHANGED = ["commands", "context", "errors", "events", "people", "roles", "text", "values"]
SECONDS = 60
"""Of processor time: an endless loop is a mutant that was noticed."""


def prepare() -> None:
    """Imports what all trials share."""
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in [*PLUGINS, *(f"isegoria.domain.{name}" for name in UNCHANGED)]:
        importlib.import_module(name)
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]  # nobody reads the example: do not shrink it
    hypothesis.settings.register_profile("mutants", derandomize=True, max_examples=25, database=None, phases=phases)


class Mutated(MetaPathFinder, Loader):
    """Loads one module from another source than its file."""

    def __init__(self, module: str, source: str) -> None:
        self._module, self._source = module, source

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, self._module, "exec"), module.__dict__)


class Chosen:
    """Runs these tests only, in this order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._place = {test: i for i, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self._place), key=lambda item: self._place[item.nodeid]
        )


class Reached:
    """Which test reaches which line, and how long it takes."""

    def __init__(self, cover: coverage.Coverage) -> None:
        self._cover = cover
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._cover.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def begin(module: str, source: str, tests: Sequence[str]) -> int:
    """Starts the trial of a mutant; its process id. Its exit status is pytest's: 0 if no test noticed."""
    pid = os.fork()
    if pid:
        return pid
    sys.meta_path.insert(0, Mutated(module, source))
    os._exit(_run(sorted({test.partition("::")[0] for test in tests}), [Chosen(tests)]))


def survey(files: Sequence[Path], kept: Path) -> None:
    """Runs all tests on the files as they are, and keeps what each reaches. Raises if one fails."""
    pid = os.fork()
    if pid:
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            raise SystemExit("the tests fail without any mutant: make them pass first")
        return
    names = [str(file) for file in files]
    cover = coverage.Coverage(data_file=None, include=names, config_file=False)
    cover.start()
    reached = Reached(cover)
    ignored = [f"--ignore=tests/domain/test_{name}.py" for name in ELSEWHERE]
    status = _run([*TESTS, *ignored], [reached])
    cover.stop()
    lines = {name: cover.get_data().contexts_by_lineno(name) for name in names}
    kept.write_text(json.dumps({"seconds": reached.seconds, "lines": lines}), "utf-8")
    os._exit(status)


def _run(what: list[str], plugins: list[object]) -> int:
    """pytest, in a fork, without a word."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=mutants", "--tb=no"]
    imported = [sys.modules[name] for name in PLUGINS]
    return int(pytest.main([*options, *what], plugins=[*imported, *plugins]))
