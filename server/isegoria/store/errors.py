"""What can go wrong with the engine. The client library's own exceptions never leave this folder."""

from __future__ import annotations


class EngineAway(Exception):
    """The engine did not answer in time, or not at all: what was asked may or may not have happened.

    Nothing is tried again by itself. Ask for the outcome by what identifies it: the version, or the command's id.
    """


class EngineUnusable(Exception):
    """The engine cannot be used as things are. The message says why, and what can be done; it is for people."""
