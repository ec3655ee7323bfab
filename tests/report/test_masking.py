"""R10: names that are spoken. Found however they are spelt, masked near the turn, held back elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isegoria.domain import commands as c
from isegoria.domain.values import Attribution
from isegoria.report.masking import Words, conceal
from isegoria.report.protection import Protected, Term, protected
from isegoria.report.spelling import letters
from tests.domain.story import NOON, SAM, S, live
from tests.report.journals import finish
from tests.report.transcripts import INTERNAL, SECRET, at, every_format, heard, made, roster, words

HELD = "[held back]"


def near(text: str, *names: str) -> str:
    """`text` as it is told in Ana's turn half a minute before the turn of a person with these names."""
    [told] = near_lines([text], *names)
    return told


def near_lines(texts: Sequence[str], *names: str) -> list[str]:
    return told(texts, NOON, ((NOON, None),), *names)


def far(text: str, *names: str) -> str:
    [line] = told([text], NOON, (), *names)
    return line


def told(texts: Sequence[str], when: int, windows: tuple[tuple[int, int | None], ...], *names: str) -> list[str]:
    terms = tuple(Term(letters(name), " " not in name) for name in names)
    concealed = conceal([Words(when, text) for text in texts], [Protected(terms, windows)])
    return [HELD if one.text is None else one.text for one in concealed]


# --- found however it is spelt --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        ("Müller-Núñez", "Thank you, Ms MULLER NUNEZ.", "Thank you, Ms […]."),
        ("Müller-Núñez", "from Mu\u0308ller-\nNu\u0301n\u0303ez's city", "from […]'s city"),
        ("Zoë", "zoe, Zoé\u0301 and ZOE\u0308", "[…], […] and […]"),
        ("Puerto Escondido", "in puerto\u00a0  escondido now", "in […] now"),
        ("Puerto Escondido", "in Puerto\nEscondido now", "in […] now"),
        ("Øystein Æsir", "oystein aesir", "[…]"),
        ("İzmir", "izmir, IZMIR, Izmir", "[…], […], […]"),
        ("Иванов", "с Ивановым и ИВАНОВЫМ", "с […] и […]"),
        ("برشلونة", "من برشلونة وبرشلونة وَبَرْشَلُونَة", "من […]"),
        ("فاطمة", "السيدة فـــاطمة هنا", "السيدة […] هنا"),
        ("王小明", "感谢王小明市长", "感谢[…]市长"),
        ("王小明", "感谢王 小 明市长", "感谢[…]市长"),
        ("김서연", "김서연은 시장입니다", "[…]은 시장입니다"),
        ("zoe@puerto.example", "write to Zoe@Puerto.example, please", "write to […], please"),
        ("Zoë\u200dX", "ZoeX", "[…]"),
    ],
)
def test_R10_a_name_is_found_however_it_is_spelt(name: str, text: str, masked: str) -> None:
    assert near(text, name) == masked
    assert near(text, "Somebody Else") == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana", "an analysis of Banana"),
        ("Lima", "climate, limate and a limb"),
        ("Paris", "comparisons are parishioners"),
        ("على", "علامة"),
    ],
)
def test_R10_other_words_are_left_alone(name: str, text: str) -> None:
    assert near(text, name) == text


def test_R10_names_that_follow_each_other_are_one_mask() -> None:
    assert near("Dr Zoë Müller and Zoë", "Zoë", "Müller", "Zoë Müller") == "Dr […] and […]"


@pytest.mark.parametrize(
    "texts",
    [
        ["thank you Puerto", "Escondido for this"],
        ["thank you Pue", "rto Escon", "dido for this"],
        ["thank you Puerto", "", "...", "Escondido for this"],
    ],
)
def test_R10_a_name_is_found_across_the_ends_of_lines(texts: list[str]) -> None:
    joined = "|".join(near_lines(texts, "Puerto Escondido"))
    assert letters(joined) == "thankyouforthis"


# --- near, and elsewhere --------------------------------------------------------------------------


def test_R10_elsewhere_the_whole_line_is_held_back() -> None:
    assert far("I was in Puerto Escondido.", "Puerto Escondido") == HELD
    assert far("I was in puerto escondido.", "Puerto Escondido") == HELD
    assert told(["So Puerto", "Escondido it is", "then"], NOON, (), "Puerto Escondido") == [HELD, HELD, "then"]


