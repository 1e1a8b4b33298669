"""From a stored history to the cautions of one appointment: the checker's, the therapist's own, and the unknown.

Three kinds of not knowing are told apart: never asked, asked too long ago, and text that the checker could not read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from therapist_tui.domain import appointment as booking
from therapist_tui.domain.client import Client as ClientCard
from therapist_tui.domain.consent import Consent, ConsentKind
from therapist_tui.domain.health import Answer, HealthEntry, HealthKind, HistoryCheck
from therapist_tui.domain.health import Side as EntrySide
from therapist_tui.domain.level import Level
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.sensitive import consent_cautions, default_sensitive
from therapist_tui.domain.therapist import Therapist

from .entries import Knowledge
from .judging import judge
from .loader import load_knowledge
from .values import (
    Appointment,
    Caution,
    Client,
    ConditionEntry,
    Judgement,
    Matched,
    MedicationEntry,
    Pregnancy,
    Request,
    Side,
    SurgeryEntry,
)

VALID_DAYS = 365
"""Days after which a history is out of date; a setting. Some places want an update each session (clinical.md 2.1)."""
TODAYS_DAYS = 14
"""Days for which a new event counts as a symptom of today. A working convention, not from a source."""

_SIDES = {EntrySide.LEFT: Side.LEFT, EntrySide.RIGHT: Side.RIGHT, EntrySide.BOTH: Side.BOTH, EntrySide.NONE: None}


@dataclass(frozen=True, slots=True)
class Screening:
    """How this practice screens: the rules, ours with the therapist's own over them, and how long a history holds."""

    knowledge: Knowledge
    valid_days: int = VALID_DAYS
    sensitive: frozenset[str] = field(default_factory=default_sensitive)
    """Regions that want a consent of their own."""

    @classmethod
    def with_own(
        cls,
        valid_days: int = VALID_DAYS,
        own: Mapping[str, object] | None = None,
        sensitive: Sequence[str] | None = None,
    ) -> "Screening":
        """Read the rules (a tenth of a second the first time); raises BrokenKnowledge.

        `sensitive` are region ids; None takes the usual set.
        """
        return cls(load_knowledge(own), valid_days, default_sensitive() if sensitive is None else frozenset(sensitive))


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that bears on the cautions of one client on one day; without an appointment nothing is planned."""

    client: ClientCard
    entries: Sequence[HealthEntry]
    asked: HistoryCheck | None
    consents: Sequence[Consent]
    therapist: Therapist | None
    day: date
    appointment: booking.Appointment | None = None
    plan: TreatmentPlan | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one entry of the history: the worst level that it raised, or why it raised none."""

    entry_id: UUID
    level: Level | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """The cautions, worst first, and what became of every entry: nothing is dropped silently."""

    cautions: tuple[Caution, ...] = ()
    readings: tuple[Reading, ...] = ()


def screen(case: Case, screening: Screening) -> Screened:
    """Judge a client's history for a day."""
    fields = _fields(case)
    judgement = judge(request_of(case), screening.knowledge)
    cautions = _with_own(judgement.cautions, case, fields)
    unread = [one for one in judgement.not_recognised if not _judged_by_hand(one, fields)]
    cautions += _unknown(case, screening.valid_days, unread)
    cautions += consent_cautions(case.appointment, case.plan, case.consents, case.day, screening.sensitive)
    return Screened(
        tuple(sorted(cautions, key=lambda one: one.level.rank)),
        tuple(_readings(judgement, sorted(cautions, key=lambda one: one.level.rank), case, fields)),
    )


def read_entry(entry: HealthEntry, client: ClientCard, day: date, screening: Screening) -> Screened:
    """What the checker makes of one entry by itself, with nothing planned: shown while it is typed."""
    asked = HistoryCheck(datetime.combine(day, time(), UTC), Answer.CHANGED)
    adult = replace(client, born_on=None)  # a missing guardian is another matter
    return screen(Case(adult, (entry,), asked, (), None, day), screening)


# From the history to a request


def _fields(case: Case) -> dict[str, HealthEntry]:
    """The field of the request in which each entry stands."""
    fields: dict[str, HealthEntry] = {}
    counts: dict[str, int] = {}
    for entry in case.entries:
        name = _list_of(entry, case.day)
        if name == "pregnancy":
            fields[name] = entry
        elif name:
            fields[f"{name}[{counts.get(name, 0)}]"] = entry
            counts[name] = counts.get(name, 0) + 1
    return fields


