"""Technique rules: a booked technique laid on the matters it meets, or standing alone."""

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.assess import Draft
from therapist_tui.domain.screening.entries import Entry, Knowledge
from therapist_tui.domain.screening.planned import Planned
from therapist_tui.domain.screening.states import PREGNANCIES


def technique_rules(drafts: list[Draft], planned: Planned, knowledge: Knowledge, certified: set[str]) -> list[Draft]:
    """Lay technique rules on the matters they belong to; those standing alone become cautions of their own."""
    alone: list[Draft] = []
    for rule in knowledge.entries.values():
        if rule.id in knowledge.silenced or not _is_rule(rule):
            continue
        used = [word for one in rule.techniques for word in planned.techniques.get(one, ())]
        if not used:
            continue
        if rule.applies_to or rule.kind == "pregnancy":
            _lay(rule, used, drafts, planned, knowledge)
        elif planned.touches(named_in(rule.regions)) and not (
            set(rule.certification) & certified and rule.id.endswith("-training")
        ):
            alone.append(
                Draft(
                    rule,
                    Level.PRECAUTION if rule.level is not Level.CLEARANCE else rule.level,
                    "technique",
                    [],
                    [],
                    techniques=used,
                )
            )
    return alone


def _is_rule(rule: Entry) -> bool:
    return rule.kind == "technique" or (rule.kind == "pregnancy" and rule.scope == "technique")


def named_in(regions: tuple[str, ...]) -> frozenset[str]:
    """The regions a rule itself names; none when it holds anywhere or at the matter's own place."""
    return frozenset() if "whole-body" in regions or "site" in regions else frozenset(regions)


def _lay(rule: Entry, used: list[str], drafts: list[Draft], planned: Planned, knowledge: Knowledge) -> None:
    bases = PREGNANCIES | {"high-risk-pregnancy"} if rule.kind == "pregnancy" else set(rule.applies_to)
    for draft in drafts:
        there = (
            planned.touches(named_in(rule.regions))
            if named_in(rule.regions)
            else planned.touches(site_of(draft, knowledge))
        )
        if draft.entry.id in bases and there:
            draft.techniques = list(dict.fromkeys([*draft.techniques, *used]))
            draft.extra.append(rule)


def site_of(draft: Draft, knowledge: Knowledge) -> frozenset[str]:
    """Where the rule bears: at the matter's own place when that is local, else anywhere."""
    if draft.scope == "session" and draft.entry.category not in ("surgery", "skin"):
        return frozenset()
    return regions_of(draft, knowledge)


def regions_of(draft: Draft, knowledge: Knowledge) -> frozenset[str]:
    """The smallest regions of a draft: the recorded places, else the entry's own; empty means anywhere."""
    entry = draft.entry
    named = frozenset(one for one in entry.regions if one not in ("site", "whole-body"))
    places = knowledge.vocabulary.places
    sites = frozenset(part for place in draft.places for part in places.get(place.region, ()))
    if entry.follows_site:
        half = next((half for half in knowledge.vocabulary.halves if half & sites), frozenset[str]())
        return (named & half | sites) if half else named
    if sites and entry.kind in ("device",) and "site" not in entry.regions:
        return sites | (named & frozenset(("chest", "shoulder"))) if "chest" in named else sites
    return sites or named
