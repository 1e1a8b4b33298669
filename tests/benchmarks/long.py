"""Clients who came for a year and for twenty: the first and the last one of the demo's day, made on top of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from therapist_tui.demo import whole_practice
from therapist_tui.demo.ids import Ids
from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.goal import Goal, GoalStatus, Measurement
from therapist_tui.domain.note import NoteContent, SessionNote, digest
from therapist_tui.domain.plan import PlanStatus, TreatmentPlan
from therapist_tui.domain.treatments import Treatment
from therapist_tui.domain.whole import WholePractice

YEAR, TWENTY = 1, 20
NOTES, VALUES = 40, 67
"""Notes a year; values a year of each of three goals: 800 notes and 4,020 values in twenty years."""
_MEASURES = (("Neck rotation left", "°", 40.0, 75.0), ("Worst pain 24 h", "/10", 8.0, 2.0), ("Sleep", "h", 4.0, 7.0))
_SAID = "Left neck tight since Monday, worse by evening and after the drive, better with warmth. Sleeps on the right."
_LINE = "L lev scap 5>3 TTP; L UT HT; MFR 25m; tol well; 2w"


def long_practice(now: datetime) -> WholePractice:
    """The demo, in which the first client of the day has come for a year and the last one for twenty."""
    whole = whole_practice(now)
    today = sorted((one for one in whole.appointments if one.starts_at.date() == now.date()), key=lambda a: a.starts_at)
    for appointment, years in ((today[0], YEAR), (today[-1], TWENTY)):
        whole = _with_years(whole, appointment, years, now)
    return whole


def _with_years(whole: WholePractice, today: Appointment, years: int, now: datetime) -> WholePractice:
    ids = Ids(years)
    sessions = [*_sessions(ids, today, years, now)]
    others = tuple(one for one in whole.plans if one.client_id != today.client_id)
    goals = tuple(one for one in whole.goals if one.client_id != today.client_id)
    known = {one.id for one in goals}
    plans, more, values = _course(ids, today, years, now)
    return replace(
        whole,
        appointments=(*whole.appointments, *(one for one, _ in sessions)),
        notes=(*whole.notes, *(note for _, note in sessions)),
        plans=(*others, *plans),
        goals=(*goals, *more),
        measurements=(*(one for one in whole.measurements if one.goal_id in known), *values),
    )


def _sessions(ids: Ids, today: Appointment, years: int, now: datetime) -> Iterator[tuple[Appointment, SessionNote]]:
    for number in range(years * NOTES):
        at = now.replace(minute=0, second=0, microsecond=0) - timedelta(days=3 + number * 9)
        done = replace(today, id=ids.at(at), starts_at=at, status=Status.DONE, arrived_at=at, began_at=at, ended_at=at)
        content = NoteContent(
            _SAID, _SAID, "Good response.", "Two weeks.", (Treatment("MFR", 25),), 5, 3, "", "", _LINE
        )
        note = SessionNote(ids.at(at), done.id, today.client_id, content, at, at, at, at, "Dana Reyes, LMT")
        yield done, replace(note, digest=digest(note))


def _course(
    ids: Ids, today: Appointment, years: int, now: datetime
) -> tuple[list[TreatmentPlan], list[Goal], list[Measurement]]:
    plans: list[TreatmentPlan] = []
    goals: list[Goal] = []
    values: list[Measurement] = []
    for year in range(years):
        begin = now - timedelta(days=360 * (year + 1))
        over = year > 0
        status = PlanStatus.COMPLETED if over else PlanStatus.ACTIVE
        plan = TreatmentPlan(ids.at(begin), today.client_id, "Neck", started_on=begin.date(), status=status)
        plans.append(plan)
        for title, unit, baseline, target in _MEASURES:
            stands = GoalStatus.COMPLETED if over else GoalStatus.ACTIVE
            goal = Goal(
                ids.at(begin), plan.id, today.client_id, title, unit, baseline, target, begin.date(), status=stands
            )
            goals.append(goal)
            for number in range(VALUES):
                at = begin + timedelta(days=5 * number + 1)
                value = round(baseline + (target - baseline) * number / VALUES, 1)
                values.append(Measurement(ids.at(at), goal.id, value, at))
    return plans, goals, values
