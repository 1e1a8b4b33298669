"""From the shared request format (a JSON object) to a Request; every fault is told in one sentence."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar, cast

from therapist_tui.domain.screening.errors import BadRequest
from therapist_tui.domain.screening.values import (
    Appointment,
    Client,
    ConditionEntry,
    MedicationEntry,
    Pregnancy,
    Request,
    Side,
    SurgeryEntry,
)

T = TypeVar("T")
Raw = Mapping[str, object]
_MOST = 200_000


def request_from(raw: object) -> Request:
    """The request held by a JSON object. Raises BadRequest with every fault; unknown keys are passed over."""
    reader = _Reader()
    request = reader.request(raw)
    if reader.problems or request is None:
        raise BadRequest(reader.problems)
    return request


class _Reader:
    """Collects the faults while it reads."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def request(self, raw: object) -> Request | None:
        if not isinstance(raw, dict):
            self.problems.append("The request is not a JSON object.")
            return None
        whole = cast("Raw", raw)
        day = self.day(whole, "date", "date", required=True)
        therapist = self.part(whole, "therapist")
        client = self.client(self.part(whole, "client", required=True))
        appointment = self.appointment(self.part(whole, "appointment", required=True))
        certifications = self.texts(therapist, "certifications", "therapist.certifications")
        return Request(day, client, appointment, certifications) if day else None

    def client(self, raw: Raw) -> Client:
        return Client(
            age=self.whole(raw, "age", "client.age", 0, 130),
            sex=self.text(raw, "sex", "client.sex"),
            conditions=self.rows(raw, "conditions", self.condition),
            medications=self.rows(raw, "medications", self.medication),
            surgeries=self.rows(raw, "surgeries", self.surgery),
            pregnancy=self.pregnancy(raw),
            allergies=self.texts(raw, "allergies", "client.allergies"),
            symptoms_today=self.texts(raw, "symptoms_today", "client.symptoms_today"),
            intake_notes=self.text(raw, "intake_notes", "client.intake_notes") or "",
            guardian_consent=self.truth(raw, "guardian_consent", "client.guardian_consent"),
            physician_clearance_on_file=self.truth(
                raw, "physician_clearance_on_file", "client.physician_clearance_on_file"
            ),
        )

    def condition(self, raw: Raw, name: str) -> ConditionEntry:
        return ConditionEntry(
            text=self.needed(raw, name),
            since=self.day(raw, "since", f"{name}.since"),
            resolved=self.day(raw, "resolved", f"{name}.resolved"),
            controlled=self.truth(raw, "controlled", f"{name}.controlled"),
            side=self.side(raw, name),
            region=self.text(raw, "region", f"{name}.region"),
            active=self.truth(raw, "active", f"{name}.active"),
        )

    def medication(self, raw: Raw, name: str) -> MedicationEntry:
        return MedicationEntry(
            text=self.needed(raw, name),
            since=self.day(raw, "since", f"{name}.since"),
            route=self.text(raw, "route", f"{name}.route"),
            site=self.text(raw, "site", f"{name}.site"),
        )

    def surgery(self, raw: Raw, name: str) -> SurgeryEntry:
        return SurgeryEntry(
            text=self.needed(raw, name),
            on=self.day(raw, "on", f"{name}.on"),
            side=self.side(raw, name),
            region=self.text(raw, "region", f"{name}.region"),
        )

    def pregnancy(self, raw: Raw) -> Pregnancy | None:
        value = raw.get("pregnancy")
        if value is None or value is False:
            return None
        if not isinstance(value, dict):
            self.problems.append("client.pregnancy is neither an object nor null.")
            return None
        inner = cast("Raw", value)
        return Pregnancy(
            weeks=self.whole(inner, "weeks", "client.pregnancy.weeks", 0, 45),
            high_risk=self.truth(inner, "high_risk", "client.pregnancy.high_risk"),
            provider_ok=self.truth(inner, "provider_ok", "client.pregnancy.provider_ok"),
        )

    def appointment(self, raw: Raw) -> Appointment:
        return Appointment(
            techniques=self.texts(raw, "techniques", "appointment.techniques"),
            regions=self.texts(raw, "regions", "appointment.regions"),
            pressure=self.text(raw, "pressure", "appointment.pressure"),
            products=self.texts(raw, "products", "appointment.products"),
            minutes=self.whole(raw, "minutes", "appointment.minutes", 0, 1440),
        )

    def part(self, raw: Raw, key: str, required: bool = False) -> Raw:
        value = raw.get(key)
        if isinstance(value, dict):
            return cast("Raw", value)
        if value is not None or required:
            self.problems.append(f"{key} is missing or not an object.")
        return {}

    def rows(self, raw: Raw, key: str, read: Callable[[Raw, str], T]) -> tuple[T, ...]:
        rows: list[T] = []
        for n, one in enumerate(self.items(raw, key, f"client.{key}")):
            name = f"client.{key}[{n}]"
            if isinstance(one, str):
                rows.append(read({"text": one}, name))
            elif isinstance(one, dict):
                rows.append(read(cast("Raw", one), name))
            else:
                self.problems.append(f"{name} is neither an object nor a text.")
        return tuple(rows)

    def items(self, raw: Raw, key: str, name: str) -> list[object]:
        value = raw.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problems.append(f"{name} is not a list.")
            return []
        return cast("list[object]", value)

    def texts(self, raw: Raw, key: str, name: str) -> tuple[str, ...]:
        texts: list[str] = []
        for n, one in enumerate(self.items(raw, key, name)):
            if isinstance(one, str):
                texts.append(one)
            else:
                self.problems.append(f"{name}[{n}] is not a text.")
        return tuple(texts)

    def needed(self, raw: Raw, name: str) -> str:
        text = self.text(raw, "text", f"{name}.text")
        if text is None and raw.get("text") is None:
            self.problems.append(f"{name}.text is missing.")
        return text or ""

    def text(self, raw: Raw, key: str, name: str) -> str | None:
        value = raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > _MOST:
            self.problems.append(f"{name} is not a text of at most {_MOST} characters.")
            return None
        return value

    def truth(self, raw: Raw, key: str, name: str) -> bool | None:
        value = raw.get(key)
        if value is not None and not isinstance(value, bool):
            self.problems.append(f"{name} is neither true, false nor null.")
            return None
        return value

    def whole(self, raw: Raw, key: str, name: str, least: int, most: int) -> int | None:
        value = raw.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.problems.append(f"{name} is not a number from {least} to {most}.")
            return None
        return int(value)

    def day(self, raw: Raw, key: str, name: str, required: bool = False) -> date | None:
        value = raw.get(key)
        if value is None and not required:
            return None
        try:
            return date.fromisoformat(cast("str", value))
        except (TypeError, ValueError):
            self.problems.append(f"{name} is not a day written as YYYY-MM-DD.")
            return None

    def side(self, raw: Raw, name: str) -> Side | None:
        value = raw.get("side")
        if value is None:
            return None
        word = value.strip().lower() if isinstance(value, str) else ""
        known = {
            "left": Side.LEFT,
            "l": Side.LEFT,
            "right": Side.RIGHT,
            "r": Side.RIGHT,
            "both": Side.BOTH,
            "bilateral": Side.BOTH,
        }
        if word not in known:
            self.problems.append(f"{name}.side is none of left, right, both.")
            return None
        return known[word]
