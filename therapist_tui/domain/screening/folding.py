"""One caution per matter: drafts of one entry merged, covered entries folded into the graver one."""

from collections.abc import Mapping

from therapist_tui.domain.screening.assess import Draft
from therapist_tui.domain.screening.entries import Entry
from therapist_tui.domain.screening.values import Side


def merged(drafts: list[Draft]) -> list[Draft]:
    """One draft per entry: the gravest, with the words and places of all."""
    merged: dict[str, Draft] = {}
    for draft in sorted(drafts, key=lambda one: one.level.rank):
        first = merged.setdefault(draft.entry.id, draft)
        if first is not draft:
            first.matched.extend(one for one in draft.matched if one not in first.matched)
            first.places.extend(place for place in draft.places if place not in first.places)
            first.notes.extend(draft.notes)
            first.side = _either(first.side, draft.side)
    return list(merged.values())


def _either(one: Side | None, other: Side | None) -> Side | None:
    """One matter on two sides is on both; a side not told does not take the other away."""
    return one if other in (one, None) else other if one is None else Side.BOTH


def covered(drafts: list[Draft], knowledge: Mapping[str, Entry]) -> list[Draft]:
    """One caution per matter: a draft is folded into one at least as grave that covers its entry."""
    kept: list[Draft] = []
    for draft in drafts:
        cover = next(
            (
                o
                for o in drafts
                if o is not draft
                and draft.entry.id in knowledge[o.entry.id].covers
                and o.level.rank <= draft.level.rank
            ),
            None,
        )
        if cover is None:
            kept.append(draft)
            continue
        cover.matched.extend(one for one in draft.matched if one not in cover.matched)
        cover.techniques = list(dict.fromkeys([*cover.techniques, *draft.techniques]))
        cover.extra.extend(one for one in draft.extra if one not in cover.extra)
        cover.places.extend(place for place in draft.places if not cover.places)
    return kept
