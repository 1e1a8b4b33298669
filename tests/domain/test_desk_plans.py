"""What the desk owes of plans and of the therapist's own papers, each rule by its table."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from therapist_tui.domain.client import Client
from therapist_tui.domain.desk import OwedKind
from therapist_tui.domain.desk_papers import education_owed, papers_owed
from therapist_tui.domain.desk_plans import report_owed, review_owed
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.plan_course import Course
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.release import Release
from therapist_tui.domain.therapist import Education, EducationDuty, Insurance, Therapist

TORONTO = ZoneInfo("America/Toronto")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=TORONTO)
DAY = timedelta(days=1)
ID = UUID(int=1)
AMARA = Client(ID, "Amara Okafor")
SENT = Referral(ID, ID, "Dr Mei Lin", written_on=TODAY - 30 * DAY, report_by=TODAY + 10 * DAY)
DANA = Therapist(ID, "Dana", "LMT", "4711", None, TORONTO)


def sent_to(whom: str, days_ago: int = 1) -> Release:
    return Release(ID, ID, "progress report", whom, "asked for", NOW - days_ago * DAY, "Dana")


@pytest.mark.parametrize(
    ("in_days", "released", "said", "late"),
    [
        (14, (), "wanted 7 Dec", False),
        (15, (), None, False),
        (0, (), "wanted 23 Nov", False),
        (-3, (), "was wanted 20 Nov", True),
        (-181, (), None, False),
        (10, (sent_to("Mei Lin, M.D."),), None, False),
        (10, (sent_to("LIN"),), None, False),
        (10, (sent_to("Dr Lin", 40),), "wanted 3 Dec", False),  # before this referral was written
        (10, (sent_to("the client"),), "wanted 3 Dec", False),
        (10, (sent_to("Dr Abiola"),), "wanted 3 Dec", False),  # "Dr" is nobody's name
    ],
)
def test_report_is_owed_from_a_fortnight_before_until_something_went_to_the_referrer(
    in_days: int, released: tuple[Release, ...], said: str | None, late: bool
):
    owed = report_owed([replace(SENT, report_by=TODAY + in_days * DAY)], released, AMARA, NOW, TORONTO)
    assert (owed.urgency if owed else None) == said
    assert not owed or (owed.kind, owed.late, owed.what) == (OwedKind.REPORT, late, "Report to Dr Mei Lin")
    assert not owed or owed.since <= NOW


@pytest.mark.parametrize(("days_ago", "booked", "owed"), [(60, False, True), (61, False, False), (61, True, True)])
def test_review_is_owed_while_the_client_still_comes(days_ago: int, booked: bool, owed: bool):
    plan = TreatmentPlan(ID, ID, "Neck", started_on=TODAY - 100 * DAY, review_every=1)
    course = Course(plan, None, (NOW - days_ago * DAY,), (NOW + DAY,) if booked else (), TORONTO)
    assert bool(review_owed(course, AMARA, NOW)) is owed


def test_review_is_late_once_a_visit_has_gone_by_since_it_was_due():
    plan = TreatmentPlan(ID, ID, "Neck", started_on=TODAY - 100 * DAY, review_on=TODAY - 10 * DAY)
    for visit, late in ((NOW - 11 * DAY, False), (NOW - 9 * DAY, True)):
        owed = review_owed(Course(plan, None, (visit,), (), TORONTO), AMARA, NOW)
        assert owed
        assert (owed.urgency, owed.late) == ("due since 13 Nov", late)


@pytest.mark.parametrize(
    ("hours", "done", "due_in", "urgency", "late"),
    [
        (24, 12, 90, "12 missing, due 21 Feb", False),
        (24, 12, 91, None, False),
        (24, 24, 5, None, False),
        (24, 23.5, 1, "0.5 missing, due in 1 day", False),
        (24, 12, -1, "12 missing, due 22 Nov", True),
        (None, 12, 5, None, False),
        (24, 12, None, None, False),
    ],
)
def test_missing_hours_of_education_are_owed_in_the_last_90_days(
    hours: float | None, done: float, due_in: int | None, urgency: str | None, late: bool
):
    duty = EducationDuty(hours, TODAY - 300 * DAY, None if due_in is None else TODAY + due_in * DAY)
    learnt = (Education(ID, "Scars", done, TODAY - 2 * DAY), Education(ID, "Old", 99, TODAY - 301 * DAY))
    owed = education_owed(replace(DANA, education_duty=duty, education=learnt), NOW)
    assert ((owed.urgency, owed.late) if owed else (None, False)) == (urgency, late)


@pytest.mark.parametrize(("left", "urgency"), [(61, None), (60, "expires in 60 days"), (-1, "expired 22 Nov")])
def test_insurance_is_owed_like_the_licence(left: int, urgency: str | None):
    therapist = replace(DANA, insurance=Insurance("Guild", "P", TODAY + left * DAY))
    found = [(one.kind, one.what, one.urgency) for one in papers_owed(therapist, NOW)]
    assert found == ([(OwedKind.INSURANCE, "Insurance Guild", urgency)] if urgency else [])
