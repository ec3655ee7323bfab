"""What a record says of the session itself: its times, rules and agenda, the counts, what all were told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isegoria.domain import events as e
from isegoria.domain.history import Decision
from isegoria.domain.people import People
from isegoria.domain.session import LISTED, Session
from isegoria.domain.values import Delivery, EntryStatus, Instant, SegmentId
from isegoria.report.model import AgendaPart, Announcement, Counts, Deadline, Modalities, SessionFacts


def facts(session: Session, people: People) -> SessionFacts:
    about, rules = people.about, session.modalities
    return SessionFacts(
        id=session.id,
        title=about.title,
        organisers=about.organisers,
        languages=about.languages,
        rehearsal=session.rehearsal,
        state=session.state,
        timezone=session.timezone,
        doors_at=session.doors_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        started_at=session.started_at,
        closed_at=session.closed_at,
        modalities=Modalities(
            limit=rules.limit,
            warnings=rules.warnings,
            grace=rules.grace,
            enforcement=rules.enforcement,
            one_per_organisation=rules.one_per_organisation,
        ),
        default_attribution=session.default_attribution,
        segments=tuple(_agenda(session, people)),
        written_input=tuple(Deadline(**dict(deadline)) for deadline in about.written_input),
    )


def _agenda(session: Session, people: People) -> Iterator[AgendaPart]:
    for segment in session.segments:
        yield AgendaPart(
            id=segment.id,
            title=people.about.segments.get(segment.id, ""),
            kind=segment.kind,
            planned=segment.planned,
            limit=segment.limit,
            recording=segment.recording,
            chatham_house=segment.chatham_house,
            began=_began(session, segment.id),
        )


def _began(session: Session, segment_id: SegmentId) -> tuple[Instant, ...]:
    return tuple(at for begun, at in session.agenda if begun == segment_id)


def counts(session: Session) -> Counts:
    """Q8: each request is counted once."""
    entries = session.entries.values()
    statuses = [entry.status for entry in entries]
    video = sum(entry.status is EntryStatus.HEARD and entry.delivery is Delivery.VIDEO for entry in entries)
    return Counts(
        requests=len(statuses),
        heard=statuses.count(EntryStatus.HEARD) - video,
        video=video,
        not_heard=statuses.count(EntryStatus.NOT_HEARD),
        withdrawn=statuses.count(EntryStatus.WITHDRAWN),
        waiting=sum(status in LISTED for status in statuses),
        late=statuses.count(EntryStatus.LATE),
        speaking=statuses.count(EntryStatus.SPEAKING),
    )


def announcements(decisions: Iterable[Decision]) -> Iterator[Announcement]:
    """What all were told as it happened, undone or not."""
    for decision in decisions:
        for event in decision.events:
            told = _told(event)
            if told is not None:
                at = getattr(event, "at", None)
                segment, to = told
                yield Announcement(
                    at=decision.at if at is None else at,
                    what=event.type,
                    by=decision.by.role,
                    segment=segment,
                    to=to,
                )


def _told(event: e.Event) -> tuple[SegmentId | None, int | bool | None] | None:
    """(segment, new value) of an event that is announced to all; None for any other."""
    match event:
        case e.LimitChanged():
            return None, event.limit
        case e.SessionExtended():
            return None, event.ends_at
        case e.SegmentStarted():
            return event.segment, None
        case e.RecordingSwitched() | e.ChathamHouseSwitched():
            return event.segment, event.on
        case (
            e.DoorsOpened()
            | e.SessionStarted()
            | e.SessionSuspended()
            | e.SessionResumed()
            | e.SessionClosed()
            | e.ListClosed()
            | e.ListReopened()
        ):
            return None, None
        case _:
            return None
