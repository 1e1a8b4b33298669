"""One goal on the measure screen: where it stands, and the fields for a new value, as its measure wants them."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from therapist_tui.domain.achievement import activity_courses, told_change, told_figures
from therapist_tui.domain.goal import GoalProgress, percent_toward_target
from therapist_tui.domain.measurement import Measurement, Taken
from therapist_tui.domain.measures.catalogue import measure_of
from therapist_tui.domain.measures.values import Entry, Measure
from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.taking import is_prorated, read_ratings, read_taken
from therapist_tui.domain.text import clean_line

from ..plain import one_line
from .fields import PlainInput


class MeasureRow(Vertical):
    """The lines of one goal. The screen asks it what was typed, and tells it what was kept."""

    def __init__(self, progress: GoalProgress) -> None:
        super().__init__(id=f"goal-{progress.goal.id.hex}")
        self.progress = progress
        self.measure: Measure | None = measure_of(progress.goal.measure)

    @property
    def rated(self) -> bool:
        """Whether activities are rated one by one."""
        return self.measure is not None and self.measure.entry is Entry.RATINGS and bool(self.progress.goal.activities)

    def compose(self) -> ComposeResult:
        """Title, course and field; of activities a line each below."""
        with Horizontal():
            yield Static(one_line(self.progress.goal.title), classes="goal")
            yield Static(self._course(), classes="course")
            if self.rated:
                yield Static(classes="value")
            else:
                yield PlainInput(placeholder=self._hint(), compact=True, classes="value")
                if self.measure and self.measure.scoring and self.measure.scoring.items:
                    items = str(self.measure.scoring.items)
                    yield Static(Content.styled("answered", ".muted"), classes="word")
                    yield PlainInput(items, compact=True, classes="answered")
        if self.rated:
            yield from self._activities()

    def _activities(self) -> ComposeResult:
        for course in activity_courses(self.progress):
            known = [value for value in course.values if value is not None]
            before = show_value(known[-1], "/10") if known else "not rated"
            with Horizontal():
                yield Static(Content.assemble("  ", one_line(course.activity)), classes="goal")
                yield Static(one_line(before, ".muted"), classes="course")
                yield PlainInput(placeholder="0-10", compact=True, classes="value")

    def _hint(self) -> str:
        if self.measure and self.measure.grades:
            return f"{self.measure.grades[0].name} … {self.measure.grades[-1].name}"
        if self.measure and self.measure.scoring and self.measure.scoring.items:
            scaled = self.measure.scoring.formula in ("percent", "dash")
            return "sum, or 36%" if scaled else "sum"
        return "new value"

    def _course(self) -> Content:
        goal = self.progress.goal
        return Content.assemble(
            one_line(goal.shown(self.progress.latest), ".strong"),
            " ",
            one_line(f"→ {goal.shown(goal.target)}", ".muted"),
        )

    @property
    def values(self) -> list[PlainInput]:
        """The fields that a value is typed into, in their order."""
        return list(self.query(".value").results(PlainInput))

    @property
    def typed(self) -> bool:
        """Whether a value was typed that is not kept yet."""
        return any(field.value.strip() for field in self.values)

    def read(self) -> Taken:
        """What was typed, worked out and checked; raises a PracticeError that says what is wrong."""
        goal = self.progress.goal
        if self.rated:
            return read_ratings(goal, [field.value for field in self.values])
        answered = self.query(".answered").results(PlainInput)
        return read_taken(goal, self.values[0].value, next((field.value for field in answered), ""))

    def explain(self, taken: Taken) -> tuple[str, str]:
        """What a value would say: score, change and how far it is; and the figures that it is held against."""
        goal, value = self.progress.goal, taken.value or 0.0
        prorated = " (prorated)" if taken.raw is not None and is_prorated(goal, taken.answered) else ""
        grade = self.measure.grade(value) if self.measure else None
        meaning = f" {grade.meaning}" if grade else ""
        said = f"{goal.shown(value)}{prorated}{meaning}: {told_change(goal, value, taken.ratings)}"
        way = "" if grade else f" · {percent_toward_target(goal, value):.0f} % of the way to {goal.shown(goal.target)}"
        return said + way, told_figures(goal, full=True)

    def kept(self, measurement: Measurement) -> None:
        """The value is in the record: empty the fields and say it in their place."""
        self.progress = replace(self.progress, measurements=(*self.progress.measurements, measurement))
        for field in self.values:
            field.placeholder = clean_line(f"kept: {field.value.strip()}")
            field.value = ""
        self.query(".course").first(Static).update(self._course())

    def changed(self, measurement: Measurement) -> None:
        """A value was marked as entered in error."""
        others = [measurement if one.id == measurement.id else one for one in self.progress.measurements]
        self.progress = replace(self.progress, measurements=tuple(others))
        self.query(".course").first(Static).update(self._course())
