"""The brief: the highlighted client's header, cautions, goals and last note, in one frame.

Drawn as one widget so that moving through the day is one repaint and no layout. With little height it shows one section
at a time under tabs; the worst caution then stays above them, because a caution is never hidden.
"""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from textual import events
from textual.content import Content
from textual.message import Message

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.screening.values import Caution
from therapist_tui.domain.when import show_short

from .. import keys
from ..plain import flowed, wrapped
from . import frame
from .brief_text import (
    Line,
    Shown,
    Target,
    all_changes_lines,
    caution_lines,
    cautions_lines,
    changes_lines,
    goals_lines,
    last_note_lines,
    name_and_facts,
    share,
    since_line,
    states,
)
from .lines import Lines
from .plan_lines import course_lines

SECTIONS = ("Cautions", "Goals", "Last time")
CHANGED = len(SECTIONS)
"""The section behind these that says in full what changed since the last note; it is there only when something did."""
CHANGES = 4
"""Lines that may say above everything else what changed; one above tabs."""
TALL_ENOUGH, WIDE_ENOUGH = 24, 50
"""Lines and cells from which all sections are shown under each other; with less they become tabs."""


class Brief(Lines, can_focus=True):
    """Header, cautions, goals and last note of one client."""

    BINDINGS = keys.bindings("brief")

    class CautionChosen(Message):
        """Why is this caution here?"""

        def __init__(self, caution: Caution) -> None:
            self.caution = caution
            super().__init__()

    class GoalChosen(Message):
        """A goal shall have a new value."""

        def __init__(self, goal_id: UUID) -> None:
            self.goal_id = goal_id
            super().__init__()

    def __init__(self, zone: ZoneInfo, *, header: bool = True, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._zone = zone
        self._header = header
        self._shown: Shown | None = None
        self._told = False
        self._section = 0
        self._cursor = 0
        self._built_for: tuple[object, ...] = ()
        self._drawn: list[Line] = []
        self._facts: tuple[Content, list[Content]] = (Content(), [])

    def show(self, slot: Slot | None, day: date, masked: bool) -> None:
        """Show a client's brief; the tabs go back to the cautions."""
        same = slot and self._shown and slot.id == self._shown.slot.id
        self._shown = Shown(slot, day, masked) if slot else None
        self._told = True
        if not same:
            self._section = self._cursor = 0
        self._repaint()

    @property
    def goal(self) -> GoalProgress | None:
        """The goal under the highlight."""
        target = self._target()
        return target if isinstance(target, GoalProgress) else None

    def show_section(self, index: int) -> None:
        """Bring a section to the front, or to the top."""
        self._section = index % self._sections
        self._cursor = 0
        if not self._tabbed:
            self._move_to_section()
        self._repaint()

    @property
    def _sections(self) -> int:
        changed = self._shown and self._shown.slot.brief.changes
        return len(SECTIONS) + (1 if changed else 0)

    # Keys and mouse

    def action_up(self) -> None:
        """Move to the caution or goal above."""
        self._move(-1)

    def action_down(self) -> None:
        """Move to the caution or goal below."""
        self._move(+1)

    def action_previous_section(self) -> None:
        """Show the section before."""
        self.show_section(self._section - 1)

    def action_next_section(self) -> None:
        """Show the next section."""
        self.show_section(self._section + 1)

    def action_choose(self) -> None:
        """Say why a caution is here, or ask for a goal's new value."""
        self._choose(self._target())

    def on_click(self, event: events.Click) -> None:
        """A click on a caution or goal does what enter does."""
        lines = self._lines(self.size.width, self.size.height)
        if 0 <= event.y < len(lines):
            self._choose(lines[event.y].target)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The frame shows the focus."""
        self._repaint()

    def _choose(self, target: Target | None) -> None:
        if isinstance(target, GoalProgress):
            self.post_message(self.GoalChosen(target.goal.id))
        elif isinstance(target, Caution):
            self.post_message(self.CautionChosen(target))

    def _targets(self) -> list[Target]:
        if not self._shown:
            return []
        brief = self._shown.slot.brief
        if not self._tabbed:
            return [*brief.cautions, *brief.goals]
        return [list(brief.cautions), list(brief.goals), [], []][self._section]  # pyright: ignore[reportReturnType]

    def _target(self) -> Target | None:
        targets = self._targets()
        return targets[self._cursor] if 0 <= self._cursor < len(targets) else None

    def _move(self, step: int) -> None:
        last = len(self._targets()) - 1
        self._cursor = max(0, min(last, self._cursor + step))
        self._repaint()

    def _move_to_section(self) -> None:
        if self._shown and self._section == 1:
            self._cursor = len(self._shown.slot.brief.cautions)

    # Drawing

    @property
    def _tabbed(self) -> bool:
        return self.size.height < TALL_ENOUGH or self.size.width < WIDE_ENOUGH

    def _repaint(self) -> None:
        """Draw again, and repaint the lines that are not what they were."""
        before = [line.content for line in self._drawn]
        self._built_for = ()
        if self.size:
            self.refresh_changed(before, [line.content for line in self._lines(*self.size)])

    def line(self, y: int, width: int) -> Content:
        """One line of the frame."""
        lines = self._lines(width, self.size.height)
        return lines[y].content if y < len(lines) else Content()

    def _lines(self, width: int, height: int) -> list[Line]:
        state = (self._shown, self._section, self._cursor, self.has_focus, width, height)
        if state != self._built_for:
            self._drawn = self._draw(width, height)
            self._built_for = state
        return self._drawn

    def _draw(self, width: int, height: int) -> list[Line]:
        style = ".frame-focused" if self.has_focus else ".frame"
        inner = width - 4
        self._facts = name_and_facts(self._shown) if self._shown else (Content(), [])
        if not self._shown:
            return self._empty(width, height, style)
        top = Line(frame.edge(self._title(width - 7), width, style))
        head = self._framed([Line(content) for content in self._head(inner)], width, style)
        brief, on = self._shown.slot.brief, self._target() if self.has_focus else None
        bodies = [
            cautions_lines(brief.cautions, inner, self._cautions_room(height), on),
            [
                *(Line(content) for content in course_lines(brief.course, inner, self._day)),
                *goals_lines(brief.goals, inner, self._day, on),
            ],
            last_note_lines(brief.last_note, inner),
        ]
        if self._tabbed and brief.changes:
            bodies.append(all_changes_lines(brief.changes, inner))
        body = self._tabs(bodies, width, height, style) if self._tabbed else self._stack(bodies, width, height, style)
        drawn = [top, *head, *body]
        room = height - 1
        blank = Line(frame.sides(Content(), width, style))
        return [*drawn[:room], *[blank] * (room - len(drawn)), Line(frame.bottom(width, style))]

    def _cautions_room(self, height: int) -> int:
        """Lines that the cautions may take in full: goals and the last note keep one each beside their titles."""
        head = len(self._head(self.size.width - 4))
        return height - 3 - head if self._tabbed else height - 4 - len(SECTIONS) - head

    def _empty(self, width: int, height: int, style: str) -> list[Line]:
        # Before the day is read nothing is said: "nobody" would be wrong for a moment.
        hint = Content.styled("Nobody is highlighted. a books an appointment." if self._told else "", ".muted")
        body = [Line(Content()), *[Line(part) for part in wrapped(hint, width - 4)]]
        body += [Line(Content())] * (height - 2 - len(body))
        top, end = frame.edge(Content(), width, style), frame.bottom(width, style)
        return [Line(top), *self._framed(body[: max(0, height - 2)], width, style), Line(end)]

    def _framed(self, lines: list[Line], width: int, style: str) -> list[Line]:
        return [
            Line(frame.sides(Content.assemble(" ", line.content), width, style), line.target, line.first)
            for line in lines
        ]

    def _stack(self, bodies: list[list[Line]], width: int, height: int, style: str) -> list[Line]:
        """All sections under each other; when they do not fit, the cautions keep their room and the rest gives way."""
        titles = self._titles()
        head = 1 + len(self._head(width - 4))
        room = height - 1 - head - len(bodies)
        sizes = share([len(body) for body in bodies], room)
        drawn: list[Line] = []
        for title, body, size in zip(titles, bodies, sizes, strict=True):
            drawn.append(Line(frame.edge(title, width, style, frame.RULE)))
            drawn += self._framed(self._window(body, size), width, style)
        return drawn

    def _tabs(self, bodies: list[list[Line]], width: int, height: int, style: str) -> list[Line]:
        """One section under tabs; the worst caution stays in view."""
        parts = [
            Content.styled(f" {title} ", ".tab-on" if index == self._section else ".muted")
            for index, title in enumerate(self._titles())
        ]
        drawn = [Line(frame.edge(Content.styled("│", ".frame").join(parts), width, style, frame.RULE))]
        if self._section and self._shown and self._shown.slot.brief.cautions:
            worst = caution_lines(self._shown.slot.brief.cautions[0], width - 4, whole=False)
            drawn += self._framed([Line(line.content, line.target) for line in worst], width, style)
        head = len(self._head(width - 4))
        room = height - 2 - head - len(drawn)
        return drawn + self._framed(self._window(bodies[self._section], room), width, style)

    def _window(self, body: list[Line], size: int) -> list[Line]:
        """The part of a section that fits, moved so that the highlighted target is in it; what is left out is said."""
        if len(body) <= size:
            return body
        target = self._target() if self.has_focus else None
        at = next((i for i, line in enumerate(body) if line.target is target and target and line.first), 0)
        start = max(0, min(at, len(body) - size + 1)) if at >= size - 1 else 0
        part = body[start : start + size]
        hidden = len({id(line.target) for line in body[start + size - 1 :] if line.target and line.first})
        if part and start + size < len(body):
            more = f"… {hidden} more: tab, ↓" if hidden else "…"
            part = [*part[:-1], Line(Content.styled(more, ".muted"))]
        return part

    def _titles(self) -> list[Content]:
        brief = self._shown.slot.brief if self._shown else None
        if not brief:
            return [Content(name) for name in SECTIONS]
        last = brief.last_note
        when = f", {show_short(last.service_at.astimezone(self._zone).date(), self._day)}" if last else ""
        counts = [str(len(brief.cautions) or ""), str(len(brief.goals) or ""), ""]
        names = [SECTIONS[0], SECTIONS[1], SECTIONS[2] if self._tabbed else SECTIONS[2] + when]
        if self._tabbed:
            names = [f"{name} {count}".strip() for name, count in zip(names, counts, strict=True)]
            if brief.changes:  # four titles have room only when the longest is cut short
                names = [names[0], names[1], "Last", "Since"]
        return [Content.styled(name, ".title") for name in names]

    @property
    def _day(self) -> date:
        return self._shown.day if self._shown else date.min

    def _title(self, width: int) -> Content:
        """The name, and as many facts as fit beside it; the others go on the lines below (`_head`)."""
        name, facts = self._facts
        title = name
        for fact in facts[: self._facts_in_title(width)]:
            title = Content.assemble(title, "  " if title is name else " · ", fact)
        return title.truncate(width, ellipsis=True)

    def _facts_in_title(self, width: int) -> int:
        name, facts = self._facts
        used, count = name.cell_length - 1, 0
        for fact in facts:
            used += fact.cell_length + 3
            if used > width:
                break
            count += 1
        return count

    def _head(self, width: int) -> list[Content]:
        """What changed since last time, after the client's states where the header is shown."""
        if not self._shown:
            return []
        states = self._states(width)
        if self._tabbed:
            return [*states, *([] if self._section == CHANGED else since_line(self._shown, self._zone, width))]
        return [*states, *changes_lines(self._shown, self._zone, width, self._changes_room(len(states)))]

    def _changes_room(self, states: int) -> int:
        """Lines for what changed: all of them when they are asked for, but each caution keeps one."""
        brief = self._shown.slot.brief if self._shown else None
        if not brief:
            return 0
        wanted = len(brief.changes) if self._section == CHANGED else CHANGES
        return max(1, min(wanted, self.size.height - 4 - len(SECTIONS) - states - len(brief.cautions)))

    def _states(self, width: int) -> list[Content]:
        if not self._shown or not self._header:
            return []
        _, facts = self._facts
        left_over = facts[self._facts_in_title(width - 4) :]
        return flowed([*states(self._shown, self._zone), *left_over], "   ", width)
