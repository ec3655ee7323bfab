"""Fixtures of the tests of feeds that are fetched."""

from __future__ import annotations

from tests.engine import engine, engine_folder

__all__ = ["engine", "engine_folder"]
