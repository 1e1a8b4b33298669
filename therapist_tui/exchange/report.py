"""The progress report in type (PDF, by Typst) and as Markdown, from one arrangement of its words."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from therapist_tui.domain.report import VISITS_SHOWN, Audience, Report, long_day
from therapist_tui.domain.report_goals import ReportGoal

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""Paper sizes by the setting's word, as Typst calls them."""


@dataclass(frozen=True, slots=True)
class Names:
    """The headings; the client is spoken to, everybody else is told."""

    reason: str = "Reason for care"
    findings: str = "Findings"
    plan: str = "Plan"
    visits: str = "Visits"
    goals: str = "Goals"
    response: str = "Response to treatment"
    home_care: str = "Home care"
    recommendation: str = "Recommendation"


TOLD = Names()
SPOKEN = Names(
    "Why you came", "What was found", "Your plan", "Your visits", "Your goals", "How it went", "What you can do",
    "What comes next",
)  # fmt: skip


def names_for(audience: Audience) -> Names:
    """The headings for that reader."""
    return SPOKEN if audience is Audience.CLIENT else TOLD


def texts_before(report: Report) -> list[tuple[str, str]]:
    """The texts that stand before the plan, with their headings; empty ones are left out."""
    names = names_for(report.audience)
    return _written((names.reason, report.reason), (names.findings, report.findings))


def texts_after(report: Report) -> list[tuple[str, str]]:
    """The texts that stand after the goals."""
    names = names_for(report.audience)
    return _written(
        (names.response, report.response),
        (names.home_care, report.home_care),
        (names.recommendation, report.recommendation),
    )


def _written(*texts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in texts if text.strip()]


def addressed(report: Report) -> str:
    """Whom it is for, in a line."""
    return f"for {report.to_whom}"


def visits_said(visits: tuple[date, ...]) -> str:
    """How many visits there were, and when: "4 visits: 2, 9 Nov 2026"; only the number where they are many."""
    if not visits:
        return "No visits in this period."
    count = f"{len(visits)} visit{'' if len(visits) == 1 else 's'}"
    if len(visits) > VISITS_SHOWN:
        return f"{count}, the first on {long_day(visits[0])}, the last on {long_day(visits[-1])}."
    months: dict[str, list[str]] = {}
    for day in visits:
        months.setdefault(f"{day:%B %Y}", []).append(str(day.day))
    return f"{count}: " + "; ".join(f"{', '.join(days)} {month}" for month, days in months.items()) + "."


def aim_said(goal: ReportGoal) -> str:
    """Where it should go, and how far it has come: "aim 75° by 14 January 2027, 52 % of the way"."""
    due = f" by {long_day(goal.due)}" if goal.due else ""
    far = f", {goal.percent} % of the way" if goal.percent is not None and 0 < goal.percent < 100 else ""
    return f"aim {goal.target}{due}{far}"


def footer_of(report: Report) -> str:
    """What stands at the foot of every page: no name of a client, for pages part from each other."""
    if report.audience is Audience.CLIENT:
        return f"{report.therapist} · {long_day(report.written_on)}"
    return f"{report.therapist} · {long_day(report.written_on)} · confidential health information"


@cache
def template() -> str:
    """The page, in Typst's language."""
    return resources.files("therapist_tui.exchange").joinpath("report.typ").read_text(encoding="utf-8")
