"""One client's whole file as Markdown: for an archive, and without our own remarks for the client."""

from collections.abc import Iterator
from datetime import date, datetime

from therapist_tui.domain.client_file import ClientFile
from therapist_tui.domain.note import Addendum, SessionNote
from therapist_tui.domain.report import long_day
from therapist_tui.domain.report_goals import change_said, shown
from therapist_tui.domain.shorthand.in_full import in_full
from therapist_tui.domain.treatments import show_treatments

from .report_text import paragraphs, plain


def client_page(file: ClientFile, *, for_client: bool = False) -> str:
    """The page; with `for_client` abbreviations stand in full, and remarks that are our own are left out."""
    page = Page(file, for_client)
    return "\n".join(page.lines()).rstrip() + "\n"


class Page:
    """Writes the parts of the page, each only where there is something to say."""

    def __init__(self, file: ClientFile, for_client: bool) -> None:
        self._file, self._for_client = file, for_client

    def lines(self) -> Iterator[str]:
        """Every line."""
        for part in (
            self._card, self._health, self._plans, self._goals, self._notes, self._appointments, self._papers,
            self._releases,
        ):  # fmt: skip
            yield from part()

    def _said(self, text: str) -> str:
        return in_full(text) if self._for_client else text

    def _day(self, moment: datetime) -> str:
        return long_day(moment.astimezone(self._file.zone).date())

    def _card(self) -> Iterator[str]:
        client = self._file.client
        yield f"# {plain(client.name)}"
        yield ""
        facts = [
            ("Called", client.preferred_name),
            ("Pronouns", client.pronouns),
            ("Born", long_day(client.born_on) if client.born_on else ""),
            ("Phone", client.phone),
            ("E-mail", client.email),
            ("Guardian", client.guardian),
            ("Pressure", client.pressure),
            ("Therapist", f"{self._file.therapist.signature}, licence {self._file.therapist.licence_number}"),
        ]
        if not self._for_client:
            facts.append(("Remarks", client.remarks))
        yield from _facts(facts)

    def _health(self) -> Iterator[str]:
        file = self._file
        if not (file.health or file.history_checks):
            return
        yield from _head("Health history")
        for one in file.health:
            when = f"since {long_day(one.began_on)}" if one.began_on else ""
            over = f"over {long_day(one.resolved_on)}" if one.resolved_on else ""
            facts = [one.place, when, over, "" if self._for_client else one.advice]
            said = "; ".join(part for part in facts if part)
            yield f"- {one.kind.value}: {plain(self._said(one.text))}{' — ' + plain(said) if said else ''}"
        if file.history_checks:
            last = file.history_checks[-1]
            yield from ("", f"Last asked {self._day(last.asked_at)}: {last.answer.value}.")

    def _plans(self) -> Iterator[str]:
        for plan in self._file.plans:
            yield from _head("Treatment plan")
            facts = [
                ("Reason", self._said(plan.reason)),
                ("Findings", self._said(plan.findings)),
                ("Part of", plan.part_of.value),
                ("Led by", plan.led_by),
                ("Begun", _day(plan.started_on)),
                ("Status", plan.status.value),
                ("Frequency", plan.frequency),
                ("Visits planned", str(plan.visits_planned or "")),
                ("Techniques", ", ".join(plan.techniques)),
                ("Techniques left out", ", ".join(plan.techniques_avoided)),
                ("Regions", ", ".join(plan.regions)),
                ("Regions left out", ", ".join(plan.regions_avoided)),
                ("Home care", self._said(plan.home_care)),
                ("Stops when", self._said(plan.stop_criteria)),
                ("Next review", _day(plan.review_on)),
                ("Ended", _day(plan.ended_on)),
                ("Summary", self._said(plan.discharge)),
            ]
            yield from _facts(facts)
            for review in (one for one in self._file.plan_reviews if one.plan_id == plan.id):
                what = f": {plain(self._said(review.summary))}" if review.summary else ""
                yield f"- Reviewed {self._day(review.reviewed_at)}, {review.decision.value}{what}"

    def _goals(self) -> Iterator[str]:
        for progress in self._file.goals:
            goal = progress.goal
            yield from _head(f"Goal: {plain(goal.title)}")
            yield from _facts(
                [
                    ("For", goal.purpose),
                    ("Baseline", f"{shown(goal, goal.baseline)}, {long_day(goal.baseline_on)}"),
                    ("Target", shown(goal, goal.target) + (f" by {long_day(goal.due_on)}" if goal.due_on else "")),
                    ("Status", goal.achievement.value if goal.achievement else goal.status.value),
                    ("Change", change_said(goal, progress.judged, measured=bool(progress.counted))),
                ]
            )
            if progress.counted:
                yield from ("", "| day | value |", "|---|---:|")
                values = ((self._day(one.measured_at), shown(goal, one.value)) for one in progress.counted)
                yield from (f"| {day} | {plain(value)} |" for day, value in values)

    def _notes(self) -> Iterator[str]:
        for note in self._file.notes:
            if self._for_client and not note.signed:
                continue  # a draft is no record yet
            state = " (entered in error)" if note.in_error else "" if note.signed else " (not signed)"
            yield from _head(f"Session of {self._day(note.service_at)}{state}")
            yield from self._sections(note)
            if note.signed_at:
                yield from ("", f"Signed by {plain(note.signed_by)}, {self._day(note.signed_at)}.")
            for one in self._file.addenda:
                if one.note_id == note.id:
                    yield from self._addendum(one)

    def _sections(self, note: SessionNote) -> Iterator[str]:
        content = note.content
        pain = " → ".join("–" if one is None else str(one) for one in (content.pain_before, content.pain_after))
        asked = content.pain_before is not None or content.pain_after is not None
        sections = (
            ("S, said", content.subjective),
            ("O, found", content.objective),
            ("Work done", show_treatments(content.treatments)),
            ("Pain 0–10", pain if asked else ""),
            ("A, response", content.assessment),
            ("P, plan", content.plan),
            ("Home care", content.home_care),
            ("Next time", content.next_time),
            ("Shorthand", "" if self._for_client else content.shorthand),
            ("Late because", note.late_reason),
        )
        for name, text in sections:
            if text.strip():
                yield from ("", f"**{name}**\\", paragraphs(self._said(text)))

    def _addendum(self, one: Addendum) -> Iterator[str]:
        yield from ("", f"**Addendum, {one.kind.value}, {self._day(one.written_at)}, {plain(one.written_by)}**\\")
        yield paragraphs(self._said(one.text))

    def _appointments(self) -> Iterator[str]:
        if self._file.appointments:
            yield from _head("Appointments")
        for one in self._file.appointments:
            local = one.starts_at.astimezone(self._file.zone)
            what = f"{one.minutes} min, {plain(one.service)}"
            yield f"- {long_day(local.date())} {local:%H:%M}, {what}: {one.status.value}"

    def _papers(self) -> Iterator[str]:
        file = self._file
        if file.referrals:
            yield from _head("Referrals")
        for one in file.referrals:
            facts = [one.diagnosis, one.code, f"written {_day(one.written_on)}" if one.written_on else ""]
            said = ", ".join(part for part in facts if part)
            visits = f"{one.visits_used} of {one.visits_authorised} visits used" if one.visits_authorised else ""
            yield "- " + "; ".join(plain(part) for part in (one.referrer, said, visits) if part)
        if file.consents:
            yield from _head("Consents")
        for one in file.consents:
            parts = [
                one.kind.value,
                one.regions,
                f"{one.method.value}, {long_day(one.given_on)}",
                f"until {long_day(one.expires_on)}" if one.expires_on else "",
                f"withdrawn {long_day(one.withdrawn_on)}" if one.withdrawn_on else "",
            ]
            yield "- " + "; ".join(plain(part) for part in parts if part)

    def _releases(self) -> Iterator[str]:
        if self._file.releases:
            yield from _head("Given out")
        for one in self._file.releases:
            yield f"- {self._day(one.released_at)}: {plain(one.what)} to {plain(one.to_whom)}: {plain(one.why)}"


def _head(title: str) -> Iterator[str]:
    yield from ("", f"## {title}", "")


def _facts(facts: list[tuple[str, str]]) -> Iterator[str]:
    yield from (f"- {name}: {plain(text)}" for name, text in facts if text.strip())


def _day(day: date | None) -> str:
    return long_day(day) if day else ""
