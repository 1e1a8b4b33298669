"""How the week's cells look: an appointment's lines, free time, closed hours."""

from dataclasses import dataclass
from datetime import date, datetime

from textual.content import Content

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.week import in_hours

from ..plain import fitted, name_of, one_line
from .levels import STYLES
from .week_layout import Block, Layout, Stop, minute_of

INITIALS_BELOW = 7
"""Cells of a column below which names are initials."""
HOUR = 6
"""Cells of the hours' column."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that a cell's look depends on beside its appointments."""

    layout: Layout
    masked: bool
    focused: bool
    stop: Stop | None
    length: int
    moving: bool
    now: datetime

    @property
    def cursor(self) -> range:
        """The rows of the cursor, on its day."""
        return self.layout.rows_of(self.stop, self.length) if self.stop else range(0)


def hour(look: Look, row: int) -> Content:
    """The hours' column: whole hours, and the time now where it is."""
    minute = look.layout.minute_of(row)
    if row == now_row(look):
        return Content.styled(f"{look.now.astimezone(look.layout.week.zone):%H:%M}▸", ".accent")
    return Content.styled(f"{minute // 60:02}:00 " if minute % 60 == 0 else " " * HOUR, ".muted")


def now_row(look: Look) -> int | None:
    """The row of this moment, when it is in the week that is shown."""
    week = look.layout.week
    row = look.layout.row_of(minute_of(week, look.now))
    return row if look.now.astimezone(week.zone).date() in week.days and 0 <= row < look.layout.rows else None


