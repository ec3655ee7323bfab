"""What is exported is described, for whoever reads it by a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aiohttp import ClientSession

from isegoria.edges import openapi
from isegoria.report.making import TYPES
from tests.serving import replica


@pytest.mark.parametrize("name", ["record", "account"])
async def test_the_schema_of_what_is_exported_is_open_to_all(tmp_path: Path, name: str) -> None:
    path = f"/api/schemas/{name}.json"
    async with replica(tmp_path) as running, ClientSession(running.url) as client, client.get(path) as answer:
        assert (answer.status, answer.content_type) == (200, "application/schema+json")
        assert json.loads(await answer.text())["title"].lower() == name


def test_the_description_has_every_kind() -> None:
    for kind in set(TYPES) - {"vtt", "srt", "txt"}:
        assert f"/api/sessions/{{session}}/record.{kind}" in openapi.document()["paths"]