@pytest.mark.parametrize(
    ("text", "held"),
    [("a nice day in Nice", True), ("A nice day", False), ("NICE DAY", True), ("nice day", True)],
)
def test_R10_elsewhere_a_word_alone_counts_unless_it_is_written_small_among_capitals(text: str, *, held: bool) -> None:
    assert (far(text, "Nice") == HELD) is held
    assert "[…]" in near(text, "Nice")


@pytest.mark.parametrize(
    ("seconds", "shown"), [(-61, HELD), (-60, "of […]"), (90, "of […]"), (240, "of […]"), (241, HELD)]
)
def test_R10_masked_from_60_s_before_to_60_s_after_the_turn(seconds: int, shown: str) -> None:
    story = live()
    [cat] = story.wait("cat")
    story.after(300).give(cat)
    finish(story, 180)
    people = protected(story.session, roster())
    assert conceal([Words(NOON + (300 + seconds) * S, f"of {SECRET}")], people) == [
        Words(NOON + (300 + seconds) * S, None if shown == HELD else shown)
    ]


# --- whose ----------------------------------------------------------------------------------------


def test_R10_name_email_organisation_and_city_are_masked() -> None:
    said = [
        "after me Zoë Müller-Núñez",
        "or Ms Müller-Núñez or just Zoë",
        "at zoe@puerto.example",
        "zoe at puerto dot example",
        "of the Red de Ciudades",
        "of RCX",
        "of Puerto Escondido",
    ]
    captions = [at(1.5 + number / 100, text, number) for number, text in enumerate(said, 1)]
    assert words(made(heard("ana", "cat"), captions)) == [
        "after me […]",
        "or Ms […] or just […]",
        "at […]",
        "[…]",
        "of the […]",
        "of […]",
        "of […]",
    ]


def test_R10_a_given_name_alone_is_masked_near_and_left_elsewhere() -> None:
    story = heard("bob", "ana", "cat")
    captions = [at(0.5, "Zoë and Zoë", 1), at(0.6, "Müller here", 2), at(3.5, "Zoë is next", 3)]
    assert words(made(story, captions)) == ["Zoë and Zoë", HELD, "[…] is next"]


def test_R10_who_is_protected_and_did_not_speak_is_named_nowhere() -> None:
    assert words(made(heard("ana"), [at(0.5, f"as {SECRET} would say", 1), at(0.6, "so", 2)])) == [HELD, "so"]


def test_R10_a_running_turn_has_no_end() -> None:
    story = heard("ana")
    story.give(story.wait("cat")[0])
    assert words(made(story, [at(1.5, f"next is {SECRET}", 1)])) == ["next is […]"]
    [person] = protected(story.session, roster())
    assert person.windows == ((NOON + 60 * S, None),)


@pytest.mark.parametrize(
    ("changes", "said", "told"),
    [
        ({"city": "Nice"}, "A nice day", "A nice day"),
        ({"city": "Nice"}, "A day in Nice", HELD),
        ({"display_name": "Zoë van Dam"}, "A WHITE VAN", "A WHITE VAN"),
        ({"display_name": "Zoë van Dam"}, "A word with Ms Dam", HELD),
        ({"display_name": "Zoë van Dam"}, "A word with ms zoe van dam", HELD),
        ({"display_name": "王明", "given_name": "明", "family_name": "王"}, "王先生明天来", "王先生明天来"),
        ({"display_name": "王明", "given_name": "明", "family_name": "王"}, "王明先生", HELD),
        ({"display_name": "Zoë Bo", "given_name": "Zoë", "family_name": "Bo"}, "A Bo tree", "A Bo tree"),
    ],
)
def test_R10_elsewhere_a_roster_s_names_are_looked_for(changes: dict[str, object], said: str, told: str) -> None:
    people = roster(cat={"given_name": "", "family_name": "", **changes})
    assert words(made(heard("ana"), [at(0.5, said, 1)], people=people)) == [told]


def test_R10_who_a_joint_statement_is_for_is_masked_as_well() -> None:
    story = live()
    story.people = roster()
    ana, cat = (
        made_entry(story.ask(c.Inscribe(person=name, segment="one", on_behalf_of=behalf), SAM))
        for name, behalf in (("ana", ()), ("cat", ("net",)))
    )
    story.give(ana)
    finish(story, 120)
    story.give(cat)
    finish(story)
    assert words(made(story, [at(1.9, "for the Network of Cities", 1)])) == ["for the […]"]


def made_entry(events: Sequence[object]) -> str:
    return str(getattr(events[-1], "entry", ""))


