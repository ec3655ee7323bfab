"""Fixtures of the edges' tests."""

from __future__ import annotations

from tests.engine import engine, engine_folder

__all__ = ["engine", "engine_folder"]
