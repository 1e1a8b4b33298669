"""What a line of shorthand says, as frozen values; every part knows where in the line it stands."""

from dataclasses import dataclass
from enum import Enum

from ..body.marks import Finding, Mark, Place
from ..health import Side


class Kind(Enum):
    """What a word was understood as, for colouring and for completion."""

    SIDE = "side"
    PLACE = "place"
    QUALIFIER = "qualifier"
    FINDING = "finding"
    PHRASE = "place and finding"
    PAIN = "pain"
    GRADE = "grade"
    TECHNIQUE = "technique"
    MINUTES = "minutes"
    NUMBER = "number"
    POSITION = "position"
    PRESSURE = "pressure"
    LEAD = "section"
    TIME = "time"
    TEXT = "text"
    QUOTE = "quoted"
    TERM = "abbreviation"
    REFERS = "refers"
    NEGATION = "denied"
    WORSE = "worse side"
    JOIN = "joining word"
    ASK = "which one?"
    UNREAD = "not understood"


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the line: `start` and `end` as in a slice, and what it means in full words."""

    start: int
    end: int
    kind: Kind
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of an ambiguous abbreviation; typing `write` in its place settles it."""

    kind: Kind
    id: str
    label: str
    write: str
    sided: bool = False
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """An abbreviation that could be several things, and which."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the line that was not understood, kept as typed."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text as typed, and with its abbreviations in full."""

    typed: str
    expanded: str


@dataclass(frozen=True, slots=True)
class Work:
    """Techniques used together, for how many minutes (None: not said), and where (nothing: not said)."""

    techniques: tuple[str, ...]
    minutes: int | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """How the client lay; `side` is the one lain on."""

    name: str
    side: Side = Side.NONE


@dataclass(frozen=True, slots=True)
class Interval:
    """The time to the next session: `unit` is day, week or month."""

    count: int
    unit: str

    @property
    def short(self) -> str:
        """As charted: 2w."""
        return f"{self.count}{ {'day': 'd', 'week': 'w', 'month': 'mo'}[self.unit] }"

    @property
    def named(self) -> str:
        """In full words: 2 weeks."""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Pain:
    """Pain from 0 to 10 that was put on no place."""

    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause says. `rest` are the parts of it that its structure does not hold, `expanded` all of it."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    pending: tuple[Mark, ...] = ()
    works: tuple[Work, ...] = ()
    positions: tuple[Position, ...] = ()
    pressure: tuple[int, int] | None = None
    found: tuple[Finding, ...] = ()
    pain: Pain | None = None
    said: Words | None = None
    observed: Words | None = None
    assessed: Words | None = None
    response: Words | None = None
    home: Words | None = None
    plan: Words | None = None
    next: Words | None = None
    interval: Interval | None = None
    frequency: Words | None = None
    quotes: tuple[Words, ...] = ()
    rest: tuple[Words, ...] = ()
    expanded: str = ""
    tokens: tuple[Token, ...] = ()
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole line. `marks` has one mark for each place; `pending` are marks whose place is still asked."""

    line: str
    clauses: tuple[Clause, ...]
    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...]
    pending: tuple[Mark, ...]
    asks: tuple[Ask, ...]
    unread: tuple[Unread, ...]

    @property
    def works(self) -> tuple[Work, ...]:
        """The techniques, in the order typed."""
        return tuple(work for clause in self.clauses for work in clause.works)

    @property
    def positions(self) -> tuple[Position, ...]:
        """The positions, each once."""
        return tuple(dict.fromkeys(one for clause in self.clauses for one in clause.positions))

    @property
    def pressure(self) -> tuple[int, int] | None:
        """The lightest and the heaviest pressure, 1 to 5; the last one typed stands."""
        return next((clause.pressure for clause in reversed(self.clauses) if clause.pressure), None)

    @property
    def found(self) -> tuple[Finding, ...]:
        """Findings that were put on no place."""
        return tuple(finding for clause in self.clauses for finding in clause.found)

    @property
    def pain(self) -> Pain | None:
        """Pain that was put on no place; the last one typed stands."""
        return next((clause.pain for clause in reversed(self.clauses) if clause.pain), None)

    @property
    def interval(self) -> Interval | None:
        """When to come again; the last one typed stands."""
        return next((clause.interval for clause in reversed(self.clauses) if clause.interval), None)

    def words(self, part: str) -> tuple[Words, ...]:
        """The texts of one part: said, observed, assessed, response, home, plan, next or frequency."""
        found = (getattr(clause, part) for clause in self.clauses)
        return tuple(words for words in found if words)
