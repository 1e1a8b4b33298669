"""A goal: what is measured, from where to where, until when and what for; and how it stands when it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from therapist_tui.domain.achievement import computed, reason
from therapist_tui.domain.aim import shown_value, thresholds_of
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.goal import Goal, GoalDraft, GoalProgress, GoalReview
from therapist_tui.domain.goal_states import Achievement, GoalStatus, Owner, Priority
from therapist_tui.domain.health import Side
from therapist_tui.domain.measurement import Rating, average, read_activities, show_activities
from therapist_tui.domain.measures.catalogue import find_measures, measure_of, measures
from therapist_tui.domain.measures.values import Entry, Measure
from therapist_tui.domain.numbers import read_value, show_value
from therapist_tui.domain.smart.examples import examples
from therapist_tui.domain.smart.lint import advice
from therapist_tui.domain.taking import read_grade

from .form import Field, Form, Kind, Reader, Values, choices_of, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice

MOST_ADVICE = 3
_SIDES = {one.value: one for one in Side if one is not Side.NONE}
NO_MEASURE = "No measure has these words. Leave it empty for one of your own."
_NO_SIDE = (("", "no side"), *((one.value, one.value) for one in Side if one is not Side.NONE))
_MEDIUM_FIRST = sorted(choices_of(Priority), key=lambda one: one[0] != Priority.MEDIUM.value)
_BOTH_FIRST = sorted(choices_of(Owner), key=lambda one: one[0] != Owner.BOTH.value)
_FIELDS = (
    Field("side", "Side", Kind.CHOICE, choices=_NO_SIDE),
    Field("title", "Goal", hint="empty: named after the measure"),
    Field("activities", "Activities", hint="rated 0-10: carry child 3, mow lawn 4"),
    Field("unit", "Unit", hint="°, /10, kg, cm, days …", suggestions=("°", "/10", "kg", "cm", "h")),
    Field("baseline", "From", hint="the value it starts at"),
    Field("target", "To", hint="the value it aims at"),
    Field("due_on", "Due", Kind.DATE, "+8w, 14 jan"),
    Field("purpose", "So that", hint="what the client will be able to do"),
    Field("part", "Body part", hint="e.g. neck, upper trapezius"),
    Field("priority", "Priority", Kind.CHOICE, choices=tuple(_MEDIUM_FIRST)),
    Field("owner", "Worked on by", Kind.CHOICE, choices=tuple(_BOTH_FIRST)),
    Field("baseline_on", "Started", Kind.PAST_DATE, "empty: today"),
    Field("mdc", "Real from", hint="your own figure; empty: the measure's"),
    Field("mcid", "Matters from", hint="your own figure; empty: the measure's"),
)


def _all_fields() -> tuple[Field, ...]:
    titles = tuple(one.title for one in measures().values())
    return (
        Field("measure", "Measure", hint="neck rot, NDI …, or your own words", suggestions=titles),
        *_FIELDS,
    )


def _example_field() -> Field:
    names = tuple((name, name) for name in examples())
    return Field("example", "Ready start", Kind.CHOICE, choices=(("", "none"), *names))


class GoalForm(Form[GoalDraft]):
    """What is measured, from where to where, until when. A new one can start from a ready example."""

    id = "goal"
    begin_at = "measure"

    def __init__(self, plan_id: UUID, today: date, goal: Goal | None = None) -> None:
        self._plan_id, self._today, self._goal = plan_id, today, goal
        self.about = str(goal.id if goal else plan_id)
        self.title = "Change the goal" if goal else "Add a goal"
        self.fields = _all_fields() if goal else (_example_field(), *_all_fields())

    def start(self) -> dict[str, str]:
        """The goal as it is."""
        return _words(self._goal) if self._goal else {}

    def read(self, values: Values) -> tuple[GoalDraft | None, dict[str, str]]:
        """The goal's draft."""
        draft, reader = self._draft(values)
        return reader.done(draft, draft.problems(self._today))

    def echo(self, draft: GoalDraft) -> str:
        """The goal on a line, and which change counts."""
        start, aim = draft.baseline, draft.target
        if start is None or aim is None:
            return ""
        named = zip(("real from", "matters from"), thresholds_of(draft), strict=True)
        figures = [f"{word} {one.size(draft.unit)} ({one.told()})" for word, one in named if one]
        way = f"{draft.title}: {shown_value(draft, start)} → {shown_value(draft, aim)}"
        return "; ".join([way, *figures])

    def advice(self, values: Values) -> tuple[str, ...]:
        """What would make it a better goal; nothing before anything is typed."""
        if not any(values.get(name, "").strip() for name in ("measure", "title", "baseline", "target")):
            return ()
        draft, reader = self._draft(values)
        if reader.problems.get("measure"):
            return ()
        measure = _measure(values)
        if measure and draft.baseline is None:  # the form is not that far: say how it is taken
            return (measure.asked, *_others(values))
        return (*advice(draft, self._today), *_others(values))[:MOST_ADVICE]

    def meaning(self, name: str, values: Values) -> str:
        """The measure that the words mean, with its scale; a grade's meaning."""
        measure = _measure(values)
        if measure is None:
            own = name == "measure" and values["measure"].strip() and not values.get("title", "").strip()
            return "a measure of your own" if own else ""
        if name == "measure":
            return measure.title if measure.title != values["measure"].strip() else measure.scale
        draft, _ = self._draft(values)
        value = {"baseline": draft.baseline, "target": draft.target}.get(name)
        if value is None:
            return ""
        grade = measure.grade(value)
        mean = ", the mean" if name == "baseline" and draft.baseline_ratings else ""
        return grade.meaning if grade else f"{measure.shown(value)}{mean}"

    def follow(self, name: str, values: Values) -> Mapping[str, str]:
        """A ready start fills the fields, its figures there to be changed; a side typed with the measure is chosen."""
        if name == "measure":
            side = _side(Reader(values), values).value
            return {"side": side} if side != values.get("side", "") else {}
        example = examples().get(values.get("example", "")) if name == "example" else None
        if example is None:
            return {}
        words = _words(example.draft)
        title = "" if example.draft.title == _named(example.draft) else example.draft.title
        return {**words, "title": title, "due_on": f"+{example.weeks}w"}

    def hidden(self, values: Values) -> frozenset[str]:
        """The unit comes with the measure; activities belong to the one that rates them."""
        measure = _measure(values)
        rated = measure is not None and measure.entry is Entry.RATINGS
        gone = {"unit"} if measure else set[str]()
        return frozenset(gone if rated else {*gone, "activities"})

    def save(self, practice: Practice, draft: GoalDraft) -> object:
        """Add the goal, or change it."""
        if self._goal:
            return practice.plans.change_goal(self._goal.id, draft)
        return practice.plans.add_goal(self._plan_id, draft)

    def _draft(self, values: Values) -> tuple[GoalDraft, Reader]:
        reader = Reader(values, self._today)
        measure = _measure(values)
        title, words = reader.text("title"), reader.text("measure").strip()
        if measure is None and words:  # a measure of the therapist's own, named where the cursor stood
            title = title or words
            if title != words:
                reader.problems["measure"] = NO_MEASURE
        rates = measure is not None and measure.entry is Entry.RATINGS
        ratings = read_activities(reader.text("activities")) if rates else ()
        baseline = average(ratings)
        draft = GoalDraft(
            title,
            reader.text("unit"),
            baseline if baseline is not None else _value(reader, "baseline", measure),
            _value(reader, "target", measure),
            reader.day("due_on"),
            measure.id if measure else "",
            _side(reader, values),
            reader.text("part"),
            reader.text("purpose"),
            reader.choice("priority", Priority.MEDIUM),
            reader.choice("owner", Owner.BOTH),
            tuple(one.activity for one in ratings),
            reader.value("mdc"),
            reader.value("mcid"),
            reader.past_day("baseline_on"),
            ratings if baseline is not None else (),
        )
        return draft.cleaned(), reader


