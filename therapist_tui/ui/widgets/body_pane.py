"""The body map beside the note: today's marks or an earlier session's, and in words what the drawing cannot say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from therapist_tui.domain.body.cautioned import EXCLUDING, hatched, parts
from therapist_tui.domain.body.marks import Mark, MarkKind, Place
from therapist_tui.domain.health import Side
from therapist_tui.domain.screening.values import Caution
from therapist_tui.domain.shorthand.showing import trend

from ..keys import ShownKey
from ..plain import flowed, one_line, wrapped
from .body_map import BodyMap
from .levels import label
from .lines import Lines

LEGEND = (*((kind.key, kind.value) for kind in MarkKind), ("0–9", "pain before"), (">", "pain after"))


@dataclass(frozen=True, slots=True)
class Session:
    """What an earlier note marked on the body."""

    on: date
    marks: tuple[Mark, ...]


class BodyPane(Container):
    """The map and its words. The screen binds today's marks, cautions and sessions in; marking goes out."""

    class Left(Message):
        """The user wants back to the note."""

    def __init__(self, shown_key: ShownKey, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown_key = shown_key
        self._today: tuple[Mark, ...] = ()
        self._sessions: tuple[Session, ...] | None = None
        self._cautions: tuple[Caution, ...] = ()
        self._back = 0
        """How many sessions back the one shown lies; 0 is today."""

    def compose(self) -> ComposeResult:
        """The figures, and the words beside or beneath them."""
        yield BodyMap()
        yield BodyWords(self._shown_key)

    @property
    def map(self) -> BodyMap:
        """The figures, which take the focus."""
        return self.query_one(BodyMap)

    # What the screen binds in

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Today's marks, as the shorthand line says them."""
        self._today = marks
        self._show()

    def show_cautions(self, cautions: Iterable[Caution]) -> None:
        """The cautions of this appointment: regions that they leave out are hatched, all else is said."""
        self._cautions = tuple(cautions)
        self.map.cautioned = hatched(self._cautions)
        self._show()

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """The earlier signed sessions, newest first."""
        self._sessions = tuple(sessions)
        self._back = min(self._back, len(self._sessions))
        self._show()

    def show_today(self) -> None:
        """Back from an earlier session."""
        self._back = 0
        self._show()

    def _show(self) -> None:
        earlier = self._sessions[self._back - 1] if self._sessions and self._back else None
        self.map.read_only = earlier is not None
        self.map.marks = earlier.marks if earlier else self._today
        self._say()

    def _say(self) -> None:
        spot = self.map.spot
        place = Place(spot.region, spot.side)
        self.query_one(BodyWords).show(self._when(), self._trend(place), _told(self._cautions, place))

    def _when(self) -> Content:
        """Which session is shown."""
        sessions = self._sessions or ()
        if not self._back:
            count = len(sessions)
            earlier = f"{count} earlier session{'' if count == 1 else 's'}"
            more = f"{self._shown_key('body.earlier')} {earlier}" if count else ""
            return Content.assemble(("Today", ".title"), "  ", (more, ".muted"))
        one = sessions[self._back - 1]
        return Content.styled(f"{_day(one.on)} · {self._back} of {len(sessions)} · read only", ".check")

    def _trend(self, place: Place) -> Content:
        sessions = self._sessions or ()
        found = trend([one.marks for one in reversed(sessions)], self._today, place.target, place.side)
        name = Content.styled(f"{place.named}: ", ".strong")
        none = "not marked in any session" if sessions else "not marked"
        return Content.assemble(name, ", ".join(found) if found else Content.styled(none, ".muted"))

    # What the map says

    @on(BodyMap.Highlighted)
    def _moved(self, event: BodyMap.Highlighted) -> None:
        event.stop()
        self._say()

    @on(BodyMap.Marked)
    def _marked(self) -> None:
        self._today = self.map.marks
        self._say()

    @on(BodyMap.Refused)
    def _refuse(self, event: BodyMap.Refused) -> None:
        event.stop()
        self.query_one(BodyWords).refuse()

    @on(BodyMap.Stepped)
    def _step(self, event: BodyMap.Stepped) -> None:
        event.stop()
        self._back = max(0, min(len(self._sessions or ()), self._back + event.step))
        self._show()

    @on(BodyMap.Done)
    def _done(self, event: BodyMap.Done) -> None:
        event.stop()
        if self._back:
            self.show_today()
        else:
            self.post_message(self.Left())


class BodyWords(Lines):
    """Which session, the cautions, the trend of the highlighted region, and what the letters mean."""

    def __init__(self, shown_key: ShownKey) -> None:
        super().__init__()
        self._shown_key = shown_key
        self._when, self._trend = Content(), Content()
        self._cautions: list[Content] = []
        self._drawn: list[Content] = []

    def show(self, when: Content, trend_of: Content, cautions: list[Content]) -> None:
        """Show these; only the lines that differ are painted."""
        self._when, self._trend, self._cautions = when, trend_of, cautions
        self._redraw()

    def refuse(self) -> None:
        """An earlier session cannot be marked."""
        later, done = self._shown_key("body.later"), self._shown_key("body.done")
        self._when = Content.styled(f"read only: {later} or {done} comes back to today", ".stop")
        self._redraw()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._redraw()

    def _redraw(self) -> None:
        before = self._drawn
        self._drawn = self._fitted(self.size.width, self.size.height)
        self.refresh_changed(before, self._drawn)

    def _fitted(self, width: int, height: int) -> list[Content]:
        """The session, the cautions, the trend; the legend at the bottom where there is room for all of it."""
        each = 3 if height > 12 else 1
        cautions = [line for one in self._cautions for line in wrapped(one, width, each)]
        room = max(0, height - 2)
        if len(cautions) > room:
            more = f"… {len(self._cautions)} cautions: {self._shown_key('note.brief')}"
            cautions = [*cautions[: max(0, room - 1)], Content.styled(more, ".stop")]
        lines = [self._when.truncate(width, ellipsis=True), *cautions]
        lines += wrapped(self._trend, width, max(1, min(4, height - len(lines))))
        legend = flowed([Content.assemble((key, ".key"), " ", (name, ".muted")) for key, name in LEGEND], "  ", width)
        spare = height - len(lines) - len(legend)
        if spare >= 0:
            lines += [Content()] * spare + legend
        return lines[:height]

    def line(self, y: int, width: int) -> Content:
        """One of the lines."""
        return self._drawn[y].truncate(width) if y < len(self._drawn) else Content()


def _told(cautions: tuple[Caution, ...], here: Place) -> list[Content]:
    """Every caution that leaves something out, and those that adapt the work on the highlighted region."""
    found: list[Content] = []
    for one in cautions:
        at = any(region == here.target and _meets(side, here.side) for region, side in parts(one))
        if at or one.level in EXCLUDING:
            where = one.place or ("whole body" if not parts(one) else "")
            style = ".strong" if at else ""
            text = f"{where}: {one.title}" if where else one.title
            found.append(Content.assemble(label(one.level), " ", one_line(text, style)))
    return found


def _meets(side: Side, other: Side) -> bool:
    return side is other or {side, other} & {Side.NONE, Side.BOTH} != set()


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
