"""The brief: the highlighted client's header, cautions, goals and last note, in one frame.

Drawn as one widget so that moving through the day is one repaint and no layout. With little height it shows one section
at a time under tabs; the worst caution then stays above them, because a caution is never hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from textual import events
from textual.content import Content
from textual.message import Message

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.note import show_treatments
from therapist_tui.domain.plan import GoalProgress, show_value
from therapist_tui.domain.screening.values import Caution
from therapist_tui.domain.when import show_short

from .. import keys
from ..plain import fitted, flowed, name_of, one_line, shown, spread, wrapped
from . import frame
from .levels import WORD_WIDTH, label
from .lines import Lines
from .trend import sparkline

SECTIONS = ("Cautions", "Goals", "Last time")
TALL_ENOUGH, WIDE_ENOUGH = 24, 50
"""Lines and cells from which all sections are shown under each other; with less they become tabs."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the brief shows: an appointment's slot on a day."""

    slot: Slot
    day: date
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line, and what enter does on it."""

    content: Content
    target: Caution | GoalProgress | None = None
    first: bool = False
    """Whether the target begins here; the highlight steps from first to first."""


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
        self._section = 0
        self._cursor = 0
        self._scroll = 0
        self._built_for: tuple[object, ...] = ()
        self._drawn: list[Line] = []
        self._facts: tuple[Content, list[Content]] = (Content(), [])

    def show(self, slot: Slot | None, day: date, masked: bool) -> None:
        """Show a client's brief; the tabs go back to the cautions."""
        same = slot and self._shown and slot.id == self._shown.slot.id
        self._shown = Shown(slot, day, masked) if slot else None
        if not same:
            self._section = self._cursor = self._scroll = 0
        self._repaint()

    @property
    def goal(self) -> GoalProgress | None:
        """The goal under the highlight."""
        target = self._target()
        return target if isinstance(target, GoalProgress) else None

    def show_section(self, index: int) -> None:
        """Bring a section to the front, or to the top."""
        self._section = index % len(SECTIONS)
        self._cursor = self._scroll = 0
        if not self._tabbed:
            self._move_to_section()
        self._repaint()

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

    def _choose(self, target: Caution | GoalProgress | None) -> None:
        if isinstance(target, GoalProgress):
            self.post_message(self.GoalChosen(target.goal.id))
        elif isinstance(target, Caution):
            self.post_message(self.CautionChosen(target))

    def _targets(self) -> list[Caution | GoalProgress]:
        if not self._shown:
            return []
        brief = self._shown.slot.brief
        if not self._tabbed:
            return [*brief.cautions, *brief.goals]
        return [list(brief.cautions), list(brief.goals), []][self._section]  # pyright: ignore[reportReturnType]

    def _target(self) -> Caution | GoalProgress | None:
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
        self._facts = self._name_and_facts()
        if not self._shown:
            return self._empty(width, height, style)
        top = Line(frame.edge(self._title(width - 7), width, style))
        head = self._framed([Line(content) for content in self._head(inner)], width, style)
        bodies = [self._cautions(inner), self._goals(inner), self._last(inner)]
        body = self._tabs(bodies, width, height, style) if self._tabbed else self._stack(bodies, width, height, style)
        drawn = [top, *head, *body]
        room = height - 1
        blank = Line(frame.sides(Content(), width, style))
        return [*drawn[:room], *[blank] * (room - len(drawn)), Line(frame.bottom(width, style))]

    def _empty(self, width: int, height: int, style: str) -> list[Line]:
        hint = Content.styled("Nobody is highlighted. a books an appointment.", ".muted")
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
            worst = self._caution(self._shown.slot.brief.cautions[0], width - 4, whole=False)
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

    def _name_and_facts(self) -> tuple[Content, list[Content]]:
        if not self._shown:
            return Content(), []
        brief = self._shown.slot.brief
        client, plan = brief.client, brief.plan
        age, weeks = client.age_on(self._day), brief.gestation_on(self._day)
        facts = [
            ", ".join(part for part in (str(age) if age is not None else "", client.pronouns) if part),
            f"{weeks} weeks" if weeks is not None else "",
            f"visit {brief.plan_visits + 1} of {plan.visits_planned}" if plan and plan.visits_planned else "",
            brief.referral.referrer if brief.referral else "",
        ]
        return one_line(name_of(client, self._shown.masked), ".strong"), [one_line(f, ".muted") for f in facts if f]

    def _head(self, width: int) -> list[Content]:
        if not self._shown or not self._header:
            return []
        _, facts = self._facts
        left_over = facts[self._facts_in_title(width - 4) :]
        return flowed([*states(self._shown, self._zone), *left_over], "   ", width)

    def _cautions(self, width: int) -> list[Line]:
        cautions = self._shown.slot.brief.cautions if self._shown else ()
        if not cautions:
            none = Content.styled("None: the history was asked, and nothing in it asks for care.", ".muted")
            return [Line(part) for part in wrapped(none, width)]
        return [line for caution in cautions for line in self._caution(caution, width)]

    def _caution(self, caution: Caution, width: int, whole: bool = True) -> list[Line]:
        """Level, title and place, then what to do. Nothing is cut while there is room; `whole` False: one line."""
        indent = " " * (WORD_WIDTH + 1)
        room = width - len(indent)
        title, place = one_line(caution.title, ".strong"), one_line(caution.place, ".muted")
        beside = bool(place) and title.cell_length + place.cell_length + 2 <= room
        titles = [title.truncate(room, ellipsis=True)] if beside or not whole else wrapped(title, room)
        first = Content.assemble(label(caution.level), " ", titles[0] if titles else "")
        first = spread(first, place, width) if beside else fitted(first, width)
        if self.has_focus and caution is self._target():
            first = first.stylize(".cursor")
        lines = [Line(first, caution, True)]
        if whole:
            below = list(titles[1:]) + ([] if beside or not place else wrapped(place, room))
            below += wrapped(one_line(caution.advice, ".advice"), room) if caution.advice else []
            lines += [Line(Content.assemble(indent, part), caution) for part in below]
        return lines

    def _goals(self, width: int) -> list[Line]:
        goals = self._shown.slot.brief.goals if self._shown else ()
        if not goals:
            return [Line(Content.styled("No goals yet. enter opens the chart, g adds one.", ".muted"))]
        return [
            Line(line.stylize(".cursor") if self.has_focus and one is self._target() else line, one, True)
            for one, line in zip(goals, goal_lines(goals, width, self._day), strict=True)
        ]

    def _last(self, width: int) -> list[Line]:
        note = self._shown.slot.brief.last_note if self._shown else None
        if not note:
            return [Line(Content.styled("No signed note before this appointment.", ".muted"))]
        content = note.content
        drawn: list[Line] = []
        pain = [str(value) for value in (content.pain_before, content.pain_after) if value is not None]
        parts = (
            ("Next time", content.next_time),
            ("Plan", content.plan),
            ("Home care", content.home_care),
            ("Response", content.assessment),
            ("Pain", " → ".join(pain)),
            ("Done", show_treatments(content.treatments)),
            ("Found", content.objective),
            ("Said", content.subjective),
        )
        for name, text in parts:
            if text.strip():
                body = Content.assemble((f"{name}: ", ".muted"), shown(text.strip()))
                drawn += [Line(part) for part in wrapped(body, width)]
        return drawn or [Line(Content.styled("The last note has no plan.", ".muted"))]


