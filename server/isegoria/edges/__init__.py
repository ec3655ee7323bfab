"""Bytes from outside become commands and an actor; views and captions become bytes. Hostile until parsed."""
