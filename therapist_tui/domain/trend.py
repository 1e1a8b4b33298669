"""A goal's course as it is plotted: its points in time, how each is judged, and axes with sensible ticks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from .goal import Goal, GoalProgress, judged_at, thresholds_of
from .measures.catalogue import measure_of
from .measures.judging import Judged, Size
from .measures.values import Entry, Measure
from .numbers import show_value
from .when import at


class Sign(Enum):
    """How one value stands to the baseline, each with a glyph of its own: shape tells, colour only helps."""

    START = "baseline"
    WITHIN = "within error, or error not known"
    REAL = "real change"
    MEANINGFUL = "meaningful change"
    REAL_WORSE = "real change, worse"
    MEANINGFUL_WORSE = "meaningful change, worse"

    @property
    def glyph(self) -> str:
        """One cell wide: hollow for a real change, filled for a meaningful one, pointing up for better."""
        return _GLYPHS[self]


_GLYPHS = {
    Sign.START: "○",
    Sign.WITHIN: "•",
    Sign.REAL: "△",
    Sign.MEANINGFUL: "▲",
    Sign.REAL_WORSE: "▽",
    Sign.MEANINGFUL_WORSE: "▼",
}


def sign_of(judged: Judged) -> Sign:
    """The sign of a judged change."""
    if not judged.counts:
        return Sign.WITHIN
    meaningful = judged.size is Size.MEANINGFUL
    if judged.better:
        return Sign.MEANINGFUL if meaningful else Sign.REAL
    return Sign.MEANINGFUL_WORSE if meaningful else Sign.REAL_WORSE


@dataclass(frozen=True, slots=True)
class Point:
    """One value at a moment."""

    at: datetime
    value: float
    sign: Sign


@dataclass(frozen=True, slots=True)
class Course:
    """What is plotted of a goal: the baseline first, then every value that counts, oldest first.

    `band` are the values that the measurement error (MDC) allows around the baseline; None where it is not known.
    `grades` are the names of an ordinal scale by value: its course is drawn in steps, and nothing lies between them.
    """

    progress: GoalProgress
    points: tuple[Point, ...]
    band: tuple[float, float] | None = None
    grades: tuple[tuple[float, str], ...] = ()
    lowest: float | None = None
    highest: float | None = None

    @property
    def goal(self) -> Goal:
        """The goal itself."""
        return self.progress.goal

    @property
    def stepped(self) -> bool:
        """Whether it is drawn in steps."""
        return bool(self.grades)

    def since(self, moment: datetime) -> "Course":
        """Only what was measured from then on; the newest value always stays."""
        kept = [one for one in self.points if one.at >= moment] or [*self.points[-1:]]
        return Course(self.progress, tuple(kept), self.band, self.grades, self.lowest, self.highest)


def course_of(progress: GoalProgress, zone: ZoneInfo) -> Course:
    """The course of a goal; what was entered in error is left out."""
    goal, measure = progress.goal, measure_of(progress.goal.measure)
    start = Point(at(goal.baseline_on, time(0), zone), goal.baseline, Sign.START)
    taken = (Point(one.measured_at, one.value, sign_of(judged_at(goal, one.value))) for one in progress.counted)
    points = (start, *sorted(taken, key=lambda one: one.at))
    mdc = thresholds_of(goal)[0]
    limits = (measure.lowest, measure.highest) if measure else _written_scale(goal.unit)
    band = _band(goal.baseline, mdc.value, limits) if mdc else None
    grades = _grades(measure)
    return Course(progress, points, band, grades, *(limits or (None, None)))


def _written_scale(unit: str) -> tuple[float, float] | None:
    """The scale that a unit such as "/10" tells."""
    end = unit[1:]
    return (0.0, float(end)) if unit.startswith("/") and end.isascii() and end.isdigit() and len(end) < 7 else None


def _band(baseline: float, mdc: float, limits: tuple[float, float] | None) -> tuple[float, float]:
    low, high = baseline - mdc, baseline + mdc
    return (max(low, limits[0]), min(high, limits[1])) if limits else (low, high)


def _grades(measure: Measure | None) -> tuple[tuple[float, str], ...]:
    if measure is None or measure.entry is not Entry.GRADE:
        return ()
    return tuple((one.value, one.name) for one in measure.grades)


# Axes


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values from `low` to `high`, with what is written beside it."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def part(self, value: float) -> float:
        """Where a value lies: 0 at the lower end, 1 at the upper."""
        return (value - self.low) / (self.high - self.low)


def scale_of(course: Course, most: int) -> Scale:
    """The axis on which all of a course has room, its target and its band too, with at most so many ticks."""
    values = [course.goal.target, *(one.value for one in course.points), *(course.band or ())]
    if course.stepped:
        return _graded(course.grades, min(values), max(values), most)
    low, high = min(values), max(values)
    step = nice_step((high - low) or max(1.0, abs(high)), most)
    below, above = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if below == above:
        above += 1
    ticks = tuple(
        (number * step, show_value(round(number * step, 9), "°" if course.goal.unit == "°" else ""))
        for number in range(below, above + 1)
    )
    return Scale(below * step, above * step, ticks)


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that divides the span into fewer than `most` parts."""
    rough = span / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * factor for factor in (1, 2, 5) if power * factor >= rough * (1 - 1e-9)), power * 10)


