"""What is told of a consultation in a tier, to make files from."""

from __future__ import annotations

from isegoria.domain.history import replay
from isegoria.domain.values import Tier
from isegoria.report.account import account
from isegoria.report.making import Material
from isegoria.report.model_account import Account
from isegoria.report.model_statistics import Statistics
from isegoria.report.record import record
from isegoria.report.statistics import statistics


def told(material: Material, tier: Tier = Tier.PUBLISHABLE) -> tuple[Account, Statistics]:
    """The account and the figures."""
    captions = {track: material.of(track) for track in material.captions}
    made = record(material.session, material.journal, material.people, captions)
    session = replay(material.session, material.journal).session
    return account(made, session, material.people, tier), statistics(made, session, material.people, tier)
