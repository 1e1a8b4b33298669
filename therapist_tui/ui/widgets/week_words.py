"""The week in words: its sums for the status line, and where the cursor is for the line under the grid."""

from datetime import time, timedelta

from textual.content import Content

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.week import Booking, Week, in_hours
from therapist_tui.domain.when import skipped

from ..plain import name_of, one_line, spread
from .levels import label
from .week_grid import WeekGrid
from .week_moving import Moving

NARROW = 100
"""Cells below which a client's name leaves no room for more keys."""


def status(week: Week, mark: Content, width: int) -> Content:
    """Which week, how much is booked, how much is free; what has no room is left out whole."""
    kept = [one.appointment for one in week.bookings if not one.appointment.status.lost]
    free = sum(gap.minutes for day in week.days for gap in week.free_on(day))
    last = week.days[-1]
    left = [
        *([mark] if mark else []),
        Content.styled(f"Week {week.monday.isocalendar().week}", ".strong"),
        Content.styled(f"{week.monday.day} {week.monday:%b} – {last.day} {last:%b %Y}", ".strong"),
        Content(f"{len(kept)} booked, {in_hours(sum(one.minutes for one in kept))}"),
    ]
    right = Content.styled(f"{in_hours(free)} free" if free else "no free time", ".muted")
    while len(left) > 1 and sum(part.cell_length + 3 for part in (*left, right)) > width:
        left.pop()
    return spread(Content("   ").join(left), right, width)


def detail(grid: WeekGrid, week: Week, masked: bool, longer_shorter: tuple[str, str], wanted: str = "") -> Content:
    """The appointment or the free time under the cursor; of what is picked up, where it would be.

    `wanted` says for whom free time is looked for.
    """
    if grid.moving:
        return _moving_words(grid.moving, week, masked)
    if grid.booking:
        return _booking_words(grid.booking, week, masked)
    return _free_words(grid, week, longer_shorter, wanted)


def _booking_words(booking: Booking, week: Week, masked: bool) -> Content:
    one = booking.appointment
    parts = [
        _when(one, week),
        one_line(name_of(booking.client, masked), ".strong"),
        one_line(one.service),
        label(booking.worst) if booking.worst else Content(),
        Content.styled(one.status.value, ".muted"),
        Content.styled("↻ repeats", ".muted") if one.series_id else Content(),
        _clashes(one, week, masked),
    ]
    return Content("  ").join([part for part in parts if part])


def _moving_words(moving: Moving, week: Week, masked: bool) -> Content:
    one = moving.held(week).appointment
    left_out = skipped(moving.day, time(*divmod(moving.minute, 60)), week.zone)
    parts = [
        Content.styled("Move", ".accent"),
        one_line(name_of(moving.booking.client, masked), ".strong"),
        Content.assemble("to ", _when(one, week)),
        Content.styled("the clocks leave that time out", ".ask") if left_out else Content(),
        _clashes(one, week, masked),
    ]
    return Content("  ").join([part for part in parts if part])


def _free_words(grid: WeekGrid, week: Week, longer_shorter: tuple[str, str], wanted: str) -> Content:
    if grid.stop is None or grid.moment is None:
        return Content()
    moment = grid.moment
    ends = ((gap.starts_at, gap.starts_at + timedelta(minutes=gap.minutes)) for gap in week.free_on(grid.stop.day))
    left = next((int((end - moment).total_seconds() // 60) for start, end in ends if start <= moment < end), None)
    local = moment.astimezone(week.zone)
    start = Content.styled(f"{local:%a} {local.day} {local:%b %H:%M}", ".strong")
    if left is None:
        return Content.assemble(start, ("  outside the working hours or in a buffer", ".muted"))
    room = Content.styled(f"  {in_hours(left)} free", ".good" if left >= grid.length else ".ask")
    if wanted and grid.size.width < NARROW:
        longer_shorter = ("", "")  # what has no room is left out whole
    longer, shorter = longer_shorter
    looks = (
        Content.assemble("   ", one_line(wanted, ".strong")) if wanted else Content.styled("   looking for", ".muted")
    )
    hint = f" {grid.length} min" + (f"   {longer} longer  {shorter} shorter" if longer else "")
    return Content.assemble(start, room, looks, (hint, ".muted"))


def _when(one: Appointment, week: Week) -> Content:
    start, end = (moment.astimezone(week.zone) for moment in (one.starts_at, one.ends_at))
    return Content.styled(f"{start:%a} {start.day} {start:%b %H:%M}–{end:%H:%M}", ".strong")


def _clashes(one: Appointment, week: Week, masked: bool) -> Content:
    others = week.clashes(one) if not one.status.lost else ()
    if not others:
        return Content()
    names = ", ".join(name_of(other.client, masked) for other in others)
    return Content.assemble(("overlaps ", ".ask"), one_line(names, ".ask"))
