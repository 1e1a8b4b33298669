"""The time zones of a calendar: known by their name, defined in the file, or asked; never taken for UTC."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from icalendar import Timezone
from icalendar.timezone import tzp

from therapist_tui.domain.incoming.values import Facts, Question
from therapist_tui.domain.text import clean_line

from .bookings import zone_of
from .lines import Block, Line

TIMES = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
"""Properties that hold times."""
MOST_LINES = 1_000
"""Lines that the definition of a zone may have."""
LEAVE_OUT = "-"
"""The answer for a zone that nobody knows."""


@dataclass(slots=True)
class LeftOut(Exception):
    """An event is left out, and why."""

    why: str


class Zones:
    """Which zone every time of a file is in."""

    def __init__(self, answers: Mapping[str, str], facts: Facts) -> None:
        self._answers, self._facts = answers, facts

    def define(self, calendars: list[Block]) -> None:
        """Take up the zones that the file defines itself, where the definition is sound."""
        tzp.use_default()  # forgets the zones of another file
        for block in (one for calendar in calendars for one in calendar.inner if one.name == "VTIMEZONE"):
            rules = [line.value.upper() for part in block.inner for line in part.lines if line.name == "RRULE"]
            sound = block.closed and len(block.raw) < MOST_LINES and all("FREQ=YEARLY" in rule for rule in rules)
            if sound and zone_of(block.value("TZID")) is None:
                try:
                    zone: Any = Timezone.from_ical("\r\n".join(["BEGIN:VTIMEZONE", *block.raw, "END:VTIMEZONE"]))
                    zone.to_tz()
                except Exception:  # noqa: BLE001, S112 - whatever is wrong with it, the zone is asked for instead
                    continue

    def questions(self, events: list[tuple[Block, Block]]) -> list[Question]:
        """What to ask about zones that no file and no database knows, and about times without one."""
        unknown: dict[str, int] = Counter()
        for calendar, event in events:
            line = event.first("DTSTART")
            if line and self.name_of(line, calendar) == "":
                unknown[line.parameters.get("TZID", "")] += 1
        return [self._question(tzid, count) for tzid, count in unknown.items() if f"zone.{tzid}" not in self._answers]

    def _question(self, tzid: str, count: int) -> Question:
        here = self._facts.zone
        options = ((here, f"{here}, the practice's"), ("UTC", "UTC"), (LEAVE_OUT, "Leave them out"))
        events = f"{count} event{'' if count == 1 else 's'}"
        named = f"name a time zone that is not known here, “{clean_line(tzid, 40)}”" if tzid else "name no time zone"
        return Question(
            f"zone.{tzid}",
            f"{events} {named if count > 1 else named.replace('name', 'names', 1)}. Which is it?",
            options,
        )

    def name_of(self, line: Line, calendar: Block) -> str | None:
        """The name of a line's zone; None when it needs none, "" when nobody knows it."""
        if line.parameters.get("VALUE", "").upper() == "DATE" or "T" not in line.value or line.value.endswith("Z"):
            return None
        tzid = line.parameters.get("TZID", "")
        if tzid:
            known = tzp.timezone(tzid) is not None  # pyright: ignore[reportUnknownMemberType] - icalendar's is open
            return tzid if known else ""
        named = calendar.value("X-WR-TIMEZONE").strip()
        return named if zone_of(named) else ""

    def applied(self, line: Line, calendar: Block) -> Line:
        """The line with a zone that is known; raises LeftOut."""
        if line.name not in TIMES:
            return line
        name = self.name_of(line, calendar)
        if name == "":
            name = self._answers.get(f"zone.{line.parameters.get('TZID', '')}", self._facts.zone)
            if name == LEAVE_OUT or zone_of(name) is None:
                raise LeftOut("Its time zone is not known.")
        return replace(line, parameters={**line.parameters, "TZID": name}) if name else line
