"""Imports: a dry run that is true, the same file twice, what changed since, and the way back."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.records.conftest import PASSPHRASE, THERAPIST, Clock, a_client, an_appointment, raw, reopen
from tests.records.test_undo import dump
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.backups import Reason
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.health import HealthKind
from therapist_tui.domain.incoming.plan import NEW, Choices, whose
from therapist_tui.domain.incoming.values import Facts, Reading
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.touching import Scope, SeriesChange
from therapist_tui.exchange.incoming.reading import read
from therapist_tui.records.errors import ImportCancelled, ImportOutdated, TakingBackCancelled
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT

FACTS = Facts("America/Toronto", date(2026, 11, 23))
CLIENTS = """Patient Number,First Name,Last Name,Birth Date,Email,Mobile Phone,Medical Alert
1,Amara,Okafor,1992-02-01,amara@example.org,'+1 416 555 0101,Latex allergy
2,Ben,Tanaka,1980-07-09,,416 555 0102,
"""
APPOINTMENTS = """Appointment Start Date & Time,Appointment End Date & Time,Patient Number,Patient First Name,Patient Last Name,Treatment Name,Staff Member Name,Status
2026-11-24 10:30,2026-11-24 11:30,1,Amara,Okafor,Prenatal,Dana,Booked
2026-11-02 09:00,2026-11-02 10:00,2,Ben,Tanaka,Deep tissue,Dana,Arrived
2026-12-01 09:00,2026-12-01 10:00,2,Ben,Tanaka,Deep tissue,Dana,Cancelled
"""
WEEKLY = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:weekly@example.org
DTSTART;TZID=America/Toronto:20261201T140000
DTEND;TZID=America/Toronto:20261201T150000
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Massage – Amara Okafor
END:VEVENT
END:VCALENDAR
"""


def of(text: str, **answers: str) -> Reading:
    return read(text.encode(), answers, FACTS)


def bring(practice: Practice, text: str, choices: Choices | None = None, **answers: str) -> Any:
    return practice.imports.store(practice.imports.plan(of(text, **answers), choices or Choices(), "file.csv"))


def test_clients_and_their_appointments_are_brought_whole(practice: Practice) -> None:
    batch = bring(practice, CLIENTS)
    assert (batch.source, batch.added, batch.left_out) == ("Jane", "2 clients", 0)
    amara, ben = practice.clients.find()
    assert (amara.name, amara.born_on, amara.phone) == ("Amara Okafor", date(1992, 2, 1), "+1 416 555 0101")
    assert practice.clients.find("4165550102") == (ben,)
    assert bring(practice, APPOINTMENTS).added == "3 appointments"
    (booked,) = practice.appointments.of(amara.id)
    assert (booked.starts_at, booked.minutes, booked.service) == (
        datetime(2026, 11, 24, 15, 30, tzinfo=UTC),
        60,
        "Prenatal",
    )
    assert [(one.status, one.reason) for one in practice.appointments.of(ben.id)] == [
        (Status.CANCELLED, "imported as Cancelled"),
        (Status.DONE, ""),
    ]


def test_a_medical_alert_becomes_an_entry_of_the_history(practice: Practice) -> None:
    bring(practice, CLIENTS)
    amara, ben = practice.clients.find()
    day = date(2026, 11, 24)
    assert [(one.kind, one.text) for one in practice.day.brief(amara.id, day).health] == [
        (HealthKind.CONDITION, "Latex allergy")
    ]
    assert not practice.day.brief(ben.id, day).health


def test_sessions_of_another_program_owe_no_note_here(practice: Practice, clock: Clock) -> None:
    bring(practice, CLIENTS)
    bring(practice, APPOINTMENTS)
    ben = practice.clients.find("ben")[0]
    assert not [one for one in practice.desk.owed(clock.now).owed if one.client and one.client.id == ben.id]
    assert practice.day.agenda(FACTS.today).to_sign == 0


@pytest.mark.parametrize("text", [CLIENTS, APPOINTMENTS])
def test_the_same_file_twice_adds_nothing(practice: Practice, text: str) -> None:
    bring(practice, CLIENTS)
    bring(practice, text)
    plan = practice.imports.plan(of(text), Choices())
    assert (plan.empty, plan.conflicts, plan.rejects) == (True, [], [])
    assert plan.known == len(text.strip().splitlines()) - 1


