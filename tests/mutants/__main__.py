"""Do the tests notice a changed rule? Each comparison, sign, constant and condition of the rules is changed, one at
a time, and the tests that reach it are run. `make mutants`; it can be interrupted, and goes on where it was.

What was found is kept in var/mutants/results.jsonl. A mutant that was noticed once is not tried again unless its file
changes (ARGS=--fresh tries all); one that was not is tried again whenever a test changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.mutants import trial
from tests.mutants.changes import Mutant, mutants_of

PACKAGE = trial.ROOT / "server/isegoria"
FILES = [
    *sorted(PACKAGE.glob("domain/decide*.py")),
    *sorted(PACKAGE.glob("domain/evolve*.py")),
    *(PACKAGE / "domain" / f"{name}.py" for name in ("places", "session", "undo")),
    PACKAGE / "live/clock.py",
]
KEPT = trial.ROOT / "var/mutants"
HARMLESS = Path(__file__).with_name("harmless.toml")


@dataclass
class Case:
    """A mutant with its identity over runs: of several with one key, which one."""

    mutant: Mutant
    nth: int
    judged_for: str
    """Digest of the file that was mutated."""

    @property
    def name(self) -> str:
        return json.dumps([*self.mutant.key, self.nth, self.judged_for])


@dataclass
class Ledger:
    """What was found so far, one JSON line each; a later line of the same name replaces an earlier one."""

    path: Path
    found: dict[str, dict[str, Any]] = field(default_factory=dict)

    def read(self) -> None:
        if self.path.exists():
            for line in self.path.read_text("utf-8").splitlines():
                self._keep(json.loads(line))

    def add(self, result: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
        self._keep(result)

    def _keep(self, result: dict[str, Any]) -> None:
        self.found[result["name"]] = result

    def is_open(self, case: Case, tests: str) -> bool:
        result = self.found.get(case.name)
        return result is None or (not result["caught"] and result["tests"] != tests)


def cases(files: Sequence[Path]) -> Iterator[Case]:
    for path in files:
        judged_for, seen = digest([path]), dict[tuple[str, str, str], int]()
        for mutant in mutants_of(path, str(path.relative_to(PACKAGE))):
            seen[mutant.key] = seen.get(mutant.key, 0) + 1
            yield Case(mutant, seen[mutant.key], judged_for)


def digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]


def harmless() -> dict[tuple[str, str, str], str]:
    """(file, line, change) -> why nobody could tell."""
    entries = tomllib.loads(HARMLESS.read_text("utf-8")).get("mutant", [])
    return {(e["file"], e["line"], e["change"]): e["because"] for e in entries}


class Reach:
    """Which tests reach a line, the quickest first. Lines that run on import are reached by all."""

    def __init__(self, surveyed: dict[str, Any]) -> None:
        self._seconds: dict[str, float] = surveyed["seconds"]
        self._lines: dict[str, dict[str, list[str]]] = surveyed["lines"]

    def tests(self, mutant: Mutant) -> list[str]:
        lines = self._lines[str(PACKAGE / mutant.file)]
        reaching = {test for line in mutant.lines for test in lines.get(str(line), [])}
        return sorted(self._seconds if "" in reaching else reaching, key=lambda test: self._seconds.get(test, 0.0))


def surveyed(tests: str) -> Reach:
    kept = KEPT / f"reach-{tests}.json"
    if not kept.exists():
        trial.survey(FILES, kept)
    return Reach(json.loads(kept.read_text("utf-8")))


def run(todo: Sequence[Case], reach: Reach, ledger: Ledger, tests: str, workers: int) -> None:
    """Tries each, `workers` at a time."""
    running: dict[int, tuple[Case, float]] = {}
    waiting = list(reversed(todo))
    while waiting or running:
        while waiting and len(running) < workers:
            case = waiting.pop()
            module = "isegoria." + case.mutant.file.removesuffix(".py").replace("/", ".")
            running[trial.begin(module, case.mutant.source, reach.tests(case.mutant))] = case, time.monotonic()
        pid, status = os.wait()
        case, began = running.pop(pid)
        if digest(watched()) != tests:
            raise SystemExit("a file changed meanwhile, so nothing can be said: run it again, what was found is kept")
        code = os.waitstatus_to_exitcode(status)
        caught = code not in (0, 5)  # 5: no test reaches it
        at, took = f"{case.mutant.file}:{case.mutant.line}", round(time.monotonic() - began, 1)
        ledger.add({"name": case.name, "at": at, "caught": caught, "exit": code, "tests": tests, "seconds": took})


def watched() -> list[Path]:
    """The files that decide what a trial says, besides the one that is mutated."""
    tests = trial.ROOT / "tests"
    found = [*(tests / "domain").glob("*.py"), tests / "live/test_engine_clock.py", *PACKAGE.glob("domain/**/*.py")]
    return sorted(found)


def report(all_cases: Sequence[Case], ledger: Ledger) -> int:
    """Prints the share for each file and what nobody noticed; the exit status."""
    reasons = harmless()
    verdicts = [(case.mutant, ledger.found[case.name]["caught"]) for case in all_cases if case.name in ledger.found]
    alive = [mutant for mutant, caught in verdicts if not caught]
    unexcused = [mutant for mutant in alive if mutant.key not in reasons]
    for file in [*dict.fromkeys(mutant.file for mutant, _ in verdicts), ""]:
        mine = [caught for mutant, caught in verdicts if mutant.file == file or not file]
        excused = sum(mutant.key in reasons for mutant in alive if mutant.file == file or not file)
        print(f"{file or 'all':28} {sum(mine):4} of {len(mine):4} noticed, {excused:3} harmless")
    for mutant in unexcused:
        print(f"not noticed  {mutant.file}:{mutant.line}  {mutant.change}   [{mutant.text}]")
    needed = {mutant.key for mutant in alive} | {case.mutant.key for case in all_cases if case.name not in ledger.found}
    asked = {case.mutant.file for case in all_cases}
    idle = [key for key in reasons if key not in needed and key[0] in asked]
    for key in idle:
        print("noticed, or no such mutant: take it out of harmless.toml:", *key, sep="\n  ")
    return 1 if unexcused or idle else 0


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    options.add_argument("--fresh", action="store_true", help="forget what was found before")
    options.add_argument("--report", action="store_true", help="only say what was found")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--only", default="", metavar="NAME", help="files whose name contains this")
    asked = options.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(KEPT / "results.jsonl")
    if asked.fresh:
        ledger.path.unlink(missing_ok=True)
    ledger.read()
    files = [file for file in FILES if asked.only in file.name]
    trial.prepare()
    tests = digest(watched())
    all_cases = list(cases(files))
    todo = [case for case in all_cases if ledger.is_open(case, tests)]
    if todo and not asked.report:
        run(todo, surveyed(tests), ledger, tests, asked.workers)
    return report(all_cases, ledger)


if __name__ == "__main__":
    raise SystemExit(main())