def cell(look: Look, day: date, row: int, width: int) -> Content:
    """One day's cell in one row, `width` cells wide."""
    blocks = [one for one in look.layout.blocks[day] if one.covers(row)]
    if not blocks:
        return _empty(look, day, row, width)
    lanes = blocks[0].lanes
    edges = [width * lane // lanes for lane in range(lanes + 1)]
    by_lane = {one.lane: one for one in blocks}
    parts = [
        _block(look, by_lane[lane], row, edges[lane + 1] - edges[lane])
        if lane in by_lane
        else Content(" " * (edges[lane + 1] - edges[lane]))
        for lane in range(lanes)
    ]
    return Content.assemble(*parts)


def _block(look: Look, block: Block, row: int, width: int) -> Content:
    if width <= 0:  # more clients at once than the column has cells
        return Content()
    booking = block.booking
    chosen = bool(look.stop and look.stop.booking and look.stop.booking.id == booking.id)
    quiet = booking.appointment.status is Status.DONE or booking.appointment.status.lost
    line = _lines(look, block, width - 1)[row - block.row]
    bar = ".accent" if chosen else STYLES[booking.worst] if booking.worst else ".frame"
    text = fitted(line.stylize(".muted", 0) if quiet else line, width - 1)
    if chosen:
        return Content.assemble(("▌", bar), text.stylize(".cursor" if look.focused else ".cursor-blurred", 0))
    return Content.assemble(("▎", bar), text.stylize(".booked", 0))


def _lines(look: Look, block: Block, width: int) -> list[Content]:
    """What an appointment says on its rows: who, when, what."""
    one = block.booking.appointment
    glyph = Content.styled(f"{block.booking.worst.glyph} ", STYLES[block.booking.worst]) if block.booking.worst else ""
    mark = Content.styled(f"{block.booking.mark} ", ".accent") if block.booking.mark else Content()
    client = block.booking.client
    name = one_line(client.initials.replace(" ", "") if width < INITIALS_BELOW else name_of(client, look.masked))
    late = block.minute % look.layout.step
    start = Content.styled(f":{block.minute % 60:02} ", ".muted") if late and block.rows == 1 and width > 9 else ""
    repeats = " ↻" if one.series_id else ""
    clock = f"{block.minute // 60:02}:{block.minute % 60:02}"
    when = f"{clock} {one.minutes}{' min' if width >= 13 else ''}{repeats}" if width > 8 else f"{clock}{repeats}"
    told = [
        Content.assemble(glyph, mark, start, name),
        Content.styled(when, ".muted"),
        one_line(one.service, ".muted"),
    ]
    return [*told, *[Content()] * block.rows][: block.rows]


def _empty(look: Look, day: date, row: int, width: int) -> Content:
    text = _free(look, day, row, width)
    if look.stop and look.stop.day == day and row in look.cursor:
        if row == look.stop.row:
            text = Content(f"{look.stop.minute // 60:02}:{look.stop.minute % 60:02} {look.length}")
        marked = Content.assemble(("▌", ".accent"), fitted(text, width - 1))
        return marked.stylize(".cursor" if look.focused else ".cursor-blurred", 1)
    if row == now_row(look) and day == look.now.astimezone(look.layout.week.zone).date():
        return Content.styled("─" * width, ".accent")
    return fitted(text, width)


def _free(look: Look, day: date, row: int, width: int) -> Content:
    """How long the free time that begins in this row is; dots where the practice is closed."""
    layout = look.layout
    for gap in layout.week.free_on(day):
        begin = minute_of(layout.week, gap.starts_at)
        first, last = layout.row_of(begin), layout.row_of(begin + gap.minutes - 1)
        if first <= row <= last:
            taken = {r for one in layout.blocks[day] for r in range(one.row, one.row + one.rows)}
            named = next((r for r in range(first, last + 1) if r not in taken), None)
            return Content.styled(_room(gap.minutes, width) if row == named else "", ".muted")
    open_now = any(
        span.opens.hour * 60 + span.opens.minute <= layout.minute_of(row) < span.closes.hour * 60 + span.closes.minute
        for span in layout.week.hours.on(day)
    )
    return Content() if open_now else Content.styled((" ·" * width)[:width], ".frame")


def _room(minutes: int, width: int) -> str:
    """How much is free, as long as there is room to say it: " 2 h 55 free", "2h55 free", "2h55"."""
    hours, rest = divmod(minutes, 60)
    short = f"{hours}h{rest:02}" if hours else f"{rest}m"
    return next((words for words in (f" {in_hours(minutes)} free", f"{short} free") if len(words) <= width), short)


def edges(width: int) -> list[int]:
    """Where the days' columns begin, after their line; the last is where the frame ends."""
    room = width - HOUR - 2
    return [HOUR + 2 + room * index // 7 for index in range(8)]


def between(look: Look | None, row: int, width: int, style: str) -> Content:
    """A row between the frame's sides; an empty one where the day is over."""
    ends = edges(width)
    parts: list[Content | tuple[str, str]] = [("│", style), fitted(hour(look, row) if look else Content(), HOUR)]
    for index in range(7):
        room = ends[index + 1] - ends[index] - 1
        one = cell(look, look.layout.week.days[index], row, room) if look else Content()
        parts += [("│", ".frame"), fitted(one, room)]
    return Content.assemble(*parts, ("│", style))


def rule(look: Look | None, top: bool, width: int, style: str) -> Content:
    """The frame's upper end with the days, or its lower one."""
    ends = edges(width)
    parts: list[Content | tuple[str, str]] = [(("╭" if top else "╰") + "─" * HOUR, style)]
    for index in range(7):
        room = ends[index + 1] - ends[index] - 1
        title = _title(look, index, room) if look else Content()
        parts += [("┬" if top else "┴", style), title, ("─" * max(0, room - title.cell_length), style)]
    return Content.assemble(*parts, ("╮" if top else "╯", style))


def _title(look: Look, index: int, width: int) -> Content:
    """The day, and how many come where there is room."""
    week = look.layout.week
    day = week.days[index]
    count = sum(not one.appointment.status.lost for one in week.on(day))
    style = ".tab-on" if day == look.now.astimezone(week.zone).date() else ".title"
    short = f"{f'{day:%a}'[:2]} {day.day}"[:width]
    name = Content.styled(short if width < 8 else f" {day:%a} {day.day} ", style)
    return Content.assemble(name, (f" {count} ", ".muted")) if count and width >= name.cell_length + 4 else name
