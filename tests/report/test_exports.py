"""The record's files: JSON for machines, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, ValidationError

from isegoria.domain import commands as c
from isegoria.domain.captions import CaptionStatus, GapReason
from isegoria.domain.people import Organisation
from isegoria.domain.text import clean
from isegoria.domain.values import Attribution, Tier
from isegoria.report import as_csv, as_json
from isegoria.report.account import account
from isegoria.report.model import Record
from tests.domain.story import NOON, RAY, SAM, S, Story, live
from tests.report.journals import ANA, KNOWN, finish, lose, record_of, said
from tests.report.test_account import consultation


def spoken() -> Story:
    story = live()
    [ana] = story.wait("ana")
    turn = story.after(11 * 60).give(ana)
    story.ask(c.ExtendTurn(turn=turn, by=-30 * S))
    finish(story, 150.5)
    return story


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_json_is_the_record_again() -> None:
    record = record_of(spoken(), {"en": [said("Gracias, señora", NOON + 700 * S, 1)]})
    data = as_json.export(record)
    assert Record.model_validate_json(data) == record
    assert json.loads(data)["format"] == "isegoria-record/1"
    assert json.loads(data)["tier"] == "internal"
    assert "señora".encode() in data
    assert data.endswith(b"}\n")


@pytest.mark.parametrize("name", as_json.SCHEMAS)
def test_what_is_exported_is_as_its_schema_says(name: str) -> None:
    story = consultation(Attribution.NAMED)
    made = record_of(story, {"en": [said("Gracias, señora", NOON + 20 * S, 1)]}, story.people)
    told = account(made, story.session, story.people, Tier.PUBLISHABLE)
    data = json.loads({"record": as_json.export(made), "account": as_json.export_account(told)}[name])
    schema = json.loads(as_json.json_schema(as_json.SCHEMAS[name]))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(data)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate({**data, "session": None})


def test_csv_has_one_line_an_intervention_with_both_times() -> None:
    data = as_csv.export(record_of(spoken()))
    assert data.startswith(b"\xef\xbb\xbf")
    [row] = rows(data)
    assert (row["name"], row["organisation"], row["country"], row["topic"]) == (
        "Ana Lima",
        "Acity",
        "BR",
        "1. Local implementation",
    )
    assert (row["began (UTC)"], row["began (Europe/Madrid)"]) == ("2025-07-01 12:11:00", "2025-07-01 14:11:00")
    assert (row["limit (s)"], row["used (s)"], row["overtime (s)"]) == ("180", "150.5", "0.5")
    assert (row["extended (s)"], row["shortened (s)"], row["ending"], row["attribution"]) == (
        "0",
        "30",
        "ended",
        "named",
    )


def test_S1_no_zone_is_printed_by_an_abbreviation() -> None:
    data = as_csv.export(record_of(spoken()))
    assert b"CEST" not in data
    assert b"CET" not in data


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1"])
def test_a_text_never_becomes_a_formula(start: str) -> None:
    """Every column that people fill."""
    story = spoken()
    [ana] = story.session.entries
    story.ask(c.NoteIntervention(entry=ana, text="x"), RAY, text="x1")
    people = replace(
        KNOWN,
        persons={
            **KNOWN.persons,
            "ana": ANA.model_copy(update={"display_name": start, "function": start, "city": start}),
        },
        organisations={**KNOWN.organisations, "acity": Organisation(id="acity", name=start)},
        texts={"x1": start},
        about=KNOWN.about.model_copy(update={"segments": {"one": start}}),
    )
    captions = {"en": [said(start, NOON + 700 * S, 1)]}
    [row] = rows(as_csv.export(record_of(story, captions, people)))
    filled = ("name", "function", "city", "organisation", "notes", "topic", "segment", "captions en")
    assert {row[name] for name in filled} == {f"'{start}"}
    assert not [cell for cell in row.values() if cell.startswith(as_csv.FORMULA_STARTS)]


@pytest.mark.parametrize("start", ["\t=1", "\r=1"])
def test_a_control_character_hides_no_formula(start: str) -> None:
    people = replace(KNOWN, persons={**KNOWN.persons, "ana": ANA.model_copy(update={"display_name": start})})
    [row] = rows(as_csv.export(record_of(spoken(), people=people)))
    assert row["name"] == f"'{clean(start)}"


def test_text_that_cannot_be_written_does_not_stop_an_export() -> None:
    """Half a surrogate pair comes through a socket as it stands; a control character opens in no word processor."""
    story = spoken()
    [ana] = story.session.entries
    story.ask(c.NoteIntervention(entry=ana, text="x"), RAY, text="x1")
    record = record_of(story, people=replace(KNOWN, texts={"x1": "half \ud800 and \x00 bell\x07"}))
    assert json.loads(as_json.export(record))["interventions"][0]["notes"][0]["text"] == "half  and  bell"
    assert rows(as_csv.export(record))[0]["notes"] == "half  and  bell"


def test_csv_has_a_column_for_each_track_and_says_what_was_not_captioned() -> None:
    at = NOON + 700 * S
    gap = said("", at + S, 2, ends_at=at + 9 * S, status=CaptionStatus.GAP, reason=GapReason.INTERRUPTED)
    captions = {"en": [said("One", at, 1), gap, said("two", at + 9 * S, 3)], "es": [said("Uno", at, 1, language="es")]}
    [row] = rows(as_csv.export(record_of(spoken(), captions)))
    assert row["captions en"] == "One\n[not captioned]\ntwo"
    assert row["captions es"] == "Uno"


def test_csv_of_two_parts_tells_the_first_limit_and_the_sums() -> None:
    story = live()
    [ana] = story.wait("ana")
    story.give(ana)
    lose(story, 100)
    story.ask(c.Substitute(entry=ana, person="amy"), SAM)
    story.after(30).give(ana)
    finish(story, 85)
    [row] = rows(as_csv.export(record_of(story)))
    assert (row["parts"], row["limit (s)"], row["used (s)"], row["paused (s)"]) == ("2", "180", "185", "60")
    assert (row["name"], row["substitute for"]) == ("Amy", "Ana Lima")
    assert row["ended (UTC)"] == "2025-07-01 12:04:35"


def test_R7_what_nobody_heard_in_the_recording_says_so() -> None:
    story = consultation(Attribution.NAMED)
    captions = [said("We vote.", NOON + 20 * S, 1), said("As Kamau said.", NOON + 90 * S, 2)]
    found = rows(as_csv.export(record_of(story, {"en": captions}, story.people)))
    assert [row["quotes"] for row in found] == [
        "[en 1-1] We vote.",
        "[en 2-2 machine text, not confirmed] As Kamau said.",
    ]
