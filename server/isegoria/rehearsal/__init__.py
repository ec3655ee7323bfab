"""A synthetic consultation: speakers, moderator and captions that speak to the server as any client does."""

from isegoria.rehearsal.play import Cast, play

__all__ = ["Cast", "play"]
