"""Referrals and consents: what came with the client on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from therapist_tui.domain.consent import (
    Consent,
    ConsentDraft,
    ConsentKind,
    ConsentMethod,
    WithdrawalDraft,
    read_points,
)
from therapist_tui.domain.consent_terms import terms
from therapist_tui.domain.referral import Claim, Referral, ReferralDraft
from therapist_tui.domain.vocabulary import unknown_regions
from therapist_tui.domain.when import show_day

from .form import Field, Form, Kind, Reader, Values, choices_of, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


class ReferralForm(Form[ReferralDraft]):
    """Who sent the client, for what, and for how many visits; the rest in the second part."""

    id = "referral"
    fields = (
        Field("referrer", "From", hint="e.g. Dr Lin, family physician"),
        Field("diagnosis", "Diagnosis", hint="as it is written on the referral"),
        Field("written_on", "Written", Kind.PAST_DATE),
        Field("visits_authorised", "Visits", hint="how many it covers"),
        Field("expires_on", "Runs out", Kind.DATE),
        Field("report_by", "Report by", Kind.DATE, "when the referrer wants a report"),
        Field("regions", "Body parts", hint="that it covers, parted by commas", more=True),
        Field("frequency", "How often", hint="as written: 2x a week for 3 weeks", more=True),
        Field("precautions", "Precautions", hint="what it warns of", more=True),
        Field("code", "Code", hint="of the diagnosis, as it is written", more=True),
        Field("received_on", "Received", Kind.PAST_DATE, more=True),
        Field("profession", "Profession", hint="of who wrote it", more=True),
        Field("licence", "Licence", hint="licence or NPI number of who wrote it", more=True),
        Field("phone", "Phone", more=True),
        Field("claim", "Claim", Kind.CHOICE, choices=choices_of(Claim), more=True),
        Field("claim_number", "Claim no", more=True),
        Field("adjuster", "Adjuster", more=True),
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
        texts = ("referrer", "diagnosis", "frequency", "precautions", "code", "profession", "licence", "phone")
        return {
            **{name: getattr(referral, name) for name in (*texts, "claim_number", "adjuster")},
            **{name: iso(getattr(referral, name)) for name in ("written_on", "expires_on", "report_by", "received_on")},
            "visits_authorised": str(referral.visits_authorised or ""),
            "regions": ", ".join(referral.regions),
            "claim": referral.claim.value,
        }

    def read(self, values: Values) -> tuple[ReferralDraft | None, dict[str, str]]:
        """The referral's draft."""
        reader = Reader(values, self._today)
        draft = ReferralDraft(
            referrer=reader.text("referrer"),
            diagnosis=reader.text("diagnosis"),
            written_on=reader.past_day("written_on"),
            visits_authorised=reader.count("visits_authorised"),
            expires_on=reader.day("expires_on"),
            profession=reader.text("profession"),
            licence=reader.text("licence"),
            phone=reader.text("phone"),
            received_on=reader.past_day("received_on"),
            code=reader.text("code"),
            regions=reader.words("regions"),
            frequency=reader.text("frequency"),
            precautions=reader.text("precautions"),
            report_by=reader.day("report_by"),
            claim=reader.choice("claim", Claim.NONE),
            claim_number=reader.text("claim_number"),
            adjuster=reader.text("adjuster"),
        ).cleaned()
        return reader.done(draft, draft.problems())

    def save(self, practice: Practice, draft: ReferralDraft) -> object:
        """Add the referral, or change it."""
        if self._referral:
            return practice.referrals.change(self._referral.id, draft)
        return practice.referrals.add(self._client_id, draft)


BY_NUMBER = "1 nature, 2 benefits, 3 risks, 4 side effects, 5 alternatives, 6 without it"
"""The points of `domain.consent.POINTS` in short."""


