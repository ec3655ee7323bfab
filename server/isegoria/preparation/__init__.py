"""What makes a session ready: created from its file, its roster, its links and feeds, and whether all is in place.

For the command line and for rehearsals. Works beside a running server and without one: all goes through the store, and
what changes a session through `live/direct.py`.
"""

from isegoria.preparation.access import IssuedFeed, IssuedLink, feeds_of, issue_feed, issue_feeds, issue_links
from isegoria.preparation.archive import archive, folder_of, restore
from isegoria.preparation.creation import Prepared, create, existing, new_id
from isegoria.preparation.erasure import erase_everywhere
from isegoria.preparation.feeds import give_wordly

__all__ = [
    "IssuedFeed",
    "IssuedLink",
    "Prepared",
    "archive",
    "create",
    "erase_everywhere",
    "existing",
    "feeds_of",
    "folder_of",
    "give_wordly",
    "issue_feed",
    "issue_feeds",
    "issue_links",
    "new_id",
    "restore",
]