def _list_of(entry: HealthEntry, day: date) -> str:
    is_open = entry.open_on(day)
    if entry.kind is HealthKind.MEDICATION:
        return "medications" if is_open else ""
    if entry.kind is HealthKind.SURGERY:
        return "surgeries"
    if entry.kind is HealthKind.ALLERGY:
        return "allergies" if is_open else ""
    if entry.kind is HealthKind.PREGNANCY:
        return "pregnancy" if is_open else "conditions"
    if entry.kind is HealthKind.EVENT and is_open and _is_new(entry, day):
        return "symptoms_today"
    return "conditions"


def _is_new(entry: HealthEntry, day: date) -> bool:
    began_on = entry.began_on or (entry.noted_at.date() if entry.noted_at else None)
    return began_on is not None and abs(day - began_on) <= timedelta(days=TODAYS_DAYS)


def request_of(case: Case) -> Request:
    """The history as the checker is asked about it."""
    listed: dict[str, list[HealthEntry]] = {}
    for entry in case.entries:
        listed.setdefault(_list_of(entry, case.day), []).append(entry)
    live = {consent.kind for consent in case.consents if consent.live_on(case.day)}
    client = Client(
        age=case.client.age_on(case.day),
        conditions=tuple(_condition(entry, case.day) for entry in listed.get("conditions", ())),
        medications=tuple(MedicationEntry(entry.text, entry.began_on) for entry in listed.get("medications", ())),
        surgeries=tuple(
            SurgeryEntry(entry.text, entry.began_on, _SIDES[entry.side], entry.region or None)
            for entry in listed.get("surgeries", ())
        ),
        pregnancy=_pregnancy(listed.get("pregnancy", ()), case.day),
        allergies=tuple(entry.text for entry in listed.get("allergies", ())),
        symptoms_today=tuple(_placed(entry) for entry in listed.get("symptoms_today", ())),
        guardian_consent=ConsentKind.MINOR in live or None,
        physician_clearance_on_file=ConsentKind.PHYSICIAN_CLEARANCE in live or None,
    )
    certifications = case.therapist.certifications if case.therapist else ()
    held = tuple(one.title for one in certifications if one.valid_on(case.day))
    return Request(case.day, client, _planned(case.appointment), held)


def _condition(entry: HealthEntry, day: date) -> ConditionEntry:
    return ConditionEntry(
        entry.text,
        entry.began_on,
        entry.resolved_on,
        side=_SIDES[entry.side],
        region=entry.region or None,
        active=None if entry.open_on(day) else False,
    )


def _pregnancy(entries: Sequence[HealthEntry], day: date) -> Pregnancy | None:
    return Pregnancy(weeks=entries[0].gestation_on(day)) if entries else None


def _placed(entry: HealthEntry) -> str:
    """A symptom is free text: where it is goes with it unless the text says so itself."""
    said = entry.text.casefold()
    return entry.text if not entry.region or entry.region.casefold() in said else f"{entry.text}, {entry.place}"


def _planned(appointment: booking.Appointment | None) -> Appointment:
    if appointment is None:
        return Appointment()
    return Appointment(
        techniques=(appointment.service, *appointment.techniques),
        regions=appointment.regions,
        pressure=appointment.pressure or None,
        products=appointment.products,
        minutes=appointment.minutes,
    )


# From the judgement to the cautions of the day


def _with_own(cautions: Sequence[Caution], case: Case, fields: Mapping[str, HealthEntry]) -> list[Caution]:
    """The checker's cautions and the therapist's own judgement: one caution a matter, the worse level wins."""
    found = list(cautions)
    for entry in case.entries:
        if entry.severity is None or not entry.open_on(case.day):
            continue
        own = own_caution(entry, case)
        at = next((i for i, one in enumerate(found) if entry in _entries_of(one.matched, fields)), None)
        if at is None:
            found.append(own)
        else:
            found[at] = _joined(found[at], own)
    return found