def test_the_same_calendar_twice_adds_nothing_and_asks_nothing(practice: Practice) -> None:
    bring(practice, CLIENTS)
    plan = practice.imports.plan(of(WEEKLY), Choices())
    (title,) = plan.titles
    assert (title.text, title.count) == ("Massage – Amara Okafor", 4)
    batch = bring(practice, WEEKLY, Choices(titles=whose(plan.titles)))
    assert batch.added == "4 appointments"
    amara = practice.clients.find("amara")[0]
    assert {one.starts_at.hour for one in practice.appointments.of(amara.id)} == {19}
    assert {one.service for one in practice.appointments.of(amara.id)} == {"Massage"}
    again = practice.imports.plan(of(WEEKLY), Choices())
    assert (again.empty, again.known, again.titles) == (True, 4, [])


def test_the_rule_of_a_series_is_kept_with_its_appointments(practice: Practice) -> None:
    bring(practice, WEEKLY, Choices(titles={"Massage – Amara Okafor": NEW}))
    origins = [one for one in practice.whole.read().origins if one.record == "appointment"]
    assert {(one.uid, one.rule, one.zone) for one in origins} == {
        ("weekly@example.org", "FREQ=WEEKLY;COUNT=4", "America/Toronto")
    }


def test_a_title_is_nobodys_until_it_is_confirmed(practice: Practice) -> None:
    bring(practice, CLIENTS)
    plan = practice.imports.plan(of(WEEKLY), Choices())
    assert plan.empty
    assert not practice.imports.plan(of(WEEKLY), Choices(titles={"Massage – Amara Okafor": ""})).appointments


def test_a_client_who_was_here_before_is_recognised_and_left_as_it_is(practice: Practice) -> None:
    client_id = a_client(practice, "amara OKÁFOR", born_on=date(1992, 2, 1))
    batch = bring(practice, CLIENTS)
    assert (batch.clients, batch.known) == (1, 1)
    assert practice.clients.get(client_id).phone == ""
    assert bring(practice, APPOINTMENTS).appointments == 3
    assert len(practice.appointments.of(client_id)) == 1


CONFLICTS = {
    "two birth dates": (
        "Name,Birth Date,Email\nAna Ruiz,1990-01-02,a@example.org\nAna Ruiz,1991-01-02,a@example.org\n",
        ["Born 1990-01-02 here and 1991-01-02 in line 3: which is right?", "Born 1991-01-02 here and 1990-01-02 in line 2: which is right?"],
        0,
    ),
    "two birth dates, one of them twice": (
        "Name,Birth Date,Email\n" + "Ana Ruiz,1990-01-02,a@x.org\n" + "Ana Ruiz,1991-01-02,a@x.org\n" + "Ana Ruiz,,a@x.org\n",
        [
            "Born 1990-01-02 here and 1991-01-02 in line 3: which is right?",
            "Born 1991-01-02 here and 1990-01-02 in line 2: which is right?",
            "It is the same person as in line 2, which is left out.",
        ],
        0,
    ),
    "nothing tells": (
        "Name,Email\nJosé Álvarez,j@example.org\n",
        ["There is somebody of this name in the practice, and nothing tells whether it is the same."],
        0,
    ),
    "two people": ("Name,Birth Date\nAna Ruiz,1990-01-02\nAna Ruiz,1991-01-02\n", [], 2),
    "one person twice": ("Name,Birth Date\nAna Ruiz,1990-01-02\nRUIZ Ana,1990-01-02\n", [], 1),
}  # fmt: skip


@pytest.mark.parametrize("case", CONFLICTS)
def test_who_is_who_is_never_guessed(practice: Practice, case: str) -> None:
    text, conflicts, added = CONFLICTS[case]
    a_client(practice)
    plan = practice.imports.plan(of(text), Choices())
    assert [one.why for one in plan.left_out] == conflicts
    assert len(plan.clients) == added


def test_appointments_of_strangers_are_asked_about(practice: Practice) -> None:
    plan = practice.imports.plan(of(APPOINTMENTS), Choices())
    assert [one.text for one in plan.questions] == ["3 appointments are for 2 people not among your clients."]
    assert bring(practice, APPOINTMENTS, Choices("add")).added == "2 clients, 3 appointments"
    plan = practice.imports.plan(of(APPOINTMENTS.replace("Okafor", "Other")), Choices("leave"))
    assert [(one.line, one.why) for one in plan.rejects] == [(2, "There is no client of that name.")]


