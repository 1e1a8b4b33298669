"""The forms of series: what is typed becomes a rule or a change, and what cannot is said beside its field."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from therapist_tui.domain.appointment import Appointment, AppointmentDraft, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.touching import BY_HAND, Scope, SeriesChange, Touch, Touched
from therapist_tui.ui.forms.series import CancelSeriesForm, Repeated, RepeatedForm, SeriesForm, touched_words

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("America/Toronto")
CLIENT = Client(uuid4(), "Ada Byron")
PLANNED = AppointmentDraft(
    CLIENT.id, datetime(2026, 11, 24, 15, tzinfo=UTC), 60, "Massage", ("MFR",), remarks="calls first"
)
ONE = Appointment(uuid4(), CLIENT.id, PLANNED.starts_at, 60, "Massage", series_id=uuid4(), series_on=date(2026, 11, 24))
FORM = SeriesForm(CLIENT, PLANNED, date(2026, 12, 1), time(10), ZONE, TODAY)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({}, Rule(("TU",))),
        ({"weeks": "2", "weekdays": "thu, mon", "count": "8"}, Rule(("MO", "TH"), 2, count=8)),
        ({"until": "2027-03-01"}, Rule(("TU",), until=date(2027, 3, 1))),
        ({"day": "fri", "until": "+3m"}, Rule(("FR",), until=date(2027, 2, 23))),
    ],
)
def test_what_is_typed_becomes_a_rule_and_the_rest_is_planned_as_before(typed: dict[str, str], rule: Rule):
    draft, problems = FORM.read(FORM.start() | typed)
    assert problems == {}
    assert draft
    assert draft.rule == rule
    assert (draft.clock, draft.minutes, draft.techniques, draft.remarks) == (time(10), 60, ("MFR",), "calls first")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": ""}, "day"),
        ({"start": "25:00"}, "start"),
        ({"minutes": "2"}, "minutes"),
        ({"service": ""}, "service"),
        ({"weeks": "0"}, "weeks"),
        ({"weeks": "two"}, "weeks"),
        ({"weekdays": "someday"}, "weekdays"),
        ({"until": "2026-11-01"}, "until"),
        ({"until": "2199-01-01"}, "until"),
        ({"count": "0"}, "count"),
        ({"count": "1000000000"}, "count"),
        ({"count": "3", "until": "+3m"}, "count"),
    ],
)
def test_what_makes_no_series_is_said_beside_its_field(typed: dict[str, str], field: str):
    draft, problems = FORM.read(FORM.start() | typed)
    assert draft is None
    assert field in problems


def test_the_dates_are_said_while_the_rule_is_typed():
    draft, _ = FORM.read(FORM.start() | {"count": "3"})
    assert draft
    assert FORM.echo(draft) == "every week on Tue, 3 times: 3 dates: 1 Dec, 8 Dec, 15 Dec"
    on, _ = FORM.read(FORM.start())
    assert on
    assert FORM.echo(on).endswith("1 Dec, 8 Dec, 15 Dec, 22 Dec, 29 Dec, 5 Jan, …, 30 Nov 2027")


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ({"start": "14:00"}, SeriesChange(clock=time(14))),
        ({"day": "2026-11-26", "minutes": "90"}, SeriesChange(days=2, minutes=90)),
        ({"service": "Deep  tissue", "scope": "all"}, SeriesChange(service="Deep tissue")),
    ],
)
def test_only_what_is_different_is_changed(typed: dict[str, str], change: SeriesChange):
    form = RepeatedForm(ONE, ZONE, TODAY)
    assert form.read(form.start() | typed) == (Repeated(Scope.ALL if "scope" in typed else Scope.LATER, change), {})


@pytest.mark.parametrize(
    ("typed", "field"),
    [({}, "start"), ({"minutes": "3"}, "minutes"), ({"day": "2029-01-01"}, "day"), ({"service": " "}, "service")],
)
def test_a_change_that_cannot_be_is_said_beside_its_field(typed: dict[str, str], field: str):
    form = RepeatedForm(ONE, ZONE, TODAY)
    draft, problems = form.read(form.start() | typed)
    assert draft is None
    assert [*problems] == [field]


def test_a_series_is_called_off_with_a_reason_only():
    form = CancelSeriesForm(ONE, "Ada", Scope.LATER)
    assert form.title == "Cancel this and the later appointments of Ada"
    assert form.read({"reason": " \n"})[0] is None
    assert form.read({"reason": "moving\x1b away"}) == ("moving away", {})


def test_what_is_touched_what_clashes_and_what_stays_is_told_in_sentences():
    later = replace(ONE, starts_at=datetime(2027, 3, 14, 7, 30, tzinfo=UTC))
    touches = (Touch(ONE, ONE, clashes=(later,)), Touch(later, later, skipped=True))
    told = touched_words(Touched(Scope.ALL, touches, ((ONE, BY_HAND),)), ZONE, TODAY)
    assert told == (
        "2 dates: 24 Nov, 14 Mar. 1 overlaps what is booked: 24 Nov (03:30 60 min). "
        "On 14 Mar the clocks leave that time out: it begins at 03:30. 24 Nov (changed by hand) stays."
    )
    lost = replace(ONE, status=Status.CANCELLED, reason="x")
    assert touched_words(Touched(Scope.ALL, (Touch(ONE, lost),)), ZONE, TODAY) == "1 date: 24 Nov."
    assert touched_words(Touched(Scope.ALL), ZONE, TODAY) == "No date is left to change."
