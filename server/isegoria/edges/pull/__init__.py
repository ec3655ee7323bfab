"""Feeds that we fetch: one connection a feed, held by one replica, made again until it stands."""

from isegoria.edges.pull.pace import Pace
from isegoria.edges.pull.pull import Sitting
from isegoria.edges.pull.pulls import Addresses, Pulls

__all__ = ["Addresses", "Pace", "Pulls", "Sitting"]
