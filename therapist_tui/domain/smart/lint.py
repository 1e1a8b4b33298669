"""What a goal's draft lacks or gets wrong, while it is typed: some of it must be mended, most is advice.

The sentences and their order stand in rules.toml; here is when each of them holds. A rule answers with the facts of its
sentence, or with None when it has nothing to say.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from therapist_tui.domain.aim import Aim, range_of, thresholds_of
from therapist_tui.domain.health import Side
from therapist_tui.domain.measurement import Rating
from therapist_tui.domain.measures.catalogue import measure_of
from therapist_tui.domain.measures.judging import judge
from therapist_tui.domain.measures.values import Direction, Entry, Measure
from therapist_tui.domain.numbers import show_value

Facts = Mapping[str, object]
MOST_ACTIVITIES = 5


class Draft(Aim, Protocol):
    """A goal that is being written."""

    @property
    def baseline(self) -> float | None: ...  # noqa: D102
    @property
    def target(self) -> float | None: ...  # noqa: D102
    @property
    def due_on(self) -> date | None: ...  # noqa: D102
    @property
    def baseline_on(self) -> date | None: ...  # noqa: D102
    @property
    def side(self) -> Side: ...  # noqa: D102
    @property
    def purpose(self) -> str: ...  # noqa: D102
    @property
    def baseline_ratings(self) -> tuple[Rating, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Look:
    """A draft as the rules see it, on a day."""

    draft: Draft
    today: date
    measure: Measure | None

    @property
    def ends(self) -> tuple[float, float] | None:
        """Baseline and target where both are known and differ."""
        start, aim = self.draft.baseline, self.draft.target
        return None if start is None or aim is None or start == aim else (start, aim)


Rule = Callable[[Look], Facts | None]
_RULES: dict[str, Rule] = {}


def _rule(rule: Rule) -> Rule:
    _RULES[rule.__name__] = rule
    return rule


def refused(draft: Draft, today: date) -> dict[str, str]:
    """What must be mended before the draft can be saved, by field; the first that a field has."""
    found: dict[str, str] = {}
    for field, sentence in _said(draft, today):
        if field and field not in found:
            found[field] = sentence
    return found


def advice(draft: Draft, today: date) -> tuple[str, ...]:
    """What would make it a better goal, most important first; it can be saved all the same."""
    return tuple(sentence for field, sentence in _said(draft, today) if not field)


def _said(draft: Draft, today: date) -> Iterator[tuple[str, str]]:
    look = Look(draft, today, measure_of(draft.measure))
    for name, entry in _texts()["rule"].items():
        facts = None if entry.get("late") and not look.ends else _RULES[name](look)
        if facts is not None:
            yield entry.get("refuse", ""), entry["say"].format(**facts)


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads((files("therapist_tui.domain.smart") / "rules.toml").read_text(encoding="utf-8"))


def _when(holds: bool, **facts: object) -> Facts | None:
    return facts if holds else None


# What must be mended


@_rule
def no_title(look: Look) -> Facts | None:
    """Nothing is named."""
    return _when(not look.draft.title)


@_rule
def unknown_measure(look: Look) -> Facts | None:
    """An id that no measure has."""
    return _when(bool(look.draft.measure) and look.measure is None)


@_rule
def no_activities(look: Look) -> Facts | None:
    """A scale of the client's own activities without any."""
    return _when(_rates(look) and not look.draft.activities)


@_rule
def rating_out_of_range(look: Look) -> Facts | None:
    """A rating that the scale does not have."""
    lowest, highest = range_of(look.draft) or (0, 0)
    values = [one.value for one in look.draft.baseline_ratings if one.value is not None]
    off = any(not lowest <= value <= highest for value in values)
    return _when(_rates(look) and off, lowest=show_value(lowest), highest=show_value(highest))


@_rule
def no_baseline(look: Look) -> Facts | None:
    """No value to start from."""
    return _when(look.draft.baseline is None)


@_rule
def no_target(look: Look) -> Facts | None:
    """No value to aim at."""
    return _when(look.draft.target is None)


@_rule
def baseline_out_of_range(look: Look) -> Facts | None:
    """A start that the scale does not have."""
    return _out_of_range(look, look.draft.baseline)


@_rule
def target_out_of_range(look: Look) -> Facts | None:
    """An aim that the scale does not have."""
    return _out_of_range(look, look.draft.target)


@_rule
def baseline_not_on_scale(look: Look) -> Facts | None:
    """A start between two grades or whole numbers."""
    return _not_on_scale(look, look.draft.baseline)


@_rule
def target_not_on_scale(look: Look) -> Facts | None:
    """An aim between two grades or whole numbers."""
    return _not_on_scale(look, look.draft.target)


