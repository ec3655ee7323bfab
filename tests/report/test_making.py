"""The leak test: whatever is publishable is opened, and searched for what a person did not allow (R5, R9)."""

from __future__ import annotations

import pytest

from isegoria.domain.errors import Refused
from isegoria.domain.people import CaptionTrack, People
from isegoria.domain.values import Attribution, Tier
from isegoria.report.making import OFFERED, TYPES, Material, Wanted, make
from tests.domain.story import NOON, S, Story
from tests.report.journals import journal_of, said
from tests.report.opened import opened
from tests.report.test_account import ALIAS, NAMED, NOT_FOR_REPORT, ORGANISATION, TELLING, consultation, taken_over

TRANSCRIPTS = ("vtt", "srt", "txt")
PUBLISHABLE = [kind for kind, tiers in OFFERED.items() if Tier.PUBLISHABLE in tiers]


def material(story: Story) -> Material:
    """With a caption of Ana's, and one of Bob's that names her."""
    captions = [said("We vote, here in Nairobi.", NOON + 20 * S, 1), said("As Kamau said.", NOON + 90 * S, 2)]
    kept = [(one.position or 0, one.model_dump_json(exclude={"position"}).encode()) for one in captions]
    about = story.people.about.model_copy(update={"tracks": (CaptionTrack(track="en", language="en", feed="cart"),)})
    people = People(story.people.revision, story.people.persons, story.people.organisations, story.people.texts, about)
    return Material("s", journal_of(story), people, {"en": kept})


def wanted(kind: str, tier: Tier = Tier.PUBLISHABLE) -> Wanted:
    return Wanted(kind, tier, "en" if kind in TRANSCRIPTS else None)


@pytest.mark.parametrize("kind", PUBLISHABLE)
def test_R5_nothing_publishable_tells_who_is_protected(kind: str) -> None:
    found = opened(make(wanted(kind), material(consultation(ALIAS))))
    assert [word for word in TELLING if word in found and word != "KE"] == []
    assert "13:00:10" not in found


@pytest.mark.parametrize("kind", PUBLISHABLE)
@pytest.mark.parametrize("choice", [ORGANISATION, NOT_FOR_REPORT])
def test_R3_R9_a_name_is_in_nothing_publishable_unless_it_was_allowed(kind: str, choice: Attribution) -> None:
    """Not in what Bob says at the hand-over either."""
    found = opened(make(wanted(kind), material(consultation(choice))))
    assert "Kamau" not in found
    assert "Wanjiru" not in found


@pytest.mark.parametrize("kind", PUBLISHABLE)
@pytest.mark.parametrize("choice", [ALIAS, NOT_FOR_REPORT])
def test_R3_who_took_over_and_did_not_speak_is_in_nothing_publishable(kind: str, choice: Attribution) -> None:
    assert "Eve" not in opened(make(wanted(kind), material(taken_over(choice, has_spoken=False))))


@pytest.mark.parametrize("kind", PUBLISHABLE)
def test_R9_who_allows_it_is_named_everywhere(kind: str) -> None:
    assert "Kamau" in opened(make(wanted(kind), material(consultation(NAMED))))


@pytest.mark.parametrize("kind", TYPES)
def test_the_team_gets_everything(kind: str) -> None:
    found = opened(make(wanted(kind, Tier.INTERNAL), material(consultation(ALIAS))))
    assert ("Kamau" in found) is (kind != "jsonl"), "the log holds no name"


@pytest.mark.parametrize(("kind", "tier"), [(kind, tier) for kind, tiers in OFFERED.items() for tier in sorted(tiers)])
def test_the_same_session_gives_the_same_bytes(kind: str, tier: Tier) -> None:
    first, second = material(consultation(ALIAS)), material(consultation(ALIAS))
    assert make(wanted(kind, tier), first) == make(wanted(kind, tier), second)


@pytest.mark.parametrize("kind", [kind for kind, tiers in OFFERED.items() if Tier.PUBLISHABLE not in tiers])
def test_what_holds_everything_is_internal(kind: str) -> None:
    with pytest.raises(Refused, match="internal"):
        make(wanted(kind), material(consultation(NAMED)))


def test_names_say_what_others_may_not_have() -> None:
    assert Wanted("docx", Tier.INTERNAL).file_name("s1") == "isegoria-s1-internal.docx"
    assert Wanted("docx", Tier.PUBLISHABLE).file_name("s1") == "isegoria-s1-publishable.docx"
    assert Wanted("vtt", Tier.PUBLISHABLE, "es").file_name("s1") == "isegoria-s1-es.vtt"
