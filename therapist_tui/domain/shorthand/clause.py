"""Reading a clause about the body: places gather into groups, what is said of them follows or goes before."""

from dataclasses import dataclass, field, replace

from ..body.marks import Finding, Mark, Place
from ..body.places import targets
from ..health import Side
from .bench import Bench
from .groups import UNKNOWN_PLACE, Group, level_region, refined
from .lexicon import Entry
from .scan import Item
from .texts import fitting
from .values import Ask, Kind, Pain, Position, Token

_SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH, "L": Side.LEFT, "R": Side.RIGHT}
_MOVEMENTS = frozenset(
    ("ROM", "AROM", "PROM", "AAROM", "RROM", "flex", "ext", "abd", "IR", "ER", "SB", "LF", "DF", "inv", "ev", "LLD")
)
_LOCATING = (Kind.SIDE, Kind.QUALIFIER, Kind.PLACE, Kind.ASK)


@dataclass(slots=True)
class BodyClause:
    """What one clause says, gathered item by item."""

    items: list[Item]
    line: str
    marks: list[Mark] = field(default_factory=list[Mark])
    bench: Bench = field(default_factory=Bench)
    positions: list[Position] = field(default_factory=list[Position])
    pain: Pain | None = None
    tokens: list[Token] = field(default_factory=list[Token])
    asks: list[Ask] = field(default_factory=list[Ask])
    leftover: list[Item] = field(default_factory=list[Item])
    """Items that the structure does not hold."""
    prefix: list[Finding] = field(default_factory=list[Finding])
    _prefix_pain: tuple[int | None, int | None] = (None, None)
    _group: Group | None = None
    _groups: list[Group] = field(default_factory=list[Group])
    _side: Item | None = None
    _qualifiers: list[Item] = field(default_factory=list[Item])
    _spoken: Side = Side.NONE
    _grade: int | None = None
    _denied: bool = False
    _referring: bool = False
    _asking: bool = False
    _moving: bool = False
    """Whether a movement is described: sides, numbers and arrows then belong to it."""
    _refused: bool = False
    """Whether what follows was not done: "no prone", "avoid DT"."""
    _segment_start: bool = True
    _last: Kind | None = None
    _at: int = 0

    def read(self) -> "BodyClause":
        """Go through all items once."""
        for at, item in enumerate(self.items):
            self._at = at
            self._take(item)
        self._drop_pending()
        self._close_group()
        worked = bool(self.bench)
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
        key = entry.id if entry else ""
        if self._as_text(item, key):
            self._drop_pending()
            self.leftover.append(item)
            return True
        match item.kind:
            case Kind.SIDE:
                return self._take_side(item, _SIDES[key])
            case Kind.QUALIFIER:
                return self._take_qualifier(item, key)
            case Kind.PLACE:
                self._take_place(key or level_region(item.text), "" if entry else item.text)
            case Kind.PHRASE if entry:
                return self._take_phrase(item, entry)
            case Kind.ASK:
                self._take_ambiguous(item)
            case _:
                self._drop_pending()
                return self._say(item, key)
        return True

    def _as_text(self, item: Item, key: str) -> bool:
        """Whether an item is kept as text, since it belongs to a movement or to what was not done."""
        if item.kind in (Kind.TECHNIQUE, Kind.POSITION, Kind.MINUTES) and self._refused:
            return True
        if item.kind is Kind.SIDE:
            return self._moving and self._next_kind() not in _LOCATING
        of_movement = item.kind in (Kind.NUMBER, Kind.REFERS, Kind.WORSE, Kind.JOIN) or key == "rotated"
        return self._moving and of_movement

    def _say(self, item: Item, key: str) -> bool:
        """Take in what is said of places, or of the session."""
        match item.kind:
            case Kind.FINDING:
                self._take_finding(key)
            case Kind.PAIN:
                self._take_pain(*item.numbers)
            case Kind.NUMBER:
                return self._take_number(item.numbers[0] or 0)
            case Kind.MINUTES:
                return self._take_minutes(item.numbers[0] or 0)
            case Kind.TECHNIQUE:
                self._take_technique(key)
            case Kind.POSITION:
                self.positions.append(Position(key))
            case Kind.GRADE:
                return self._take_grade(item)
            case Kind.NEGATION:
                self._take_negation(item)
            case Kind.REFERS:
                self._referring = self._group is not None and self._next_kind() in _LOCATING
                return self._referring
            case Kind.WORSE if self._group:
                self._group.worse = _SIDES[item.text]
            case Kind.TERM | Kind.QUOTE:
                self._moving = self._moving or key in _MOVEMENTS
                self.leftover.append(item)
            case _:
                return False
        return True

    def _take_phrase(self, item: Item, entry: Entry) -> bool:
        """A word that says several things at once; in the line it is one token."""
        taken: list[bool] = []
        for part in entry.parts:
            taken.append(self._handle(replace(item, kind=part.kind, entry=part), part))
            self._last = part.kind
        self.tokens = [token for token in self.tokens if token.start != item.start]
        self.leftover = [other for other in self.leftover if other.start != item.start]
        return all(taken)

    def _take_negation(self, item: Item) -> None:
        self._denied = self._next_kind() in (Kind.FINDING, Kind.GRADE)
        self._refused = self._next_kind() in (Kind.TECHNIQUE, Kind.POSITION)
        if not self._denied:
            self.leftover.append(item)

    def _join(self, item: Item) -> None:
        text = self.line[item.start : item.end]
        self.tokens.append(Token(item.start, item.end, Kind.JOIN))
        if text == ",":
            self._drop_pending()
            self._segment_start = True
            self._asking = False
            self._denied = self._moving = self._refused = False
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

    def _drop_pending(self) -> None:
        """What waited for a place that did not come is not understood."""
        for item in (*([self._side] if self._side else []), *self._qualifiers):
            self.leftover.append(item)
            # It may have been one meaning of a word that was taken already.
            self.tokens = [token for token in self.tokens if token.start != item.start]
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
        if self.bench and not self.bench.hybrid:
            self.bench.change(places[-1], changed)
        places[-1] = changed
        self._spoken = side
        return True

    def _take_qualifier(self, item: Item, word: str) -> bool:
        if self._next_kind() in _LOCATING:
            self._qualifiers.append(item)
            return True
        places = self._group.places if self._group else []
        if self._last is Kind.PLACE and places and not self._referring and not self.bench:
            words = dict.fromkeys((*places[-1].qualifiers, word))
            places[-1] = refined(replace(places[-1], qualifiers=tuple(words)))
            return True
        return False

    def _located(self, target: str, level: str, paired: bool) -> Place:
        """The place with the side and the qualifiers that waited for it."""
        side = self._spoken if paired else Side.NONE
        if self._side and self._side.entry:
            side = _SIDES[self._side.entry.id]
            self._spoken = side
        waited = (*([self._side] if self._side else []), *self._qualifiers)
        known = {token.start for token in self.tokens}
        waited = [item for item in waited if item.start not in known]
        self.tokens += [Token(item.start, item.end, item.kind, self._meaning(item)) for item in waited]
        words = tuple(dict.fromkeys(item.entry.id for item in self._qualifiers if item.entry))
        self._side, self._qualifiers = None, []
        return refined(Place(target, side, words, level))

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
            self._group = Group(findings=self.prefix, pain=self._prefix_pain)
            self.prefix, self._prefix_pain = [], (None, None)
        self._group.places.append(place)
        if self.bench and not self.bench.hybrid and not target.startswith(UNKNOWN_PLACE):
            kinds = (Kind.MINUTES, Kind.NUMBER, Kind.TECHNIQUE)
            following = next((item.kind for item in self._segment() if item.kind in kinds), None)
            self.bench.put(place, timed=following in (Kind.MINUTES, Kind.NUMBER))

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
        self._refused = finding == "avoid" and self._next_kind() in (Kind.TECHNIQUE, Kind.POSITION)
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
        if self.bench:
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
        if self._last is Kind.TECHNIQUE and not self._segment_start:
            self.bench.join(technique)
            return
        self.bench.hybrid = self._group is not None and (self.bench.hybrid or not self.bench)
        self.bench.add(technique, self._group.known if self._group and self.bench.hybrid else ())
        self._referring = False

    def _take_minutes(self, minutes: int) -> bool:
        follows = any(item.kind is Kind.TECHNIQUE for item in self._segment())
        return self._asking or self.bench.time(minutes, technique_follows=follows)

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
