"""How an answer is held against what a case expects; the same for the open cases and for our own vignettes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from therapist_tui.domain.screening import Judgement, Place, judge, load_knowledge, request_from

DATA = Path(__file__).parents[2] / "data"


@dataclass(frozen=True)
class Score:
    """One case and how the answer met it."""

    id: str
    expected: str
    got: str
    level: bool
    mention: list[list[str]]
    regions: list[str]
    techniques: list[str]
    certification: bool
    answer: Judgement


def cases(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def score(case: dict[str, Any]) -> Score:
    knowledge = load_knowledge()
    answer = judge(request_from(case["request"]), knowledge)
    expect = case["expect"]
    got = answer.level.value if answer.level else "none"
    text = spoken(answer).lower()
    return Score(
        id=case["id"],
        expected=expect["level"],
        got=got,
        level=got in expect["acceptable"],
        mention=[]
        if got == "none"
        else [g for g in expect.get("mention", []) if not any(w.lower() in text for w in g)],
        regions=[str(r) for r in expect.get("avoid_regions", []) if not left_out(r, answer)],
        techniques=[
            t for t in expect.get("avoid_techniques", []) if not any(t in c.techniques for c in answer.cautions)
        ],
        certification=not expect.get("certification")
        or any(expect["certification"] == c.certification for c in answer.cautions),
        answer=answer,
    )


def spoken(answer: Judgement) -> str:
    parts = []
    for one in answer.cautions:
        parts += [
            one.title,
            one.reason,
            one.advice,
            *one.techniques,
            *(str(p) for p in one.regions),
            *(m.text for m in one.matched),
        ]
    return " | ".join(parts)


def left_out(wanted: dict[str, str | None], answer: Judgement) -> bool:
    places = load_knowledge().vocabulary.places
    target = places[wanted["region"] or ""]
    covered: set[str] = set()
    for caution in answer.cautions:
        for place in caution.regions:
            if side_fits(wanted["side"], place):
                covered |= places.get(place.region, frozenset())
    return bool(target & covered) if wanted["region"] in ("chest", "arm", "face") else target <= covered


def side_fits(wanted: str | None, place: Place) -> bool:
    return wanted is None or (place.side is not None and place.side.value in (wanted, "both"))


def table(scores: list[Score]) -> str:
    rows = []
    for s in scores:
        faults = [
            n
            for n, bad in (
                ("LEVEL", not s.level),
                ("mention", s.mention),
                ("regions", s.regions),
                ("techniques", s.techniques),
                ("cert", not s.certification),
            )
            if bad
        ]
        rules = ", ".join(c.rule for c in s.answer.cautions)[:70]
        missed = f"{s.mention or ''}{s.regions or ''}{s.techniques or ''}"
        rows.append(f"{s.id:10} {s.expected:10} {s.got:10} {rules:70} {' '.join(faults)} {missed}")
    return "\n".join(rows)
