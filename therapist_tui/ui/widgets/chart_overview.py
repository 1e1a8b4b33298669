"""The chart's first section: cautions, plan and goals, visits, papers, the card, and what is owed."""

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.chart import Overview
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent, ConsentKind
from therapist_tui.domain.desk import Owed
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.screening.values import Caution

from ..plain import fitted, name_of, one_line, shown, spread, wrapped
from .chart_page import Looks, Page, Row, heading, listed, nothing, told_edits
from .chart_papers import consent_line, consent_pairs, referral_line, referral_pairs
from .chart_plan import goal_in_full, plan_in_full, plan_line
from .desk_list import KIND_WIDTH, kind_label
from .goal_lines import goal_lines
from .levels import label
from .plan_lines import warning_lines

NAMED = 12
"""Cells for the name of a fact in the list."""


class OverviewPage(Page):
    """What one wants to know first. What is owed comes last: it is read last, and nothing moves when it comes."""

    def __init__(self, overview: Overview, owed: Sequence[Owed] | None, looks: Looks) -> None:
        self._overview, self._owed, self._looks = overview, owed, looks
        self._brief = overview.brief
        self._goals: dict[int, list[Content]] = {}
        self.rows: Sequence[Row] = [
            *self._cautions(),
            *self._plan(),
            *self._visits(),
            *self._papers(),
            *self._card(),
            *self._owing(),
        ]

    # The list

    def _cautions(self) -> list[Row]:
        rows = [heading("Cautions", self._asked(), "cautions")]
        rows += [
            Row(f"caution-{one.rule}-{number}", lambda width, one=one: _caution(one, width), one)
            for number, one in enumerate(self._brief.cautions)
        ]
        return rows if len(rows) > 1 else [*rows, nothing("no-cautions", "none: nothing in the history asks for care")]

    def _asked(self) -> str:
        asked, hint = self._brief.asked, self._looks.hint
        if not asked:
            stamp, add = hint("chart.no_change", "stamps “nothing to report”"), hint("chart.health", "adds")
            return "   ".join(part for part in ("never asked", stamp, add) if part)
        return f"asked {self._looks.short(self._looks.day_of(asked.asked_at))}: {asked.answer.value}"

    def _plan(self) -> list[Row]:
        plan = self._brief.plan
        visits = f"{self._brief.plan_visits} of {plan.visits_planned} visits" if plan and plan.visits_planned else ""
        hint = visits if plan else self._looks.hint("chart.plan", "starts a plan")
        rows = [heading("Plan and goals", hint, "plan")]
        if plan:
            rows.append(Row(plan.id.hex, lambda width: plan_line(plan, self._looks, width), plan))
            rows += self._warnings()
        rows += [Row(one.goal.id.hex, lambda width, one=one: self._goal(one, width), one) for one in self._brief.goals]
        return rows if len(rows) > 1 else [*rows, nothing("no-plan", "no plan yet")]

    def _warnings(self) -> list[Row]:
        course, today = self._brief.course, self._looks.today
        numbers = range(len(warning_lines(course, 80, today)))
        return [Row(f"warning-{at}", lambda width, at=at: warning_lines(course, width, today)[at]) for at in numbers]

    def _goal(self, progress: GoalProgress, width: int) -> Content:
        if width not in self._goals:
            self._goals = {width: goal_lines(self._brief.goals, width, self._looks.today)}
        return self._goals[width][self._brief.goals.index(progress)]

    def _visits(self) -> list[Row]:
        notes = self._overview.notes
        if not self._overview.complete:
            return [heading("Visits", "", "visits"), *(nothing(f"{name}-visit", "…") for name in ("last", "next"))]
        rows = [heading("Visits", f"{notes} note{'' if notes == 1 else 's'}", "visits")]
        for name, one in (("last", self._overview.last), ("next", self._overview.following)):
            if one:
                rows.append(Row(f"{name}-visit", lambda width, name=name, one=one: self._visit(name, one, width), one))
        return rows if len(rows) > 1 else [*rows, nothing("no-visits", "not here yet, and nothing booked")]

    def _visit(self, name: str, one: Appointment, width: int) -> Content:
        when = self._looks.moment(one.starts_at)
        text = Content.assemble(_named(name), when, "  ", one_line(f"{one.minutes} min {one.service}", ".muted"))
        return spread(text, one_line(one.status.value, ".muted"), width)

    def _papers(self) -> list[Row]:
        brief, looks = self._brief, self._looks
        rows = [heading("Papers", "", "papers")]
        if brief.referral:
            paper = brief.referral
            rows.append(Row(paper.id.hex, lambda width: _with("referral", referral_line, paper, looks, width), paper))
        consents = [one for one in brief.consents if one.live_on(looks.today)]
        if not any(one.kind is ConsentKind.TREATMENT for one in consents):
            missing = Content.styled("? no consent to treatment on file", ".check")
            rows.append(Row("no-consent", lambda _: Content.assemble(_named("consent"), missing)))
        rows += [
            Row(one.id.hex, lambda width, one=one: _with("consent", consent_line, one, looks, width), one)
            for one in consents
        ]
        return rows

    def _card(self) -> list[Row]:
        client, looks = self._brief.client, self._looks

        def draw(width: int) -> Content:
            age = client.age_on(looks.today)
            facts = [str(age) if age is not None else "", client.pronouns]
            facts += ["" if looks.masked else client.phone, f"{client.pressure} pressure" if client.pressure else ""]
            said = " · ".join(fact for fact in facts if fact)
            return Content.assemble(_named("card"), one_line(said, ".muted")).truncate(width, ellipsis=True)

        return [heading("Card", looks.hint("chart.card", "changes it")), Row("card", draw, client)]

    def _owing(self) -> list[Row]:
        if not self._owed:
            return []
        rows = [heading("Owed", "", "owed")]
        return rows + [
            Row(f"owed-{one.kind.value}-{one.about.hex}", lambda width, one=one: _owed_line(one, width), one)
            for one in self._owed
        ]

    # In full

    def detail(self, entry: Any, width: int, height: int) -> list[Content]:
        """Whatever it is, in full."""
        looks = self._looks
        match entry:
            case Caution():
                return _caution_in_full(entry, width)
            case GoalProgress():
                return goal_in_full(entry, looks, width, height)
            case TreatmentPlan():
                return plan_in_full(entry, self._brief.course, looks, width)
            case Appointment():
                return listed(_appointment_pairs(entry, looks), width)
            case Referral():
                return listed(referral_pairs(entry, looks), width)
            case Consent():
                return listed(consent_pairs(entry, looks), width)
            case Client():
                return listed(_card_pairs(entry, looks), width) + told_edits(self._overview.edits, looks, width)
            case Owed():
                return listed((("Owed", entry.what), ("Since", entry.urgency)), width)
            case _:
                return []