def test_R10_a_substitutes_name_is_masked_as_well() -> None:
    story = live()
    ana, cat = story.wait("ana", "cat")
    story.give(ana)
    finish(story, 120)
    story.ask(c.Substitute(entry=cat, person="fay"), SAM)
    story.give(cat)
    finish(story)
    people = roster(fay={"display_name": "Fay Osei"})
    captions = [at(1.5, f"Ms Osei speaks for {SECRET}", 1)]
    assert words(made(story, captions, people=people)) == ["Ms […] speaks for […]"]


@pytest.mark.parametrize(
    ("minute", "text", "told"),
    [
        (0.5, "I am Will Otieno, of Nairobi.", "I am […], of Nairobi."),
        (0.5, "We will publish it.", "We will publish it."),
        (2.5, "As Mr Otieno said before me,", "As Mr […] said before me,"),
        (3.5, "As Mr Otieno said an hour ago,", "As Mr Otieno said an hour ago,"),
    ],
)
def test_R3_who_did_not_allow_the_name_is_not_named_around_the_turn(minute: float, text: str, told: str) -> None:
    """The organisation alone is told; what others say of somebody elsewhere is theirs to say."""
    bob: dict[str, object] = {"display_name": "Will Otieno", "given_name": "Will", "family_name": "Otieno"}
    captions = [at(minute, text, 1), at(3.9, "Capitals Are In These Captions", 2)]
    assert words(made(heard("bob", "ana"), captions, people=roster(bob=bob)))[0] == told


def test_R3_who_is_not_for_the_report_is_not_named_by_the_next_speaker() -> None:
    dan: dict[str, object] = {"display_name": "Dan Haddad", "given_name": "Dan", "family_name": "Haddad"}
    captions = [at(2.2, "I thank Dan Haddad.", 1)]
    assert words(made(heard("dan", "ana"), captions, people=roster(dan=dan))) == ["I thank […]."]


def test_R10_half_a_name_in_a_line_that_is_left_out_is_no_way_out() -> None:
    story = heard("ana", "bob", between_s=60)
    # Ana's turn ends at 3:00: the first half is hers, the second is procedure.
    captions = [at(2.99, "and this is Puerto", 1), at(3.01, "Escondido, the next", 2), at(4.5, "yes", 3)]
    assert words(made(story, captions)) == [HELD, "yes"]


def test_R10_leaving_lines_out_brings_no_two_halves_together() -> None:
    story = heard("ana", "dan", "bob")
    captions = [at(1.99, "we are Puerto", 1), at(3, "not for the report", 2), at(4.01, "Escondido is far", 3)]
    assert words(made(story, captions)) == [HELD, HELD]


def test_R10_holding_a_line_back_brings_no_two_halves_together() -> None:
    """However often: SECRET goes, which leaves Puerto Escondido, which leaves Red de Ciudades."""
    said = ["the Red de", "Puerto", SECRET, "Escondido", "Ciudades", "so"]
    captions = [at(0.5 + number / 100, text, number) for number, text in enumerate(said, 1)]
    assert words(made(heard("ana"), captions)) == [HELD] * 5 + ["so"]


def test_R10_with_nobody_protected_all_is_as_it_was_said() -> None:
    people = roster(cat={"attribution": Attribution.NAMED})
    captions = [at(0.5, f"{SECRET} of Puerto Escondido", 1)]
    assert words(made(heard("ana"), captions, people=people)) == [f"{SECRET} of Puerto Escondido"]


def test_R10_the_internal_transcript_masks_nothing() -> None:
    assert words(made(heard("ana"), [at(0.5, SECRET, 1)], INTERNAL)) == [SECRET]


# --- whatever is said -----------------------------------------------------------------------------

NAMES = [SECRET, "Müller-Núñez, Zoë", "Müller-Núñez", "zoe@puerto.example", "Puerto Escondido", "Red de Ciudades"]
PIECES = [*NAMES, "Puerto", "Escondido", "Red", "de", "Ciudades", "Müller", "mayor", "の", "، ", "<i>"]
SPELLINGS: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.title,
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("-", " "),
    lambda text: unicodedata.normalize("NFD", text),
]
STORY = heard("ana", "cat", "bob", "dan", between_s=5)


@st.composite
def spoken(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPELLINGS)), max_size=4))
    return " ".join(spelling(piece) for piece, spelling in pieces)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 600), spoken()), max_size=12))
def test_R10_nothing_of_a_protected_person_is_in_what_is_published(said: list[tuple[int, str]]) -> None:
    """Whoever speaks when, across all lines of a file."""
    captions = [at(second / 60, text, position) for position, (second, text) in enumerate(said, 1)]
    for text in every_format(made(STORY, captions)):
        assert not [name for name in NAMES if letters(name) in letters(text)]
