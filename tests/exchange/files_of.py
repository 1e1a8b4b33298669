"""A client's file as a value, for the tests of what leaves the practice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.goal import Goal, GoalProgress, Measurement
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.therapist import Therapist

TODAY = date(2026, 11, 23)
START = datetime(2026, 10, 5, 14, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Toronto")


def an_id(number: int) -> UUID:
    return UUID(int=number)


CLIENT, PLAN, GOAL, REFERRAL = an_id(1), an_id(2), an_id(3), an_id(4)
INTERNAL = "for our eyes only"


def a_goal(**more: Any) -> Goal:
    goal = Goal(
        GOAL, PLAN, CLIENT, "Neck rotation left", "°", 48, 75, START.date(), date(2027, 1, 14),
        purpose="check the blind spot", mdc=5, review_note=INTERNAL,
    )  # fmt: skip
    return replace(goal, **more)


def a_progress(*values: float, **more: Any) -> GoalProgress:
    taken = tuple(
        Measurement(an_id(100 + at), GOAL, value, START + timedelta(days=7 * (at + 1)), remark=INTERNAL)
        for at, value in enumerate(values)
    )
    return GoalProgress(a_goal(**more), taken)


def a_file(text: str = "", **more: Any) -> ClientFile:
    """One client with a referral, a plan, a goal and two signed sessions; `text` is added wherever people write."""
    therapist = Therapist(an_id(9), f"Dana Reyes{text}", "LMT", f"27-1184{text}", None, ZONE)
    client = Client(CLIENT, f"Amara Okafor{text}", born_on=date(1992, 4, 16), remarks=INTERNAL)
    plan = TreatmentPlan(
        PLAN, CLIENT, f"Neck pain{text}", f"Dr Lin{text}", 6, START.date(), date(2026, 12, 18),
        findings=f"C5 tender{text}", referral_id=REFERRAL, techniques=(f"myofascial{text}",),
        home_care=f"Chin tucks{text}", status_reason=INTERNAL,
    )  # fmt: skip
    visits = [START + timedelta(days=7 * at) for at in range(3)]
    done = [Appointment(an_id(20 + at), CLIENT, moment, 60, "Massage") for at, moment in enumerate(visits)]
    done = [replace(one, status=Status.DONE) for one in done]
    notes = [
        SessionNote(
            an_id(30 + at), one.id, CLIENT, NoteContent("S", "O", f"Easier {at}{text}", f"RTC 2w{text}"),
            one.starts_at, one.starts_at, one.starts_at, one.starts_at, "Dana Reyes, LMT",
        )
        for at, one in enumerate(done)
    ]  # fmt: skip
    referral = Referral(
        REFERRAL, CLIENT, f"Dr Lin{text}", f"Cervicalgia{text}", START.date(), 6, 3, precautions=INTERNAL
    )
    file = ClientFile(
        therapist, client, appointments=tuple(done), notes=tuple(notes), plans=(plan,),
        goals=(a_progress(51, 62, title=f"Neck rotation left{text}", purpose=f"check the blind spot{text}"),),
        referrals=(referral,),
    )  # fmt: skip
    return replace(file, **more)