def _named(name: str) -> Content:
    return fitted(Content.styled(name, ".muted"), NAMED)


def _with(name: str, line: Any, paper: Any, looks: Looks, width: int) -> Content:
    return Content.assemble(_named(name), line(paper, looks, max(0, width - NAMED)))


def _caution(caution: Caution, width: int) -> Content:
    left = Content.assemble(label(caution.level), " ", one_line(caution.title, ".strong"))
    room = width - left.cell_length - 2
    place = one_line(caution.place, ".muted")
    return spread(left, place, width) if place.cell_length <= room else fitted(left, width)


def _owed_line(one: Owed, width: int) -> Content:
    left = Content.assemble(fitted(kind_label(one.kind), KIND_WIDTH), "  ", one_line(one.what))
    return spread(left, one_line(one.urgency, ".worse" if one.late else ".muted"), width)


def _caution_in_full(caution: Caution, width: int) -> list[Content]:
    head = Content.assemble(label(caution.level), " ", shown(caution.title, ".strong"))
    pairs = (("What to do", caution.advice), ("Where", caution.place), ("Why", caution.reason))
    means = Content.styled(f"{caution.level.word} means {caution.level.meaning}.", ".muted")
    return [*wrapped(head, width), *wrapped(means, width), Content(), *listed(pairs, width)]


def _appointment_pairs(one: Appointment, looks: Looks) -> list[tuple[str, str]]:
    return [
        ("When", f"{looks.moment(one.starts_at)}, {one.minutes} min"),
        ("Service", one.service),
        ("Status", " – ".join(part for part in (one.status.value, one.reason) if part)),
        ("Work", ", ".join((*one.techniques, *one.regions))),
        ("Pressure", one.pressure),
        ("Products", ", ".join(one.products)),
        ("Remarks", one.remarks),
    ]


def _card_pairs(client: Client, looks: Looks) -> list[tuple[str, str]]:
    born = f"{looks.short(client.born_on)} ({client.age_on(looks.today)})" if client.born_on else ""
    private = [("Phone", client.phone), ("E-mail", client.email), ("Guardian", client.guardian)]
    return [
        ("Name", name_of(client, looks.masked)),
        ("Pronouns", client.pronouns),
        ("Born", born),
        *([] if looks.masked else private),
        ("Pressure", client.pressure),
        ("Remarks", client.remarks),
    ]