@_rule
def no_way_to_go(look: Look) -> Facts | None:
    """Start and aim are the same."""
    return _when(look.draft.target is not None and look.draft.target == look.draft.baseline)


@_rule
def wrong_direction(look: Look) -> Facts | None:
    """The aim is worse than the start, as the measure sees it."""
    if not look.ends or look.measure is None or look.measure.direction is Direction.EITHER:
        return None
    start, aim = look.ends
    return _when((aim > start) != look.measure.higher_is_better, direction=look.measure.direction.value)


@_rule
def start_ahead(look: Look) -> Facts | None:
    """A start that is still to come."""
    return _when(look.draft.baseline_on is not None and look.draft.baseline_on > look.today)


@_rule
def due_before_start(look: Look) -> Facts | None:
    """Due before it starts."""
    start, due = look.draft.baseline_on, look.draft.due_on
    return _when(start is not None and due is not None and due < start)


@_rule
def due_in_the_past(look: Look) -> Facts | None:
    """A goal that starts today is due later; one that started earlier may be overdue."""
    due = look.draft.due_on
    return _when(look.draft.baseline_on is None and due is not None and due < look.today)


@_rule
def own_error(look: Look) -> Facts | None:
    """The therapist's own error is no size."""
    return _when(look.draft.mdc is not None and look.draft.mdc <= 0)


@_rule
def own_meaningful(look: Look) -> Facts | None:
    """The therapist's own meaningful change is no size."""
    return _when(look.draft.mcid is not None and look.draft.mcid <= 0)


# What is advice


@_rule
def vague(look: Look) -> Facts | None:
    """Words that no number belongs to, and no measure either."""
    if look.measure:
        return None
    found = _vague().search(look.draft.title)
    return _when(found is not None, words=found[0] if found else "")


@_rule
def no_measure(look: Look) -> Facts | None:
    """A measure of the therapist's own, whose error nobody said."""
    own = bool(look.draft.title) and not look.draft.measure
    return _when(own and look.draft.mdc is None and not _vague().search(look.draft.title))


@_rule
def no_date(look: Look) -> Facts | None:
    """No due date."""
    return _when(look.draft.due_on is None)


@_rule
def inside_error(look: Look) -> Facts | None:
    """An aim that measuring cannot tell from the start."""
    mdc, _ = thresholds_of(look.draft)
    if not look.ends or not mdc:
        return None
    start, aim = look.ends
    size = f"MDC {mdc.size(look.draft.unit)}"
    return _when(not judge(start, aim, aim > start, mdc).counts, error=size)


@_rule
def below_meaningful(look: Look) -> Facts | None:
    """An aim that clients would not call better."""
    _, mcid = thresholds_of(look.draft)
    if not look.ends or not mcid or inside_error(look) is not None:
        return None
    start, aim = look.ends
    size = f"MCID {mcid.size(look.draft.unit)}"
    return _when(not judge(start, aim, aim > start, None, mcid).counts, meaningful=size)


@_rule
def no_side(look: Look) -> Facts | None:
    """A measure of one side without saying which."""
    return _when(look.measure is not None and look.measure.sided and look.draft.side is Side.NONE)


@_rule
def too_soon(look: Look) -> Facts | None:
    """Due before the time that the measure asks about has passed."""
    if look.measure is None or look.measure.least_days is None or look.draft.due_on is None:
        return None
    days = look.measure.least_days
    start = look.draft.baseline_on or look.today
    return _when(look.draft.due_on < start + timedelta(days=days), days=days)


@_rule
def many_activities(look: Look) -> Facts | None:
    """More activities than anybody rates with care."""
    return _when(_rates(look) and len(look.draft.activities) > MOST_ACTIVITIES)


@_rule
def no_purpose(look: Look) -> Facts | None:
    """No reason in the client's daily life."""
    return _when(not look.draft.purpose)


def _rates(look: Look) -> bool:
    return look.measure is not None and look.measure.entry is Entry.RATINGS


def _out_of_range(look: Look, value: float | None) -> Facts | None:
    ends = range_of(look.draft)
    if ends is None or value is None:
        return None
    lowest, highest = (look.measure.shown(end, bare=True) if look.measure else show_value(end) for end in ends)
    return _when(not ends[0] <= value <= ends[1], title=look.draft.title, lowest=lowest, highest=highest)


def _not_on_scale(look: Look, value: float | None) -> Facts | None:
    if look.measure is None or value is None:
        return None
    title = look.draft.title
    if look.measure.grades:
        grades = ", ".join(one.name for one in look.measure.grades)
        return _when(look.measure.grade(value) is None, title=title, values=f"the grades {grades}")
    return _when(look.measure.whole and value % 1 != 0, title=title, values="whole numbers only")


@cache
def _vague() -> re.Pattern[str]:
    words = "|".join(re.escape(one) for one in sorted(_texts()["vague"], key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
