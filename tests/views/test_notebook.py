"""The notebook as the team sees it (R2, R4)."""

from __future__ import annotations

from dataclasses import replace

from isegoria.domain import commands as c
from isegoria.domain.values import Attribution, Tier
from isegoria.views.notebook import notebook
from tests.domain.story import PEOPLE, RAY, Story, live, speaker


def noted() -> tuple[Story, str]:
    story = live()
    entry, other = story.wait("ana", "bob")
    story.ask(c.TagIntervention(entry=entry, tag="practice"), RAY)
    story.ask(c.WriteGist(entry=entry, after=None, text="x"), RAY, text="x1")
    story.ask(c.NoteIntervention(entry=entry, text="x"), RAY, text="x2")
    story.ask(c.QuoteIntervention(entry=entry, track="floor", first=2, last=3), RAY)
    story.ask(c.AddTopic(text="x"), RAY, text="x3")
    story.ask(c.LogRemarks(person="mia", segment="opening", text="x"), RAY, text="x4")
    assert other
    return story, entry


def test_R2_what_was_noted_stands_under_its_intervention_with_who_noted_it() -> None:
    story, entry = noted()
    people = replace(PEOPLE, texts={"x1": "The gist.", "x3": "Water", "x4": "Welcomed all."})
    seen = notebook(story.session, people)
    [notes] = seen.notes
    assert (notes.entry, [tag.tag for tag in notes.tags]) == (entry, ["practice"])
    assert notes.gist
    assert (notes.gist.text, notes.gist.by) == ("The gist.", "Ray")
    assert [note.text for note in notes.notes] == [None], "erased, or not read yet"
    assert [(quote.first, quote.last, quote.confirmed_by) for quote in notes.quotes] == [(2, 3, None)]
    assert [(topic.text) for topic in seen.topics] == ["Water"]
    assert [(remarks.name, remarks.text) for remarks in seen.remarks] == [("Mia", "Welcomed all.")]


def test_R4_a_publishable_export_is_to_be_recalled_when_somebody_chose_otherwise_since() -> None:
    story, _ = noted()
    exports = [
        c.ListExport(format=kind, tier=tier, digest="0" * 64, size=1, entries=1)
        for kind, tier in [("docx", Tier.PUBLISHABLE), ("pdf", Tier.INTERNAL)]
    ]
    for export in exports:
        story.ask(export, RAY)
    assert [one.recall for one in notebook(story.session, PEOPLE).exports] == [False, False]
    story.after(5).ask(c.ChooseAttribution(attribution=Attribution.NOT_FOR_REPORT), speaker("ana"))
    story.after(5).ask(exports[0], RAY)
    assert [one.recall for one in notebook(story.session, PEOPLE).exports] == [True, False, False]
    assert [one.changed for one in notebook(story.session, PEOPLE).exports] == [("Ana",), (), ()]
