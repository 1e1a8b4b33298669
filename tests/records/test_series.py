"""Series in the book: wall time kept, exceptions kept, one transaction for each change, all of it undone at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from therapist_tui.domain.appointment import Appointment, AppointmentDraft, ReasonNeeded, Status
from therapist_tui.domain.errors import Invalid
from therapist_tui.domain.health import HealthEntryDraft, HealthKind
from therapist_tui.domain.hours import Hours
from therapist_tui.domain.level import Level
from therapist_tui.domain.recurrence import Rule
from therapist_tui.domain.series import SeriesDraft
from therapist_tui.domain.touching import BY_HAND, NoSeries, NothingToChange, Scope, SeriesChange
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT

from .conftest import PASSPHRASE, THERAPIST, Clock, a_client, a_session, a_signed_note, an_appointment, reopen
from .test_undo import dump

TODAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
SIX = Rule(("TU",), count=6)
TORONTO = ZoneInfo("America/Toronto")


def a_draft(client_id: UUID, rule: Rule = SIX, **more: Any) -> SeriesDraft:
    return SeriesDraft(client_id, TUESDAY, time(10), 60, "Massage", rule, **more)


def starts(appointments: tuple[Appointment, ...]) -> list[str]:
    return [f"{one.starts_at.astimezone(TORONTO):%d %b %H:%M}" for one in appointments]


def test_a_series_is_booked_at_the_same_time_on_the_wall_over_daylight_saving(practice: Practice) -> None:
    booked = practice.series.book(a_draft(a_client(practice), Rule(("TU",), 8, count=4)))
    assert starts(booked.appointments) == ["24 Nov 10:00", "19 Jan 10:00", "16 Mar 10:00", "11 May 10:00"]
    assert [one.starts_at.hour for one in booked.appointments] == [15, 15, 14, 14]
    assert practice.series.get(booked.series.id) == booked.series
    assert practice.series.appointments(booked.series.id) == booked.appointments
    assert [one.series_on for one in booked.appointments] == [one.starts_at.date() for one in booked.appointments]
    assert practice.audit.events(1)[0].action == "series.booked"


def test_dates_that_are_left_out_stay_out_and_another_zone_keeps_its_own_wall(practice: Practice) -> None:
    draft = a_draft(a_client(practice), left_out=(date(2026, 12, 8),), zone=ZoneInfo("Europe/Paris"))
    booked = practice.series.book(draft)
    assert starts(booked.appointments)[:3] == ["24 Nov 04:00", "01 Dec 04:00", "15 Dec 04:00"]
    assert len(booked.appointments) == 5


def test_what_booking_would_do_is_told_before_with_its_clashes(practice: Practice) -> None:
    client_id = a_client(practice)
    other = an_appointment(practice, client_id, datetime(2026, 12, 1, 15, 30, tzinfo=UTC))
    draft = SeriesDraft(client_id, date(2027, 3, 14), time(2, 30), 60, "Massage", Rule(("SU",), count=2))
    before = dump(practice)
    assert [touch.skipped for touch in practice.series.look_ahead(draft)] == [True, False]
    ahead = practice.series.look_ahead(a_draft(client_id))
    assert [touch.clashes for touch in ahead] == [(), (other,), (), (), (), ()]
    assert dump(practice) == before


def test_a_series_without_an_end_goes_a_year_ahead_and_on_when_time_goes_by(practice: Practice, clock: Clock) -> None:
    booked = practice.series.book(a_draft(a_client(practice), Rule(("TU",))))
    assert len(booked.appointments) == 53
    assert practice.series.extend() == 0
    clock.tick(days=20)
    assert practice.series.extend() == 0
    clock.tick(days=20)
    assert practice.series.extend() == 5
    assert practice.series.extend() == 0
    own = practice.series.appointments(booked.series.id)
    assert len({one.series_on for one in own}) == len(own) == 58
    assert {f"{one.starts_at.astimezone(TORONTO):%a %H:%M}" for one in own} == {"Tue 10:00"}
    assert practice.audit.events(1)[0].action == "series.extended"
    last = practice.undo.last()
    assert last
    assert last.label == "series booked, 53 dates"


def test_a_series_of_a_client_set_aside_is_not_extended_until_the_client_is_back(
    practice: Practice, clock: Clock
) -> None:
    client_id = a_client(practice)
    practice.series.book(a_draft(client_id, Rule(("TU",))))
    practice.clients.archive(client_id)
    clock.tick(days=60)
    assert practice.series.extend() == 0
    practice.clients.restore(client_id)
    assert practice.series.extend() > 0


def test_a_series_with_an_end_beyond_the_year_gets_all_its_dates_and_no_more(practice: Practice, clock: Clock) -> None:
    booked = practice.series.book(a_draft(a_client(practice), Rule(("TU",), count=60)))
    for _ in range(9):
        clock.tick(days=40)
        practice.series.extend()
    assert len(practice.series.appointments(booked.series.id)) == 60


def test_this_one_alone_is_changed_and_the_series_stays(practice: Practice) -> None:
    booked = practice.series.book(a_draft(a_client(practice)))
    second = booked.appointments[1]
    (changed,) = practice.series.change(second.id, Scope.THIS, SeriesChange(1, time(11), 90, "Deep tissue"))
    assert starts((changed,)) == ["02 Dec 11:00"]
    assert (changed.minutes, changed.service, changed.series_on) == (90, "Deep tissue", second.series_on)
    assert practice.series.get(booked.series.id) == booked.series


def test_a_note_that_was_begun_goes_with_the_one_date_that_is_moved(practice: Practice) -> None:
    booked = practice.series.book(a_draft(a_client(practice)))
    noted = booked.appointments[1]
    practice.notes.open(noted.id)
    (moved,) = practice.series.change(noted.id, Scope.THIS, SeriesChange(1))
    note = practice.notes.of_appointment(noted.id)
    assert note
    assert note.service_at == moved.starts_at == noted.starts_at + timedelta(days=1)


def test_this_and_later_part_the_series_and_go_on_as_changed(practice: Practice, clock: Clock) -> None:
    booked = practice.series.book(a_draft(a_client(practice), Rule(("TU",))))
    third = booked.appointments[2]
    changed = practice.series.change(third.id, Scope.LATER, SeriesChange(days=2, clock=time(14)))
    assert starts(changed)[:2] == ["10 Dec 14:00", "17 Dec 14:00"]
    assert len(changed) == 51
    first, rest = practice.series.get(booked.series.id), practice.series.get(changed[0].series_id or third.id)
    assert first.rule.until == date(2026, 12, 7)
    assert (rest.rule.weekdays, rest.clock, rest.begins_on) == (("TH",), time(14), date(2026, 12, 10))
    assert starts(practice.series.appointments(first.id)) == ["24 Nov 10:00", "01 Dec 10:00"]
    clock.tick(days=60)
    practice.series.extend()
    assert len(practice.series.appointments(first.id)) == 2
    assert {f"{one.starts_at.astimezone(TORONTO):%a %H:%M}" for one in practice.series.appointments(rest.id)} == {
        "Thu 14:00"
    }


def test_all_that_lies_ahead_is_changed_and_what_was_done_noted_or_moved_stays(
    practice: Practice, clock: Clock
) -> None:
    booked = practice.series.book(a_draft(a_client(practice)))
    done, noted, moved, *rest = booked.appointments
    practice.appointments.step(done.id, Status.DONE)
    practice.notes.open(noted.id)
    practice.appointments.change(
        moved.id, AppointmentDraft(moved.client_id, moved.starts_at + timedelta(days=1), 60, "Massage")
    )
    change = SeriesChange(clock=time(16), minutes=45)
    found = practice.series.look_at(rest[0].id, Scope.ALL, change)
    assert [why for _, why in found.kept] == [
        "has a note" if one is noted else why for one, why in ((done, "done"), (noted, ""), (moved, BY_HAND))
    ]
    changed = practice.series.change(rest[0].id, Scope.ALL, change)
    assert [one.id for one in changed] == [one.id for one in rest] == [touch.before.id for touch in found.touches]
    assert starts(changed)[0] == "15 Dec 16:00"
    own = {one.id: one for one in practice.series.appointments(booked.series.id)}
    assert own[done.id].starts_at == done.starts_at
    assert own[noted.id].starts_at == noted.starts_at
    assert own[moved.id].starts_at == moved.starts_at + timedelta(days=1)
    assert practice.series.get(booked.series.id).minutes == 45


def test_clashes_of_a_change_are_told_but_not_with_what_moves_along(practice: Practice) -> None:
    client_id = a_client(practice)
    booked = practice.series.book(a_draft(client_id))
    other = an_appointment(practice, client_id, datetime(2026, 12, 8, 16, 30, tzinfo=UTC))
    found = practice.series.look_at(booked.appointments[0].id, Scope.ALL, SeriesChange(clock=time(11)))
    assert [touch.clashes for touch in found.touches] == [(), (), (other,), (), (), ()]
    week_on = practice.series.look_at(booked.appointments[0].id, Scope.ALL, SeriesChange(days=7))
    assert not any(touch.clashes for touch in week_on.touches)


@pytest.mark.parametrize(("scope", "left"), [(Scope.THIS, 5), (Scope.LATER, 2), (Scope.ALL, 0)])
def test_calling_off_keeps_every_row_and_the_reason_and_ends_the_series(
    scope: Scope, left: int, practice: Practice, clock: Clock
) -> None:
    booked = practice.series.book(a_draft(a_client(practice)))
    third = booked.appointments[2]
    assert len(practice.series.look_at(third.id, scope).touches) == 6 - left
    lost = practice.series.cancel(third.id, scope, "moving away")
    assert {(one.status, one.reason) for one in lost} == {(Status.CANCELLED, "moving away")}
    own = practice.series.appointments(booked.series.id)
    assert len(own) == 6
    assert sum(one.status is Status.BOOKED for one in own) == left
    clock.tick(days=400)
    assert practice.series.extend() == 0


CHANGES = {
    "this": lambda p, a: p.series.change(a.id, Scope.THIS, SeriesChange(1)),
    "later": lambda p, a: p.series.change(a.id, Scope.LATER, SeriesChange(9, time(8))),
    "all": lambda p, a: p.series.change(a.id, Scope.ALL, SeriesChange(-3, minutes=90, service="Deep tissue")),
    "cancel later": lambda p, a: p.series.cancel(a.id, Scope.LATER, "ill"),
    "cancel all": lambda p, a: p.series.cancel(a.id, Scope.ALL, "ill"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_change_of_many_dates_is_taken_back_at_once(how: str, practice: Practice) -> None:
    booked = practice.series.book(a_draft(a_client(practice)))
    an_hour_on = replace_time(practice, booked.appointments[4])
    before = dump(practice)
    CHANGES[how](practice, booked.appointments[2])
    assert dump(practice) != before
    label = practice.undo.undo()
    assert label.startswith("series ")
    assert dump(practice) == before
    assert an_hour_on in practice.series.appointments(booked.series.id)


def replace_time(practice: Practice, one: Appointment) -> Appointment:
    return practice.appointments.change(
        one.id, AppointmentDraft(one.client_id, one.starts_at + timedelta(hours=1), one.minutes, one.service)
    )


def test_booking_a_series_is_taken_back_with_all_its_dates(practice: Practice) -> None:
    client_id = a_client(practice)
    before = dump(practice)
    practice.series.book(a_draft(client_id))
    assert practice.undo.undo() == "series booked, 6 dates"
    assert dump(practice) == before


def test_what_cannot_be_done_to_a_series_is_said_and_leaves_no_trace(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    booked = practice.series.book(a_draft(client_id, Rule(("TU",), count=1)))
    only = booked.appointments[0].id
    alone = a_session(practice, client_id, clock.now)
    before = practice.audit.events()
    with pytest.raises(NoSeries):
        practice.series.change(alone.id, Scope.ALL, SeriesChange(1))
    with pytest.raises(ReasonNeeded):
        practice.series.cancel(only, Scope.ALL, " \n")
    with pytest.raises(Invalid):
        practice.series.change(only, Scope.ALL, SeriesChange(minutes=4))
    with pytest.raises(Invalid):
        practice.series.book(a_draft(client_id, Rule(("TU",), 0)))
    clock.tick(days=7)
    for act in (
        lambda: practice.series.change(only, Scope.ALL, SeriesChange(1)),
        lambda: practice.series.cancel(only, Scope.LATER, "x"),
    ):
        with pytest.raises(NothingToChange):
            act()
    assert practice.audit.events() == before


def test_series_outlive_closing(practice: Practice, clock: Clock) -> None:
    booked = practice.series.book(
        a_draft(a_client(practice), Rule(("TU",)), left_out=(date(2026, 12, 1),), remarks="calls first")
    )
    practice.close()
    again = reopen(practice.folder, clock)
    assert again.series.get(booked.series.id) == booked.series
    assert {one.remarks for one in again.series.appointments(booked.series.id)} == {"calls first"}
    again.close()


def test_series_go_with_the_whole_practice(practice: Practice, tmp_path: Path, clock: Clock) -> None:
    practice.series.book(a_draft(a_client(practice), Rule(("TU", "SA"), 3, until=date(2027, 6, 1), week_start="SU")))
    whole = practice.whole.read()
    other = create_practice(tmp_path / "other", PASSPHRASE, THERAPIST, clock, LIGHT)
    other.whole.store(whole)
    assert len(whole.series) == 1
    assert other.whole.read() == whole
    other.close()


# The week


def test_the_week_holds_its_seven_days_with_client_and_state_in_one_query(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    note = a_signed_note(practice, client_id, clock.now)
    sunday = an_appointment(practice, client_id, datetime(2026, 11, 30, 4, 30, tzinfo=UTC))  # 23:30 in Toronto
    for outside in (datetime(2026, 11, 30, 5, tzinfo=UTC), datetime(2026, 11, 23, 4, 59, tzinfo=UTC)):
        an_appointment(practice, client_id, outside)
    statements: list[str] = []
    engine = practice.week._store.engine  # pyright: ignore[reportPrivateUsage]
    event.listen(engine, "before_cursor_execute", lambda _c, _u, text, *_: statements.append(text))
    week = practice.week.of(date(2026, 11, 26), Hours())
    assert [text.split()[0] for text in statements] == ["BEGIN", "SELECT"]
    assert week.monday == TODAY
    assert [(one.id, one.signed) for one in week.bookings] == [(note.appointment_id, True), (sunday.id, False)]
    assert week.on(date(2026, 11, 29))[0].client.id == client_id


def test_the_cautions_of_a_week_are_those_of_each_day_and_take_a_fixed_number_of_queries(
    practice: Practice, clock: Clock
) -> None:
    counts: list[int] = []
    for added in (1, 6):
        for number in range(added):
            client_id = a_client(practice, f"Client {number}")
            practice.health.add(
                client_id,
                HealthEntryDraft(HealthKind.CONDITION, "my own rule", [Level.ABSOLUTE, Level.LOCAL][number % 2]),
            )
            an_appointment(practice, client_id, clock.now + timedelta(days=number % 5, hours=number))
        statements: list[str] = []
        listen = lambda _c, _u, text, *_, into=statements: into.append(text)  # noqa: E731
        engine = practice.week._store.engine  # pyright: ignore[reportPrivateUsage]
        event.listen(engine, "before_cursor_execute", listen)
        week = practice.week.of(TODAY, Hours())
        week = week.with_worst(practice.week.worst(week))
        event.remove(engine, "before_cursor_execute", listen)
        counts.append(len(statements))
        for day in week.days:
            told = {slot.id: slot.brief.worst for slot in practice.day.agenda(day).slots}
            assert told == {one.id: one.worst for one in week.on(day)}
    assert counts[0] == counts[1]


def test_the_next_free_time_and_the_load_see_the_whole_book(practice: Practice, clock: Clock) -> None:
    client_id = a_client(practice)
    an_appointment(practice, client_id, clock.now, 475)  # Monday from 10:00 to 17:55
    lost = an_appointment(practice, client_id, clock.now + timedelta(days=1))
    practice.appointments.step(lost.id, Status.CANCELLED, "ill")
    assert practice.week.next_free(clock.now, 60, Hours()) == datetime(2026, 11, 24, 14, tzinfo=UTC)
    monday, tuesday = practice.week.loads([TODAY, TUESDAY], Hours())
    assert (monday.count, monday.minutes, tuesday.count) == (1, 475, 0)
    assert replace(tuesday, day=TODAY).open_minutes == monday.open_minutes