def own_caution(entry: HealthEntry, case: Case) -> Caution:
    """The therapist's own judgement of an entry as a caution; a clearance on file lowers ASK to ADAPT."""
    level = entry.severity or Level.UNKNOWN
    cleared = any(one.kind is ConsentKind.PHYSICIAN_CLEARANCE and one.live_on(case.day) for one in case.consents)
    if level is Level.CLEARANCE and cleared:
        level = Level.PRECAUTION
    weeks = entry.gestation_on(case.day)
    title = f"{entry.text}, {weeks} weeks" if weeks is not None else entry.text
    if entry.kind is HealthKind.ALLERGY and "allerg" not in title.casefold():
        title = f"Allergy: {title}"
    since = f" since {entry.began_on.day} {entry.began_on:%b %Y}" if entry.began_on else ""
    return Caution(
        level,
        "session",
        "own",
        title,
        f"Your own judgement in the health history ({entry.kind.value}{since}).",
        entry.advice,
        spot=entry.place,
        matched=(Matched(entry.text, "history"),),
    )


def _joined(checker: Caution, own: Caution) -> Caution:
    """One matter from both: the worse level speaks, and what both say stays."""
    if checker.level.rank < own.level.rank:
        return replace(checker, reason=f"{checker.reason} {own.reason}", spot=own.spot)
    advice = own.advice or checker.advice
    return replace(
        checker,
        level=own.level,
        title=own.title,
        advice=advice,
        reason=f"{own.reason} {checker.title}: {checker.reason}" + (f" {checker.advice}" if own.advice else ""),
        spot=own.spot,
    )


def _entries_of(matched: Sequence[Matched], fields: Mapping[str, HealthEntry]) -> list[HealthEntry]:
    return [fields[one.field.split(".")[0]] for one in matched if one.field.split(".")[0] in fields]


def _judged_by_hand(unread: Matched, fields: Mapping[str, HealthEntry]) -> bool:
    return any(entry.severity is not None for entry in _entries_of([unread], fields))


def _unknown(case: Case, valid_days: int, unread: Sequence[Matched]) -> list[Caution]:
    found: list[Caution] = []
    if case.asked is None:
        advice = "Ask before you begin: y stamps it, h adds what there is."
        found.append(_check("history-never-asked", "History never asked", advice))
    elif (case.day - case.asked.asked_at.date()).days > valid_days:
        asked_on = case.asked.asked_at.date()
        title = f"History out of date: last asked {asked_on.day} {asked_on:%b %Y}"
        found.append(_check("history-out-of-date", title, "Ask again: y when nothing changed, h for what is new."))
    if unread:
        words = "; ".join(dict.fromkeys(one.text for one in unread))
        advice = "The checker does not know these words. Judge them yourself and set a level in the history."
        found.append(_check("not-recognised", f"Not recognised: {words}", advice))
    return found


def _check(rule: str, title: str, advice: str) -> Caution:
    return Caution(Level.UNKNOWN, "session", rule, title, "What is not known cannot be called safe.", advice)


def _readings(
    judgement: Judgement, cautions: Sequence[Caution], case: Case, fields: Mapping[str, HealthEntry]
) -> list[Reading]:
    levels: dict[UUID, Level] = {}
    for caution in reversed(cautions):  # the worst comes last and stays
        levels |= {entry.id: caution.level for entry in _entries_of(caution.matched, fields)}
    said: dict[UUID, str] = {}
    for aside in judgement.set_aside:
        said |= {entry.id: f"set aside: {aside.reason}" for entry in _at(aside.field, fields)}
    for unread in judgement.not_recognised:
        said |= {entry.id: "not recognised by the checker" for entry in _at(unread.field, fields)}
    return [_reading(entry, levels, said, case.day) for entry in case.entries]


def _reading(entry: HealthEntry, levels: Mapping[UUID, Level], said: Mapping[UUID, str], day: date) -> Reading:
    own = entry.severity if entry.open_on(day) else None
    level = min(filter(None, (levels.get(entry.id), own)), key=lambda one: one.rank, default=None)
    quiet = "" if entry.open_on(day) else "over"
    return Reading(entry.id, level, said.get(entry.id, quiet or "read; nothing to mind in what is planned"))


def _at(field: str, fields: Mapping[str, HealthEntry]) -> list[HealthEntry]:
    return _entries_of([Matched("", field)], fields)
