"""One thing that changed since a client was last seen, and the time that is looked at for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from .health import HealthEntry
from .level import Level
from .when import show_short


class ChangeKind(Enum):
    """What changed; members stand in the order in which kinds are summed up."""

    ADDED = "new in history"
    REWORDED = "changed in history"
    RESOLVED = "over in history"
    WITHDRAWN = "consent withdrawn"
    MEASURED = "measured"
    CONSENT = "consent given"
    REFERRAL = "referral"
    LOST = "missed or cancelled"
    ADDENDUM = "addendum"
    ASKED = "history asked"

    @property
    def matters(self) -> bool:
        """Whether it stands before the rest: it may change what may be done today."""
        return self in (ChangeKind.ADDED, ChangeKind.REWORDED, ChangeKind.RESOLVED, ChangeKind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was; `level` is the one that the therapist gave a health entry, if any."""

    when: datetime
    kind: ChangeKind
    text: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """What a health entry said until `replaced_at`."""

    entry: HealthEntry
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """The time looked at: after `begin`, up to `end`, in the practice's zone."""

    begin: datetime
    end: datetime
    zone: ZoneInfo

    def __contains__(self, moment: object) -> bool:
        return isinstance(moment, datetime) and self.begin < moment <= self.end

    def day_of(self, moment: datetime) -> date:
        """The practice's day at that moment."""
        return moment.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        """The day that ends with the span, or that its end falls into."""
        return self.day_of(self.end - timedelta(microseconds=1))

    def short(self, day: date) -> str:
        """A day as it is shown beside the others: "9 Nov"."""
        return show_short(day, self.last_day)
