"""The report as Markdown: readable as it is, and nothing that people wrote turns into markup."""

import re
from collections.abc import Iterator

from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.report import Report, long_day
from therapist_tui.domain.report_goals import ReportGoal

from .report import addressed, aim_said, footer_of, names_for, texts_after, texts_before, visits_said

_MARKS_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"^(\s*)([#+\-=>:]|\d+(?=[.)]))")


def as_markdown(report: Report) -> str:
    """The whole report."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    names = names_for(report.audience)
    yield f"# {report.title}"
    yield ""
    yield f"{plain(addressed(report))}, {long_day(report.written_on)}"
    yield ""
    yield from (f"- {one.name}: {plain(one.text)}" for one in report.head)
    for name, text in texts_before(report):
        yield from ("", f"## {name}", "", paragraphs(text))
    if report.plan:
        yield from ("", f"## {names.plan}", "")
        yield from (f"- {one.name}: {plain(one.text)}" for one in report.plan)
    yield from ("", f"## {names.visits}", "", visits_said(report.visits))
    if report.goals:
        yield from ("", f"## {names.goals}")
    for goal in report.goals:
        yield from _goal(goal)
    for name, text in texts_after(report):
        yield from ("", f"## {name}", "", paragraphs(text))
    licence = f", licence {plain(report.licence)}" if report.licence else ""
    yield from ("", "---", "", f"{plain(report.therapist)}{licence}", "", plain(footer_of(report)))


def _goal(goal: ReportGoal) -> Iterator[str]:
    yield from ("", f"### {plain(goal.title)}", "")
    if goal.purpose:
        yield from (f"*{plain(goal.purpose)}*", "")
    yield f"{plain(goal.baseline)} → **{plain(goal.latest)}**, {plain(aim_said(goal))}"
    yield ""
    yield plain(" ".join(part for part in (goal.said, goal.state and f"({goal.state})") if part))
    if goal.sources:
        yield from ("", f"Judged by: {plain('; '.join(goal.sources))}")
    if len(goal.points) > 1:
        yield from ("", "| day | value |", "|---|---:|")
        yield from (f"| {one.on.isoformat()} | {plain(show_value(one.value, goal.unit))} |" for one in goal.points)


def plain(text: str) -> str:
    """A line of text that Markdown shows as it is."""
    flat = " ".join(text.split())
    return _AT_START.sub(_escaped_start, _MARKS_ANYWHERE.sub(r"\\\1", flat))


def paragraphs(text: str) -> str:
    """Text of several lines, each of which stays one."""
    return "\n".join(f"{plain(line)}\\" if line.strip() else "" for line in text.strip().split("\n")).removesuffix("\\")


def _escaped_start(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark}\\" if mark.isdigit() else f"{found[1]}\\{mark}"
