"""What `/metrics` tells of this replica's connections and commands."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

CONNECTED = Gauge("isegoria_connected", "Clients that came in by a link and are connected", ["role"])
COMMANDS = Counter("isegoria_commands", "Commands, by `accepted` or the code of their refusal", ["outcome"])
ANSWERED = Histogram(
    "isegoria_command_seconds",
    "From a command's arrival to its answer; an accepted one is on disk by then",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0),
)
DROPPED = Counter("isegoria_dropped_connections", "Connections that this side closed", ["reason"])
TURNED_AWAY = Counter("isegoria_turned_away", "Connections refused before they began", ["reason"])
