"""Isegoria: live session management for online consultations."""

__version__ = "0.1.0"
