"""What the open cautions of a client exclude: regions to leave out, techniques and positions not to use.

Judged for whatever may be done, not only for what is booked: the note may record something else. The rules:

- STOP, ASK and AVOID with a place exclude work there. Without a place STOP and ASK forbid the session, for which
  signing asks by itself (decision.undecided), and exclude nothing more here.
- A technique rule of the knowledge that lies on a matter of the client excludes its techniques, at the matter's own
  place when it is local, else anywhere. One of level "precaution" only says how to adapt: it warns and asks nothing.
- Positions to avoid are excluded. What is unknown (CHECK) excludes nothing.
- The therapist's own entries exclude their region, and what their advice says "no" to.
- What the plan that is followed leaves out is excluded as an agreement: it warns and asks nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..health import HealthEntry
from ..health import Side as EntrySide
from ..level import Level
from ..plan import TreatmentPlan
from ..screening.assess import Draft
from ..screening.bookings import named_in, regions_of, site_of, technique_rules
from ..screening.entries import Entry, Knowledge
from ..screening.folding import covered
from ..screening.history import Case, Screening, own_caution, request_of, screen
from ..screening.judging import clear, held_by, matters
from ..screening.planned import Planned, place_of, planned, technique_ids
from ..screening.said import caution, one_side, places_of
from ..screening.values import Caution, Place, Side
from ..shorthand.lexicon import shipped
from .data import Spot, names, pattern, sentences, sided, vocabulary
from .naming import Mode
from .runs import Says, runs

FORBIDDING = (Level.ABSOLUTE, Level.CLEARANCE, Level.LOCAL)
"""Levels that leave a region out."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One thing a caution excludes. No spots: anywhere; no techniques and no positions: any work there."""

    caution: Caution
    asks: bool
    spots: frozenset[Spot] = frozenset()
    techniques: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()
    place: str = ""
    """The spots in words."""
    allows: frozenset[str] = frozenset()
    """Techniques that are its treatment in trained hands, and so may be used there."""
    everyone: bool = False
    """Whether it holds for every client, and so only where the note names the place."""


def exclusions(case: Case, screening: Screening) -> tuple[Exclusion, ...]:
    """Everything the client's open cautions exclude on the day; about 2 ms, so once when a note is opened."""
    knowledge = screening.knowledge
    shown = screen(case, screening).cautions
    request = request_of(case)
    held = held_by(request, knowledge)
    known = matters(request, knowledge)
    anything = _anything(knowledge)
    alone = technique_rules(known.drafts, anything, knowledge, held)
    drafts = covered(known.drafts, knowledge.entries)
    found: list[Exclusion] = []
    for draft in (*drafts, *alone):
        clear(draft, request)
        found += _of(draft, _shown(draft, shown, request_plan(case, knowledge), knowledge, held), knowledge, held)
    found += [one for entry in case.entries for one in _own(entry, case, shown)]
    found += _by_plan(case.plan)
    return tuple(sorted(found, key=lambda one: one.caution.level.rank))


def request_plan(case: Case, knowledge: Knowledge) -> Planned:
    """What is booked."""
    return planned(request_of(case).appointment, knowledge.vocabulary)


def _anything(knowledge: Knowledge) -> Planned:
    """Every technique everywhere, so that every rule is laid on what it belongs to."""
    voc = knowledge.vocabulary
    return Planned({one: (one,) for one in voc.techniques}, frozenset[str]().union(*voc.places.values()), ())


def _shown(draft: Draft, shown: Sequence[Caution], plan: Planned, knowledge: Knowledge, held: set[str]) -> Caution:
    """The caution as the therapist sees it; made up for a matter that what is booked did not touch."""
    for one in shown:
        if one.rule == draft.entry.id:
            return one
    return caution(replace(draft, techniques=[], extra=[]), plan, knowledge, held)


# The checker's matters


def _of(draft: Draft, shown: Caution, knowledge: Knowledge, held: set[str]) -> Iterator[Exclusion]:
    entry = draft.entry
    if draft.scope == "technique":
        asks = draft.level in FORBIDDING if entry.kind != "technique" else _rule_asks(entry, draft)
        where = named_in(entry.regions) if entry.kind == "technique" else regions_of(draft, knowledge)
        spots = _spots(draft, where)
        yield Exclusion(
            shown,
            asks,
            spots,
            frozenset(entry.techniques),
            place=_named(where, spots),
            everyone=entry.kind == "technique",
        )
    elif draft.level in FORBIDDING and shown.level in FORBIDDING:
        places = [place for place in places_of(draft, knowledge) if place.region in knowledge.vocabulary.places]
        places = [place for place in places if place.region != "whole body"]
        if places:
            trained = "lymphatic" in entry.certification and "lymphatic" in held
            allows = frozenset(("lymphatic-drainage",)) if trained else frozenset[str]()
            yield Exclusion(shown, True, _spots_of(places), place=_in_words(places), allows=allows)
    if avoided := _positions(draft, knowledge):
        yield Exclusion(shown, entry.id not in names("rules", "warn"), positions=avoided)
    for rule in draft.extra:
        yield from _rule(rule, draft, shown, knowledge)


