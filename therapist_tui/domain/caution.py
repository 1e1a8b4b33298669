"""Cautions: what the health history asks for at one appointment, the worst first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .client import Client
from .health import HealthEntry, HealthKind
from .level import Level


@dataclass(frozen=True, slots=True)
class Caution:
    """A health entry judged for one day: how much it matters, what it is, and what to do."""

    level: Level
    title: str
    advice: str = ""
    place: str = ""
    source: str = ""


def cautions_for(client: Client, entries: Iterable[HealthEntry], asked: bool, day: date) -> tuple[Caution, ...]:
    """The cautions of a client on a day, worst first: what the history says by its stored severity.

    A history that was never asked is a caution of its own: unknown is told apart from none. A minor without a guardian
    on the card asks for the guardian's consent.
    """
    found = [_from_entry(entry, day) for entry in entries if entry.severity and entry.open_on(day)]
    if not asked:
        found.append(Caution(Level.UNKNOWN, "History never asked", "Ask before you begin, then press y or h."))
    if client.minor_on(day) and not client.guardian:
        found.append(
            Caution(Level.CLEARANCE, f"Minor, {client.age_on(day)} years", "No guardian on the card: ask for consent.")
        )
    return tuple(sorted(found, key=lambda caution: caution.level.rank))


def _from_entry(entry: HealthEntry, day: date) -> Caution:
    level = entry.severity or Level.UNKNOWN
    weeks = entry.gestation_on(day)
    title = f"{entry.text}, {weeks} weeks" if weeks is not None else entry.text
    if entry.kind is HealthKind.ALLERGY and "allerg" not in title.casefold():
        title = f"Allergy: {title}"
    since = f"{entry.kind.value} since {entry.began_on:%d %b %Y}" if entry.began_on else entry.kind.value
    return Caution(level, title, entry.advice, entry.place, f"From the health history: {since}.")