def test_a_moved_appointment_is_moved_and_undo_moves_it_back(practice: Practice) -> None:
    bring(practice, CLIENTS)
    bring(practice, "Reference,Date,Time,Duration,Client\n7,2026-12-01,10:00,60,Ben Tanaka\n")
    before = dump(practice)
    batch = bring(practice, "Reference,Date,Time,Duration,Client\n7,2026-12-02,11:00,60,Ben Tanaka\n")
    assert (batch.changed, batch.added) == (1, "nothing new")
    ben = practice.clients.find("ben")[0]
    assert [one.starts_at for one in practice.appointments.of(ben.id)] == [datetime(2026, 12, 2, 16, 0, tzinfo=UTC)]
    practice.imports.take_back(batch.id)
    assert dump(practice) == before


def test_what_was_changed_here_is_left_and_said(practice: Practice) -> None:
    bring(practice, CLIENTS)
    ben = practice.clients.find("ben")[0]
    practice.clients.change(ben.id, ClientDraft("Ben Tanaka", phone="1"))
    plan = practice.imports.plan(of(CLIENTS.replace("416 555 0102", "416 555 9999")), Choices())
    assert [one.why for one in plan.conflicts] == ["It was changed here since it was imported: it is left as it is."]
    assert plan.empty


def test_a_visit_that_has_a_note_is_never_overwritten(practice: Practice) -> None:
    bring(practice, CLIENTS)
    row = "Reference,Date,Time,Duration,Client\n7,2026-11-23,09:00,60,Ben Tanaka\n"
    bring(practice, row)
    (visit,) = practice.appointments.of(practice.clients.find("ben")[0].id)
    note = practice.notes.open(visit.id)
    practice.notes.save(note.id, NoteContent("Neck stiff"))
    plan = practice.imports.plan(of(row.replace("09:00", "10:00")), Choices())
    assert [one.why for one in plan.conflicts] == ["It has a note here: it is left as it is."]
    assert plan.empty


def test_an_import_that_is_undone_leaves_everything_as_it_was(practice: Practice) -> None:
    a_client(practice)
    before = dump(practice)
    bring(practice, CLIENTS)
    bring(practice, APPOINTMENTS)
    assert practice.undo.undo() == "import of 3 appointments"
    assert practice.undo.undo() == "import of 2 clients"
    assert dump(practice) == before
    assert practice.imports.all() == ()


def test_undo_of_another_day_takes_what_is_untouched_and_says_what_stays(practice: Practice, clock: Clock) -> None:
    batch = bring(practice, CLIENTS)
    bring(practice, APPOINTMENTS)
    folder = practice.folder
    practice.close()
    practice = reopen(folder, clock)
    try:
        amara = practice.clients.find()[0]
        practice.clients.change(amara.id, ClientDraft("Amara Okafor-Bell"))
        taken = practice.imports.take_back(batch.id)
        # Ben's card is as it came, and his appointments refer to it.
        assert (taken.clients, taken.stays) == (0, "2 clients used or changed since stay")
        appointments = practice.imports.all()[0]
        assert practice.imports.take_back(appointments.id).appointments == 3
        (kept,) = practice.imports.all()
        assert practice.imports.take_back(kept.id).clients == 1
        assert [one.name for one in practice.clients.find()] == ["Amara Okafor-Bell"]
    finally:
        practice.close()


def test_a_dry_run_writes_nothing(practice: Practice) -> None:
    before = dump(practice, without=())
    practice.imports.plan(of(CLIENTS), Choices())
    assert dump(practice, without=()) == before


