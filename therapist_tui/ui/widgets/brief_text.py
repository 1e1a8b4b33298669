"""What the brief says, as lines of text: pure functions from values, without frame, focus or keys."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from textual.content import Content

from therapist_tui.domain.agenda import Slot
from therapist_tui.domain.change import Change
from therapist_tui.domain.goal import GoalProgress
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.screening.values import Caution
from therapist_tui.domain.since import summary
from therapist_tui.domain.treatments import show_treatments
from therapist_tui.domain.when import show_short

from ..plain import fitted, name_of, one_line, shown, spread, wrapped
from .goal_lines import goal_lines
from .levels import STYLES, WORD_WIDTH, label

Target = Caution | GoalProgress
"""What the highlight can stand on: a caution says why, a goal asks for a new value."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the brief shows: an appointment's slot on a day."""

    slot: Slot
    day: date
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, and what enter does on it."""

    content: Content
    target: Target | None = None
    first: bool = False
    """Whether the target begins here; the highlight steps from first to first."""


def name_and_facts(brief_of: Shown) -> tuple[Content, list[Content]]:
    """The client's name, and what stands beside it: age and pronouns, weeks, visit, referrer."""
    brief, day = brief_of.slot.brief, brief_of.day
    client, plan = brief.client, brief.plan
    age, weeks = client.age_on(day), brief.gestation_on(day)
    facts = [
        ", ".join(part for part in (str(age) if age is not None else "", client.pronouns) if part),
        f"{weeks} weeks" if weeks is not None else "",
        f"visit {brief.plan_visits + 1} of {plan.visits_planned}" if plan and plan.visits_planned else "",
        brief.referral.referrer if brief.referral else "",
    ]
    return one_line(name_of(client, brief_of.masked), ".strong"), [one_line(fact, ".muted") for fact in facts if fact]


def states(shown_slot: Shown, zone: ZoneInfo) -> list[Content]:
    """History asked, consent, pressure: each with a word, what is missing with a question mark."""
    brief, day = shown_slot.slot.brief, shown_slot.day
    if brief.asked is None:
        asked = Content.styled("? history never asked", ".check")
    else:
        asked_on = brief.asked.asked_at.astimezone(zone).date()
        when = "today ✓" if asked_on == day else show_short(asked_on, day)
        when += ": nothing to report" if brief.asked.answer is Answer.NOTHING else ""
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


def since_head(shown_slot: Shown, zone: ZoneInfo) -> str:
    """Since when: "Since 9 Nov: ", or nothing where there is no signed note or nothing changed."""
    brief = shown_slot.slot.brief
    if not brief.changes or not brief.last_note:
        return ""
    return f"Since {show_short(brief.last_note.service_at.astimezone(zone).date(), shown_slot.day)}: "


def since_line(shown_slot: Shown, zone: ZoneInfo, width: int) -> list[Content]:
    """What changed since the last signed note, on one line; none when nothing did."""
    head = since_head(shown_slot, zone)
    if not head:
        return []
    said = one_line(summary(shown_slot.slot.brief.changes))
    return [Content.assemble((head, ".accent"), said).truncate(width, ellipsis=True)]


def changes_lines(shown_slot: Shown, zone: ZoneInfo, width: int, most: int) -> list[Content]:
    """What changed since the last signed note, a line each and at most so many; the last then says how many more."""
    head = since_head(shown_slot, zone)
    if not head or most < 2:
        return since_line(shown_slot, zone, width)[: max(0, most)]
    changes = shown_slot.slot.brief.changes
    shown_ones = changes if len(changes) <= most else changes[: most - 1]
    indent = " " * len(head)
    lines = [
        Content.assemble((head if not at else indent, ".accent"), change_text(one)).truncate(width, ellipsis=True)
        for at, one in enumerate(shown_ones)
    ]
    if hidden := len(changes) - len(shown_ones):
        lines.append(Content.styled(f"{indent}… {hidden} more: →", ".muted"))
    return lines


