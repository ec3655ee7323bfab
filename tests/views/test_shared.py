"""What everyone sees, and what nobody but the team may: R5, R9, T2, T7, Q6."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.attribution import choice_of
from isegoria.domain.values import Attribution, Constituency, EntryStatus, PauseReason, Region
from isegoria.views import personal, public
from isegoria.views.models import PublicView
from tests.domain.story import MIA, NOON, SAM, S, Story, live, speaker
from tests.domain.test_properties import PROPERTY, go
from tests.views.people import SPEAKERS, people, words_of


def seen(story: Story) -> PublicView:
    return public(story.session, story.people, story.now, "first")


def consultation() -> Story:
    story = live()
    story.people = people()
    return story


def test_T2_the_floor_is_told_in_instants() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    floor = seen(story.after(20)).floor
    assert floor
    assert (floor.turn, floor.who.name, floor.began_at) == (turn, "NAME-ana", NOON)
    assert (floor.zero_at, floor.closes_at, floor.left) == (NOON + 180 * S, NOON + 190 * S, None)
    assert floor == seen(story.after(20)).floor


def test_T5_a_paused_floor_says_what_is_left_and_no_instant_to_come() -> None:
    story = consultation()
    [ana] = story.wait("ana")
    turn = story.give(ana)
    story.after(20).ask(c.PauseTurn(turn=turn, reason=PauseReason.SOUND))
    floor = seen(story.after(500)).floor
    assert floor
    assert (floor.left, floor.paused_at, floor.pause_reason) == (160 * S, NOON + 20 * S, "sound")
    assert (floor.zero_at, floor.closes_at) == (None, None)


def test_Q9_the_first_three_of_the_list_come_next() -> None:
    story = consultation()
    ana, bob, cat, dan = story.wait("ana", "bob", "cat", "dan")
    view = seen(story)
    assert [entry.entry for entry in view.next] == [ana, bob, cat]
    assert [entry.who.name for entry in view.next] == ["NAME-ana", "NAME-bob", "NAME-cat"]
    assert view.next[1].expected_at == NOON + (38 + 226) * S
    assert view.waiting == 4
    story.ask(c.Reorder(entry=dan, before=ana, order_rev=story.session.order_rev))
    assert [entry.entry for entry in seen(story).next] == [dan, ana, bob]


def test_R2_turns_so_far_are_told_with_the_running_one_last() -> None:
    story = consultation()
    ana, bob = story.wait("ana", "bob")
    first = story.give(ana)
    second = story.after(60).give(bob)
    told = [(turn.id, turn.who.name, turn.began_at, turn.ended_at) for turn in seen(story).turns]
    assert told == [(first, "NAME-ana", NOON, NOON + 60 * S), (second, "NAME-bob", NOON + 60 * S, None)]
    assert seen(story).heard == 1


def test_Q6_a_withdrawal_is_not_published() -> None:
    story = consultation()
    before = seen(story)
    [ana] = story.wait("ana")
    story.ask(c.Withdraw(entry=ana, status=EntryStatus.WAITING), speaker("ana"))
    after = seen(story)
    assert after.model_copy(update={"version": before.version}) == before


def test_S2_titles_tracks_and_deadlines_come_with_the_session() -> None:
    view = seen(consultation())
    assert (view.title, view.organisers, view.rehearsal) == (
        "Human rights at the local level",
        ("OHCHR", "UCLG-CSIPDHR"),
        False,
    )
    assert [segment.title for segment in view.segments] == ["", "Local implementation", "", "", ""]
    assert [(track.track, track.machine) for track in view.tracks] == [("floor", True)]
    assert [deadline.source for deadline in view.written_input] == ["Invitation"]


# --- what stays private --------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ana", "bob"])
def test_T7_an_allowance_of_one_who_waits_changes_nothing_that_others_see(who: str) -> None:
    story = consultation()
    ana, _, _, _ = story.wait("ana", "bob", "cat", "dan")
    story.give(ana)
    allowed = story.copy()
    allowed.session = replace(story.session, allowances={who: 120 * S})
    assert seen(allowed) == seen(story)
    for other in ("cat", "dan"):
        views = [personal(s.session, s.people, s.now, "first", other) for s in (allowed, story)]
        assert views[0] == views[1]


def test_Q5_Q9_neither_absence_nor_readiness_is_public() -> None:
    story = consultation()
    ana, _ = story.wait("ana", "bob")
    before = seen(story)
    story.ask(c.Ready(entry=ana), speaker("ana"))
    story.ask(c.CallSpeaker(entry=ana, status=EntryStatus.WAITING))
    assert seen(story).model_copy(update={"version": before.version}) == before


ATTRIBUTIONS = st.fixed_dictionaries({}, optional={name: st.sampled_from(Attribution) for name in SPEAKERS})


@PROPERTY
@given(ATTRIBUTIONS, st.data())
def test_R5_no_view_of_others_tells_who_a_protected_person_is(
    registered: dict[str, Attribution], data: st.DataObject
) -> None:
    story = live()
    story.people = people(**registered)
    go(story, data, data.draw(st.integers(0, 30)))
    protected = [name for name in SPEAKERS if choice_of(story.session, story.people, name) == "constituency_region"]
    texts = {"": seen(story).model_dump_json()}
    for name in SPEAKERS:
        texts[name] = personal(story.session, story.people, story.now, "first", name).model_dump_json()
    for hidden in protected:
        for looks, text in texts.items():
            assert looks == hidden or not [word for word in words_of(hidden) if word in text]


@PROPERTY
@given(st.data())
def test_R9_nobodys_address_and_needs_are_ever_public(data: st.DataObject) -> None:
    story = consultation()
    go(story, data, 20)
    text = seen(story).model_dump_json()
    assert "MAIL-" not in text
    assert "NEEDS-" not in text


def test_R5_an_alias_everywhere_in_the_view() -> None:
    story = consultation()
    ana, bob, _ = story.wait("ana", "bob", "eve")
    story.ask(c.ChooseAttribution(attribution=Attribution.CONSTITUENCY_REGION, person="ana"), SAM)
    alias = (None, None, None, None, Constituency.LOCAL_GOVERNMENT, Region.LATIN_AMERICA, True, None)
    assert tuple(dict(seen(story).next[0].who).values()) == alias
    story.give(ana)
    floor = seen(story).floor
    assert floor
    assert tuple(dict(floor.who).values()) == alias
    story.ask(c.GiveFloor(entry=bob, after=floor.turn), MIA)
    assert tuple(dict(seen(story).turns[0].who).values()) == alias
    assert seen(story).turns[1].who.name == "NAME-bob"