def test_an_outdated_dry_run_is_not_stored(practice: Practice) -> None:
    plan = practice.imports.plan(of(CLIENTS), Choices())
    client_id = a_client(practice)
    an_appointment(practice, client_id, datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(ImportOutdated):
        practice.imports.store(plan)
    assert len(practice.clients.find()) == 1


def test_a_reading_or_a_backup_meanwhile_makes_no_dry_run_outdated(practice: Practice) -> None:
    client_id = a_client(practice)
    plan = practice.imports.plan(of(CLIENTS), Choices())
    practice.audit.saw_brief(client_id)
    practice.backups.take(Reason.BEFORE_IMPORT)
    practice.audit.write_reads()
    assert practice.imports.store(plan).clients == 2


def many(count: int) -> str:
    rows = (f"Client {at:05},1980-01-0{at % 9 + 1},c{at}@example.org" for at in range(count))
    return "\n".join(["Name,Birth Date,Email", *rows])


@pytest.mark.parametrize("at", range(20))
def test_cancelled_at_any_twentieth_leaves_the_file_as_it_was(practice: Practice, at: int) -> None:
    plan = practice.imports.plan(of(many(100)), Choices())
    before = dump(practice, without=())
    import therapist_tui.records.imports as module

    portion, module.PORTION = module.PORTION, 5
    try:
        with pytest.raises(ImportCancelled):
            practice.imports.store(plan, lambda done, _: done <= at * 5)
    finally:
        module.PORTION = portion
    assert dump(practice, without=()) == before


def test_taking_back_tells_how_far_it_is_and_stopped_anywhere_changes_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = bring(practice, many(50))
    before = dump(practice, without=())
    monkeypatch.setattr("therapist_tui.records.import_undo.PORTION", 10)
    for at in range(5):
        with pytest.raises(TakingBackCancelled, match="nothing was changed"):
            practice.imports.take_back(batch.id, lambda done, _, at=at: done <= at * 10)
        assert dump(practice, without=()) == before
    told: list[tuple[int, int]] = []
    practice.imports.take_back(batch.id, lambda *far: not told.append(far))
    assert told == [(10, 50), (20, 50), (30, 50), (40, 50), (50, 50)]
    assert practice.clients.find() == ()


def test_a_change_that_was_undone_keeps_nothing_from_going(practice: Practice) -> None:
    batch = bring(practice, CLIENTS)
    practice.clients.change(practice.clients.find("ben")[0].id, ClientDraft("Benjamin Tanaka"))
    practice.undo.undo()
    assert (practice.imports.take_back(batch.id).clients, practice.clients.find()) == (2, ())


def test_an_import_that_came_with_an_archive_is_taken_back_as_far_as_it_is_untouched(
    practice: Practice, tmp_path: Path, clock: Clock
) -> None:
    batch = bring(practice, CLIENTS)
    practice.clients.change(practice.clients.find("ben")[0].id, ClientDraft("Benjamin Tanaka"))
    other = create_practice(tmp_path / "other", PASSPHRASE, THERAPIST, clock, LIGHT)
    other.whole.store(practice.whole.read())  # its trail knows neither of the import nor of the change
    taken = other.imports.take_back(batch.id)
    assert (taken.clients, [one.name for one in other.clients.find()]) == (1, ["Benjamin Tanaka"])
    other.close()


def test_a_failure_at_the_last_row_writes_nothing(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = practice.imports.plan(of(many(2_000)), Choices())
    before = dump(practice, without=())
    plan.clients[-1] = (plan.clients[0][0], plan.clients[-1][1])  # two of one id: the database refuses
    with pytest.raises(Exception, match="UNIQUE"):
        practice.imports.store(plan)
    assert dump(practice, without=()) == before


def test_the_trail_says_that_and_which_but_no_name(practice: Practice) -> None:
    batch = bring(practice, CLIENTS)
    event = practice.audit.events(1)[0]
    assert (event.action, event.subject, event.subject_id) == ("import.stored", "import_batch", str(batch.id))
    assert not [row for row in raw(practice).execute("SELECT * FROM audit_event") if "Okafor" in str(row)]


def test_an_import_that_is_gone_is_said(practice: Practice) -> None:
    with pytest.raises(PracticeError, match="not here"):
        practice.imports.take_back(UUID(int=1))


def test_a_day_that_went_by_is_no_change(practice: Practice, clock: Clock) -> None:
    bring(practice, CLIENTS)
    bring(practice, APPOINTMENTS)
    clock.tick(days=2)
    later = Facts(FACTS.zone, FACTS.today + timedelta(days=2))
    plan = practice.imports.plan(read(APPOINTMENTS.encode(), {}, later), Choices())
    assert (plan.empty, plan.known) == (True, 3)


BOB = "Patient Number,First Name,Last Name,Email\n3,Bob,Tanaka,bob@example.org\n"
OF_BOB = "Reference,Date,Time,Duration,Client,Email\n8,2026-12-01,10:00,60,Bob Tanaka,bob@example.org\n"


def merged_practice(practice: Practice) -> tuple[UUID, UUID]:
    """Bob's card, with an appointment, became one with Ben's: (Ben, Bob)."""
    bring(practice, CLIENTS)
    bring(practice, BOB)
    bring(practice, OF_BOB)
    bob, ben = practice.clients.find("bob")[0], practice.clients.find("ben")[0]
    practice.clients.merge(bob.id, ben.id)
    return ben.id, bob.id


def test_the_files_of_a_merged_card_bring_nothing_twice(practice: Practice) -> None:
    merged_practice(practice)
    for text in (CLIENTS, BOB, OF_BOB):
        plan = practice.imports.plan(of(text), Choices())
        assert (plan.empty, plan.conflicts, plan.questions) == (True, [], [])


def test_what_is_booked_for_a_merged_card_lands_on_the_kept_one(practice: Practice) -> None:
    ben, bob = merged_practice(practice)
    before = len(practice.clients.find())
    numbered = "Reference,Date,Time,Duration,Client,Patient Number\n9,2026-12-03,10:00,60,Bob Tanaka,3\n"
    named = OF_BOB.replace("8,2026-12-01", "10,2026-12-04")
    for text in (numbered, named):
        bring(practice, text)
    assert len(practice.clients.find()) == before
    assert practice.appointments.of(bob) == ()
    assert len(practice.appointments.of(ben)) == 3


def test_an_appointment_that_a_merge_moved_is_still_moved_by_its_file(practice: Practice) -> None:
    ben, bob = merged_practice(practice)
    assert bring(practice, OF_BOB.replace("10:00", "11:00")).changed == 1
    assert [one.starts_at.hour for one in practice.appointments.of(ben)] == [16]
    assert practice.appointments.of(bob) == ()


def test_a_file_changes_no_card_that_was_merged(practice: Practice) -> None:
    merged_practice(practice)
    plan = practice.imports.plan(of(BOB.replace("bob@", "robert@")), Choices())
    assert [one.why for one in plan.conflicts] == [
        "Its card was made one with another one here: that is left as it is."
    ]
    assert plan.empty


def test_a_title_with_the_name_of_a_merged_card_is_the_kept_ones(practice: Practice) -> None:
    ben, _ = merged_practice(practice)
    plan = practice.imports.plan(of(WEEKLY.replace("Amara Okafor", "Bob Tanaka")), Choices())
    assert [one.fitting for one in plan.titles] == [(ben,)]


def test_taking_an_import_back_leaves_a_card_that_was_merged(practice: Practice) -> None:
    _, bob = merged_practice(practice)
    batch = next(one for one in practice.imports.all() if one.clients == 1)
    assert practice.imports.take_back(batch.id).stays == "1 client used or changed since stay"
    assert practice.clients.get(bob).name == "Bob Tanaka"


def a_series(*more: str, rule: str = "RRULE:FREQ=WEEKLY", start: str = "20261201T140000") -> str:
    """A weekly series of Amara's in a calendar, with these lines besides."""
    lines = WEEKLY.replace("RRULE:FREQ=WEEKLY;COUNT=4", "\n".join((rule, *more)))
    return lines.replace("20261201T140000", start).replace(
        "DTEND;TZID=America/Toronto:20261201T150000", "DURATION:PT1H"
    )


def moved(day: str, to: str) -> str:
    """What moves one date of the series."""
    return (
        "SUMMARY:Massage – Amara Okafor\nEND:VEVENT\nBEGIN:VEVENT\nUID:weekly@example.org\n"
        f"RECURRENCE-ID;TZID=America/Toronto:{day}T140000\nDTSTART;TZID=America/Toronto:{to}\nDURATION:PT1H"
    )


def bring_series(practice: Practice, text: str) -> Any:
    return bring(practice, text, Choices(titles={"Massage – Amara Okafor": NEW}))


def test_a_weekly_series_comes_as_a_series_with_its_dates(practice: Practice) -> None:
    text = a_series("EXDATE;TZID=America/Toronto:20261208T140000", moved("20261215", "20261216T100000"))
    bring_series(practice, text)
    (series,) = practice.whole.read().series
    assert (series.begins_on, series.clock, series.rule.words) == (date(2026, 12, 1), time(14), "every week on Tue")
    assert (series.zone.key, series.minutes, series.service) == ("America/Toronto", 60, "Massage")
    assert series.left_out == (date(2026, 12, 8),)
    own = practice.series.appointments(series.id)
    assert [one.series_on for one in own[:3]] == [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 22)]
    assert [series.as_planned(one) for one in own[:3]] == [True, False, True]
    assert own[1].starts_at == datetime(2026, 12, 16, 15, 0, tzinfo=UTC)
    assert {one.series_id for one in practice.appointments.of(series.client_id)} == {series.id}


def test_an_imported_series_goes_on_by_itself_and_its_file_adds_nothing(practice: Practice, clock: Clock) -> None:
    text = a_series("EXDATE;TZID=America/Toronto:20280104T140000")
    bring_series(practice, text)
    (series,) = practice.whole.read().series
    for days in (20, 400):
        clock.tick(days=days)
        later = Facts(FACTS.zone, clock.now.astimezone(practice.zone).date())
        plan = practice.imports.plan(read(text.encode(), {}, later), Choices())
        assert (plan.empty, plan.titles, plan.conflicts) == (True, [], [])
        practice.series.extend()
        days_there = [one.series_on for one in practice.series.appointments(series.id)]
        assert len(days_there) == len({*days_there})
    assert date(2028, 1, 4) not in days_there
    assert date(2027, 12, 28) in days_there
    assert practice.imports.plan(read(text.encode(), {}, later), Choices()).empty


def test_an_import_with_a_series_is_undone_whole(practice: Practice) -> None:
    before = dump(practice)
    bring_series(practice, a_series(rule="RRULE:FREQ=WEEKLY;COUNT=4"))
    assert practice.undo.undo() == "import of 1 client, 4 appointments"
    assert dump(practice) == before


def test_a_series_that_was_changed_since_stays_with_what_belongs_to_it(practice: Practice) -> None:
    batch = bring_series(practice, a_series(rule="RRULE:FREQ=WEEKLY;COUNT=4"))
    (series,) = practice.whole.read().series
    last = practice.series.appointments(series.id)[-1]
    practice.series.change(last.id, Scope.THIS, SeriesChange(minutes=90))
    assert practice.imports.take_back(batch.id).stays == "1 client, 1 appointment used or changed since stay"
    assert [one.id for one in practice.series.appointments(series.id)] == [last.id]


SINGLY = {
    "monthly": a_series(rule="RRULE:FREQ=MONTHLY;COUNT=3"),
    "by position": a_series(rule="RRULE:FREQ=WEEKLY;BYSETPOS=1;COUNT=3"),
    "from one date on": a_series(
        moved("20261208", "20261208T160000").replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;"),
        rule="RRULE:FREQ=WEEKLY;COUNT=3",
    ),
    "beginning beside its rule": a_series(rule="RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=3"),
    "dates besides": a_series("RDATE;TZID=America/Toronto:20261203T140000", rule="RRULE:FREQ=WEEKLY;COUNT=2"),
}


@pytest.mark.parametrize("case", SINGLY)
def test_what_no_series_can_say_comes_singly_and_is_told(practice: Practice, case: str) -> None:
    plan = practice.imports.plan(of(SINGLY[case]), Choices(titles={"Massage – Amara Okafor": NEW}))
    assert plan.told == ["1 series repeats as no series here can: its dates are taken one by one."]
    assert plan.series == []
    assert len(plan.appointments) >= 2
    practice.imports.store(plan)
    assert practice.whole.read().series == ()


def test_a_series_that_began_long_ago_comes_from_a_year_back(practice: Practice) -> None:
    bring_series(practice, a_series(rule="RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=100", start="20240102T140000"))
    (series,) = practice.whole.read().series
    own = practice.series.appointments(series.id)
    # 100 dates from 2 January 2024 on; the first of them a year back is the 50th.
    assert (series.begins_on, own[0].series_on, series.rule.count) == (date(2025, 12, 2), date(2025, 12, 2), 50)
    assert series.rule.dates(series.begins_on, date(2030, 1, 1))[-1] == date(2027, 10, 19)


def test_what_is_in_the_book_already_is_left_out_of_the_series(practice: Practice) -> None:
    amara = a_client(practice, "Amara Okafor")
    an_appointment(practice, amara, datetime(2026, 12, 8, 19, tzinfo=UTC))
    bring(practice, a_series(rule="RRULE:FREQ=WEEKLY;COUNT=3"), Choices(titles={"Massage – Amara Okafor": amara}))
    (series,) = practice.whole.read().series
    assert series.left_out == (date(2026, 12, 8),)
    assert [one.starts_at.day for one in practice.appointments.of(amara)] == [15, 8, 1]


def test_an_imported_series_is_stored_elsewhere_unchanged(practice: Practice, tmp_path: Path, clock: Clock) -> None:
    bring_series(practice, a_series(moved("20261208", "20261209T140000")))
    other = create_practice(tmp_path / "other", PASSPHRASE, THERAPIST, clock, LIGHT)
    other.whole.store(practice.whole.read())
    assert other.whole.read() == practice.whole.read()
    other.close()
