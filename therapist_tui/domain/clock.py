"""The clock of a session: minutes run and left while it goes on, and minutes from its end to the signature after it."""

from dataclasses import dataclass
from datetime import datetime

from .appointment import Appointment, Status
from .when import show_span

CELLS, PER_CELL = 6, 10
"""The meter after a session: so many cells of so many minutes; an hour fills it."""


@dataclass(frozen=True, slots=True)
class SessionClock:
    """Whole minutes that a session has run, and the minutes it was booked for."""

    run: int
    booked: int

    @property
    def left(self) -> int:
        """Minutes left; 0 when the booked time is up, below 0 when it is over."""
        return self.booked - self.run

    @property
    def words(self) -> str:
        """What the clock says. It does not shout at zero: hands are on the client."""
        rest = f"{self.left} left" if self.left > 0 else "time" if self.left == 0 else f"{-self.left} over"
        return f"{self.run} min · {rest}"


def clock_of(appointment: Appointment, now: datetime) -> SessionClock | None:
    """The clock while the session goes on, else None."""
    if appointment.status is not Status.IN_SESSION or appointment.began_at is None:
        return None
    return SessionClock(max(0, int((now - appointment.began_at).total_seconds() // 60)), appointment.minutes)


def since_end(appointment: Appointment, now: datetime) -> int | None:
    """Whole minutes since a session was over that is done; None while it is not."""
    if appointment.status is not Status.DONE:
        return None
    return max(0, int((now - appointment.over_at).total_seconds() // 60))


def meter(minutes: int) -> str:
    """The minutes since the session after a bar that is full at an hour: "▰▰▱▱▱▱ 18 min since the session"."""
    full = min(CELLS, -(-minutes // PER_CELL))
    return f"{'▰' * full}{'▱' * (CELLS - full)} {show_span(minutes)} since the session"