def _measure(values: Values) -> Measure | None:
    return next(iter(find_measures(_without_side(values.get("measure", "")))), None)


def _others(values: Values) -> tuple[str, ...]:
    """Measures that what is typed could mean too."""
    words = _without_side(values.get("measure", ""))
    found = find_measures(words)
    if not found or found[0].title == words:
        return ()
    others = ", ".join(one.title for one in found[1:4])
    return (f"Or: {others}.",) if others else ()


def _without_side(words: str) -> str:
    """What is typed for the measure, without a side: "neck rotation left"."""
    return " ".join(word for word in words.split() if word.lower() not in _SIDES)


def _side(reader: Reader, values: Values) -> Side:
    """The side that was chosen, or that stands with the measure."""
    chosen = reader.choice("side", Side.NONE)
    said = [_SIDES[word] for word in values.get("measure", "").lower().split() if word in _SIDES]
    return said[0] if chosen is Side.NONE and said else chosen


def _named(draft: GoalDraft) -> str:
    measure = measure_of(draft.measure)
    return measure.named(draft.side.value) if measure else ""


def _value(reader: Reader, name: str, measure: Measure | None) -> float | None:
    """A value on the measure's scale: a grade by its name, a number with or without the unit."""
    text = reader.text(name).strip()
    if not text:
        return None
    try:
        if measure and measure.grades:
            return read_grade(measure, text)
        return read_value(text.removesuffix(measure.unit) if measure else text)
    except PracticeError as error:
        reader.problems[name] = str(error)
        return None


