"""The therapist's name, licence and certifications."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.therapist import CERTIFICATIONS, Therapist, TherapistDraft
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


class ProfileForm(Form[TherapistDraft]):
    """Change name, licence, certifications or time zone."""

    id = "profile"
    title = "Your licence and certifications"
    fields = THERAPIST_FIELDS

    def __init__(self, therapist: Therapist, today: date) -> None:
        self._therapist, self._today = therapist, today

    def start(self) -> dict[str, str]:
        """The profile as it is."""
        therapist = self._therapist
        held = (" ".join(filter(None, (one.kind, iso(one.expires_on)))) for one in therapist.certifications)
        return {
            "name": therapist.name,
            "credential": therapist.credential,
            "licence_number": therapist.licence_number,
            "licence_expires_on": iso(therapist.licence_expires_on),
            "certifications": ", ".join(held),
            "zone": therapist.zone.key,
        }

    def read(self, values: Values) -> tuple[TherapistDraft | None, dict[str, str]]:
        """The profile's draft."""
        reader = Reader(values, self._today)
        draft = read_therapist(reader, self._today)
        return reader.done(draft, draft.problems())

    def save(self, practice: Practice, draft: TherapistDraft) -> object:
        """Change the profile."""
        return practice.therapist.save(draft)
