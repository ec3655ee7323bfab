"""What moderators, secretariat and rapporteurs see: everything, with who is protected marked as such."""

from __future__ import annotations

from collections.abc import Sequence

from isegoria.domain.attribution import choice_of
from isegoria.domain.balance import balance
from isegoria.domain.decide_floor import LOST
from isegoria.domain.forecast import Forecast, Outlook, forecast
from isegoria.domain.history import Decision
from isegoria.domain.people import People
from isegoria.domain.roles import Actor
from isegoria.domain.session import LISTED, Entry, Session, Turn
from isegoria.domain.suggest import suggest
from isegoria.domain.values import Delivery, EntryStatus, Instant, PauseReason, PersonId
from isegoria.views.happenings import Happenings
from isegoria.views.labels import Labels
from isegoria.views.models import (
    BalanceItem,
    Counts,
    ForecastOption,
    ForecastView,
    Me,
    SentMessage,
    SpokenTurn,
    SuggestionItem,
    TeamEntry,
    TeamTurn,
    TeamView,
)
from isegoria.views.notebook import notebook
from isegoria.views.shared import Scene, shared

MESSAGES = 20


def team(
    session: Session,
    people: People,
    now: Instant,
    epoch: str,
    actor: Actor,
    recent: Sequence[Decision],
    head: str,
) -> TeamView:
    """`recent`: the newest decisions, oldest first, at least 40 and all that can be undone. `head`: of the chain."""
    labels = Labels(session, people, in_full=True)
    ahead = forecast(session, now)
    happenings = Happenings(session, people, recent)
    own = {
        "me": Me(person=actor.person, role=actor.role, name=_name(people, actor.person) or ""),
        "entries": tuple(_entry(session, people, e, labels, ahead.outlook) for e in session.entries.values()),
        "order": session.order,
        "order_rev": session.order_rev,
        "late": tuple(e.id for e in session.entries.values() if e.status is EntryStatus.LATE),
        "team_turn": session.turn and _turn(session.turn, people),
        "newest_turn": session.newest_turn,
        "spoken": tuple(SpokenTurn(turn=t.id, entry=t.entry, used=t.used, overtime=t.overtime) for t in session.turns),
        "forecast": _forecast(session, ahead),
        "balance": _balance(session, people, now),
        "suggestion": _suggestion(session, people, now),
        "counts": counts(session),
        "notebook": notebook(session, people),
        "spoken_language": session.spoken_language(now) or next(iter(people.about.languages), None),
        "spoken_languages": people.about.languages,
        "undo": happenings.undo(),
        "happenings": happenings.lines(),
        "messages": _messages(session, people),
        "roster_revision": session.roster_revision,
        "head": head,
    }
    common = shared(Scene(session, people, now, epoch), labels, ahead.outlook)
    return TeamView.model_validate({**dict(common), **own})


def counts(session: Session) -> Counts:
    """Q8: each request is counted once, so they add up to `requests`."""
    entries = session.entries.values()
    statuses = [entry.status for entry in entries]
    video = sum(e.status is EntryStatus.HEARD and e.delivery is Delivery.VIDEO for e in entries)
    return Counts(
        requests=len(statuses),
        late=statuses.count(EntryStatus.LATE),
        waiting=sum(status in LISTED for status in statuses),
        speaking=statuses.count(EntryStatus.SPEAKING),
        heard=statuses.count(EntryStatus.HEARD) - video,
        video=video,
        not_heard=statuses.count(EntryStatus.NOT_HEARD),
        withdrawn=statuses.count(EntryStatus.WITHDRAWN),
    )


def _name(people: People, person: PersonId | None) -> str | None:
    found = people.persons.get(person) if person else None
    return found.display_name if found else None


def _entry(session: Session, people: People, entry: Entry, labels: Labels, ahead: Outlook) -> TeamEntry:
    who, person = labels.of_entry(entry), people.persons.get(entry.person)
    named = people.organisations
    return TeamEntry(
        id=entry.id,
        person=entry.person,
        who=who,
        protected=labels.hidden(entry.person, entry),
        organisation=who.organisation,
        on_behalf_of=tuple(named[each].name for each in entry.on_behalf_of if each in named),
        segment=entry.segment,
        kind=entry.kind,
        delivery=entry.delivery,
        status=entry.status,
        readiness=entry.readiness,
        absences=entry.absences,
        called_at=entry.called_at,
        remaining=entry.remaining,
        allowance=session.allowances.get(entry.person, 0),
        allotted=session.limit_for(entry),
        spoken_language=person.spoken_language if person else None,
        first_time=person.first_time if person else None,
        access_needs=person.access_needs if person else "",
        attribution=choice_of(session, people, entry.person),
        asked_at=entry.asked_at,
        expected_at=ahead.expected.get(entry.id),
    )


def _turn(turn: Turn, people: People) -> TeamTurn:
    lost_at = turn.paused_at if turn.pause_reason is PauseReason.CONNECTION else None
    return TeamTurn(
        person=turn.person,
        limit=turn.limit,
        extended=turn.extended,
        allotted=turn.allotted,
        enforcement=turn.enforcement,
        given_by=_name(people, turn.given_by),
        began_at=turn.began_at,
        interruptible_at=None if lost_at is None else lost_at + LOST,
    )


def _forecast(session: Session, ahead: Forecast) -> ForecastView:
    return ForecastView(
        ends_at=ahead.outlook.ends_at,
        surplus=ahead.surplus,
        waiting=ahead.waiting,
        fits=ahead.outlook.fits,
        slot=ahead.pace.slot(session.modalities.limit),
        handover=ahead.pace.handover,
        overrun=ahead.pace.overrun,
        options=tuple(
            ForecastOption(
                code=option.code,
                limit=option.limit,
                minutes=option.minutes,
                ends_at=option.ends_at,
                heard=option.heard,
                to_write=option.to_write,
            )
            for option in ahead.options
        ),
    )


def _balance(session: Session, people: People, now: Instant) -> tuple[BalanceItem, ...]:
    return tuple(
        BalanceItem(group=share.group, key=share.key, used=share.used, turns=share.turns)
        for share in balance(session, people, now)
    )


def _suggestion(session: Session, people: People, now: Instant) -> tuple[SuggestionItem, ...]:
    return tuple(
        SuggestionItem(entry=placed.entry, reason=placed.reason, key=placed.key)
        for placed in suggest(session, people, now)
    )


def _messages(session: Session, people: People) -> tuple[SentMessage, ...]:
    return tuple(
        SentMessage(
            id=message.id,
            to=message.to,
            at=message.at,
            cue=message.cue,
            text=people.texts.get(message.text) if message.text else None,
            acknowledged=message.acknowledged,
        )
        for message in session.messages[-MESSAGES:]
    )
