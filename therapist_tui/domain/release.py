"""What left the practice: one line for every export, with what, to whom and why (clinical.md 7.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dateutil.relativedelta import relativedelta

from .consent import Consent, ConsentKind, ConsentMethod
from .text import clean_line, folded

CONSENT_MONTHS = 6
"""A consent to release information counts for so long (clinical.md 7.2: CMTO's policy, signed, naming who gets it)."""
REASON_LIMIT = 500
"""Characters of the reason for a release."""
TO_CLIENT = "the client"
"""Who gets it where that is the client: what is on file is hers to see, so no consent is asked for."""
_TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "mx", "prof", "the", "and", "of", "pt", "md", "family"})


@dataclass(frozen=True, slots=True)
class Release:
    """One export. `digest` is the SHA-256 of the file, so that a copy can be told later; kept as it was written."""

    id: UUID
    client_id: UUID | None
    what: str
    to_whom: str
    why: str
    released_at: datetime
    released_by: str
    digest: str = ""
    consent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """What is said before something leaves; `client_id` is None for what concerns the whole practice."""

    what: str
    to_whom: str
    why: str
    client_id: UUID | None = None
    consent_id: UUID | None = None

    def cleaned(self) -> "ReleaseDraft":
        """The same with clean text."""
        return ReleaseDraft(
            clean_line(self.what),
            clean_line(self.to_whom),
            clean_line(self.why, REASON_LIMIT),
            self.client_id,
            self.consent_id,
        )

    def problems(self) -> dict[str, str]:
        """What must be mended before anything leaves, by field."""
        found: dict[str, str] = {}
        if not self.what:
            found["what"] = "Please say what leaves the practice."
        if not self.to_whom:
            found["to_whom"] = "Please say who gets it."
        if not self.why:
            found["why"] = "Please say why it is given out: the reason is kept."
        return found


def consent_to_release(consents: Iterable[Consent], to_whom: str, on: date) -> Consent | None:
    """The consent that lets `to_whom` have it on that day: signed, naming them, at most six months old.

    clinical.md 7.2 (CMTO release policy). A consent names somebody in its limits or its area, by any of their names.
    """
    oldest = on - relativedelta(months=CONSENT_MONTHS)
    return next(
        (
            one
            for one in consents
            if one.kind is ConsentKind.RELEASE
            and one.method is not ConsentMethod.VERBAL
            and one.live_on(on)
            and one.given_on >= oldest
            and _names(one, to_whom)
        ),
        None,
    )


def _names(consent: Consent, to_whom: str) -> bool:
    wanted, said = _words(to_whom), _words(f"{consent.conditions} {consent.regions}")
    return bool(wanted & said)


def _words(text: str) -> set[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in folded(text))
    return {word for word in letters.split() if word not in _TITLES and len(word) > 1}


def missing_consent(to_whom: str) -> str:
    """What is asked where no consent lets `to_whom` have it."""
    return (
        f"No signed consent on file, not older than {CONSENT_MONTHS} months, lets {to_whom} have it. "
        "Say why it is given out all the same."
    )
