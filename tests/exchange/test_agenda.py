"""A day for scripts and screen readers: every glyph has its word, every time its offset."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.cautions import caution
from therapist_tui.domain.agenda import Agenda, Brief, Slot
from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.level import Level
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.therapist import Therapist
from therapist_tui.exchange.agenda import as_json, as_text

TORONTO = ZoneInfo("America/Toronto")
DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
DANA = Therapist(UUID(int=1), "Dana Reyes", "LMT", "4711", None, TORONTO)
AMARA = Client(UUID(int=2), "Amara Okafor")
CALF = caution(Level.CLEARANCE, "Swollen left calf", "Refer today.", "left lower leg")
SLOT = Slot(
    Appointment(UUID(int=3), AMARA.id, AT, 60, "Massage"),
    Brief(AMARA, (CALF, caution(Level.UNKNOWN, "x")), visits_before=1),
)
AGENDA = Agenda(DAY, DANA, (SLOT,))


def test_day_is_one_line_an_appointment_with_its_cautions_in_words_under_it():
    assert as_text(AGENDA, TORONTO) == (
        "Mon 23 Nov 2026  1 booked\n"
        "10:30   60 min  Amara Okafor  Massage  booked\n"
        "      ▲ ASK Swollen left calf — Refer today.\n"
        "      ? CHECK x"
    )


def test_empty_day_is_its_heading():
    assert as_text(Agenda(DAY, DANA), TORONTO) == "Mon 23 Nov 2026  0 booked"


def test_lost_appointment_is_listed_and_not_counted():
    lost = replace(SLOT, appointment=replace(SLOT.appointment, status=Status.CANCELLED, reason="ill"))
    text = as_text(Agenda(DAY, DANA, (lost,)), TORONTO)
    assert "0 booked" in text
    assert "Massage  cancelled" in text


def test_notes_to_sign_are_counted_in_words():
    assert as_text(Agenda(DAY, DANA, to_sign=1), TORONTO).endswith("\n1 note to sign")
    assert as_text(Agenda(DAY, DANA, to_sign=2), TORONTO).endswith("\n2 notes to sign")


def test_json_holds_the_same_with_offsets_and_the_badges_meaning():
    assert json.loads(as_json(replace(AGENDA, to_sign=2), TORONTO)) == {
        "date": "2026-11-23",
        "to_sign": 2,
        "appointments": [
            {
                "id": str(UUID(int=3)),
                "starts_at": "2026-11-23T10:30:00-05:00",
                "minutes": 60,
                "client": "Amara Okafor",
                "service": "Massage",
                "status": "booked",
                "badges": [f"{level.word}: {level.meaning}" for level in (Level.CLEARANCE, Level.UNKNOWN)],
                "cautions": [
                    {
                        "level": "clearance",
                        "title": "Swollen left calf",
                        "advice": "Refer today.",
                        "place": "left lower leg",
                    },
                    {"level": "unknown", "title": "x", "advice": "", "place": ""},
                ],
                "note_signed": False,
            }
        ],
    }


@given(name=st.text(), service=st.text(), title=st.text(), advice=st.text())
def test_any_text_stays_on_its_line_and_never_drives_the_terminal(name: str, service: str, title: str, advice: str):
    slot = Slot(
        replace(SLOT.appointment, service=service),
        Brief(replace(AMARA, name=name), (caution(Level.LOCAL, title, advice),)),
    )
    text = as_text(replace(AGENDA, slots=(slot,)), TORONTO)
    assert len(text.split("\n")) == 3
    assert not [letter for letter in text if (letter < " " and letter != "\n") or "\x7f" <= letter <= "\x9f"]
    read = json.loads(as_json(replace(AGENDA, slots=(slot,)), TORONTO))["appointments"][0]
    assert read["client"] == clean_line(name)
    assert read["service"] == clean_line(service)
    assert read["cautions"][0]["title"] == clean_line(title, 600)


@given(st.lists(st.integers(0, 600), max_size=6).map(sorted))
def test_appointments_stand_in_the_days_order(minutes: list[int]):
    slots = tuple(
        replace(SLOT, appointment=replace(SLOT.appointment, id=UUID(int=n), starts_at=AT + timedelta(minutes=at)))
        for n, at in enumerate(minutes)
    )
    starts = [one["starts_at"] for one in json.loads(as_json(Agenda(DAY, DANA, slots), TORONTO))["appointments"]]
    assert starts == sorted(starts)
    assert len(starts) == len(minutes)
