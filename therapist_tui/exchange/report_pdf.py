"""The report as a PDF, set by Typst with the fonts that it brings: no network, and nothing of the user's is markup."""

import json
import re
from datetime import UTC, datetime, time
from typing import Any

from therapist_tui.domain.report import Audience, Report, long_day
from therapist_tui.domain.report_goals import ReportGoal

from .report import (
    PAPERS,
    addressed,
    aim_said,
    footer_of,
    names_for,
    template,
    texts_after,
    texts_before,
    visits_said,
)  # fmt: skip
from .trend_picture import trend_picture

LEGEND_PLAIN = "Pictures: thin line, the beginning; dashed, the aim."
LEGEND = "Pictures: thin line, the beginning; grey, the error of measuring around it; dashed, the aim."
_LONG_WORD = re.compile(r"\S{28,}")
_PIECE = 12
_ZERO_WIDTH_SPACE = "\u200b"
_BUNDLED = re.compile("[\u0000-\u058f\u0590-\u05ff\u1e00-\u22ff]*")
"""What the bundled fonts surely have letters for; the system's fonts are looked for only beyond."""


def as_pdf(report: Report, paper: str = "a4") -> bytes:
    """The report on paper: the same bytes for the same report. `paper` is one of PAPERS."""
    return _compiled(report, paper, "pdf")[0]


def as_pictures(report: Report, paper: str = "a4", ppi: int = 110) -> list[bytes]:
    """Its pages as PNG."""
    return _compiled(report, paper, "png", ppi)


def _compiled(report: Report, paper: str, format_: Any, ppi: float | None = None) -> list[bytes]:
    import typst  # 60 MB of machine code that only a report needs

    data = json.dumps(_data(report), ensure_ascii=False)
    made = typst.compile(
        template().encode(),
        format=format_,
        ppi=ppi,
        ignore_system_fonts=bool(_BUNDLED.fullmatch(data)),
        sys_inputs={"report": data, "paper": PAPERS[paper]},
        timestamp=int(datetime.combine(report.written_on, time(12), UTC).timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _data(report: Report) -> dict[str, Any]:
    names, day = names_for(report.audience), report.written_on
    return {
        "title": report.title,
        "therapist": _fit(report.therapist),
        "licence": _fit(report.licence),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "written": long_day(day),
        "addressed": _fit(addressed(report)),
        "footer": _fit(footer_of(report)),
        "signed": report.audience is not Audience.CLIENT,
        "head": [{"name": one.name, "text": _fit(one.text)} for one in report.head],
        "before": [{"name": name, "text": _paragraphs(text)} for name, text in texts_before(report)],
        "plan": [{"name": one.name, "text": _fit(one.text)} for one in report.plan],
        "visits": visits_said(report.visits),
        "legend": LEGEND if any(one.error for one in report.goals) else LEGEND_PLAIN,
        "goals": [_goal(one) for one in report.goals],
        "after": [{"name": name, "text": _paragraphs(text)} for name, text in texts_after(report)],
        "names": {"plan": names.plan, "visits": names.visits, "goals": names.goals},
    }


def _goal(goal: ReportGoal) -> dict[str, str]:
    return {
        "title": _fit(goal.title),
        "purpose": _fit(goal.purpose),
        "baseline": _fit(goal.baseline),
        "latest": _fit(goal.latest),
        "aim": _fit(aim_said(goal)),
        "said": _fit(goal.said),
        "state": _fit(goal.state),
        "sources": _fit(("Judged by: " + "; ".join(goal.sources)) if goal.sources else ""),
        "picture": trend_picture(goal),
        "alt": f"Trend from {goal.baseline} to {goal.latest}, aim {goal.target}",
    }


def _paragraphs(text: str) -> list[list[str]]:
    """Paragraphs parted by empty lines, each as its lines."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [[_fit(line) for line in part.split("\n")] for part in parts]


def _fit(text: str) -> str:
    """The text with places to break in words that no line can hold."""
    return _LONG_WORD.sub(lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    return _ZERO_WIDTH_SPACE.join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