class ConsentForm(Form[ConsentDraft]):
    """What was agreed to, how, and until when."""

    id = "consent"
    title = "Add a consent"

    def __init__(
        self, client_id: UUID, today: date, kind: ConsentKind = ConsentKind.TREATMENT, regions: str = ""
    ) -> None:
        """`kind` and `regions` are what is wanted just now."""
        self._client_id, self._today, self._kind, self._regions = client_id, today, kind, regions
        self.about = str(client_id)
        offered = tuple((key, f"{one.said}: {one.source}") for key, one in terms().items())
        self.fields = (
            Field("kind", "For", Kind.CHOICE, choices=choices_of(ConsentKind)),
            Field("method", "How", Kind.CHOICE, choices=choices_of(ConsentMethod)),
            Field("given_on", "Given", Kind.PAST_DATE),
            Field("given_by", "By", hint="empty when the client gave it"),
            Field("regions", "Area", hint="a sensitive area, e.g. inner thigh"),
            Field("term", "Counts", Kind.CHOICE, choices=(("", "until withdrawn, or as typed below"), *offered)),
            Field("expires_on", "Runs out", Kind.DATE, "+1y"),
            Field("conditions", "Limits", hint="that the client set"),
            Field("discussed", "Discussed", hint="all, or by number: 1-4, 6"),
        )

    def start(self) -> dict[str, str]:
        """Given today."""
        return {"given_on": self._today.isoformat(), "kind": self._kind.value, "regions": self._regions}

    def read(self, values: Values) -> tuple[ConsentDraft | None, dict[str, str]]:
        """The consent's draft; a date that was typed goes before the term."""
        reader = Reader(values, self._today)
        given_on = reader.past_day("given_on")
        if given_on is None:
            reader.problems.setdefault("given_on", "Please say when it was given.")
        term = terms().get(reader.text("term"))
        if reader.text("term") and not term:
            reader.problems["term"] = "Please choose one of the list."
        ends_on = term.ends_on(given_on) if term and given_on else None
        draft = ConsentDraft(
            reader.choice("kind", ConsentKind.TREATMENT),
            reader.choice("method", ConsentMethod.WRITTEN),
            given_on or self._today,
            reader.text("given_by"),
            reader.text("regions"),
            reader.day("expires_on") or ends_on,
            reader.text("conditions"),
            reader.read("discussed", read_points) or (),
        ).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def echo(self, draft: ConsentDraft) -> str:
        """Until when it counts, and an area that the checker cannot place."""
        until = f"Counts until {show_day(draft.expires_on)}." if draft.expires_on else "Counts until it is withdrawn."
        unknown = unknown_regions([draft.regions]) if draft.regions else ()
        told = f" The checker does not know the area “{draft.regions}”: it will go on asking." if unknown else ""
        said = ", ".join(draft.discussed) if draft.discussed else BY_NUMBER
        return f"{until}{told} Discussed: {said}."

    def save(self, practice: Practice, draft: ConsentDraft) -> object:
        """Add the consent."""
        return practice.consents.give(self._client_id, draft)


class WithdrawalForm(Form[WithdrawalDraft]):
    """A consent is taken back: from when, and how the client said so."""

    id = "withdrawal"
    fields = (
        Field("withdrawn_on", "From", Kind.PAST_DATE),
        Field("withdrawn_how", "How", hint="e.g. told me before the session", suggestions=("told me", "in writing")),
    )

    def __init__(self, consent: Consent, today: date) -> None:
        self._consent, self._today = consent, today
        self.about = str(consent.id)
        self.title = f"Take back the consent: {consent.kind.value}"

    def start(self) -> dict[str, str]:
        """From today."""
        return {"withdrawn_on": self._today.isoformat()}

    def read(self, values: Values) -> tuple[WithdrawalDraft | None, dict[str, str]]:
        """The withdrawal."""
        reader = Reader(values, self._today)
        on = reader.past_day("withdrawn_on")
        if on is None:
            reader.problems.setdefault("withdrawn_on", "Please say from when.")
        draft = WithdrawalDraft(on or self._today, reader.text("withdrawn_how")).cleaned()
        return reader.done(draft, draft.problems(self._consent.given_on, self._today))

    def save(self, practice: Practice, draft: WithdrawalDraft) -> object:
        """Withdraw it."""
        return practice.consents.withdraw(self._consent.id, draft.withdrawn_on, draft.withdrawn_how)
