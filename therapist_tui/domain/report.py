"""A progress report to whoever sent the client, or to the client: what it says, in words, before it is set in type.

It is made from what is on file and from what the therapist writes for it. Remarks for the practice itself (the card's
remarks, remarks at measurements, why a plan or goal changed its status) never stand in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from .client_file import ClientFile, in_period, newest
from .goal import GoalProgress, GoalStatus
from .plan import PartOf, TreatmentPlan
from .referral import Referral
from .release import TO_CLIENT
from .report_goals import ReportGoal, report_goal
from .shorthand.in_full import NO_WORDS, in_full
from .text import clean, clean_line

TEXT_LIMIT = 4_000
"""Characters of each text that is written for a report."""
VISITS_SHOWN = 24
"""So many visits are named by their day; of more only the number is told."""


class Audience(Enum):
    """Who reads it."""

    REFERRER = "the referrer"
    CLIENT = "the client"
    OTHER = "somebody else"


USUAL_REASONS = {
    Audience.REFERRER: "keeps the referrer informed",
    Audience.CLIENT: "asked for by the client",
    Audience.OTHER: "",
}
"""Why a report is given out where nobody says otherwise; to others it has to be said."""


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What the therapist says for a report; the rest is on file. `since` None means from the beginning."""

    audience: Audience
    to_whom: str
    why: str
    until: date
    since: date | None = None
    response: str = ""
    recommendation: str = ""

    def cleaned(self) -> "ReportDraft":
        """The same with clean text."""
        to_whom = TO_CLIENT if self.audience is Audience.CLIENT else clean_line(self.to_whom)
        return replace(
            self,
            to_whom=to_whom,
            why=clean_line(self.why, 500),
            response=clean(self.response, TEXT_LIMIT).strip(),
            recommendation=clean(self.recommendation, TEXT_LIMIT).strip(),
        )

    def problems(self, today: date) -> dict[str, str]:
        """What must be mended before it can be written, by field."""
        found: dict[str, str] = {}
        if not self.to_whom:
            found["to_whom"] = "Please say who gets the report."
        if not self.why:
            found["why"] = "Please say why it is given out, e.g. “asked for on the referral”: the reason is kept."
        if self.until > today:
            found["until"] = "The period cannot end after today."
        if self.since and self.since > self.until:
            found["since"] = "The period begins after its end."
        return found


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the head or the plan."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that stands in a report, in the order in which it is read; what is empty is left out."""

    title: str
    audience: Audience
    to_whom: str
    written_on: date
    client: str
    therapist: str
    licence: str
    head: tuple[Fact, ...]
    reason: str = ""
    findings: str = ""
    plan: tuple[Fact, ...] = ()
    visits: tuple[date, ...] = ()
    goals: tuple[ReportGoal, ...] = ()
    response: str = ""
    home_care: str = ""
    recommendation: str = ""


def start_of(file: ClientFile, today: date) -> ReportDraft:
    """What a report starts from: to the referrer where there is one, over the whole plan, with the newest words."""
    plan, referral = file.plan, referral_of(file, today)
    since = plan.started_on if plan else None
    notes = [one for one in file.signed_notes if in_period(one.service_at.astimezone(file.zone).date(), since, today)]
    audience = Audience.REFERRER if referral else Audience.CLIENT
    return ReportDraft(
        audience,
        referral.referrer if referral else TO_CLIENT,
        USUAL_REASONS[audience],
        today,
        since,
        newest(one.content.assessment for one in notes),
        newest(one.content.plan for one in notes),
    )


def referral_of(file: ClientFile, day: date) -> Referral | None:
    """The referral that a report answers: the plan's own, else the newest written by that day."""
    own = next((one for one in file.referrals if file.plan and one.id == file.plan.referral_id), None)
    if own:
        return own
    written = [one for one in file.referrals if one.written_on is None or one.written_on <= day]
    return written[-1] if written else None


