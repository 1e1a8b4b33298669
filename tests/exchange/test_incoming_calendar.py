"""Calendars: every trap of clinical.md 5.3 and reliability.md 4 D, lines 50–57, with its sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.exchange.incoming import asked, calendar, event, left_out, of, refused
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.incoming.values import FileKind
from therapist_tui.exchange.incoming.rules import bounded

NINE = "DTSTART;TZID=America/Toronto:20261124T090000"


def starts(text: str | bytes, **answers: str) -> list[str]:
    return [f"{one.starts_at:%d %b %Y %H:%M}" for one in of(text, **answers).appointments]


ZONES = {
    "IANA": "America/Toronto",
    "Windows": "Eastern Standard Time",
    "Mozilla": "/freeassociation.sourceforge.net/America/Toronto",
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ZONES)
def test_zones_that_are_known_by_their_name(name: str) -> None:
    (one,) = of(calendar(event(f"DTSTART;TZID={ZONES[name]}:20261124T090000"))).appointments
    assert one.starts_at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert one.zone == ZONES[name]


@pytest.mark.parametrize(
    "tzid", ["Customized Time Zone", '"(UTC-05:00) Eastern Time (US & Canada)"', "GMT Standard Time 1"]
)
def test_a_zone_that_nobody_defines_is_asked_and_never_taken_for_utc(tzid: str) -> None:
    text = calendar(event(f"DTSTART;TZID={tzid}:20261124T090000", f"EXDATE;TZID={tzid}:20270101T090000"))
    name = tzid.strip('"')
    (question,) = of(text).questions
    assert question.text == f"1 event names a time zone that is not known here, “{name}”. Which is it?"
    answer = {question.id.replace(".", "__"): "Europe/Paris"}
    assert starts(text, **answer) == ["24 Nov 2026 08:00"]
    answer = {question.id.replace(".", "__"): "-"}
    assert left_out(text, **answer) == [(3, "Its time zone is not known.")]


def test_a_zone_that_the_file_defines_is_used() -> None:
    zone = "\r\n".join(
        (
            "BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
            "BEGIN:STANDARD", "DTSTART:16011104T020000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
            "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:16010311T020000", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
            "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "END:DAYLIGHT", "END:VTIMEZONE",
        )
    )  # fmt: skip
    text = calendar(zone, event("DTSTART;TZID=Customized Time Zone:20261124T090000"))
    assert starts(text) == ["24 Nov 2026 14:00"]
    # The next file knows nothing of it.
    assert asked(calendar(event("DTSTART;TZID=Customized Time Zone:20261124T090000")))
    bomb = text.replace("FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=SECONDLY")
    assert asked(bomb) == ["1 event names a time zone that is not known here, “Customized Time Zone”. Which is it?"]


def test_floating_times_are_of_the_calendars_zone_or_asked() -> None:
    floating = event("DTSTART:20261124T090000")
    assert starts(calendar(floating, more="X-WR-TIMEZONE:Europe/Paris")) == ["24 Nov 2026 08:00"]
    assert asked(calendar(floating)) == ["1 event names no time zone. Which is it?"]
    assert starts(calendar(floating), zone__="America/Toronto") == ["24 Nov 2026 14:00"]


SERIES = {
    "weekly over the change of the clocks": (
        ["DTSTART;TZID=America/Toronto:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=3"],
        ["01 Mar 2027 14:00", "08 Mar 2027 14:00", "15 Mar 2027 13:00"],
    ),
    "until a date": ([NINE, "RRULE:FREQ=WEEKLY;UNTIL=20261208"], ["24 Nov 2026 14:00", "01 Dec 2026 14:00", "08 Dec 2026 14:00"]),
    "until a time on the wall": (
        [NINE, "RRULE:FREQ=WEEKLY;UNTIL=20261208T090000"],
        ["24 Nov 2026 14:00", "01 Dec 2026 14:00", "08 Dec 2026 14:00"],
    ),
    "until a moment": ([NINE, "RRULE:FREQ=WEEKLY;UNTIL=20261201T140000Z"], ["24 Nov 2026 14:00", "01 Dec 2026 14:00"]),
    "excepted by date": ([NINE, "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE;VALUE=DATE:20261124"], ["01 Dec 2026 14:00"]),
    "excepted in UTC": ([NINE, "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20261201T140000Z"], ["24 Nov 2026 14:00"]),
    "dates besides": ([NINE, "RDATE;TZID=America/Toronto:20261126T100000"], ["24 Nov 2026 14:00", "26 Nov 2026 15:00"]),
    "a day that never comes": ([NINE, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], ["24 Nov 2026 14:00"]),
    "a day that never comes, thrice": ([NINE, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3"], ["24 Nov 2026 14:00"]),
}  # fmt: skip


@pytest.mark.parametrize("case", SERIES)
def test_a_series_keeps_its_time_on_the_wall_and_its_last_occurrence(case: str) -> None:
    (start, *more), expected = SERIES[case]
    reading = of(calendar(event(start, *more)))
    assert starts(calendar(event(start, *more))) == expected
    assert len({one.key for one in reading.appointments}) == len(expected)


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=DAILY;COUNT=1000000000", "FREQ=DAILY;UNTIL=99991231"])
def test_a_series_without_an_end_is_taken_for_a_year(rule: str) -> None:
    found = starts(calendar(event(NINE, f"RRULE:{rule}")))
    assert (found[0], found[-1]) == ("24 Nov 2026 14:00", "23 Nov 2027 14:00")


RULES = {
    "FREQ=SECONDLY": "It repeats secondly: only days, weeks, months and years are read.",
    "FREQ=MINUTELY;COUNT=9": "It repeats minutely: only days, weeks, months and years are read.",
    "FREQ=HOURLY": "It repeats hourly: only days, weeks, months and years are read.",
    "FREQ=DAILY;INTERVAL=0": "Its interval “0” is no number from 1 on.",
    "FREQ=DAILY;INTERVAL=-1": "Its interval “-1” is no number from 1 on.",
    "FREQ=DAILY;INTERVAL=5000": "It repeats less often than once in a thousand.",
    "FREQ=DAILY;COUNT=0": "Its count “0” is no number from 1 on.",
    "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3": "It repeats several times a day.",
    "FREQ=DAILY;UNTIL=20261399": "The event is broken: its RRULE cannot be read.",
    "FREQ=WEEKLY;BYDAY=XX": "The event is broken: its RRULE cannot be read.",
    "BYDAY=MO": "It repeats in no known way: only days, weeks, months and years are read.",
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_was_made_to_harm_is_refused_before_it_is_expanded(rule: str) -> None:
    assert left_out(calendar(event(NINE, f"RRULE:{rule}"))) == [(3, RULES[rule])]


EVENTS = {
    "no beginning": (event("SUMMARY:Ana"), "The event has no beginning (DTSTART)."),
    "broken beginning": (event("DTSTART:2026030"), "Its beginning “2026030” is no date and time."),
    "broken time": (event("DTSTART:20261124T999900Z"), "The event is broken: a date, a length or a rule in it cannot be read."),
    "the year 1": (event("DTSTART:00010101T000000Z"), "It begins in the year 1, which cannot be right."),
    "all day": (event("DTSTART;VALUE=DATE:20261124"), "It lasts all day: no session."),
    "free time": (event(NINE, "TRANSP:TRANSPARENT"), "It is marked as free time: no session."),
    "too long": (event(NINE, "DURATION:PT9H"), "It lasts 540 minutes; a session lasts 5 to 480."),
    "ends before it begins": (event(NINE, "DTEND:20261124T130000Z"), "It lasts -60 minutes; a session lasts 5 to 480."),
    "exceptions by a rule": (event(NINE, "RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY"), "It has exceptions by a rule (EXRULE), which are not read."),
    "two rules": (event(NINE, "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "It has several rules; only one is read."),
    "thousands of dates": (event(NINE, f"RDATE:{','.join(['20261124T150000Z'] * 2_000)}"), "It lists more than 1,000 dates (RDATE)."),
    "a series of long ago": (event("DTSTART:19010101T090000Z", "RRULE:FREQ=DAILY"), "Its series begins in the year 1901, before 1970."),
    "not closed": ("BEGIN:VEVENT\r\nUID:a@x\r\nDTSTART:20261124T150000Z", "The event is not closed."),
}  # fmt: skip


@pytest.mark.parametrize("case", EVENTS)
def test_a_broken_event_is_named_by_itself_and_the_others_are_kept(case: str) -> None:
    text, why = EVENTS[case]
    whole = calendar(event(uid="good@x"), text)
    reading = of(whole)
    assert [one.why for one in reading.rejects] == [why]
    assert "a@x" in reading.rejects[0].what
    assert [one.uid for one in reading.appointments] == ["good@x"]


def test_lengths() -> None:
    def minutes(*more: str, **answers: str) -> list[int]:
        return [one.minutes for one in of(calendar(event(NINE, *more)), **answers).appointments]

    assert minutes("DURATION:P0DT1H30M0S") == [90]
    assert minutes("DTEND;TZID=America/Toronto:20261124T100000", "DURATION:PT3H") == [60]
    endless = calendar(event(NINE).replace("DURATION:PT1H\r\n", ""))
    assert asked(endless) == ["1 appointment without an end. How long did you book?"]
    assert [one.minutes for one in of(endless, minutes="90").appointments] == [90]


WEEKLY = event(NINE, "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Ana")


def test_an_occurrence_that_was_moved_is_moved_and_keeps_its_key() -> None:
    before = of(calendar(WEEKLY)).appointments
    moved = event("DTSTART;TZID=America/Toronto:20261202T110000", "RECURRENCE-ID:20261201T140000Z", "SUMMARY:Ana")
    after = of(calendar(WEEKLY, moved)).appointments
    assert [one.starts_at.day for one in after] == [24, 2, 8]
    assert [one.key for one in after] == [one.key for one in before]


def test_from_one_date_on_all_are_moved() -> None:
    later = event(
        "DTSTART;TZID=America/Toronto:20261201T110000",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/Toronto:20261201T090000",
        "SUMMARY:Ana",
    )
    assert starts(calendar(WEEKLY, later)) == ["24 Nov 2026 14:00", "01 Dec 2026 16:00", "08 Dec 2026 16:00"]


@pytest.mark.parametrize("recurrence", ["RECURRENCE-ID:20261201T140000Z", "RECURRENCE-ID;VALUE=DATE:20261201"])
def test_an_occurrence_that_was_moved_out_of_sight_is_told(recurrence: str) -> None:
    away = event("DTSTART;TZID=America/Toronto:20281201T110000", recurrence, "SUMMARY:Ana")
    reading = of(calendar(WEEKLY, away))
    assert "1 lie outside Sat 22 Nov 2025 to Wed 24 Nov 2027 and were left out." in reading.told
    assert {one.starts_at.year for one in reading.appointments} == {2026}


def test_an_occurrence_that_was_called_off_is_cancelled() -> None:
    off = event("DTSTART;TZID=America/Toronto:20261201T090000", "RECURRENCE-ID:20261201T140000Z", "STATUS:CANCELLED")
    assert [one.status for one in of(calendar(WEEKLY, off)).appointments] == [
        Status.BOOKED,
        Status.CANCELLED,
        Status.BOOKED,
    ]
    whole = of(calendar(WEEKLY, more="METHOD:CANCEL")).appointments
    assert {one.status for one in whole} == {Status.CANCELLED}
    assert {one.reason for one in whole} == {"cancelled in the calendar"}


def test_an_occurrence_without_its_series_is_kept() -> None:
    orphan = event("DTSTART:20261202T160000Z", "RECURRENCE-ID:20261201T140000Z")
    assert starts(calendar(orphan)) == ["02 Dec 2026 16:00"]


def test_of_two_events_with_one_uid_the_newer_is_taken_and_a_twin_is_said() -> None:
    newer = event("DTSTART:20261201T150000Z", "SEQUENCE:1")
    assert starts(calendar(event(NINE, "SEQUENCE:0"), newer)) == ["01 Dec 2026 15:00"]
    twin = calendar(event(NINE), event("DTSTART:20261201T150000Z"))
    assert left_out(twin) == [(8, "It has the same UID as the event of line 3, which was taken.")]


def test_an_event_without_a_uid_is_known_by_its_beginning_and_title() -> None:
    one, other = event(NINE, "SUMMARY:Ana", uid=""), event("DTSTART:20261201T150000Z", "SUMMARY:Ana", uid="")
    keys = [found.key for found in of(calendar(one, other)).appointments]
    assert len({*keys}) == 2
    assert keys == [found.key for found in of(calendar(one, other)).appointments]


def test_a_letter_that_is_folded_in_its_middle_is_whole() -> None:
    text = calendar(event(NINE, "SUMMARY:José\\, M")).encode().replace("é".encode(), b"\xc3\r\n \xa9")
    assert of(text).appointments[0].who.summary == "José, M"


def test_half_a_letter_costs_its_event_and_utf16_is_read() -> None:
    text = calendar(event(uid="good@x"), event(NINE, "SUMMARY:Jos\ud83d"))
    for content in (text.encode("utf-16", "surrogatepass"), "\ufeff".encode() + text.encode("utf-8", "surrogatepass")):
        assert left_out(content) == [(8, "The event holds bytes that are no letters.")]
        assert [one.uid for one in of(content).appointments] == ["good@x"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_line_ends_marks_two_calendars_and_no_version(end: str, begin: str) -> None:
    text = calendar(event()) + calendar(event(uid="b@x"))
    text = text.replace("VERSION:2.0\r\n", "").replace("\r\n", end)
    reading = of(begin + text)
    assert reading.kind is FileKind.CALENDAR
    assert [one.uid for one in reading.appointments] == ["a@x", "b@x"]


def test_what_is_far_away_is_left_out_and_told() -> None:
    text = calendar(event("DTSTART:20200101T150000Z"), event(uid="b@x"))
    reading = of(text)
    assert len(reading.appointments) == 1
    assert reading.told == ("1 lie outside Sat 22 Nov 2025 to Wed 24 Nov 2027 and were left out.",)


def test_a_time_that_the_clocks_skip_is_told() -> None:
    reading = of(calendar(event("DTSTART;TZID=America/Toronto:20270314T023000")))
    assert reading.told == ("1 begin in an hour that the clocks skip in spring: they were taken an hour later.",)


def test_titles_lose_what_drives_a_terminal_and_attachments_are_never_looked_at() -> None:
    more = ("SUMMARY:Ann\x1b]52;c;x\x07", "ATTACH:file:///etc/passwd", "URL:http://x.example/")
    (one,) = of(calendar(event(NINE, *more, f"DESCRIPTION:{'x' * 100_000}"))).appointments
    assert one.who.summary == "Ann]52;c;x"
    assert "passwd" not in repr(one)


def test_alarms_within_an_event_do_not_count() -> None:
    alarm = "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDURATION:PT15M\r\nEND:VALARM"
    assert [one.minutes for one in of(calendar(event(NINE, alarm))).appointments] == [60]


def test_a_key_of_ten_thousand_letters_is_kept_short() -> None:
    (one,) = of(calendar(event(uid="u" * 10_000))).appointments
    assert (len(one.key), len(one.uid)) == (24, 200)


REFUSED = {
    "no events": (calendar(), "That calendar holds no events."),
    "nested": ("BEGIN:VCALENDAR\r\n" * 5_000, "From line 7 on, blocks stand within blocks more than 6 deep."),
    "too many": (calendar(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 20_001), "That calendar holds 20,001 events; at most 20,000 are read at once."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_calendar_that_cannot_be_read_is_refused_in_a_sentence(case: str) -> None:
    text, sentence = REFUSED[case]
    assert refused(text) == sentence


@pytest.mark.parametrize("day", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
@pytest.mark.parametrize("begins", [1971, 1996, 2024])
def test_a_rule_ends_with_its_last_date_before_the_end(day: str, begins: int) -> None:
    end = datetime(2027, 11, 24, 12, tzinfo=UTC)
    said = bounded(f"FREQ=WEEKLY;BYDAY={day}", datetime(begins, 2, 28, 9, tzinfo=UTC), end)
    until = datetime.strptime(said.rpartition("UNTIL=")[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert timedelta(0) < end - until < timedelta(days=7)
    assert f"{until:%a}".upper().startswith(day)
