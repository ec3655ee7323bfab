"""Which feed a track is heard from, and what language is spoken. A part of `decide`. Rules C15, C19, C20."""

from __future__ import annotations

from typing import assert_never

from isegoria.domain import commands as c
from isegoria.domain import events as e
from isegoria.domain.context import Context
from isegoria.domain.decide_session import require_not_closed
from isegoria.domain.errors import Refused
from isegoria.domain.people import CaptionTrack
from isegoria.domain.session import Session


def decide_captions(session: Session, command: c.CaptionsCommand, context: Context) -> list[e.Event]:
    match command:
        case c.ChangeFeeds():
            return _change_feeds(session, command)
        case c.HearFeed():
            return _hear(session, _track_of(command.feed, context), context)
        case c.MuteFeed():
            return _mute(session, _track_of(command.feed, context), context)
        case c.ReconnectFeed():
            require_not_closed(session)
            return [e.ReconnectAsked(feed=_track_of(command.feed, context).feed, at=context.now)]
        case c.SetSpokenLanguage():
            return _set_spoken(session, command, context)
        case _:
            assert_never(command)


def _change_feeds(session: Session, command: c.ChangeFeeds) -> list[e.Event]:
    require_not_closed(session)
    if command.revision <= session.feeds_revision:
        raise Refused("no_change", "these feeds are known", revision=session.feeds_revision)
    return [e.FeedsChanged(revision=command.revision)]


def _hear(session: Session, wanted: CaptionTrack, context: Context) -> list[e.Event]:
    require_not_closed(session)
    before = context.people.about.source_of(wanted.track, session)
    if before == wanted.feed:
        raise Refused("no_change", "this feed is heard already", feed=wanted.feed)
    return [e.SourceChosen(track=wanted.track, feed=wanted.feed, before=before, at=context.now)]


def _mute(session: Session, unwanted: CaptionTrack, context: Context) -> list[e.Event]:
    require_not_closed(session)
    before = context.people.about.source_of(unwanted.track, session)
    if before != unwanted.feed:
        raise Refused("no_change", "this feed is not heard", feed=unwanted.feed)
    return [e.SourceChosen(track=unwanted.track, feed=None, before=before, at=context.now)]


def _set_spoken(session: Session, command: c.SetSpokenLanguage, context: Context) -> list[e.Event]:
    require_not_closed(session)
    if command.language == session.spoken_language(context.now):
        raise Refused("no_change", "this is the language already", language=command.language)
    return [e.SpokenLanguageSet(language=command.language, at=context.now)]


def _track_of(feed: str, context: Context) -> CaptionTrack:
    found = next((track for track in context.people.about.tracks if track.feed == feed), None)
    if found is None:
        raise Refused("unknown_feed", "the session has no such feed of captions", feed=feed)
    return found