def fitting_reason(why: str, audience: Audience) -> str:
    """The reason as typed; one that is usual for another reader, or none, becomes what is usual for this one."""
    return why if why and why not in USUAL_REASONS.values() else USUAL_REASONS[audience]


def report_of(file: ClientFile, draft: ReportDraft, today: date, own: Mapping[str, str] = NO_WORDS) -> Report:
    """The report that this file and these words make.

    Abbreviations stand in full, as in every letter (clinical.md 3); `own` are the therapist's own.
    """

    def full(text: str) -> str:
        return in_full(text, own)

    plan = file.plan
    to_client = draft.audience is Audience.CLIENT
    referral = None if to_client else referral_of(file, draft.until)
    return Report(
        title="Your progress" if to_client else "Progress report",
        audience=draft.audience,
        to_whom=file.client.shown if to_client else draft.to_whom,
        written_on=today,
        client=file.client.shown if to_client else file.client.name,
        therapist=file.therapist.signature,
        licence=file.therapist.licence_number,
        head=tuple(_head(file, draft, referral)),
        reason=full(plan.reason) if plan else "",
        findings=full(plan.findings) if plan else "",
        plan=tuple(Fact(one.name, full(one.text)) for one in _plan(plan)) if plan else (),
        visits=file.visits(draft.since, draft.until),
        goals=tuple(_goals(file, draft)),
        response=full(draft.response),
        home_care=full(plan.home_care) if plan else "",
        recommendation=full(draft.recommendation),
    )


def _head(file: ClientFile, draft: ReportDraft, referral: Referral | None) -> Iterator[Fact]:
    client = file.client
    if draft.audience is not Audience.CLIENT:
        yield Fact("Client", client.name)
        if client.born_on:
            yield Fact("Born", long_day(client.born_on))
    if referral:
        yield Fact("Referred by", referral.referrer)
        diagnosis = " ".join(filter(None, (referral.diagnosis, f"({referral.code})" if referral.code else "")))
        if diagnosis:
            yield Fact("Diagnosis", f"{diagnosis}, as written on the referral")
        if referral.visits_authorised is not None:
            yield Fact("Covered", f"{referral.visits_used} of {referral.visits_authorised} visits used")
    begin = long_day(draft.since) if draft.since else "the beginning"
    yield Fact("Period", f"{begin} to {long_day(draft.until)}")


def _plan(plan: TreatmentPlan) -> Iterator[Fact]:
    led = f", led by {plan.led_by}" if plan.led_by else ""
    if plan.part_of is not PartOf.ALONE:
        yield Fact("Part of", f"{plan.part_of.value}{led}")
    elif plan.led_by:
        yield Fact("Part of a plan led by", plan.led_by)
    often = ", ".join(
        part
        for part in (
            plan.frequency,
            f"{plan.visits_planned} visits" if plan.visits_planned else "",
            f"{plan.minutes} minutes each" if plan.minutes else "",
        )
        if part
    )
    lists = (
        ("Frequency" if plan.frequency else "Planned", often),
        ("Techniques", ", ".join(plan.techniques)),
        ("Regions", ", ".join(plan.regions)),
        ("Left out", ", ".join((*plan.techniques_avoided, *plan.regions_avoided))),
        ("Next review", long_day(plan.review_on) if plan.review_on and plan.status.open else ""),
        ("Outcome", plan.discharge),
    )
    yield from (Fact(name, text) for name, text in lists if text)


def _goals(file: ClientFile, draft: ReportDraft) -> Iterator[ReportGoal]:
    plan = file.plan
    for progress in file.goals:
        if progress.goal.plan_id == (plan.id if plan else None) and _told(progress):
            yield report_goal(progress, draft.until, file.zone)


def _told(progress: GoalProgress) -> bool:
    return progress.goal.status not in (GoalStatus.IN_ERROR, GoalStatus.REJECTED, GoalStatus.PROPOSED)


def long_day(day: date) -> str:
    """A date that no reader can take for another: "23 November 2026"."""
    return f"{day.day} {day:%B %Y}"
