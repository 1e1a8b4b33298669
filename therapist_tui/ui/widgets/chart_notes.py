"""The chart's notes as a timeline: each session with its pain and its outcome, the chosen note in full."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from therapist_tui.domain.body.marks import Mark
from therapist_tui.domain.chart import Timeline
from therapist_tui.domain.note import SessionNote
from therapist_tui.domain.treatments import show_treatments
from therapist_tui.domain.when import show_span

from ..plain import fitted, one_line
from .chart_page import Looks, Page, Row, listed, nothing

WHEN = 12
PAIN = 6


class NotesPage(Page):
    """Notes, newest session first. `words` are the user's own abbreviations, to read the shorthand with."""

    def __init__(self, timeline: Timeline, looks: Looks, words: Mapping[str, str]) -> None:
        self._looks, self._words = looks, words
        self._marks: dict[str, tuple[Mark, ...]] = {}
        self.rows: Sequence[Row] = [
            Row(one.id.hex, lambda width, one=one: self._row(one, width), one) for one in timeline.notes
        ] or [nothing("no-notes", "no notes yet")]

    def _row(self, note: SessionNote, width: int) -> Content:
        content = note.content
        text = content.assessment or content.subjective or content.plan
        pain = "→".join("" if value is None else str(value) for value in (content.pain_before, content.pain_after))
        return Content.assemble(
            _mark(note),
            " ",
            fitted(Content(self._looks.short(self._looks.day_of(note.service_at))), WHEN),
            fitted(Content.styled(pain if len(pain) > 1 else "", ".muted"), PAIN),
            one_line(text, ".struck" if note.in_error else ".muted"),
        ).truncate(width, ellipsis=True)

    def detail(self, entry: Any, width: int, _height: int) -> list[Content]:
        """The note section by section, and its signature."""
        return _in_full(entry, self._looks, width) if isinstance(entry, SessionNote) else []

    def marks(self, entry: Any) -> tuple[Mark, ...]:
        """What the note's shorthand marks on the body."""
        line = entry.content.shorthand if isinstance(entry, SessionNote) else ""
        if line and line not in self._marks:
            self._marks[line] = _marks_of(line, self._words)
        return self._marks.get(line, ())


def _marks_of(line: str, words: Mapping[str, str]) -> tuple[Mark, ...]:
    from therapist_tui.domain.shorthand import read  # its lexicon is read when the first note is looked at

    return read(line, words).marks


def _mark(note: SessionNote) -> Content:
    if note.in_error:
        return Content.styled("✗", ".error")
    if not note.signed:
        return Content.styled("✎", ".badge")
    return Content.styled("✓", ".badge" if note.late else ".good")


def _in_full(note: SessionNote, looks: Looks, width: int) -> list[Content]:
    content = note.content
    pain = [value for value in (content.pain_before, content.pain_after) if value is not None]
    lines = [_state(note, looks, width), Content()]
    return lines + listed(
        [
            ("S said", content.subjective),
            ("O found", content.objective),
            ("Work", ", ".join(filter(None, [show_treatments(content.treatments)]))),
            ("Pain 0–10", " → ".join(str(value) for value in pain)),
            ("A response", content.assessment),
            ("P plan", content.plan),
            ("Home care", content.home_care),
            ("Next time", content.next_time),
            ("Shorthand", content.shorthand),
        ],
        width,
    )


def _state(note: SessionNote, looks: Looks, width: int) -> Content:
    when = looks.moment(note.service_at)
    if note.in_error:
        state = Content.styled("✗ entered in error: it counts no more", ".error")
    elif note.signed:
        lag = f", {show_span(note.lag_minutes)} after" if note.lag_minutes is not None else ""
        late = " LATE ENTRY" if note.late else ""
        state = Content.assemble(("✓ ", ".good"), one_line(note.signed_by), (lag, ".muted"), (late, ".badge"))
    else:
        state = Content.styled("✎ not signed", ".badge")
    return Content.assemble((f"{when}  ", ".strong"), state).truncate(width, ellipsis=True)
