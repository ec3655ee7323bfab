"""Decisions as lines of "just now", and what `undo` would take back. The page writes the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from isegoria.domain import events as e
from isegoria.domain.history import Decision
from isegoria.domain.people import People
from isegoria.domain.session import Session
from isegoria.domain.values import Ending, Instant, Millis, PersonId, Role, TurnId
from isegoria.views.models import Happening, UndoView

NEWEST = 20
_BOOKKEEPING = (
    e.Scheduled,
    e.ClockSet,
    e.RosterChanged,
    e.TopicAdded,
    e.AnnotationRemoved,
    e.QuoteConfirmed,
    e.ContributionWithdrawn,
    e.PassageDecided,
    e.ExportListed,
)
EARLIER = "earlier_action"
"""What `undo` takes back, when the decision that made it is not among the recent ones."""


@dataclass(frozen=True)
class Happenings:
    """`recent`: the newest decisions, oldest first; all that can be undone should be among them."""

    session: Session
    people: People
    recent: Sequence[Decision]

    def lines(self) -> tuple[Happening, ...]:
        """The newest first."""
        lines = [line for decision in self.recent[-2 * NEWEST :] for line in self._lines_of(decision)]
        return tuple(reversed(lines[-NEWEST:]))

    def undo(self) -> UndoView | None:
        if not self.session.undoable:
            return None
        version = self.session.undoable[-1].version
        event = self._main_event(version)
        who = self._name(self._person(event)) if event else None
        return UndoView(version=version, type=event.type if event else EARLIER, who=who)

    def _lines_of(self, decision: Decision) -> Iterator[Happening]:
        for event in decision.events:
            if isinstance(event, _BOOKKEEPING):
                continue
            at = _at(event, decision)
            settled = decision.by.role is Role.SYSTEM or at < decision.at or _closed_by_server(event)
            yield Happening(
                version=decision.version,
                at=at,
                type=event.type,
                by=None if settled else self._name(decision.by.person),
                by_role=Role.SYSTEM if settled else decision.by.role,
                who=self._name(self._person(event)),
                segment=getattr(event, "segment", None),
                used=event.used if isinstance(event, e.TurnEnded) else None,
                amount=_amount(event),
                reason=self._reason(event),
                feed=_feed(event),
            )

    def _main_event(self, version: int) -> e.Event | None:
        """The event of a decision that names it: giving the floor, not the end of the turn before; reopening the list,
        not those who joined by it."""
        decision = next((d for d in reversed(self.recent) if d.version == version), None)
        events = (
            [event for event in decision.events if isinstance(event, e.ListEvent | e.SpeakerEvent | e.FloorEvent)]
            if decision
            else []
        )
        reopened = [event for event in events if isinstance(event, e.ListReopened)]
        return next(iter(reopened or reversed(events)), None)

    def _person(self, event: e.Event) -> PersonId | None:
        match event:
            case e.TurnBegan() | e.FloorRequested() | e.AllowanceSet() | e.AttributionChosen() | e.SpeakerSubstituted():
                return event.person
            case e.ContributionReceived() | e.RemarksLogged():
                return event.person
            case e.MessageSent():
                return event.to
            case e.MessageAcknowledged():
                return next((m.to for m in self.session.messages if m.id == event.message), None)
            case e.TurnPaused() | e.TurnResumed() | e.TurnExtended() | e.TurnEnded():
                return self._speakers.get(event.turn)
            case e.Undone():
                undone = self._main_event(event.version)
                return self._person(undone) if undone else None
            case _:
                return self._holder(event)

    def _holder(self, event: e.Event) -> PersonId | None:
        entry = self.session.entries.get(getattr(event, "entry", ""))
        return entry.person if entry else None

    @cached_property
    def _speakers(self) -> dict[TurnId, PersonId]:
        """Also of turns that were taken back."""
        began = (event for d in self.recent for event in d.events if isinstance(event, e.TurnBegan))
        running = {self.session.turn.id: self.session.turn.person} if self.session.turn else {}
        ended = {turn.id: turn.person for turn in self.session.turns}
        return {event.turn: event.person for event in began} | ended | running

    def _name(self, person: PersonId | None) -> str | None:
        found = self.people.persons.get(person) if person else None
        return found.display_name if found else None

    def _reason(self, event: e.Event) -> str | None:
        """What tells one event of a type from another: the pause's reason, the ending, the choice, the cue."""
        match event:
            case e.TurnPaused():
                return event.reason
            case e.TurnEnded():
                return event.ending
            case e.ReadinessTold():
                return event.readiness
            case e.AttributionChosen():
                return event.attribution
            case e.MessageSent():
                return event.cue
            case e.RecordingSwitched() | e.ChathamHouseSwitched():
                return "on" if event.on else "off"
            case e.InterventionAnnotated():
                return event.kind
            case e.SourceChosen():
                return "heard" if event.feed else "muted"
            case e.SpokenLanguageSet():
                return event.language
            case e.FloorRequested():
                return "late" if event.late else event.kind
            case e.Undone():
                undone = self._main_event(event.version)
                return undone.type if undone else EARLIER
            case _:
                return None


def _at(event: e.Event, decision: Decision) -> Instant:
    at = getattr(event, "at", None)
    return at if isinstance(at, int) else decision.at


def _closed_by_server(event: e.Event) -> bool:
    return isinstance(event, e.TurnEnded) and event.ending is Ending.CLOSED


def _amount(event: e.Event) -> Millis | None:
    match event:
        case e.TurnExtended():
            return event.by
        case e.TurnResumed():
            return event.held
        case e.LimitChanged():
            return event.limit
        case e.AllowanceSet():
            return event.allowance
        case _:
            return None


def _feed(event: e.Event) -> str | None:
    match event:
        case e.SourceChosen():
            return event.feed or event.before
        case e.ReconnectAsked():
            return event.feed
        case _:
            return None