def _words(goal: Goal | GoalDraft) -> dict[str, str]:
    """The fields of a goal as they are typed."""
    measure = measure_of(goal.measure)

    def value(number: float | None) -> str:
        if number is None:
            return ""
        return measure.shown(number, bare=True) if measure else show_value(number)

    rated = {one.activity: one for one in goal.baseline_ratings}
    activities = [rated.get(one, Rating(one, None)) for one in goal.activities]
    return {
        "measure": measure.title if measure else "",
        "side": goal.side.value,
        "title": goal.title,
        "activities": show_activities(activities),
        "unit": goal.unit,
        "baseline": "" if goal.baseline_ratings else value(goal.baseline),
        "target": value(goal.target),
        "due_on": iso(goal.due_on),
        "purpose": goal.purpose,
        "part": goal.part,
        "priority": goal.priority.value,
        "owner": goal.owner.value,
        "baseline_on": iso(goal.baseline_on),
        "mdc": "" if goal.mdc is None else show_value(goal.mdc),
        "mcid": "" if goal.mcid is None else show_value(goal.mcid),
    }


class GoalReviewForm(Form[GoalReview]):
    """How a goal stands: what its values come to, as the therapist confirms it, and what becomes of it."""

    id = "goal_review"

    def __init__(self, progress: GoalProgress, today: date) -> None:
        self._goal = goal = progress.goal
        self._computed, self._why = computed(progress, today), reason(progress, today)
        self.about = str(goal.id)
        self.title = f"How it stands: {goal.title}"
        confirmed = (("", "not confirmed"), *choices_of(Achievement))
        steps = tuple((one.value, one.value) for one in (goal.status, *goal.status.steps))
        self.fields = (
            Field("achievement", "Confirmed as", Kind.CHOICE, choices=confirmed),
            Field("status", "The goal is", Kind.CHOICE, choices=steps),
            Field("review_note", "Because", Kind.TEXT, "what you see beyond the values"),
        )

    def start(self) -> dict[str, str]:
        """As it was confirmed; where nobody has, as the values say."""
        achievement = self._goal.achievement or self._computed
        return {
            "achievement": achievement.value,
            "status": self._goal.status.value,
            "review_note": self._goal.review_note,
        }

    def read(self, values: Values) -> tuple[GoalReview | None, dict[str, str]]:
        """What the review came to."""
        reader = Reader(values)
        chosen = reader.text("achievement")
        draft = GoalReview(
            reader.choice("status", self._goal.status),
            reader.choice("achievement", self._computed) if chosen else None,
            reader.text("review_note"),
        )
        return reader.done(draft.cleaned(), {})

    def advice(self, values: Values) -> tuple[str, ...]:
        """What the values say."""
        said = (f"The values say: {self._computed.value}. {self._why}.",)
        achieved = values.get("achievement") == Achievement.ACHIEVED.value
        going_on = achieved and values.get("status") == GoalStatus.ACTIVE.value
        return (*said, "Achieved: complete it, or aim further.") if going_on else said

    def save(self, practice: Practice, draft: GoalReview) -> object:
        """Confirm it."""
        return practice.plans.review_goal(self._goal.id, draft)
