"""An appointment of the week that was picked up, on its way to another time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from therapist_tui.domain.week import Booking, Week

from .week_layout import moment_of

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Moving:
    """An appointment that was picked up, and where it is held."""

    booking: Booking
    day: date
    minute: int

    def by(self, minutes: int = 0, days: int = 0) -> "Moving":
        """Held so much later; it stays within its day and within the years that there are."""
        minute = self.minute + minutes
        if not 0 <= minute < _DAY:
            return self
        return replace(self, minute=minute, day=self.day + timedelta(days=days))

    def held(self, week: Week) -> Booking:
        """The booking as it would be."""
        starts_at = moment_of(week, self.day, self.minute)
        return replace(self.booking, appointment=replace(self.booking.appointment, starts_at=starts_at))
