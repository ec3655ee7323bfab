"""Feeds in the team's hands, as given, when, then. A test's name cites its rule (C15, C19, C20, C21)."""

from __future__ import annotations

import pytest

from isegoria.domain import commands as c
from isegoria.domain import corrections, keeping, revisions
from isegoria.domain.captions import Caption, CaptionSegment, CaptionStatus, Feed, GapReason, Mode, wordly_code
from isegoria.domain.errors import Refused
from isegoria.domain.keeping import Circumstances
from isegoria.domain.revisions import FeedState, Merged
from isegoria.domain.session import Session
from isegoria.domain.values import Instant
from tests.domain.story import NOON, SAM, SYSTEM, S, Story, live, scheduled

CART = Feed(id="cart", name="CART", track="floor", language="en")
SPARE = Feed(id="spare", name="Spare", track="floor", language="en")
SPANISH = Feed(id="es", name="Wordly", track="es", language="es", is_translation=True)
FEEDS = [CART, SPARE, SPANISH]


def heard(story: Story, feed: Feed, *captions: Caption, state: FeedState | None = None) -> Merged:
    """What these captions make when they come in now."""
    before = state or FeedState()
    return keeping.receive(before, before, captions, Mode.REVISE, at(story.session, feed, story.now))


def at(session: Session, feed: Feed, now: Instant) -> Circumstances:
    return Circumstances(feed, session, now, muted=not keeping.is_source(feed, FEEDS, session))


def said(text: str, name: str = "s1", status: str = "final", **changes: object) -> Caption:
    return Caption.model_validate({"segment_id": name, "text": text, "status": status, **changes})


# --- which feed is heard -------------------------------------------------------------------------


def test_C15_the_first_of_the_file_is_heard_until_another_is_chosen() -> None:
    story = live()
    assert [keeping.is_source(feed, FEEDS, story.session) for feed in FEEDS] == [True, False, True]
    story.ask(c.HearFeed(feed="spare"), SAM)
    assert [keeping.is_source(feed, FEEDS, story.session) for feed in FEEDS] == [False, True, True]


def test_C15_what_is_heard_or_muted_already_is_refused() -> None:
    story = live()
    story.refused("no_change", c.HearFeed(feed="cart"))
    story.refused("no_change", c.MuteFeed(feed="spare"))
    story.refused("unknown_feed", c.MuteFeed(feed="nobody"))
    story.refused("unknown_feed", c.ReconnectFeed(feed="nobody"))


def test_C15_a_source_that_was_chosen_late_missed_nothing_before() -> None:
    story = live()
    [entry] = story.wait("ana")
    story.give(entry)
    before = heard(story, SPARE, said("unheard", "s0")).state
    story.after(60).ask(c.HearFeed(feed="spare"), SAM)
    assert [one.text for one in heard(story.after(5), SPARE, said("heard"), state=before).kept] == ["heard"]


def test_C19_a_mute_leaves_one_gap_when_it_is_over() -> None:
    story = live().after(10)
    muted_at = story.now
    story.ask(c.MuteFeed(feed="cart"), SAM)
    assert heard(story, CART, said("noise")).kept == ()
    assert keeping.unmuted(FeedState(), at(story.session, CART, story.now)).kept == ()
    story.after(30).ask(c.HearFeed(feed="cart"), SAM)
    told = keeping.unmuted(FeedState(), at(story.session, CART, story.now))
    assert [(gap.reason, gap.starts_at, gap.ends_at) for gap in told.kept] == [(GapReason.MUTED, muted_at, story.now)]
    assert keeping.unmuted(told.state, at(story.session, CART, story.now)).kept == ()


def test_C19_another_feed_ends_the_mute_and_does_not_tell_it_again() -> None:
    story = live().after(10)
    story.ask(c.MuteFeed(feed="cart"), SAM)
    story.after(30).ask(c.HearFeed(feed="spare"), SAM)
    told = [keeping.unmuted(FeedState(), at(story.session, feed, story.now)).kept for feed in (CART, SPARE)]
    assert [len(gaps) for gaps in told] == [1, 0]


def test_C19_each_track_has_mutes_of_its_own() -> None:
    story = live()
    for feed in ("cart", "es"):
        story.ask(c.MuteFeed(feed=feed), SAM)
    story.after(10).ask(c.HearFeed(feed="cart"), SAM)
    assert [(mute.track, mute.until) for mute in story.session.mutes] == [("floor", story.now), ("es", None)]


def test_C19_a_mute_that_lasts_ends_with_the_session_and_begins_with_it() -> None:
    story = scheduled()
    story.ask(c.MuteFeed(feed="es"), SAM)
    story.at(NOON).ask(c.StartSession())
    story.after(60).ask(c.CloseSession())
    [gap] = keeping.unmuted(FeedState(), at(story.session, SPANISH, story.now)).kept
    assert (gap.starts_at, gap.ends_at) == (NOON, NOON + 60 * S)


# --- what is spoken ------------------------------------------------------------------------------


