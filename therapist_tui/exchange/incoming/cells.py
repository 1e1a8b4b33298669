"""Rows of a table, asked by field."""

from collections.abc import Sequence

from .headings import Layout


class Cells:
    """One row."""

    __slots__ = ("_cells", "_places", "line")

    def __init__(self, line: int, cells: Sequence[str], places: dict[str, int]) -> None:
        self.line, self._cells, self._places = line, cells, places

    def __getitem__(self, field: str) -> str:
        """What stands in the column of that field, without the apostrophe that keeps a spreadsheet from calculating."""
        at = self._places.get(field)
        return self._cells[at].strip().removeprefix("'") if at is not None else ""

    @property
    def what(self) -> str:
        """The row in a few words, for the list of what was left out."""
        return " ".join(", ".join(filter(None, self._cells)).split())[:80]


def places_of(layout: Layout) -> dict[str, int]:
    """The column of every field."""
    return {field: at for at, field in enumerate(layout.columns) if field}


def name_of(cells: Cells, turn: bool) -> str:
    """The name in the order in which it is said; "Okafor, Amara" is turned around when that was agreed."""
    if cells["first"] or cells["last"]:
        return " ".join(filter(None, (cells["first"], cells["middle"], cells["last"])))
    name = cells["name"]
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if turn and comma and first.strip() else name
