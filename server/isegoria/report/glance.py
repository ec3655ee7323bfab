"""What the team's screens want to know of the files before they ask for one."""

from __future__ import annotations

from isegoria.domain.history import replay
from isegoria.domain.values import Tier
from isegoria.report.account import account
from isegoria.report.holding import HeldLine, held
from isegoria.report.making import Material
from isegoria.report.outline import outline
from isegoria.report.record import record
from isegoria.report.statistics import statistics


def words_of_paper(material: Material) -> dict[Tier, int]:
    """How long the working paper is, as its title page tells it, footnotes included."""
    captions = {track: material.of(track) for track in material.captions}
    made = record(material.session, material.journal, material.people, captions)
    session, people = replay(material.session, material.journal).session, material.people
    return {
        tier: outline(account(made, session, people, tier), statistics(made, session, people, tier)).words
        for tier in Tier
    }


def held_lines(material: Material) -> list[HeldLine]:
    """Of all tracks that the session has."""
    tracks = dict.fromkeys(track.track for track in material.people.about.tracks)
    session = replay(material.session, material.journal).session
    return held(session, material.people, {track: material.of(track) for track in tracks})
