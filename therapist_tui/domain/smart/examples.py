"""Ready goals to start from, read from examples.toml (clinical.md 6)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.health import Side
from therapist_tui.domain.measurement import Rating, average


@dataclass(frozen=True, slots=True)
class Example:
    """A goal to start from; its date counts from the day it is set."""

    name: str
    draft: GoalDraft
    weeks: int


@cache
def examples() -> Mapping[str, Example]:
    """The examples by name, in the order in which they are offered."""
    text = (files("therapist_tui.domain.smart") / "examples.toml").read_text(encoding="utf-8")
    return {entry["name"]: _example(entry) for entry in tomllib.loads(text)["example"]}


def _example(entry: Mapping[str, Any]) -> Example:
    ratings = tuple(Rating(activity, float(value)) for activity, value in entry.get("activities", ()))
    draft = GoalDraft(
        entry.get("title", ""),
        "",
        average(ratings) if ratings else float(entry["baseline"]),
        float(entry["target"]),
        measure=entry["measure"],
        side=Side(entry.get("side", "")),
        part=entry.get("part", ""),
        purpose=entry["purpose"],
        activities=tuple(one.activity for one in ratings),
        baseline_ratings=ratings,
    )
    return Example(entry["name"], draft.cleaned(), entry["weeks"])
