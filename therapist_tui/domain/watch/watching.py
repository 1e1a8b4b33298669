"""The note watches: work in it that an open caution excludes, found while it is typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from ..decision import Decision
from ..level import Level
from ..note import NoteContent
from ..screening.values import Caution
from ..shorthand.reader import NO_OWN
from .data import Spot, section
from .exclusions import Exclusion
from .works import Passage, Work, told


class Against(Enum):
    """What of the caution the work goes against."""

    PLACE = "place"
    TECHNIQUE = "technique"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Work in the note that a caution excludes. `passages`: where the note says so, the shorthand line first.

    `asks`: whether it is signed only with a reason. `why` is one sentence, and the name under which that is kept.
    """

    caution: Caution
    against: Against
    why: str
    asks: bool
    passages: tuple[Passage, ...]

    @property
    def title(self) -> str:
        """Of the caution."""
        return self.caution.title

    @property
    def level(self) -> Level:
        """Of the caution."""
        return self.caution.level

    @property
    def words(self) -> str:
        """What the note says, as typed."""
        return self.passages[0].words

    @property
    def field(self) -> str:
        """The field of the note in which it says so first."""
        return self.passages[0].field


def watch(content: NoteContent, excluded: Sequence[Exclusion], own: Mapping[str, str] = NO_OWN) -> tuple[Conflict, ...]:
    """The conflicts of a note, worst caution first; one for each caution and what it excludes. Pure, raises nothing."""
    if not excluded:
        return ()
    parts = told(content, own)
    today = frozenset[Spot]().union(*(one.left_out for one in parts))
    later = today.union(*(one.to_leave_out for one in parts))
    hits: dict[tuple[str, Against], _Hits] = {}
    for work in (work for one in parts for work in one.works):
        for hit in _collisions(work, excluded, today if work.recorded else later):
            key = hit.exclusion.caution.title, hit.against
            hits.setdefault(key, _Hits(hit.exclusion.caution, hit.against)).add(hit)
    return tuple(sorted((one.conflict() for one in hits.values()), key=lambda one: (one.level.rank, not one.asks)))


def unexplained(conflicts: Iterable[Conflict], decisions: Iterable[Decision]) -> tuple[Conflict, ...]:
    """The conflicts that ask for a reason and for which none is kept yet for this appointment."""
    explained = {title for decision in decisions for title in decision.cautions}
    return tuple(one for one in conflicts if one.asks and one.why not in explained)


@dataclass(frozen=True, slots=True)
class _Hit:
    exclusion: Exclusion
    against: Against
    work: Work
    named: frozenset[str] = frozenset()
    sure: bool = True
    """Whether the note says that it was done there."""

    @property
    def asks(self) -> bool:
        """Whether it is signed only with a reason."""
        return self.exclusion.asks and self.sure


class _Hits:
    """The hits that make up one conflict."""

    def __init__(self, caution: Caution, against: Against) -> None:
        self._caution, self._against = caution, against
        self._hits: list[_Hit] = []

    def add(self, hit: _Hit) -> None:
        """One more."""
        self._hits.append(hit)

    def conflict(self) -> Conflict:
        """All of them as one; what surely collides comes first."""
        hits = sorted(self._hits, key=lambda one: (not one.asks, not one.sure))
        asks = hits[0].asks
        passages = tuple(dict.fromkeys(one.work.passage for one in hits))
        return Conflict(self._caution, self._against, self._why(hits), asks, passages)

    def _why(self, hits: Sequence[_Hit]) -> str:
        title = self._caution.title
        if self._against is Against.PLACE:
            places = dict.fromkeys(part for one in hits for part in one.exclusion.place.split(", "))
            named = [one for one in places if not any(other.endswith(f" {one}") for other in places)]
            return f"{title}: leave out {', '.join(named)}."
        if self._against is Against.POSITION:
            return f"{title}: no {_listed('position_names', (name for one in hits for name in one.named))}."
        where = {one.exclusion.place for one in hits}
        at = f" at {where.pop()}" if len(where) == 1 and any(where) else ""
        return f"{title}: no {_listed('technique_names', (name for one in hits for name in one.named))}{at}."


def _listed(table: str, ids: Iterable[str]) -> str:
    known = section(table)
    found = sorted({str(known.get(one, one.replace("-", " "))) for one in ids})
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " or " + found[-1]


def _collisions(work: Work, excluded: Sequence[Exclusion], left_out: frozenset[Spot]) -> list[_Hit]:
    """What a work goes against. Where it is a caution's place, what it was done with adds nothing.

    The rules for techniques are made for the session: what is advised for home in their despite only warns.
    """
    found: list[_Hit] = []
    placed: set[str] = set()
    for one in excluded:
        if one.positions:
            if hit := work.positions & one.positions:
                found.append(_Hit(one, Against.POSITION, work, hit))
        elif not one.techniques and work.touches and not _allowed(work, one) and _meets(work, one, left_out):
            found.append(_Hit(one, Against.PLACE, work, sure=not work.guessed))
            placed.add(one.caution.title)
    for one in excluded:
        named = work.techniques & one.techniques
        if not named or (one.caution.title in placed and (one.spots or not work.guessed)):
            continue
        if not one.spots:
            found.append(_Hit(one, Against.TECHNIQUE, work, named, sure=not work.at_home))
        elif _meets(work, one, left_out):
            found.append(_Hit(one, Against.TECHNIQUE, work, named, sure=not work.guessed and not work.at_home))
        elif not work.places and not one.everyone and not work.at_home:
            found.append(_Hit(one, Against.TECHNIQUE, work, named, sure=False))
    return found


def _allowed(work: Work, one: Exclusion) -> bool:
    return bool(work.techniques) and work.techniques <= one.allows


def _meets(work: Work, one: Exclusion, left_out: frozenset[Spot]) -> bool:
    """Whether it was done there. A wider word ("full body", "both legs") yields to what the note says was left out."""
    spared = bool(left_out & one.spots)
    return any(place & one.spots and not (spared and place & left_out and place - one.spots) for place in work.places)