def states(shown_slot: Shown, zone: ZoneInfo) -> list[Content]:
    """History asked, consent, pressure: each with a word, what is missing with a question mark."""
    brief, day = shown_slot.slot.brief, shown_slot.day
    if brief.asked is None:
        asked = Content.styled("? history never asked", ".check")
    else:
        asked_on = brief.asked.asked_at.astimezone(zone).date()
        when = "today ✓" if asked_on == day else show_short(asked_on, day)
        asked = Content.styled(f"history asked {when}", ".good" if asked_on == day else "")
    consent = (
        Content.styled("consent valid", ".good")
        if brief.consent_on(day)
        else Content.styled("? no consent on file", ".check")
    )
    parts = [asked, consent]
    if brief.client.pressure:
        parts.append(one_line(f"prefers {brief.client.pressure} pressure", ".muted"))
    return parts


def goal_lines(goals: Sequence[GoalProgress], width: int, day: date) -> list[Content]:
    """A line a goal, in columns: title, baseline, spark, latest → target, percent, due date.

    Without room first the due date is left out, then the baseline, then the spark; the title gives way last.
    """
    columns = [[_start(one), _spark(one, width), _latest(one), _percent(one), _due(one, day)] for one in goals]
    order = (None, 4, 0, 1)  # nothing left out, then the due date, the baseline, the spark
    title = min(24, max((one_line(goal.goal.title).cell_length for goal in goals), default=0))
    kept, widths = [0, 1, 2, 3, 4], list[int]()
    for gone in order:
        kept = [index for index in kept if index != gone]
        widths = [max(row[index].cell_length for row in columns) for index in kept] if columns else []
        if sum(widths) + 2 * len(widths) + title <= width:
            break
    lines: list[Content] = []
    for one, row in zip(goals, columns, strict=True):
        cells = [fitted(row[index], cell) for index, cell in zip(kept, widths, strict=True)]
        lines.append(spread(one_line(one.goal.title), Content("  ").join(cells), width))
    return lines


def _start(progress: GoalProgress) -> Content:
    return Content.styled(f"{progress.goal.baseline:g}{_close_unit(progress)}".rjust(4), ".muted")


def _spark(progress: GoalProgress, width: int) -> Content:
    return Content.styled(sparkline(progress.values, 8 if width < 90 else 12), ".spark")


def _latest(progress: GoalProgress) -> Content:
    latest = f"{progress.latest:g}{_close_unit(progress)}".rjust(4)
    return Content.assemble(
        (latest, ".strong"), " ", one_line(f"→ {show_value(progress.goal.target, progress.goal.unit)}", ".muted")
    )


def _percent(progress: GoalProgress) -> Content:
    style = ".good" if progress.reached else ".worse" if progress.percent < 0 else ""
    return Content.styled(f"{progress.percent:.0f} %".rjust(5), style)


def _due(progress: GoalProgress, day: date) -> Content:
    due_on = progress.goal.due_on
    if due_on is None:
        return Content()
    overdue = due_on < day and not progress.reached
    return Content.styled(f"due {show_short(due_on, day)}", ".worse" if overdue else ".muted")


def _close_unit(progress: GoalProgress) -> str:
    return "°" if progress.goal.unit == "°" else ""


def share(wanted: list[int], room: int) -> list[int]:
    """Lines for each section: the first keeps what it wants, the later ones give way, each at least one."""
    sizes = list(wanted)
    for index in reversed(range(len(sizes))):
        over = sum(sizes) - room
        if over <= 0:
            break
        sizes[index] = max(1, sizes[index] - over)
    return sizes
