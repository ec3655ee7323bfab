"""Python's garbage collector, for a process with many objects that stay: whoever is connected, and all our modules."""

from __future__ import annotations

import gc

OFTEN = (20_000, 10, 100)
"""How many new objects, then how many smaller collections, before one. Of Python's 700, 10 and 10, thousands of
readers who come in a minute have it look through all that there is again and again, a tenth of a second each time."""


def spare_what_stays() -> None:
    """Once, when a server has started: what is there by then is not looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