def all_changes_lines(changes: tuple[Change, ...], width: int) -> list[Line]:
    """Every change in full, for a section of its own."""
    return [Line(part) for one in changes for part in wrapped(change_text(one), width)]


def change_text(change: Change) -> Content:
    """A change in words, behind the level that the therapist gave it."""
    said = one_line(change.text)
    if not change.level:
        return said
    return Content.assemble((f"{change.level.glyph} {change.level.word} ", STYLES[change.level]), said)


def cautions_lines(cautions: tuple[Caution, ...], width: int, room: int, on: Target | None) -> list[Line]:
    """Every caution, in full while there is room; else a line each but for the highlighted one: none hides another."""
    if not cautions:
        none = Content.styled("None: the history was asked, and nothing in it asks for care.", ".muted")
        return [Line(part) for part in wrapped(none, width)]
    full = [line for one in cautions for line in caution_lines(one, width, one is on)]
    if len(full) <= room:
        return full
    lines: list[Line] = []
    for one in cautions:
        whole = one is (on or cautions[0])
        said = caution_lines(one, width, one is on, whole=whole)
        most = max(1, room - len(cautions) + 1)  # a line is left to each of the others
        lines += said if len(said) <= most else _cut(said[:most])
    return lines


def _cut(lines: list[Line]) -> list[Line]:
    """The lines with an ellipsis at their end; the first one is the title, which stays."""
    *kept, last = lines
    if not kept:
        return lines
    return [*kept, Line(Content.assemble(last.content.truncate(last.content.cell_length - 2), " …"), last.target)]


def caution_lines(caution: Caution, width: int, on: bool = False, *, whole: bool = True) -> list[Line]:
    """Level, title and place, then what to do. Nothing of it is cut; `whole` False gives the first line only."""
    indent = " " * (WORD_WIDTH + 1)
    room = width - len(indent)
    title, place = one_line(caution.title, ".strong"), one_line(caution.place, ".muted")
    beside = bool(place) and title.cell_length + place.cell_length + 2 <= room
    titles = [title.truncate(room, ellipsis=True)] if beside or not whole else wrapped(title, room)
    first = Content.assemble(label(caution.level), " ", titles[0] if titles else "")
    first = spread(first, place, width) if beside else fitted(first, width)
    lines = [Line(first.stylize(".cursor") if on else first, caution, True)]
    if whole:
        below = list(titles[1:]) + ([] if beside or not place else wrapped(place, room))
        below += wrapped(one_line(caution.advice, ".advice"), room) if caution.advice else []
        lines += [Line(Content.assemble(indent, part), caution) for part in below]
    return lines


def goals_lines(goals: tuple[GoalProgress, ...], width: int, day: date, on: Target | None) -> list[Line]:
    """A line a goal."""
    if not goals:
        return [Line(Content.styled("No goals yet. enter opens the chart, g adds one.", ".muted"))]
    return [
        Line(line.stylize(".cursor") if one is on else line, one, True)
        for one, line in zip(goals, goal_lines(goals, width, day), strict=True)
    ]


def last_note_lines(note: SessionNote | None, width: int) -> list[Line]:
    """The last note, what was wanted next first."""
    if not note:
        return [Line(Content.styled("No signed note before this appointment.", ".muted"))]
    content = note.content
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
    drawn: list[Line] = []
    for name, text in parts:
        if text.strip():
            body = Content.assemble((f"{name}: ", ".muted"), shown(text.strip()))
            drawn += [Line(part) for part in wrapped(body, width)]
    return drawn or [Line(Content.styled("The last note has no plan.", ".muted"))]


def share(wanted: list[int], room: int) -> list[int]:
    """Lines for each section: the first keeps what it wants, the later ones give way, each at least one."""
    sizes = list(wanted)
    for index in reversed(range(len(sizes))):
        over = sum(sizes) - room
        if over <= 0:
            break
        sizes[index] = max(1, sizes[index] - over)
    return sizes