def _graded(grades: Sequence[tuple[float, str]], low: float, high: float, most: int) -> Scale:
    """The grades that are reached and one more on either side; names that have no room are left out evenly."""
    known = sorted({*(value for value, _ in grades), low, high})
    first, last = max(0, known.index(low) - 1), min(len(known) - 1, known.index(high) + 1)
    shown = known[first : last + 1]
    if len(shown) == 1:
        shown = [shown[0], shown[0] + 1]
    names = dict(grades)
    every = -(-len(shown) // max(1, most))
    ticks = tuple((value, names.get(value, show_value(value))) for value in shown[::every])
    return Scale(shown[0], shown[-1], ticks)


@dataclass(frozen=True, slots=True)
class Times:
    """The axis of time: from `begin` to `end`, by the practice's clock."""

    begin: datetime
    end: datetime
    zone: ZoneInfo

    def part(self, moment: datetime) -> float:
        """Where a moment lies: 0 at the begin, 1 at the end."""
        return (moment - self.begin) / (self.end - self.begin)

    def ticks(self, most: int) -> tuple[tuple[datetime, str], ...]:
        """Days, first days of months or first days of years, at most so many, each with its name."""
        first, last = (one.astimezone(self.zone).date() for one in (self.begin, self.end))
        for days in _every_days(first, last):
            if len(days) <= max(1, most):
                return tuple((at(day, time(0), self.zone), name) for day, name in days)
        return ()


def times_of(courses: Sequence[Course], zone: ZoneInfo) -> Times:
    """One axis for all of them, so that what happened at the same time stands under each other.

    A target date is on it when it lies no further ahead than the course is long.
    """
    moments = [one.at for course in courses for one in course.points]
    begin, end = min(moments), max(moments)
    if end - begin < timedelta(days=7):
        end = begin + timedelta(days=7)
    due = [at(one.goal.due_on, time(0), zone) for one in courses if one.goal.due_on]
    return Times(begin, max([end, *(one for one in due if one - end <= end - begin)]), zone)


def _every_days(first: date, last: date) -> list[list[tuple[date, str]]]:
    """Ticks from the closest to the widest apart."""
    span = (last - first).days
    found: list[list[tuple[date, str]]] = []
    for step in (1, 2, 7, 14):
        if span // step < 40:
            days = [first + timedelta(days=number) for number in range(0, span + 1, step)]
            found.append([(day, f"{day.day} {day:%b}") for day in days])
    months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    for step in (1, 2, 3, 6):
        if span < 400 * 3:
            days = [date(year, month, 1) for year, month in months if (month - 1) % step == 0]
            found.append([(day, _month(day)) for day in days if first <= day <= last])
    for step in (1, 2, 5, 10, 20, 50):
        years = [date(year, 1, 1) for year in range(first.year, last.year + 1) if year % step == 0]
        found.append([(day, str(day.year)) for day in years if first <= day <= last])
    return [one for one in found if one]


def _month(day: date) -> str:
    """A month by its name, the first one of a year by the year."""
    return str(day.year) if day.month == 1 else f"{day:%b}"
