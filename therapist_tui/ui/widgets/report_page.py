"""The progress report as it is read on the screen before it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from textual.content import Content

from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.report import Audience, Fact, Report, long_day
from therapist_tui.domain.report_goals import ReportGoal
from therapist_tui.domain.when import show_short
from therapist_tui.exchange.report import addressed, aim_said, names_for, texts_after, texts_before, visits_said

from ..plain import one_line, shown, wrapped
from .trend import sparkline

_SPARK = 16


def report_page(report: Report, width: int) -> Content:
    """The whole report in its order, `width` cells wide at most."""
    return Content("\n").join(_lines(report, width))


def _lines(report: Report, width: int) -> Iterator[Content]:
    names = names_for(report.audience)
    yield one_line(report.title, ".strong")
    yield one_line(f"{addressed(report)} · {long_day(report.written_on)}", ".muted")
    yield Content()
    yield from _facts(report.head, width)
    for name, text in texts_before(report):
        yield from _part(name, text, width)
    if report.plan:
        yield from _title(names.plan)
        yield from _facts(report.plan, width)
    yield from _part(names.visits, visits_said(report.visits), width)
    if report.goals:
        yield from _title(names.goals)
        for place, goal in enumerate(report.goals):
            if place:
                yield Content()
            yield from _goal(goal, width)
    for name, text in texts_after(report):
        yield from _part(name, text, width)
    yield Content()
    yield one_line(report.therapist, ".muted")


def _title(name: str) -> Iterator[Content]:
    yield Content()
    yield one_line(name, ".title")


def _part(name: str, text: str, width: int) -> Iterator[Content]:
    yield from _title(name)
    yield from wrapped(shown(text), width)


def _facts(facts: Sequence[Fact], width: int) -> Iterator[Content]:
    column = max((len(fact.name) for fact in facts), default=0) + 2
    for fact in facts:
        first, *rest = wrapped(one_line(fact.text), max(20, width - column)) or [Content()]
        yield Content.assemble((fact.name.ljust(column), ".muted"), first)
        yield from (Content.assemble(" " * column, line) for line in rest)


def _goal(goal: ReportGoal, width: int) -> Iterator[Content]:
    yield from wrapped(one_line(goal.title, ".strong"), width)
    if goal.purpose:
        yield from wrapped(one_line(goal.purpose, ".muted"), width)
    spark = sparkline([one.value for one in goal.points], _SPARK)
    change = Content.assemble(
        one_line(goal.baseline), "  ", (spark, ".spark"), "  ", one_line(goal.latest, ".strong"), "   ",
        one_line(goal.state, ".accent"),
    )  # fmt: skip
    yield from wrapped(change, width)
    yield from wrapped(one_line(aim_said(goal), ".muted"), width)
    yield from wrapped(one_line(goal.said), width)
    if goal.sources:
        yield from wrapped(one_line(f"Judged by: {'; '.join(goal.sources)}", ".muted"), width)


def given_out(file: ClientFile, today: date, width: int) -> Content:
    """The log of what left before, newest first."""
    lines = [Content.styled("\nGiven out before", ".title")] if file.releases else []
    for one in reversed(file.releases):
        day = show_short(one.released_at.astimezone(file.zone).date(), today)
        lines += wrapped(one_line(f"{day}  {one.what} to {one.to_whom}: {one.why}", ".muted"), width)
    return Content("\n").join(lines)


def masked(report: Report, initials: str) -> Report:
    """The same for a screen that others can see: the written report has the name."""
    head = (Fact(one.name, initials) if one.name == "Client" else one for one in report.head if one.name != "Born")
    to_whom = initials if report.audience is Audience.CLIENT else report.to_whom
    return replace(report, client=initials, to_whom=to_whom, head=tuple(head))
