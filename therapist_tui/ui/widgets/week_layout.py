"""Where the week's appointments stand on the grid: rows by the wall's clock, side by side where they clash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.free import aligned
from therapist_tui.domain.week import Booking, Week
from therapist_tui.domain.when import at

STEPS = (15, 20, 30)
"""Minutes that a row may stand for; the finest that has room is taken."""
EVERY = 30
"""Minutes between two places of the cursor in free time."""
EARLIEST, LATEST = 8 * 60, 18 * 60
"""Minutes of the day that are shown of a week with nothing in it."""
FIRST, LAST = 7 * 60, 21 * 60
"""Minutes of the day up to which hours are shown that nobody works, where there is room."""


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment on the grid: its rows, and its lane among those that share them."""

    booking: Booking
    minute: int
    row: int
    rows: int
    lane: int = 0
    lanes: int = 1

    def covers(self, row: int) -> bool:
        """Whether it stands in that row."""
        return self.row <= row < self.row + self.rows


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the cursor: an appointment, or a time at which one could begin."""

    day: date
    minute: int
    row: int
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A week on so many rows of `step` minutes each, from minute `begin` of the day to before `end`."""

    week: Week
    begin: int
    end: int
    step: int
    blocks: dict[date, tuple[Block, ...]]
    stops: dict[date, tuple[Stop, ...]]

    @property
    def rows(self) -> int:
        """How many rows the whole day has."""
        return (self.end - self.begin) // self.step

    def row_of(self, minute: int) -> int:
        """The row in which a minute of the day stands."""
        return (minute - self.begin) // self.step

    def minute_of(self, row: int) -> int:
        """The first minute of a row."""
        return self.begin + row * self.step

    def rows_of(self, stop: Stop, length: int) -> range:
        """The rows that a stop takes; a free one those of so many minutes."""
        if stop.booking:
            block = next(one for one in self.blocks[stop.day] if one.booking.id == stop.booking.id)
            return range(block.row, block.row + block.rows)
        last = self.row_of(stop.minute + length - 1)
        return range(stop.row, min(self.rows, last + 1))

    def moment(self, stop: Stop) -> datetime:
        """When an appointment at that place begins."""
        return moment_of(self.week, stop.day, stop.minute)


def moment_of(week: Week, day: date, minute: int) -> datetime:
    """The moment of a minute of the day by the wall's clock."""
    return at(day, time(*divmod(minute, 60)), week.zone)


def minute_of(week: Week, moment: datetime) -> int:
    """The minute of its day that a moment is on the wall."""
    local = moment.astimezone(week.zone)
    return local.hour * 60 + local.minute


def laid_out(week: Week, room: int) -> Layout:
    """The week on at most `room` rows where that can be; else on as few as there are, to be scrolled."""
    begin, end = _bounds(week)
    step = next((one for one in STEPS if (end - begin) // one <= room), STEPS[-1])
    begin, end = _filled(begin, end, room * step)
    empty = Layout(week, begin, end, step, {}, {})
    blocks = {day: _blocks(empty, week.on(day)) for day in week.days}
    return replace(empty, blocks=blocks, stops={day: _stops(empty, day, blocks[day]) for day in week.days})


def _bounds(week: Week) -> tuple[int, int]:
    """The hours that are shown: those that are worked, and those of every appointment."""
    spans = [span for day in week.days for span in week.hours.on(day)]
    begins = [span.opens.hour * 60 + span.opens.minute for span in spans]
    ends = [span.closes.hour * 60 + span.closes.minute for span in spans]
    for one in week.bookings:
        minute = minute_of(week, one.appointment.starts_at)
        begins.append(minute)
        ends.append(min(24 * 60, minute + one.appointment.minutes))
    begin, end = min(begins, default=EARLIEST), max(ends, default=LATEST)
    return begin // 60 * 60, -(-end // 60) * 60


def _filled(begin: int, end: int, room: int) -> tuple[int, int]:
    """Evening and morning hours besides, as far as there is room: they can be booked too."""
    while end - begin + 60 <= room and (end < LAST or begin > FIRST):
        end, begin = (end + 60, begin) if end < LAST else (end, begin - 60)
    return begin, end


def _blocks(layout: Layout, bookings: Sequence[Booking]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for one in _shown(bookings):
        minute = minute_of(layout.week, one.appointment.starts_at)
        row, last = layout.row_of(minute), -(-(minute + one.appointment.minutes - layout.begin) // layout.step)
        if blocks and blocks[-1].rows > 1 and blocks[-1].row + blocks[-1].rows == row + 1 and not _clash(blocks, one):
            blocks[-1] = replace(blocks[-1], rows=blocks[-1].rows - 1)  # clients follow on within one row
        blocks.append(Block(one, minute, row, max(1, min(last, layout.rows) - row)))
    return tuple(_in_lanes(blocks))


def _shown(bookings: Sequence[Booking]) -> Iterable[Booking]:
    """What was called off stands there only where nobody else has its time."""
    for one in bookings:
        others = (other.appointment for other in bookings if not other.appointment.status.lost)
        if not one.appointment.status.lost or not any(other.overlaps(one.appointment) for other in others):
            yield one


def _clash(blocks: Sequence[Block], one: Booking) -> bool:
    return any(block.booking.appointment.overlaps(one.appointment) for block in blocks)


def _in_lanes(blocks: Sequence[Block]) -> Iterable[Block]:
    """Side by side where rows are shared; as many lanes as it takes, so that nobody is hidden."""
    group: list[Block] = []
    for block in (*blocks, None):
        if block and any(other.row + other.rows > block.row for other in group):
            taken = {other.lane for other in group if other.row + other.rows > block.row}
            lane = next(number for number in range(len(group) + 1) if number not in taken)
            group.append(replace(block, lane=lane))
            continue
        lanes = max((one.lane for one in group), default=0) + 1
        yield from (replace(one, lanes=lanes) for one in group)
        group = [block] if block else []


def _stops(layout: Layout, day: date, blocks: Sequence[Block]) -> tuple[Stop, ...]:
    """Every appointment, and the times at which one could begin: each half hour, and where free time begins."""
    week = layout.week
    taken = [Stop(day, one.minute, one.row, one.booking) for one in blocks]
    near = (one.appointment for before in (1, 0) for one in week.on(day - timedelta(days=before)))
    kept = [one for one in near if not one.status.lost]
    gaps = (minute_of(week, aligned(gap.starts_at, week.hours.slot, week.zone)) for gap in week.free_on(day))
    minutes = {*range(layout.begin, layout.end, EVERY), *gaps}
    free = (
        Stop(day, minute, layout.row_of(minute))
        for minute in sorted(minutes)
        if layout.begin <= minute < layout.end and not _taken(week, kept, moment_of(week, day, minute))
    )
    open_rows = (range(one.row, one.row + one.rows) for one in blocks if not one.booking.appointment.status.lost)
    rows = {row for some in open_rows for row in some}
    return tuple(sorted([*taken, *(one for one in free if one.row not in rows)], key=lambda one: (one.minute, one.row)))


def _taken(week: Week, kept: Iterable[Appointment], moment: datetime) -> bool:
    """Whether a time lies within an appointment or the buffer after it."""
    buffer = timedelta(minutes=week.hours.buffer)
    return any(one.starts_at <= moment < one.ends_at + buffer for one in kept)


def nearest(stops: Sequence[Stop], row: int) -> Stop | None:
    """The stop of a day that stands nearest to a row, the one above where two are as near."""
    return min(stops, key=lambda stop: abs(stop.row - row), default=None)
