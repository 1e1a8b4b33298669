"""How long consents count, as authorities have it: terms to choose from, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from .body.data import table
from .consent import ConsentKind


@dataclass(frozen=True, slots=True)
class Term:
    """A time for which a consent of that kind counts; no months: only on the day it was given."""

    id: str
    said: str
    months: int
    kind: ConsentKind
    source: str

    def ends_on(self, given_on: date) -> date:
        """The last day on which it counts."""
        from dateutil.relativedelta import relativedelta  # not before the first frame

        return given_on + relativedelta(months=self.months)


@cache
def terms() -> Mapping[str, Term]:
    """The terms by id, in the order in which they are offered."""
    found = cast("list[dict[str, Any]]", table("therapist_tui.domain", "consent_terms.toml")["term"])
    return MappingProxyType({str(one["id"]): _term(one) for one in found})


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(
        str(entry["id"]),
        str(entry["said"]),
        int(entry.get("months", 0)),
        ConsentKind(entry["kind"]),
        str(entry["source"]),
    )
