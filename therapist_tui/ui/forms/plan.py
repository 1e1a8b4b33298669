"""The treatment plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from therapist_tui.domain.plan import PartOf, PlanDraft, TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.vocabulary import unknown_regions, unknown_techniques
from therapist_tui.domain.when import show_short

from .form import Field, Form, Kind, Reader, Values, choices_of, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class PlanForm(Form[PlanDraft]):
    """Why the client comes, how it is gone about, and when it is looked at again; the rest in the second part."""

    id = "plan"
    first_fields = (
        Field("reason", "Reason", Kind.TEXT, "why the client comes"),
        Field("visits_planned", "Visits", hint="how many are planned"),
        Field("frequency", "How often", hint="weekly, 2x a week …", suggestions=("weekly", "every 2 weeks", "monthly")),
        Field("minutes", "Minutes", hint="the usual length of a session"),
        Field("review_every", "Review every", hint="so many visits, e.g. 4"),
        Field("review_on", "Review on", Kind.DATE, "or by this day: +4w, 14 jan"),
        Field("agreed_on", "Agreed", Kind.PAST_DATE, "when the client agreed to it: today"),
    )
    more_fields = (
        Field("findings", "Findings", Kind.TEXT, "what was found that the plan rests on", more=True),
        Field("part_of", "Part of", Kind.CHOICE, choices=choices_of(PartOf), more=True),
        Field("led_by", "Led by", hint="who leads the larger plan: Dr Lin", more=True),
        Field("techniques", "Techniques", hint="planned, parted by commas", more=True),
        Field("techniques_avoided", "No techniques", hint="not to be used, parted by commas", more=True),
        Field("regions", "Regions", hint="planned, parted by commas", more=True),
        Field("regions_avoided", "No regions", hint="to be left out, parted by commas", more=True),
        Field("home_care", "Home care", Kind.TEXT, "what the client does at home", more=True),
        Field("stop_criteria", "Stop when", hint="e.g. no change by visit 6, numbness", more=True),
    )

    def __init__(
        self, client_id: UUID, today: date, plan: TreatmentPlan | None, referrals: Sequence[Referral] = ()
    ) -> None:
        self._client_id, self._today, self._plan = client_id, today, plan
        self._referrals = {str(one.id): one for one in referrals}
        self.about = str(plan.id if plan else client_id)
        self.title = "Change the plan" if plan else "Start a treatment plan"
        chosen = (Field("referral_id", "Referral", Kind.CHOICE, choices=self._choices()),) if referrals else ()
        self.fields = (*self.first_fields[:1], *chosen, *self.first_fields[1:], *self.more_fields)

    def _choices(self) -> tuple[tuple[str, str], ...]:
        return (("", "none"), *((key, _shown(one, self._today)) for key, one in self._referrals.items()))

    def start(self) -> dict[str, str]:
        """The plan as it is; a new one takes what the referral says."""
        plan = self._plan
        if not plan:
            return self._as_referred()
        return {
            "reason": plan.reason,
            **({"referral_id": str(plan.referral_id)} if str(plan.referral_id) in self._referrals else {}),
            "visits_planned": str(plan.visits_planned or ""),
            "frequency": plan.frequency,
            "minutes": str(plan.minutes or ""),
            "review_every": str(plan.review_every or ""),
            "review_on": iso(plan.review_on),
            "agreed_on": iso(plan.agreed_on),
            "findings": plan.findings,
            "part_of": plan.part_of.value,
            "led_by": plan.led_by,
            "techniques": ", ".join(plan.techniques),
            "techniques_avoided": ", ".join(plan.techniques_avoided),
            "regions": ", ".join(plan.regions),
            "regions_avoided": ", ".join(plan.regions_avoided),
            "home_care": plan.home_care,
            "stop_criteria": plan.stop_criteria,
        }

    def _as_referred(self) -> dict[str, str]:
        live = next(((key, one) for key, one in self._referrals.items() if one.live_on(self._today)), None)
        if not live:
            return {}
        key, referral = live
        return {
            "reason": referral.diagnosis,
            "referral_id": key,
            "visits_planned": str(referral.visits_left or ""),
            "frequency": referral.frequency,
            "regions": ", ".join(referral.regions),
        }

    def read(self, values: Values) -> tuple[PlanDraft | None, dict[str, str]]:
        """The plan's draft."""
        reader = Reader(values, self._today)
        draft = PlanDraft(
            reason=reader.text("reason"),
            led_by=reader.text("led_by"),
            visits_planned=reader.count("visits_planned"),
            review_on=reader.day("review_on"),
            findings=reader.text("findings"),
            part_of=reader.choice("part_of", PartOf.ALONE),
            referral_id=self._referral(reader),
            frequency=reader.text("frequency"),
            minutes=reader.count("minutes"),
            techniques=reader.words("techniques"),
            techniques_avoided=reader.words("techniques_avoided"),
            regions=reader.words("regions"),
            regions_avoided=reader.words("regions_avoided"),
            review_every=reader.count("review_every"),
            home_care=reader.text("home_care"),
            stop_criteria=reader.text("stop_criteria"),
            agreed_on=reader.past_day("agreed_on"),
        ).cleaned()
        return reader.done(draft, draft.problems(self._today, self._plan.review_on if self._plan else None))

    def _referral(self, reader: Reader) -> UUID | None:
        kept = self._plan.referral_id if self._plan else None
        if not self._referrals:
            return kept
        key = reader.text("referral_id")
        if key and key not in self._referrals:
            reader.problems["referral_id"] = "Please choose one of the list."
        return self._referrals[key].id if key in self._referrals else None

    def echo(self, draft: PlanDraft) -> str:
        """What the vocabulary does not know: it is kept, and nothing can be checked against it."""
        unknown = (
            *unknown_techniques((*draft.techniques, *draft.techniques_avoided)),
            *unknown_regions((*draft.regions, *draft.regions_avoided)),
        )
        return f"Kept as typed, but the checker does not know: {', '.join(unknown)}." if unknown else ""

    def save(self, practice: Practice, draft: PlanDraft) -> object:
        """Start the plan, or change it."""
        if self._plan:
            return practice.plans.change(self._plan.id, draft)
        return practice.plans.start(self._client_id, draft)


def _shown(referral: Referral, today: date) -> str:
    """A referral in a line: "Dr Lin, 9 Nov, 4 of 6 visits left"."""
    written = show_short(referral.written_on, today) if referral.written_on else ""
    visits = referral.visits_left
    left = f"{visits} of {referral.visits_authorised} visits left" if visits is not None else ""
    return ", ".join(part for part in (referral.referrer, written, left) if part)
