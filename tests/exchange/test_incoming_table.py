"""CSV from other programs: every trap of reliability.md 4 D and clinical.md 5.4 with its sentence."""

from datetime import UTC, date, datetime

import pytest

from tests.exchange.incoming import asked, left_out, of, refused
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.incoming.values import FileKind

NAMES = "First Name,Last Name\nAna,Ruiz\n"

PROGRAMS = {
    "Jane": (
        "Patient Number,First Name,Middle Name,Last Name,Preferred Name,Pronouns,Email,Mobile Phone,Birth Date,Medical Alert\n"
        "7,Ana,María,Ruiz,Anita,she/her,ana@example.org,'+1 416 555 0101,1990-02-03,Pacemaker\n"
    ),
    "Cliniko": (
        "first_name,last_name,preferred name,date_of_birth,email,accepted_privacy_policy,archived_at\n"
        "Ana,Ruiz,Anita,1990-02-03,ana@example.org,true,\n"
    ),
    "Square": (
        "Reference ID,First Name,Last Name,Email Address,Phone Number,Email Subscription Status,Birthday\n"
        "7,Ana,Ruiz,ana@example.org,+14165550101,Subscribed,1990-02-03\n"
    ),
    "SimplePractice": (
        "Client,Email,Phone,Date of Birth,Date Added,Status,Primary Clinician\n"
        "Ana Ruiz,ana@example.org,416 555 0101,1990-02-03,2024-01-01,Active,Dana\n"
    ),
    "Jeyla Studio": (
        "Title,First-Name,Last-Name,Date-Of-Birth,Cell-Phone,Other-Phone,Email\n"
        "Ms,Ana,Ruiz,1990-02-03,416 555 0101,,ana@example.org\n"
    ),
    "Schedulista": "first name,last name,email,phone\nAna,Ruiz,ana@example.org,416 555 0101\n",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_clients_of_known_programs_are_recognised(program: str) -> None:
    reading = of(PROGRAMS[program])
    assert (reading.kind, reading.program, reading.questions) == (FileKind.CLIENTS, program, ())
    (ana,) = reading.clients
    assert ana.draft.name in ("Ana Ruiz", "Ana María Ruiz")
    assert ana.draft.email == "ana@example.org"
    assert ana.draft.born_on == (None if program == "Schedulista" else date(1990, 2, 3))
    assert not ana.archived


def test_the_card_of_jane_is_taken_whole() -> None:
    (ana,) = of(PROGRAMS["Jane"]).clients
    assert (ana.draft.preferred_name, ana.draft.pronouns, ana.draft.phone) == ("Anita", "she/her", "+1 416 555 0101")
    assert (ana.number, ana.alert) == ("7", "Pacemaker")


ACUITY = (
    "Start Time,End Time,First Name,Last Name,Phone,Email,Type,Calendar,Appointment Price,Date Scheduled,Timezone\n"
    '"December 2, 2026 9:00 am","December 2, 2026 10:15 am",Ana,Ruiz,\'4165550101,a@b.c,Deep,Dana,90,2026-11-01,{zone}\n'
)


def test_acuity_is_read_by_its_own_zone_and_not_by_when_it_was_booked() -> None:
    reading = of(ACUITY.format(zone="Europe/Paris"))
    (one,) = reading.appointments
    assert reading.program == "Acuity"
    assert (one.starts_at, one.minutes, one.service) == (datetime(2026, 12, 2, 8, 0, tzinfo=UTC), 75, "Deep")
    assert (one.who.name, one.who.phone) == ("Ana Ruiz", "4165550101")
    assert left_out(ACUITY.format(zone="Middle Earth")) == [(2, "The time zone “Middle Earth” is not known here.")]


def test_fresha_is_recognised() -> None:
    text = "Appointment reference,Client,Scheduled date,Scheduled time,Duration,Services,Status\n#1,Ana Ruiz,2 Dec 2026,9:00am,1h 30min,Deep,{}\n"
    reading = of(text.format("Confirmed"))
    (one,) = reading.appointments
    assert (reading.program, one.minutes, one.starts_at.hour, one.status) == ("Fresha", 90, 14, Status.BOOKED)
    assert left_out(text.format("Teleported")) == [(2, "The status “Teleported” is not known here.")]


STATUS = {
    "No Show": Status.NO_SHOW,
    "Canceled": Status.CANCELLED,
    "Late Cancellation": Status.CANCELLED,
    "": Status.DONE,
}


@pytest.mark.parametrize("word", STATUS)
def test_what_other_programs_call_a_status(word: str) -> None:
    (one,) = of(f"Client,Start,Duration,Status\nAna Ruiz,2026-11-02 09:00,60,{word}\n").appointments
    assert one.status is STATUS[word]
    assert bool(one.reason) == one.status.lost


def test_any_other_table_asks_for_its_columns_and_takes_the_answer() -> None:
    text = "Who,Born\nAna Ruiz,1990-02-03\n"
    assert asked(text) == ["No column was recognised that holds the name. What is in which column?"]
    (ana,) = of(text, column__0="name", column__1="born_on", columns="done").clients
    assert (ana.draft.name, ana.draft.born_on) == ("Ana Ruiz", date(1990, 2, 3))
    assert refused(text, columns="done") == "No column of that file was said to hold the name."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_line_ends_and_encodings(delimiter: str, end: str, encoding: str) -> None:
    text = end.join((f"FIRST NAME{delimiter} last-name ", f'José{delimiter}"Ál{delimiter}varez"', ""))
    (one,) = of(text.encode(encoding)).clients
    assert one.draft.name == f"José Ál{delimiter.strip() or ' '}varez"


def test_two_marks_at_the_beginning_and_excels_own_line_are_passed_over() -> None:
    assert of(b"\xef\xbb\xbf\xef\xbb\xbfsep=;\nName;Email\nAna;a@b.c\n").clients[0].draft.name == "Ana"


def test_letters_that_are_no_utf8_are_asked_and_never_guessed() -> None:
    content = "Name\nJosé\n".encode("cp1252")
    (question,) = of(content).questions
    assert question.text == "The file does not say how its letters are written. Which reads right?"
    assert dict(question.options)["cp1252"] == "José  (Western)"
    assert of(content, encoding="cp1252").clients[0].draft.name == "José"


def test_a_line_in_another_encoding_is_named_and_the_rest_kept() -> None:
    content = "Name\nJosé\n".encode() + "Zoë\n".encode("cp1252") + b"Ana\n"
    reading = of(content)
    assert [one.draft.name for one in reading.clients] == ["José", "Ana"]
    assert left_out(content) == [(3, "The line holds bytes that are no letters in the encoding of the rest.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_half_a_letter_is_named_with_its_row_and_the_rest_kept(encoding: str) -> None:
    content = "Name\nJosé\nBo\ud800b\nAna\n".encode(encoding, "surrogatepass")
    assert left_out(content) == [(3, "The line holds bytes that are no letters in the encoding of the rest.")]
    assert [one.draft.name for one in of(content).clients] == ["José", "Ana"]


REFUSED = {
    b"": "That file is empty.",
    b"x": "The headings",
    b" \n \n": "That file holds nothing but blanks.",
    b"Name,Email\n": "That file has headings and no rows.",
    b"PK\x03\x04....": "That is a zip or Excel file, not a text file.",
    b"%PDF-1.7 ...": "That is a PDF, not a text file.",
    b"SQLite format 3\x00": "That is a database, not a text file.",
    b"N\x00a\x00m\x00e\x00": "That is a file of bytes, or UTF-16 without its mark, not a text file.",
    b"\xff\xfe\x00": "That file says it is UTF-16 and is not.",
    (",".join(f"c{at}" for at in range(5_000)) + "\nx\n").encode(): "That file has 5,000 columns; a list of clients has at most 200.",
}  # fmt: skip


@pytest.mark.parametrize("content", REFUSED, ids=lambda content: content[:12])
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content: bytes) -> None:
    if content == b"x":
        assert refused(content) == "That file has headings and no rows."
    else:
        assert refused(content).startswith(REFUSED[content])


LEFT_OUT = {
    "cell too long": (f"{NAMES}{'x' * 140_000},y\nBo,Chen\n", [(3, "A cell is longer than 131,072 characters.")], 2),
    "cell too long, quoted": (f'{NAMES}"{"x" * 140_000}",y\nBo,Chen\n', [(3, "A cell is longer than 131,072 characters.")], 2),
    "quote not closed": (
        NAMES + '"Bo,Chen\n' + "Cy,Day\n" * 1_000,
        [(3, "A quotation mark is opened and not closed: the row would be 50 lines long.")],
        1_001,
    ),
    "quote that meets another": (
        NAMES + '"Bo,Chen\nCy,Day\n"Di,Eng"\n',
        [(3, "A quotation mark is opened and not closed: the row would be 3 lines long.")],
        3,
    ),
    "too many cells": (f"{NAMES}Bo,Chen,extra\n", [(3, "The line has 3 cells, and there are 2 headings.")], 1),
    "too few cells": (f"{NAMES}Bo\n", [], 2),
    "blank cells at the end": (f"{NAMES}Bo,Chen,,,\n", [], 2),
    "no name": (f"{NAMES},\n , \n", [], 1),
    "only signs": (f"{NAMES}.,\n", [(3, "Please give a name with at least one letter.")], 1),
    "no such day": ("Name,DOB\nAna,29 Feb 2023\n", [(2, "The birth date “29 Feb 2023” is no date.")], 0),
    "zeroes": ("Name,DOB\nAna,00/00/0000\n", [(2, "The birth date “00/00/0000” is no date.")], 0),
    "born tomorrow": ("Name,DOB\nAna,2026-11-24\n", [(2, "The birth date lies in the future.")], 0),
    "born too long ago": ("Name,DOB\nAna,1896-11-24\n", [(2, "The birth date is more than 125 years ago.")], 0),
    "no e-mail": ("Name,Email\nAna,ana at home\n", [(2, "That is no e-mail address: it needs something on both sides of an @.")], 0),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_broken_line_costs_itself_only(case: str) -> None:
    text, expected, kept = LEFT_OUT[case]
    assert left_out(text) == expected
    assert len(of(text).clients) == kept


APPOINTMENTS = {
    "2026-13-01 09:00,60": "“2026-13-01 09:00” is no day and time.",
    "2026-12-01,60": "“2026-12-01” is no day and time.",
    "0001-01-01 09:00,60": "The year 1 cannot be right.",
    "2026-12-01 09:00,1441": "It would last 1441 minutes; a session lasts 5 to 480.",
    "2026-12-01 09:00,3": "It would last 3 minutes; a session lasts 5 to 480.",
}


@pytest.mark.parametrize("cells", APPOINTMENTS)
def test_an_appointment_that_cannot_be_is_left_out(cells: str) -> None:
    assert left_out(f"Client,Start,Duration\nAna Ruiz,{cells}\n") == [(2, APPOINTMENTS[cells])]


def test_a_missing_end_is_asked_once() -> None:
    text = "Client,Start\nAna Ruiz,2026-12-01 09:00\nAna Ruiz,2026-12-02 09:00\n"
    assert asked(text) == ["2 appointments without an end. How long did you book?"]
    assert {one.minutes for one in of(text, minutes="45").appointments} == {45}


ORDER = {
    "03/04/1990": (["“03/04/1990” is which day?"], None),
    "13/04/1990": ([], date(1990, 4, 13)),
    "04/13/1990": ([], date(1990, 4, 13)),
    "04/04/1990": ([], date(1990, 4, 4)),
    "3.4.90": (["“3.4.90” is which day?"], None),
    "1990-04-03": ([], date(1990, 4, 3)),
    "3 April 1990": ([], date(1990, 4, 3)),
    "Apr 3, 1990": ([], date(1990, 4, 3)),
    "Tuesday, 3 Apr 1990": ([], date(1990, 4, 3)),
}


@pytest.mark.parametrize("cell", ORDER)
def test_which_number_is_the_day_is_asked_when_nothing_tells(cell: str) -> None:
    questions, born_on = ORDER[cell]
    text = f'Name;DOB\nAna;"{cell}"\n'
    assert asked(text) == questions
    if born_on:
        assert of(text).clients[0].draft.born_on == born_on
    else:
        assert of(text, date_order="day first").clients[0].draft.born_on == date(1990, 4, 3)
        assert of(text, date_order="month first").clients[0].draft.born_on == date(1990, 3, 4)


def test_one_day_beyond_twelve_tells_for_the_whole_file() -> None:
    clients = of("Name,DOB\nAna,03/04/1990\nBo,25/04/1990\n").clients
    assert [one.draft.born_on for one in clients] == [date(1990, 4, 3), date(1990, 4, 25)]


def test_a_name_is_turned_around_only_when_that_is_said() -> None:
    text = 'Name\n"Ruiz, Ana"\nBo Chen\n'
    assert asked(text) == ["Names stand as “Ruiz, Ana”. How are they written?"]
    assert [one.draft.name for one in of(text, names="turn").clients] == ["Ana Ruiz", "Bo Chen"]
    assert [one.draft.name for one in of(text, names="keep").clients] == ["Ruiz, Ana", "Bo Chen"]


def test_what_was_done_to_the_file_is_told() -> None:
    reading = of(b"Name,Name,Birthday\nA\x00na,x,12-24\n")
    assert reading.told == (
        "1 NUL character removed.",
        "The heading “Name” stands there twice: the first column was taken.",
        "1 birthdays have no year: no birth date was taken.",
    )
    assert reading.clients[0].draft.name == "Ana"


HOSTILE = ["Ann\x1b]52;c;aGk=\x07", "[/red]", "=SUM(A1)", "Robert'); DROP TABLE", "NULL", "-1", "\u202eAnn"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_data(name: str) -> None:
    (one,) = of(f'Name\n"{name}"\n').clients
    assert one.draft.name == one.draft.cleaned().name
    assert "\x1b" not in one.draft.name
    assert "\u202e" not in one.draft.name
    if name.isprintable():
        assert one.draft.name == name


def test_a_time_that_the_clocks_skip_is_told() -> None:
    reading = of("Client,Start,Duration\nAna Ruiz,2027-03-14 02:30,60\n")
    assert reading.appointments[0].starts_at == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert reading.told == ("1 begin in an hour that the clocks skip in spring: they were taken an hour later.",)
