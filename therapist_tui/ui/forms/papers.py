"""Referrals and consents: what came with the client on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.referral import Referral, ReferralDraft

from .form import Field, Form, Kind, Reader, Values, choices_of, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class ReferralForm(Form[ReferralDraft]):
    """Who sent the client, for what, and for how many visits."""

    id = "referral"
    fields = (
        Field("referrer", "From", hint="e.g. Dr Lin, family physician"),
        Field("diagnosis", "Diagnosis", hint="as it is written on the referral"),
        Field("written_on", "Written", Kind.PAST_DATE),
        Field("visits_authorised", "Visits", hint="how many it covers"),
        Field("expires_on", "Runs out", Kind.DATE),
    )

    def __init__(self, client_id: UUID, today: date, referral: Referral | None = None) -> None:
        self._client_id, self._today, self._referral = client_id, today, referral
        self.about = str(referral.id if referral else client_id)
        self.title = "Change the referral" if referral else "Add a referral"

    def start(self) -> dict[str, str]:
        """The referral as it is."""
        referral = self._referral
        if not referral:
            return {"written_on": self._today.isoformat()}
        return {
            "referrer": referral.referrer,
            "diagnosis": referral.diagnosis,
            "written_on": iso(referral.written_on),
            "visits_authorised": str(referral.visits_authorised or ""),
            "expires_on": iso(referral.expires_on),
        }

    def read(self, values: Values) -> tuple[ReferralDraft | None, dict[str, str]]:
        """The referral's draft."""
        reader = Reader(values, self._today)
        draft = ReferralDraft(
            reader.text("referrer"),
            reader.text("diagnosis"),
            reader.past_day("written_on"),
            reader.count("visits_authorised"),
            reader.day("expires_on"),
        ).cleaned()
        return reader.done(draft, draft.problems())

    def save(self, practice: Practice, draft: ReferralDraft) -> object:
        """Add the referral, or change it."""
        if self._referral:
            return practice.referrals.change(self._referral.id, draft)
        return practice.referrals.add(self._client_id, draft)


class ConsentForm(Form[ConsentDraft]):
    """What was agreed to, how, and until when."""

    id = "consent"
    title = "Add a consent"
    fields = (
        Field("kind", "For", Kind.CHOICE, choices=choices_of(ConsentKind)),
        Field("method", "How", Kind.CHOICE, choices=choices_of(ConsentMethod)),
        Field("given_on", "Given", Kind.PAST_DATE),
        Field("given_by", "By", hint="empty when the client gave it"),
        Field("regions", "Area", hint="for a sensitive area"),
        Field("expires_on", "Runs out", Kind.DATE, "+1y"),
    )

    def __init__(self, client_id: UUID, today: date) -> None:
        self._client_id, self._today = client_id, today
        self.about = str(client_id)

    def start(self) -> dict[str, str]:
        """Given today."""
        return {"given_on": self._today.isoformat()}

    def read(self, values: Values) -> tuple[ConsentDraft | None, dict[str, str]]:
        """The consent's draft."""
        reader = Reader(values, self._today)
        given_on = reader.past_day("given_on")
        if given_on is None:
            reader.problems.setdefault("given_on", "Please say when it was given.")
        draft = ConsentDraft(
            reader.choice("kind", ConsentKind.TREATMENT),
            reader.choice("method", ConsentMethod.WRITTEN),
            given_on or self._today,
            reader.text("given_by"),
            reader.text("regions"),
            reader.day("expires_on"),
        ).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def save(self, practice: Practice, draft: ConsentDraft) -> object:
        """Add the consent."""
        return practice.consents.give(self._client_id, draft)