def _rule(rule: Entry, draft: Draft, shown: Caution, knowledge: Knowledge) -> Iterator[Exclusion]:
    where = named_in(rule.regions) or site_of(draft, knowledge)
    site = regions_of(draft, knowledge)
    if rule.window and rule.kind == "technique" and site and not site & where:
        return  # a rule for the time after one operation, on the same operation elsewhere
    spots = _spots(draft, where)
    yield Exclusion(shown, _rule_asks(rule, draft), spots, frozenset(rule.techniques), place=_named(where, spots))


def _rule_asks(rule: Entry, draft: Draft) -> bool:
    if rule.id in names("rules", "ask"):
        return True
    if rule.window and rule.kind == "technique":
        return draft.level in FORBIDDING
    return rule.level in FORBIDDING


def _positions(draft: Draft, knowledge: Knowledge) -> frozenset[str]:
    flat = knowledge.entries.get("pregnancy-supine")
    late = flat.positions_avoid if flat and flat.adaptation in draft.notes else ()
    return frozenset((*draft.entry.positions_avoid, *late))


def _spots(draft: Draft, regions: frozenset[str]) -> frozenset[Spot]:
    side = one_side(draft) or draft.side
    return sided(regions, side.value if side in (Side.LEFT, Side.RIGHT) else "")


def _spots_of(places: Sequence[Place]) -> frozenset[Spot]:
    known = vocabulary().places
    return frozenset(
        spot
        for place in places
        for spot in sided(known[place.region], place.side.value if place.side in (Side.LEFT, Side.RIGHT) else "")
    )


def _in_words(places: Sequence[Place]) -> str:
    return ", ".join(str(place) for place in places[:3]) + (" …" if len(places) > 3 else "")


def _named(regions: frozenset[str], spots: frozenset[Spot]) -> str:
    """Regions in plain words: "left calf"; nothing for the whole body."""
    if not regions or len(regions) > 8:
        return ""
    sides = {side for _, side in spots}
    side = f"{sides.pop()} " if len(sides) == 1 else ""
    known = vocabulary().places
    plain = [next((name for name in known if known[name] == frozenset((one,))), one) for one in sorted(regions)]
    return ", ".join(f"{side}{one}" for one in plain[:3]) + (" …" if len(plain) > 3 else "")


# The therapist's own entries


def _own(entry: HealthEntry, case: Case, shown: Sequence[Caution]) -> Iterator[Exclusion]:
    if entry.severity is None or entry.severity is Level.UNKNOWN or not entry.open_on(case.day):
        return
    own = own_caution(entry, case)
    by_text = (one for one in shown if any(part.text in entry.text for part in one.matched))
    spoken = next((one for one in shown if one.title == own.title), None) or next(by_text, own)
    spots, place = _own_spots(entry)
    if own.level in FORBIDDING and spots:
        yield Exclusion(spoken, True, spots, place=place)
    yield from _advised(entry, spoken, spots, place)


def _own_spots(entry: HealthEntry) -> tuple[frozenset[Spot], str]:
    """Where the entry says it is: its region, else a place that its text names."""
    side = {EntrySide.LEFT: Side.LEFT, EntrySide.RIGHT: Side.RIGHT}.get(entry.side)
    for words in (entry.region, entry.text):
        if not words:
            continue
        place = place_of(words, side, vocabulary())
        if place.region == "whole body":
            return frozenset(), ""
        if place.region in vocabulary().places:
            return _spots_of([place]), str(place)
        read = [spot for run in runs(words, Mode.TREATED, shipped()) for one in run.places for spot in one]
        if read:
            chosen = frozenset((region, at) for region, at in read if side is None or at == side.value)
            return chosen, entry.place or words
    return frozenset(), ""


def _advised(entry: HealthEntry, spoken: Caution, spots: frozenset[Spot], place: str) -> Iterator[Exclusion]:
    """What the advice says no to: "no deep work", "avoid prone", "light pressure only"."""
    positions: set[str] = set()
    for sentence in sentences(entry.advice):
        for run in runs(sentence.group(), Mode.PLANNED, shipped()):
            if run.says is not Says.DENY:
                continue
            positions |= set(run.positions)
            if techniques := frozenset(run.techniques) - {"swedish"}:
                there = frozenset[Spot]().union(*run.places)
                yield Exclusion(spoken, True, there or spots, techniques, place="" if there else place)
    if pattern("light").search(entry.advice):
        yield Exclusion(spoken, True, spots, frozenset(("deep-tissue",)), place=place)
    if positions:
        yield Exclusion(spoken, True, positions=frozenset(positions))


# What was agreed on in the plan


def _by_plan(plan: TreatmentPlan | None) -> Iterator[Exclusion]:
    if plan is None or not plan.status.followed:
        return
    agreed = Caution(Level.PRECAUTION, "plan", "plan", "The plan", "It was agreed on to leave this out.", "")
    places = [place_of(words, None, vocabulary()) for words in plan.regions_avoided]
    for place in places:
        if place.region in vocabulary().places:
            yield Exclusion(agreed, False, _spots_of([place]), place=str(place))
    techniques = {one for words in plan.techniques_avoided for one in technique_ids(words, vocabulary())}
    if techniques:
        yield Exclusion(agreed, False, techniques=frozenset(techniques))
