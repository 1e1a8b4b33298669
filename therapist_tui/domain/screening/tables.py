"""Taking checked values out of a knowledge file: what is missing or of the wrong kind is refused by name."""

from collections.abc import Iterable, Mapping
from typing import cast

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.errors import BrokenKnowledge

Raw = Mapping[str, object]


class Table:
    """One table of a knowledge file, known by file and entry so that a fault can be named."""

    def __init__(self, file: str, entry: str, raw: Raw) -> None:
        self.file, self.entry, self.raw = file, entry, raw

    def fault(self, field: str, what: str) -> BrokenKnowledge:
        """The refusal that names this file, this entry and the field."""
        return BrokenKnowledge(self.file, self.entry, field, what)

    def text(self, field: str, default: str | None = None) -> str:
        """A text; required unless a default is given."""
        value = self.raw.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(field, "a text is wanted")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; empty when absent."""
        value = self.raw.get(field, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in cast("list[object]", value)):
            raise self.fault(field, "a list of texts is wanted")
        return tuple(cast("list[str]", value))

    def number(self, field: str) -> float:
        """A number that is not negative; required."""
        value = self.raw.get(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise self.fault(field, "a number from 0 is wanted")
        return float(value)

    def flag(self, field: str) -> bool:
        """True or false; false when absent."""
        value = self.raw.get(field, False)
        if not isinstance(value, bool):
            raise self.fault(field, "true or false is wanted")
        return value

    def maybe(self, field: str) -> bool | None:
        """True, false, or None when absent."""
        return self.flag(field) if field in self.raw else None

    def level(self, field: str) -> Level:
        """One of the four levels an entry may have."""
        word = self.text(field)
        if word not in ("absolute", "clearance", "local", "precaution"):
            raise self.fault(field, f"“{word}” is no level")
        return Level(word)

    def one_of(self, field: str, allowed: Iterable[str]) -> str:
        """A text out of a closed list."""
        word = self.text(field)
        if word not in allowed:
            raise self.fault(field, f"“{word}” is not known here")
        return word

    def all_of(self, field: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Texts out of a closed list."""
        words = self.texts(field)
        for word in words:
            if word not in allowed:
                raise self.fault(field, f"“{word}” is not known here")
        return words

    def table(self, field: str) -> "Table | None":
        """A table inside this one, or None."""
        value = self.raw.get(field)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.fault(field, "a table is wanted")
        return Table(self.file, f"{self.entry}, {field}", cast("Raw", value))

    def tables(self, field: str, name: str = "id") -> list["Table"]:
        """A list of tables inside this one, each named by its `name` field."""
        value = self.raw.get(field, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in cast("list[object]", value)):
            raise self.fault(field, "a list of tables is wanted")
        rows = cast("list[Raw]", value)
        return [Table(self.file, str(row.get(name, f"{field} {n}")), row) for n, row in enumerate(rows, 1)]

    def mapping(self, field: str) -> dict[str, str]:
        """A table of texts by text."""
        inner = self.table(field)
        if inner is None:
            return {}
        return {key: inner.text(key) for key in inner.raw}