def test_C20_captions_of_the_floor_are_in_the_language_that_is_spoken() -> None:
    story = live()
    assert heard(story, CART, said("Good morning")).kept[0].language == "en"
    story.ask(c.SetSpokenLanguage(language="es"), SAM)
    assert heard(story, CART, said("Buenos días")).kept[0].language == "es"
    assert heard(story, CART, said("Bom dia", language="pt")).kept[0].language == "pt"


def test_C20_in_the_language_that_is_spoken_captions_are_the_original() -> None:
    story = live()
    assert heard(story, SPANISH, said("Buenos días")).kept[0].is_translation
    story.ask(c.SetSpokenLanguage(language="es-MX"), SAM)
    assert not heard(story, SPANISH, said("Buenos días")).kept[0].is_translation
    story.after(1).ask(c.SetSpokenLanguage(language="fr"), SAM)
    assert heard(story, SPANISH, said("Buenos días")).kept[0].is_translation


def test_C20_a_phrase_keeps_its_language_while_it_is_revised() -> None:
    story = live()
    begun = heard(story, CART, said("Thank", status="partial")).state
    story.after(1).ask(c.SetSpokenLanguage(language="es"), SAM)
    [final] = heard(story, CART, said("Thank you"), state=begun).kept
    assert (final.language, final.text) == ("en", "Thank you")


def test_C20_the_language_that_is_set_already_is_refused() -> None:
    story = live()
    story.ask(c.SetSpokenLanguage(language="es"), SAM)
    story.refused("no_change", c.SetSpokenLanguage(language="es"))


# --- what people correct -------------------------------------------------------------------------


def kept(text: str = "The mare of Porto Alegre") -> tuple[FeedState, CaptionSegment]:
    merged = heard(live(), CART, said(text))
    return merged.state, merged.kept[0]


def test_C21_a_correction_is_a_new_revision_with_who_did_it() -> None:
    _, segment = kept()
    corrected = corrections.amended(segment, 1, "The mayor of Porto Alegre", NOON + S, "sam")
    assert (corrected.status, corrected.revision, corrected.by) == (CaptionStatus.CORRECTED, 2, "sam")
    assert (corrected.key, corrected.spoken_at) == (segment.key, segment.spoken_at)


def test_C21_a_text_of_nothing_retracts() -> None:
    _, segment = kept()
    assert corrections.amended(segment, 1, " \n", NOON, "sam").status is CaptionStatus.RETRACTED


@pytest.mark.parametrize(
    ("revision", "text", "code"),
    [(2, "other", "stale"), (1, "The mare of Porto Alegre", "no_change"), (1, "x" * 10_001, "too_large")],
)
def test_C21_a_correction_is_refused_with_what_is_true(revision: int, text: str, code: str) -> None:
    _, segment = kept()
    with pytest.raises(Refused) as caught:
        corrections.amended(segment, revision, text, NOON, "sam")
    assert caught.value.code == code


def test_C21_who_saw_an_older_revision_is_told_the_present_text() -> None:
    _, segment = kept()
    corrected = corrections.amended(segment, 1, "The mayor", NOON, "sam")
    with pytest.raises(Refused) as caught:
        corrections.amended(corrected, 1, "The Mayor", NOON, "mia")
    assert caught.value.detail == {"revision": 2, "text": "The mayor"}


def test_C21_a_gap_has_no_text() -> None:
    _, segment = kept()
    with pytest.raises(Refused):
        corrections.amended(segment.model_copy(update={"status": CaptionStatus.GAP}), 1, "x", NOON, "sam")


def test_C21_the_feeds_repeat_does_not_undo_a_correction_and_its_own_counts_from_there() -> None:
    story, (state, segment) = live(), kept()
    corrected = corrections.amended(segment, 1, "The mayor of Porto Alegre", NOON + S, "sam")
    state = revisions.amend(state, corrected)
    assert heard(story, CART, said("The mare of Porto Alegre"), state=state).kept == ()
    [own] = heard(story, CART, said("The mayor of Porto"), state=state).kept
    assert own.revision == 3


# --- codes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ABCD-1234", "abcd1234", " abcd 1234 ", "ABCD\u20131234"])
def test_a_wordly_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert wordly_code(typed) == "ABCD-1234"


@pytest.mark.parametrize("typed", ["", "ABC-1234", "ABCD-12345", "1234-ABCD", "ABCD/1234"])
def test_what_is_no_wordly_code_is_none(typed: str) -> None:
    assert wordly_code(typed) is None


def test_feeds_are_known_by_their_revision() -> None:
    story = live()
    story.ask(c.ChangeFeeds(revision=2), SYSTEM)
    story.refused("no_change", c.ChangeFeeds(revision=2), SYSTEM)
    assert story.session.feeds_revision == 2


def test_a_feed_may_be_asked_to_reconnect_again() -> None:
    story = live()
    for _ in range(2):
        story.ask(c.ReconnectFeed(feed="cart"), SAM)
    assert story.session.reconnects == {"cart": 2}
