"""The cards of the demo's clients: who they are, their history, consents and referrals."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent, ConsentKind, ConsentMethod
from therapist_tui.domain.health import HealthEntry, HealthKind, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.text import folded
from therapist_tui.domain.therapist import Certification, Therapist

from .ids import Ids
from .texts import Person

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR = timedelta(days=365)


def therapist(ids: Ids, today: date, zone: ZoneInfo) -> Therapist:
    """Who runs the practice. The prenatal certification has just run out."""
    held = (("oncology", 410), ("lymphatic", 210), ("prenatal", -12))
    start = _noon(today - 3 * YEAR)
    certifications = tuple(Certification(ids.at(start), kind, today + timedelta(days=left)) for kind, left in held)
    return Therapist(ids.at(start), "Dana Reyes", "LMT", "DEMO-0000", today + timedelta(days=49), zone, certifications)


def client(person: Person, number: int, ids: Ids, today: date, rng: Random) -> Client:
    """The client's card. Phone numbers and addresses are from the ranges reserved for fiction."""
    born = today - timedelta(days=int(person.age * 365.2425) + rng.randint(10, 350))
    mail = "".join(letter for letter in folded(person.name).replace(" ", ".") if letter.isascii())
    return Client(
        ids.at(_noon(today - timedelta(days=900 - number))),
        person.name,
        person.preferred,
        person.pronouns,
        born,
        f"+1 416 555 {100 + number:04d}",
        f"{mail.strip('.') or f'client{number}'}@example.org",
        person.guardian,
        person.pressure,
        person.remarks,
    )


def health(
    person: Person, client_id: UUID, ids: Ids, today: date, met: datetime, asked: datetime
) -> Iterator[HealthEntry]:
    """The client's history. What began after they were first met was noted when they were last asked."""
    friday = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    for entry in person.health:
        began = friday if entry["began"] == "friday" else today + timedelta(days=entry["began"])
        noted = met if began < met.date() else min(asked, _noon(began) + timedelta(days=3))
        yield HealthEntry(
            ids.at(noted),
            client_id,
            HealthKind(entry["kind"]),
            entry["text"].replace("{friday}", DAYS[began.weekday()]),
            Level(entry["level"]) if "level" in entry else None,
            entry.get("region", ""),
            Side(entry.get("side", "")),
            entry.get("advice", ""),
            began,
            today + timedelta(days=entry["resolved"]) if "resolved" in entry else None,
            noted,
        )


def referral(person: Person, client_id: UUID, ids: Ids, today: date) -> Referral | None:
    """The order that the client came with."""
    if not person.referral:
        return None
    order: Any = person.referral
    written = today + timedelta(days=order["written"])
    expires = today + timedelta(days=order["expires"])
    return Referral(
        ids.at(_noon(written)),
        client_id,
        order["by"],
        order["diagnosis"],
        written,
        order["visits"],
        order["used"],
        expires,
    )


def consents(person: Person, client_id: UUID, ids: Ids, today: date, met: date, rng: Random) -> Iterator[Consent]:
    """What the client, or for a child the guardian, agreed to; renewed every year."""
    if person.no_consent:
        return
    by = person.guardian or person.name
    renewed = today - timedelta(days=380) if person.lapsed else max(met, today - timedelta(days=rng.randint(20, 300)))

    def given(kind: ConsentKind, method: ConsentMethod, on: date, regions: str = "", giver: str = by) -> Consent:
        return Consent(ids.at(_noon(on)), client_id, kind, method, on, giver, regions, on + YEAR)

    if renewed - met > YEAR / 3:
        yield given(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, max(met, renewed - YEAR))
    method = rng.choice((ConsentMethod.WRITTEN, ConsentMethod.WRITTEN, ConsentMethod.ELECTRONIC))
    yield given(ConsentKind.TREATMENT, method, renewed)
    if person.guardian:
        yield given(ConsentKind.MINOR, ConsentMethod.WRITTEN, renewed)
    if person.complaint in ("hip", "low_back", "oncology"):
        regions = "chest wall beside the scar" if person.complaint == "oncology" else "gluteals"
        yield given(ConsentKind.SENSITIVE_AREA, ConsentMethod.WRITTEN, renewed, regions)
    if person.clearance:
        yield given(ConsentKind.PHYSICIAN_CLEARANCE, ConsentMethod.WRITTEN, renewed, "", person.clearance)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)
