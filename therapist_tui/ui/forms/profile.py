"""The therapist's name, licence, certifications, insurance, and continuing education."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.therapist import (
    CERTIFICATIONS,
    CourseDraft,
    EducationDuty,
    Insurance,
    Therapist,
    TherapistDraft,
)
from therapist_tui.domain.when import read_date

from .form import Field, Form, Kind, Reader, Values, iso

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice


THERAPIST_FIELDS = (
    Field("name", "Name", hint="as it stands under your notes"),
    Field("credential", "Credential", hint="LMT, RMT …", suggestions=("LMT", "RMT")),
    Field("licence_number", "Licence", hint="its number, or “none”"),
    Field("licence_expires_on", "Licence until", Kind.DATE),
    Field("certifications", "Certified in", hint="e.g. prenatal 2028-05-31, oncology"),
    Field("zone", "Time zone", hint="e.g. America/Toronto"),
)


def read_therapist(reader: Reader, today: date) -> TherapistDraft:
    """The draft of the therapist's fields; a certification that is not understood becomes a problem."""
    certifications: list[tuple[str, date | None]] = []
    for part in reader.words("certifications"):
        kind, _, until = part.partition(" ")
        if kind.casefold() not in CERTIFICATIONS:
            known = ", ".join(CERTIFICATIONS)
            reader.problems["certifications"] = f"I know these: {known}. A date after one says until when."
            continue
        try:
            certifications.append((kind.casefold(), read_date(until, today) if until.strip() else None))
        except PracticeError as error:
            reader.problems["certifications"] = str(error)
    return TherapistDraft(
        reader.text("name"),
        reader.text("credential"),
        reader.text("licence_number"),
        reader.day("licence_expires_on"),
        reader.text("zone"),
        tuple(certifications),
    ).cleaned()


PAPER_FIELDS = (
    Field("insurer", "Insured with", hint="liability insurance"),
    Field("policy_number", "Policy"),
    Field("insurance_expires_on", "Insured until", Kind.DATE),
    Field("education_hours", "Education", hint="hours of courses wanted, e.g. 24"),
    Field("education_since", "Counted from", Kind.PAST_DATE, "courses finished since then count"),
    Field("education_due_on", "Due", Kind.DATE, "by when the hours are wanted"),
)


class ProfileForm(Form[TherapistDraft]):
    """Change name, licence, certifications, insurance, education wanted or time zone."""

    id = "profile"
    title = "Your licence and certifications"
    fields = (*THERAPIST_FIELDS, *PAPER_FIELDS)

    def __init__(self, therapist: Therapist, today: date) -> None:
        self._therapist, self._today = therapist, today

    def start(self) -> dict[str, str]:
        """The profile as it is."""
        therapist = self._therapist
        held = (" ".join(filter(None, (one.kind, iso(one.expires_on)))) for one in therapist.certifications)
        duty = therapist.education_duty
        return {
            "name": therapist.name,
            "credential": therapist.credential,
            "licence_number": therapist.licence_number,
            "licence_expires_on": iso(therapist.licence_expires_on),
            "certifications": ", ".join(held),
            "zone": therapist.zone.key,
            "insurer": therapist.insurance.insurer,
            "policy_number": therapist.insurance.policy_number,
            "insurance_expires_on": iso(therapist.insurance.expires_on),
            "education_hours": show_value(duty.hours) if duty.hours is not None else "",
            "education_since": iso(duty.since),
            "education_due_on": iso(duty.due_on),
        }

    def read(self, values: Values) -> tuple[TherapistDraft | None, dict[str, str]]:
        """The profile's draft."""
        reader = Reader(values, self._today)
        duty = EducationDuty(
            reader.value("education_hours"), reader.past_day("education_since"), reader.day("education_due_on")
        )
        insurance = Insurance(reader.text("insurer"), reader.text("policy_number"), reader.day("insurance_expires_on"))
        draft = replace(read_therapist(reader, self._today), insurance=insurance, education_duty=duty).cleaned()
        return reader.done(draft, draft.problems())

    def echo(self, draft: TherapistDraft) -> str:
        """How far the education has come."""
        if draft.education_duty.hours is None:
            return ""
        done = replace(self._therapist, education_duty=draft.education_duty).hours_done
        return f"{show_value(done)} of {show_value(draft.education_duty.hours)} hours done."

    def save(self, practice: Practice, draft: TherapistDraft) -> object:
        """Change the profile."""
        return practice.therapist.save(draft)


class CourseForm(Form[CourseDraft]):
    """A course of continuing education that was finished."""

    id = "course"
    title = "Add a course"
    fields = (
        Field("title", "Course", hint="as its certificate names it"),
        Field("hours", "Hours", hint="as the certificate says: 6 or 7.5"),
        Field("completed_on", "Finished", Kind.PAST_DATE),
        Field("provider", "Given by"),
    )

    def __init__(self, therapist: Therapist, today: date) -> None:
        self._therapist, self._today = therapist, today

    def start(self) -> dict[str, str]:
        """Finished today."""
        return {"completed_on": self._today.isoformat()}

    def read(self, values: Values) -> tuple[CourseDraft | None, dict[str, str]]:
        """The course."""
        reader = Reader(values, self._today)
        on = reader.past_day("completed_on")
        if on is None:
            reader.problems.setdefault("completed_on", "Please say when it was finished.")
        hours = reader.value("hours")
        draft = CourseDraft(reader.text("title"), hours, on or self._today, reader.text("provider")).cleaned()
        return reader.done(draft, draft.problems(self._today))

    def echo(self, draft: CourseDraft) -> str:
        """How far the education comes with it."""
        del draft
        duty, done = self._therapist.education_duty, self._therapist.hours_done
        return f"{show_value(done)} of {show_value(duty.hours)} hours done before it." if duty.hours else ""

    def save(self, practice: Practice, draft: CourseDraft) -> object:
        """Add the course."""
        return practice.therapist.add_course(draft)
