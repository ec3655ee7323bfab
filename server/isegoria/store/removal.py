"""Removing a session's keys, once its archive is written."""

from __future__ import annotations

from isegoria.store.engine import REWRITE_DUE, Engine
from isegoria.store.files import files_keys
from isegoria.store.journal import epoch_key, journal_key
from isegoria.store.leases import lease_key
from isegoria.store.links import FeedSecrets, feeds_key, feeds_revision_key, links_keys
from isegoria.store.people import people_keys
from isegoria.store.presence import presence_key
from isegoria.store.transcript import Transcript, feed_key, size_key, tracks_key, transcript_key


async def remove_session(engine: Engine, session: str) -> None:
    """Deletes all of a session but its place in the list. Raises EngineAway; doing it again is harmless.

    The append-only file holds it until it is rewritten (`Engine.rewrite`, due from now on).
    """
    tracks = await Transcript(engine).tracks(session)
    feeds = await FeedSecrets(engine).list_feeds(session)
    await engine.ask("INCR", REWRITE_DUE)
    # The list of tracks and of feeds goes last, so that a second try still knows them.
    await engine.ask(
        "DEL",
        *(transcript_key(session, track) for track in tracks),
        *(key(session, feed) for feed in feeds for key in (feed_key, lease_key)),
        *people_keys(session),
        *links_keys(session),
        journal_key(session),
        epoch_key(session),
        presence_key(session),
        size_key(session),
        tracks_key(session),
        *files_keys(session),
        feeds_revision_key(session),
        feeds_key(session),
    )
