"""Reading a clause about the body: places gather into groups, what is said of them follows or goes before."""

from dataclasses import dataclass, field, replace

from ..body.marks import Finding, Mark, Place
from ..body.places import targets
from ..health import Side
from .lexicon import Entry, shipped
from .scan import Item
from .texts import fitting
from .values import Ask, Kind, Pain, Position, Token, Work

_SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH, "L": Side.LEFT, "R": Side.RIGHT}
_LOCATING = (Kind.SIDE, Kind.QUALIFIER, Kind.PLACE, Kind.ASK)
UNKNOWN_PLACE = "?"
_LONGEST_SESSION = 480


@dataclass(slots=True)
class _Group:
    """Places that share what is said of them. `after`: whether something was said after the places."""

    places: list[Place] = field(default_factory=list[Place])
    findings: list[Finding] = field(default_factory=list[Finding])
    pain: tuple[int | None, int | None] = (None, None)
    refers: list[Place] = field(default_factory=list[Place])
    worse: Side = Side.NONE
    after: bool = False

    @property
    def says(self) -> bool:
        return bool(self.findings or self.refers) or self.pain != (None, None) or self.worse is not Side.NONE

    def marks(self) -> list[Mark]:
        findings = tuple({finding.id: finding for finding in self.findings}.values())
        refers = tuple(dict.fromkeys(self.refers))
        return [Mark(place, findings, *self.pain, refers, self.worse) for place in self.places]


