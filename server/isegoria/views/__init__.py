"""What each role may see: (session, people, now) -> public, personal, team. Pure; the shapes are in `models`."""

from isegoria.views.personal import personal, personal_of
from isegoria.views.shared import Scene, public
from isegoria.views.team import team

__all__ = ["Scene", "personal", "personal_of", "public", "team"]
