"""The trail of one client: who read and changed what is on file of her, and to whom it was given out."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from .audit import AuditEvent, TrailLine, trail_lines
from .client import Client
from .release import Release
from .when import show_day


@dataclass(frozen=True, slots=True)
class ClientTrail:
    """Every event about a client and what belongs to her, newest first, with what is needed to say it in words."""

    client: Client
    events: tuple[AuditEvent, ...]
    dates: dict[str, datetime]
    """When the sessions took place that events are about, by the ids of notes and appointments."""
    releases: tuple[Release, ...]
    """What was given out about her, and with the whole practice, newest first."""
    zone: ZoneInfo
    head: int
    """The trail's last event when this was read."""
    code: str
    """Ten letters that stand for everything up to there: a trail that has others at that event is another one."""

    def lines(self, name: str) -> tuple[TrailLine, ...]:
        """The events in words, newest first; `name` is how the client is called there."""
        days = {one: f"session of {show_day(at.astimezone(self.zone).date())}" for one, at in self.dates.items()}
        return trail_lines(self.events, {**days, str(self.client.id): name}, self.zone)