@dataclass(slots=True)
class BodyClause:
    """What one clause says, gathered item by item."""

    items: list[Item]
    line: str
    marks: list[Mark] = field(default_factory=list[Mark])
    works: list[Work] = field(default_factory=list[Work])
    positions: list[Position] = field(default_factory=list[Position])
    pain: Pain | None = None
    tokens: list[Token] = field(default_factory=list[Token])
    asks: list[Ask] = field(default_factory=list[Ask])
    leftover: list[Item] = field(default_factory=list[Item])
    """Items that the structure does not hold."""
    prefix: list[Finding] = field(default_factory=list[Finding])
    _prefix_pain: tuple[int | None, int | None] = (None, None)
    _group: _Group | None = None
    _groups: list[_Group] = field(default_factory=list[_Group])
    _side: Item | None = None
    _qualifiers: list[Item] = field(default_factory=list[Item])
    _spoken: Side = Side.NONE
    _grade: int | None = None
    _denied: bool = False
    _referring: bool = False
    _asking: bool = False
    _hybrid: bool = False
    _segment_start: bool = True
    _minutes: int | None = None
    _last: Kind | None = None
    _at: int = 0

    def read(self) -> "BodyClause":
        """Go through all items once."""
        for self._at, item in enumerate(self.items):
            self._take(item)
        self._drop_pending()
        self._close_group()
        worked = bool(self.works)
        for group in self._groups:
            if group.says or not worked:
                self.marks += group.marks()
        return self

    # One item

    def _take(self, item: Item) -> None:
        if item.kind is Kind.JOIN:
            self._join(item)
            return
        handled = self._handle(item, item.entry)
        kind = item.kind if handled else Kind.UNREAD
        if kind is not Kind.ASK or not handled:
            if not handled:
                self.leftover.append(item)
            pending = handled and item.kind in (Kind.SIDE, Kind.QUALIFIER)
            if not pending or not self._is_pending(item):
                self.tokens.append(Token(item.start, item.end, kind, self._meaning(item) if handled else ""))
        if item.kind not in (Kind.NEGATION, Kind.GRADE, Kind.FINDING):
            self._segment_start = False
        self._last = item.kind if handled else Kind.UNREAD

    def _handle(self, item: Item, entry: Entry | None) -> bool:
        """Take an item in; False when it makes no sense where it stands."""
        kind = item.kind
        if kind is Kind.SIDE and entry:
            return self._take_side(item, _SIDES[entry.id])
        if kind is Kind.QUALIFIER and entry:
            return self._take_qualifier(item, entry.id)
        if kind is Kind.PLACE:
            self._take_place(entry.id if entry else _level_region(item.text), "" if entry else item.text)
            return True
        self._drop_pending(keep=kind is Kind.ASK)
        if kind is Kind.FINDING and entry:
            self._take_finding(entry.id)
        elif kind is Kind.PHRASE and entry:
            return all(self._handle(replace(item, kind=part.kind, entry=part), part) for part in entry.parts)
        elif kind is Kind.PAIN:
            self._take_pain(*item.numbers)
        elif kind is Kind.NUMBER:
            return self._take_number(item.numbers[0] or 0)
        elif kind is Kind.MINUTES:
            return self._asking or self._take_minutes(item.numbers[0] or 0)
        elif kind is Kind.TECHNIQUE and entry:
            self._take_technique(entry.id)
        elif kind is Kind.POSITION and entry:
            self.positions.append(Position(entry.id))
        elif kind is Kind.GRADE:
            return self._take_grade(item)
        elif kind is Kind.NEGATION:
            self._denied = self._next_kind() in (Kind.FINDING, Kind.GRADE)
            if not self._denied:
                self.leftover.append(item)
        elif kind is Kind.REFERS:
            self._referring = self._group is not None and self._next_kind() in _LOCATING
            return self._referring
        elif kind is Kind.WORSE and self._group:
            self._group.worse = _SIDES[item.text]
        elif kind is Kind.ASK:
            self._take_ambiguous(item)
        elif kind in (Kind.TERM, Kind.QUOTE):
            self.leftover.append(item)
        else:
            return False
        return True

    def _join(self, item: Item) -> None:
        text = self.line[item.start : item.end]
        self.tokens.append(Token(item.start, item.end, Kind.JOIN))
        if text == ",":
            self._drop_pending()
            self._segment_start = True
            self._asking = False
            self._denied = False
            self._last = None
            if self._referring and any(one.kind not in (*_LOCATING, Kind.JOIN) for one in self._segment()):
                self._referring = False

    # Looking ahead

    def _segment(self) -> list[Item]:
        """The items after this one up to the next comma."""
        found: list[Item] = []
        for item in self.items[self._at + 1 :]:
            if item.kind is Kind.JOIN and self.line[item.start : item.end] == ",":
                break
            found.append(item)
        return found

    def _next_kind(self) -> Kind | None:
        return next((item.kind for item in self._segment() if item.kind is not Kind.JOIN), None)

    # Sides and qualifiers wait for their place

    def _is_pending(self, item: Item) -> bool:
        return item is self._side or any(item is one for one in self._qualifiers)

    def _drop_pending(self, *, keep: bool = False) -> None:
        """What waited for a place that did not come is not understood."""
        if keep:
            return
        for item in (*([self._side] if self._side else []), *self._qualifiers):
            self.leftover.append(item)
            self.tokens.append(Token(item.start, item.end, Kind.UNREAD))
        self._side, self._qualifiers = None, []

    def _take_side(self, item: Item, side: Side) -> bool:
        follows = self._next_kind() in (Kind.PLACE, Kind.QUALIFIER, Kind.ASK, Kind.PHRASE)
        if self._last is Kind.POSITION and self.positions and not follows:
            self.positions[-1] = replace(self.positions[-1], side=side)
            return True
        if self._last is Kind.PLACE and not follows and not self._asking and self._set_side(side):
            return True
        if self._side:
            return False
        self._side = item
        return True

    def _set_side(self, side: Side) -> bool:
        """A side after its place: "UT (L)"."""
        places = self._group.refers if self._referring and self._group else self._group.places if self._group else []
        if not places:
            return False
        changed = replace(places[-1], side=side)
        if self.works and not self._hybrid:
            work = self.works[-1]
            at = tuple(changed if place == places[-1] else place for place in work.places)
            self.works[-1] = replace(work, places=at)
        places[-1] = changed
        self._spoken = side
        return True

    def _take_qualifier(self, item: Item, word: str) -> bool:
        if self._next_kind() in _LOCATING:
            self._qualifiers.append(item)
            return True
        places = self._group.places if self._group else []
        if self._last is Kind.PLACE and places and not self._referring and not self.works:
            words = dict.fromkeys((*places[-1].qualifiers, word))
            places[-1] = _refined(replace(places[-1], qualifiers=tuple(words)))
            return True
        return False

    def _located(self, target: str, level: str, paired: bool) -> Place:
        """The place with the side and the qualifiers that waited for it."""
        side = self._spoken if paired else Side.NONE
        if self._side and self._side.entry:
            side = _SIDES[self._side.entry.id]
            self._spoken = side
        waited = (*([self._side] if self._side else []), *self._qualifiers)
        self.tokens += [Token(item.start, item.end, item.kind, self._meaning(item)) for item in waited]
        words = tuple(dict.fromkeys(item.entry.id for item in self._qualifiers if item.entry))
        self._side, self._qualifiers = None, []
        return _refined(Place(target, side, words, level))

    def _take_place(self, target: str, level: str = "") -> None:
        known = targets().get(target)
        place = self._located(target, level, bool(known and known.paired))
        self._asking = False
        if self._referring and self._group:
            self._group.refers.append(place)
            self._group.after = True
            return
        if self._group is None or self._group.after:
            self._close_group()
            self._group = _Group(findings=self.prefix, pain=self._prefix_pain)
            self.prefix, self._prefix_pain = [], (None, None)
        self._group.places.append(place)
        if self.works and not self._hybrid and not target.startswith(UNKNOWN_PLACE):
            self._work_at(place)

    def _close_group(self) -> None:
        if self._group:
            self._groups.append(self._group)
        self._group = None

    # Findings and pain

    def _before_places(self) -> bool:
        """Whether what is said here belongs to places that still come in this part of the clause."""
        kinds = [item.kind for item in self._segment()]
        kinds = kinds[: kinds.index(Kind.REFERS)] if Kind.REFERS in kinds else kinds
        coming = Kind.PLACE in kinds or Kind.PHRASE in kinds
        return coming and (self._group is None or self._segment_start)

    def _take_finding(self, finding: str) -> None:
        found = Finding(finding, self._grade, not self._denied)
        self._grade = None
        self._denied = self._denied and self._alternative()
        if self._before_places():
            self._close_group()
            self.prefix.append(found)
        elif self._group:
            self._group.findings.append(found)
            self._group.after = True
        else:
            self.prefix.append(found)

    def _alternative(self) -> bool:
        """Whether a joining sign follows that carries the denial on: "no TTP or spasm", "no N/T/burning"."""
        following = self.items[self._at + 1] if self._at + 1 < len(self.items) else None
        return following is not None and self.line[following.start : following.end].casefold() in ("or", "/", "nor")

    def _take_pain(self, before: int | None, after: int | None) -> None:
        if self._asking:
            return
        if self._group:
            self._group.pain = (before, after)
            self._group.after = True
        elif any(item.kind in (Kind.PLACE, Kind.PHRASE) for item in self._segment()) and self._next_kind() in _LOCATING:
            self._prefix_pain = (before, after)
        else:
            self.pain = Pain(before, after)

    def _take_number(self, number: int) -> bool:
        if self._asking:
            return True
        if self.works:
            return self._take_minutes(number)
        if number <= 10 and self._last in (Kind.PLACE, Kind.FINDING, Kind.SIDE, Kind.PHRASE, Kind.GRADE):
            self._take_pain(number, None)
            return True
        return False

    def _take_grade(self, item: Item) -> bool:
        grade = item.numbers[0] if item.numbers else int(item.entry.id) if item.entry else None
        if item.entry and self._next_kind() is Kind.FINDING:
            self._grade = grade
            return True
        findings = self._group.findings if self._group and self._group.after else self.prefix
        if not findings and self._group:
            findings = self._group.findings
        if not findings or self._last is not Kind.FINDING:
            return False
        findings[-1] = replace(findings[-1], grade=grade)
        return True

    # Work

    def _take_technique(self, technique: str) -> None:
        together = self._last is Kind.TECHNIQUE and not self._segment_start
        if together:
            work = self.works[-1]
            self.works[-1] = replace(work, techniques=tuple(dict.fromkeys((*work.techniques, technique))))
            return
        self._hybrid = self._group is not None and (self._hybrid or not self.works)
        at = tuple(p for p in self._group.places if p.target[:1] != UNKNOWN_PLACE) if self._group and self._hybrid else ()
        self.works.append(Work((technique,), self._minutes, at))
        self._minutes = None
        self._referring = False

    def _take_minutes(self, minutes: int) -> bool:
        if minutes > _LONGEST_SESSION:
            return False
        if not self.works or self.works[-1].minutes is not None:
            self._minutes = minutes
            return any(item.kind is Kind.TECHNIQUE for item in self._segment())
        self.works[-1] = replace(self.works[-1], minutes=minutes)
        return True

    def _work_at(self, place: Place) -> None:
        """Put a place on the work; with minutes of its own after a comma it is a work of its own."""
        work = self.works[-1]
        kinds = [item.kind for item in self._segment()]
        timed = next((kind for kind in kinds if kind in (Kind.MINUTES, Kind.NUMBER, Kind.TECHNIQUE)), None)
        if work.minutes is not None and timed in (Kind.MINUTES, Kind.NUMBER):
            self.works.append(Work(work.techniques, None, (place,)))
        else:
            self.works[-1] = replace(work, places=(*work.places, place))

    # Ambiguous words

    def _take_ambiguous(self, item: Item) -> None:
        fits = fitting(item, "body")
        if self._side:
            fits = tuple(one for one in fits if one.sided) or fits
        if len(fits) == 1:
            one = fits[0]
            found = replace(item, kind=one.kind, entry=Entry(one.kind, one.id, one.label))
            self._handle(found, found.entry)
            self.tokens.append(Token(item.start, item.end, one.kind, one.label))
            self._last = one.kind
            return
        typed = self.line[item.start : item.end]
        self.asks.append(Ask(item.start, item.end, typed, fits))
        self.tokens.append(Token(item.start, item.end, Kind.ASK))
        if any(one.kind is Kind.PLACE for one in fits) and (self._side or self._segment_start or self._qualifiers):
            self._take_place(UNKNOWN_PLACE + typed)
        else:
            self._drop_pending()
            self.leftover.append(item)
        self._asking = True

    def _meaning(self, item: Item) -> str:
        if item.entry:
            return item.entry.meaning
        return item.text if item.kind is Kind.PLACE else ""


def _refined(place: Place) -> Place:
    """The narrower place that a qualifier names: upper + trapezius is the upper trapezius."""
    target = targets().get(place.target)
    if not place.qualifiers or not target or place.level:
        return place
    for word in (target.name, target.written):
        found = shipped().find(f"{place.qualifiers[-1]} {word}")
        if found and found.kind is Kind.PLACE:
            return _refined(replace(place, target=found.id, qualifiers=place.qualifiers[:-1]))
    return place


def _level_region(level: str) -> str:
    """The region a vertebral level lies in; the first level named decides."""
    letter, number = level[0], int(level[1:].split("-")[0])
    if letter == "T":
        return "upper_back" if number <= 6 else "mid_back"
    return {"C": "neck_posterior", "L": "low_back", "S": "sacrum"}[letter]
