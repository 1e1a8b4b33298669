"""The words of a session note, put together so that no two visits in a row read alike."""

from collections.abc import Mapping
from dataclasses import replace
from math import gcd
from random import Random
from typing import TypeVar

from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.treatments import Treatment

from .course import Step
from .texts import Complaint, Person, Texts

T = TypeVar("T")

INTAKE = 10
"""Minutes of a session that are talk, not treatment."""
EARLY, LATE = 0.34, 0.67
"""Shares of a course up to which it counts as early, and from which as late."""
_GAPS = {7: "week", 10: "10 days", 14: "2 weeks", 21: "3 weeks", 28: "4 weeks"}


class Voice:
    """How the notes of one client are worded: each list of phrases is walked in its own order and stride."""

    def __init__(self, person: Person, complaint: Complaint, words: Texts, rng: Random) -> None:
        self.person, self.complaint, self.phrases, self.rng = person, complaint, words.phrases, rng
        self.names = {"side": person.side, "other": {"left": "right", "right": "left"}.get(person.side, "other")}
        first, second = person.visits[:2] if len(person.visits) > 1 else (0, 14)
        self.gap = _GAPS.get(person.every or second - first, "2 weeks")
        self.walks: dict[str, tuple[int, int]] = {}

    def content(self, step: Step, visit: int, minutes: int) -> NoteContent:
        """The note of a visit; `visit` counts all visits of the client from 0."""
        facts = {
            "worst": step.worst, "before": step.before, "after": step.after, "n": 5 + 5 * (visit % 4),
            "gap": self.gap, "review": step.number + 2 + visit % 3,
            "left": self._say("left", visit), "pressure": self.person.pressure or "medium",
        }  # fmt: skip
        phase = "early" if step.share < EARLY else "mid" if step.share < LATE else "late"
        reading = self._reading(step)
        return NoteContent(
            _joined(self._say(phase, visit), self._say("about", visit), self._say("worst", visit, facts)),
            _joined(*self._findings(phase, visit), reading, self._room(visit), self._say("pressure", visit, facts)),
            _joined(self._say(f"assess_{phase}", visit, facts), self._toward(step)),
            self._say("plan", visit, facts),
            self._work(visit, minutes),
            step.before,
            step.after,
            self._say("home", visit),
            self._say("next", visit),
            self._short(step, visit),
        )

    def _say(self, name: str, visit: int, facts: Mapping[str, object] | None = None) -> str:
        found = self._pick(name, self._pool(name), visit).format(**self.names, **(facts or {}))
        return found if name in ("left", "next") else found[:1].upper() + found[1:]

    def _pool(self, name: str) -> tuple[str, ...]:
        return getattr(self.complaint, name, ()) or self.phrases[name]

    def _pick(self, name: str, pool: tuple[T, ...], visit: int) -> T:
        if name not in self.walks:
            strides = [stride for stride in range(1, max(2, len(pool) - 1)) if gcd(stride, len(pool)) == 1]
            self.walks[name] = self.rng.randrange(len(pool)), self.rng.choice(strides)
        start, stride = self.walks[name]
        # One further after each round, so that lists of the same length do not stay in step.
        return pool[(start + visit * stride + visit // len(pool)) % len(pool)]

    def _findings(self, phase: str, visit: int) -> tuple[str, str]:
        first = "eases" if phase == "late" else "finds"
        second = "finds" if phase == "early" else "eases"
        after = "After work: " if first != second else ""
        return self._say(first, 2 * visit), after + self._say(second, 2 * visit + 1)

    def _short(self, step: Step, visit: int) -> str:
        """The line of shorthand, so that the body map has sessions to step through."""
        line = self.complaint.short[visit % len(self.complaint.short)]
        return line.format(s=self.person.side[:1].upper(), before=step.before, after=step.after)

    def _room(self, visit: int) -> str:
        return self._pick("room", self.complaint.room or self.phrases["room"], visit)

    def _work(self, visit: int, minutes: int) -> tuple[Treatment, ...]:
        names = self._pick("work", self.complaint.work, visit)
        fives, rest = divmod((minutes - INTAKE) // 5, len(names))
        return tuple(Treatment(name, 5 * (fives + (i < rest))) for i, name in enumerate(names))

    def _reading(self, step: Step) -> str:
        if step.reading is None:
            return ""
        title, unit, *_ = self.complaint.measure
        return f"{title.format(**self.names)}: {show_value(step.reading, unit)}."

    def _toward(self, step: Step) -> str:
        if step.reading is None or step.number == 1:
            return ""
        title, unit, baseline, target, _ = self.complaint.measure
        first, now, aim = (show_value(value, unit) for value in (baseline, step.reading, target))
        return f"{title.format(**self.names)}: {first} → {now}, aim {aim}."


def unfinished(content: NoteContent) -> NoteContent:
    """The note as it stands when the next client knocks: A and P are still to be written."""
    return replace(content, assessment="", plan="", home_care="", next_time="", pain_after=None)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
