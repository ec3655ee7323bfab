"""The generated TypeScript types: what they must say, and that those in the repository are the present ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from isegoria.domain.commands import Command
from isegoria.domain.errors import CODES
from isegoria.domain.values import Role
from isegoria.edges.schema import Types, generate, main

MADE = generate()
IN_REPOSITORY = Path(__file__).parents[2] / "client" / "src" / "wire.gen.ts"


def declaration(name: str) -> str:
    found = re.search(rf"^export (?:interface|type) {name}\b.*?(?=^/\*\*|^export |\Z)", MADE, re.MULTILINE | re.DOTALL)
    assert found, f"{name} is not declared"
    return found.group()


def test_the_file_in_the_repository_is_the_present_one() -> None:
    assert main(["--check", str(IN_REPOSITORY)]) == 0


def test_a_stale_file_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "wire.gen.ts"
    assert main(["--check", str(file)]) == 1
    file.write_text(MADE + "\n", encoding="utf-8")
    assert main(["--check", str(file)]) == 1
    assert f"run `python -m isegoria.edges.schema {file}`" in capsys.readouterr().err


def test_what_is_written_is_not_stale(tmp_path: Path) -> None:
    file = tmp_path / "wire.gen.ts"
    assert main([str(file)]) == 0
    assert main(["--check", str(file)]) == 0


def test_an_unknown_use_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_two_runs_give_the_same() -> None:
    assert generate() == MADE


def test_every_name_is_declared_once() -> None:
    names = re.findall(r"^export (?:interface|type) (\w+)", MADE, re.MULTILINE)
    assert len(names) == len(set(names))


def test_commands_are_a_union_told_apart_by_their_type() -> None:
    union = declaration("Command")
    for model in get_args(get_args(Command)[0]):
        assert f"| {model.__name__}\n" in union or f"| {model.__name__};" in union
        assert f'readonly type: "{model.model_fields["type"].default}";' in declaration(model.__name__)


def test_error_codes_and_enums_are_unions_of_their_values() -> None:
    assert all(f'"{code}"' in declaration("Code") for code in CODES)
    assert all(f'"{role}"' in declaration("Role") for role in Role)


def test_what_the_client_sends_may_leave_out_defaults() -> None:
    assert "readonly on_behalf_of?: readonly string[];" in declaration("RequestFloor")
    assert "readonly before: string | null;" in declaration("Reorder")


def test_what_the_server_sends_is_whole() -> None:
    assert "?:" not in declaration("TeamView")
    assert "readonly name: string | null;" in declaration("Label")


def test_a_view_extends_what_all_views_tell() -> None:
    assert declaration("TeamView").startswith("export interface TeamView extends SharedView {")
    assert "timezone" not in declaration("TeamView")
    assert "readonly timezone: string;" in declaration("SharedView")


def test_tuples_keep_their_length_and_their_items() -> None:
    types = Types()
    assert types.spell(tuple[str, int], sent_by_client=False) == "readonly [string, number]"
    assert types.spell(tuple[str | None, ...], sent_by_client=False) == "readonly (string | null)[]"
    assert types.spell(tuple[tuple[str, ...], ...], sent_by_client=False) == "readonly (readonly string[])[]"
    assert types.spell(dict[str, int], sent_by_client=False) == "Readonly<Record<string, number>>"


def test_a_type_that_the_wire_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="no TypeScript for"):
        Types().spell(set[str], sent_by_client=False)
