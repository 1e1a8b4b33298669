"""What a form is: its fields, how they are read into a draft, and where the draft is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.numbers import read_value
from therapist_tui.domain.when import read_date, read_past_date, read_time, show_day

if TYPE_CHECKING:
    from therapist_tui.records.practice import Practice

Values = Mapping[str, str]
D = TypeVar("D")
T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Kind(Enum):
    """How a field is typed and read."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    PAST_DATE = "past date"
    TIME = "time"
    SECRET = "secret"  # noqa: S105 - the name of a kind of field


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `choices` are pairs of what is kept and what is shown; the first one is the default.

    A field with `more` stands in the form's second part, which opens by a key, or by itself when it holds something.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    more: bool = False


class Form(Generic[D]):
    """Base of the forms. `id` and `about` name its draft: what is typed is kept under them until it is saved."""

    id: str = ""
    about: str = ""
    title: str = ""
    keeps_draft: bool = True
    fields: tuple[Field, ...] = ()
    begin_at: str = ""
    """The field where the cursor stands at first; the first one where it is empty."""

    def start(self) -> dict[str, str]:
        """What the fields hold at first."""
        return {}

    def read(self, values: Values) -> tuple[D | None, dict[str, str]]:
        """The draft that the fields make, or None, and a sentence for each field that must be mended."""
        raise NotImplementedError

    def echo(self, draft: D) -> str:
        """What the draft is understood as, in a line, while it is typed."""
        del draft
        return ""

    def advice(self, values: Values) -> tuple[str, ...]:
        """What would make it better, while it is typed; it can be saved all the same."""
        del values
        return ()

    def meaning(self, name: str, values: Values) -> str:
        """What a field is understood as, to show beside it; dates and times are understood without it."""
        del name, values
        return ""

    def follow(self, name: str, values: Values) -> Mapping[str, str]:
        """What other fields become when this one was changed."""
        del name, values
        return {}

    def hidden(self, values: Values) -> frozenset[str]:
        """The fields that have no meaning with these values and are not shown."""
        del values
        return frozenset()

    def warnings(self, practice: Practice, draft: D) -> str:
        """What to know before saving all the same; asked once, on the records thread."""
        del practice, draft
        return ""

    def save(self, practice: Practice, draft: D) -> object:
        """Save the draft, on the records thread; the answer is what the form's screen is dismissed with."""
        raise NotImplementedError


class Reader:
    """Reads a form's fields and collects what cannot be read."""

    def __init__(self, values: Values, today: date = date.min) -> None:
        """`today` is needed where the form has dates."""
        self._values, self._today = values, today
        self.problems: dict[str, str] = {}

    def text(self, name: str) -> str:
        """The field as typed."""
        return self._values.get(name, "")

    def words(self, name: str) -> tuple[str, ...]:
        """The parts of a list parted by commas."""
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def choice(self, name: str, default: E) -> E:
        """One of an enumeration; `default` when nothing was chosen."""
        text = self.text(name)
        try:
            return type(default)(text) if text else default
        except ValueError:  # kept by another version, which had other choices
            self.problems[name] = "Please choose one of the list."
            return default

    def day(self, name: str) -> date | None:
        """A date ahead."""
        return self.read(name, lambda words: read_date(words, self._today))

    def past_day(self, name: str) -> date | None:
        """A date that has been."""
        return self.read(name, lambda words: read_past_date(words, self._today))

    def clock(self, name: str) -> time | None:
        """A time of day."""
        return self.read(name, read_time)

    def value(self, name: str) -> float | None:
        """A measured value."""
        return self.read(name, read_value)

    def count(self, name: str) -> int | None:
        """A whole number."""
        text = self.text(name).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            self.problems[name] = "Please type a whole number."
            return None
        return int(text) if len(text) <= 12 else 10**12  # too large for any field, which says what it takes

    def read(self, name: str, read: Callable[[str], T]) -> T | None:
        """What `read` makes of the field; None when it is empty or `read` raises a PracticeError, its problem."""
        text = self.text(name).strip()
        if not text:
            return None
        try:
            return read(text)
        except PracticeError as error:
            self.problems[name] = str(error)
            return None

    def done(self, draft: D, problems: Mapping[str, str]) -> tuple[D | None, dict[str, str]]:
        """The answer of `Form.read`: what could not be read comes before what the draft says itself."""
        found = {**problems, **self.problems}
        return (None if found else draft), found


def understood(field: Field, words: str, today: date) -> str:
    """What a date or time field was understood as, to show beside it; "" when there is nothing to say."""
    if not words.strip():
        return ""
    try:
        if field.kind is Kind.DATE:
            return show_day(read_date(words, today))
        if field.kind is Kind.PAST_DATE:
            return show_day(read_past_date(words, today))
        if field.kind is Kind.TIME:
            return f"{read_time(words):%H:%M}"
    except PracticeError:
        return ""
    return ""


def iso(day: date | None) -> str:
    """A date for a field to start with."""
    return day.isoformat() if day else ""


def choices_of(enumeration: type[Enum], without: Enum | None = None) -> tuple[tuple[str, str], ...]:
    """The members of an enumeration as choices, but for one that is chosen elsewhere."""
    return tuple((member.value, member.value) for member in enumeration if member is not without)
