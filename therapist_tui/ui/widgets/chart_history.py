"""The chart's history: every entry with its level, then each time the client was asked; who said what when."""

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from therapist_tui.domain.agenda import Brief
from therapist_tui.domain.chart import Asked, History
from therapist_tui.domain.health import HealthEntry
from therapist_tui.domain.screening.history import Reading

from ..plain import fitted, one_line, spread
from .chart_page import Looks, Page, Row, heading, listed, nothing, told_edits
from .levels import WORD_WIDTH, label

KIND = 10


class HistoryPage(Page):
    """What was said about the client's health."""

    def __init__(self, history: History, brief: Brief, looks: Looks) -> None:
        self._history, self._looks = history, looks
        self._readings = {one.entry_id: one for one in brief.readings}
        self.rows: Sequence[Row] = self._made()

    def _made(self) -> list[Row]:
        hint = self._looks.hint
        rows = [heading("History", hint("chart.health", "adds an entry"))]
        rows += [Row(one.id.hex, lambda width, one=one: self._entry(one, width), one) for one in self._history.entries]
        if len(rows) == 1:
            rows.append(nothing("no-history"))
        rows.append(heading("Asked", hint("chart.no_change", "stamps “no change” today")))
        rows += [
            Row(f"asked-{one.at.timestamp()}-{number}", lambda width, one=one: self._asked(one, width), one)
            for number, one in enumerate(self._history.asked)
        ]
        if not self._history.asked:
            rows.append(nothing("never-asked", "never asked"))
        return rows

    def _entry(self, entry: HealthEntry, width: int) -> Content:
        looks = self._looks
        is_open = entry.open_on(looks.today)
        level = self._level(entry) if is_open else Content(" " * WORD_WIDTH)
        weeks = entry.gestation_on(looks.today)
        since = f"since {looks.short(entry.began_on)}" if entry.began_on else ""
        over = f"over {looks.short(entry.resolved_on)}" if entry.resolved_on and not is_open else ""
        fact = over or (f"{weeks} weeks" if weeks is not None else entry.place or since)
        left = Content.assemble(
            level,
            " ",
            fitted(Content.styled(entry.kind.value, ".muted"), KIND),
            " ",
            one_line(entry.text, "" if is_open else ".muted"),
        )
        return spread(left, one_line(fact, ".muted").truncate(max(0, width // 4), ellipsis=True), width)

    def _level(self, entry: HealthEntry) -> Content:
        reading = self._readings.get(entry.id)
        return label(reading.level) if reading and reading.level else Content(" " * WORD_WIDTH)

    def _asked(self, asked: Asked, width: int) -> Content:
        on = self._looks.short(self._looks.day_of(asked.at))
        left = Content.assemble(fitted(Content(on), 12), one_line(asked.answer.value))
        return spread(left, one_line(asked.by, ".muted"), width)

    def detail(self, entry: Any, width: int, _height: int) -> list[Content]:
        """An entry with what the checker made of it and all its wordings; or when the client was asked."""
        if isinstance(entry, HealthEntry):
            return self._in_full(entry, width)
        if isinstance(entry, Asked):
            pairs = (("Asked", self._looks.moment(entry.at)), ("Answer", entry.answer.value), ("By", entry.by))
            return listed(pairs, width)
        return []

    def _in_full(self, entry: HealthEntry, width: int) -> list[Content]:
        looks, reading = self._looks, self._readings.get(entry.id)
        is_open = entry.open_on(looks.today)
        head = [Content.assemble(label(reading.level), " ", one_line(_words(reading), ".muted"))] if (
            reading and reading.level and is_open
        ) else []  # fmt: skip
        severity = f"{entry.severity.glyph} {entry.severity.word}, as you set it" if entry.severity else ""
        weeks = entry.gestation_on(looks.today)
        pairs = (
            (entry.kind.value, entry.text),
            ("Where", entry.place),
            ("Level", severity),
            ("Advice", entry.advice),
            ("Since", looks.short(entry.began_on) if entry.began_on else ""),
            ("Weeks", str(weeks) if weeks is not None else ""),
            ("Over", looks.short(entry.resolved_on) if entry.resolved_on else ""),
            ("Read as", reading.said if reading and is_open and not reading.level else ""),
        )
        edits = self._history.edits.get(entry.id, ())
        return [*head, *listed(pairs, width), *told_edits(edits, looks, width)]


def _words(reading: Reading) -> str:
    return reading.level.meaning if reading.level else ""
