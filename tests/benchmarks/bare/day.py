"""Bare day: after enter, a DataTable filled by a plain query of the same encrypted file; no derivation, no ORM."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rich.text import Text
from textual import work
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import DataTable, Input

ROWS = 20
QUERY = """
SELECT a.starts_at, a.minutes, c.name, a.service, a.status
FROM appointment a JOIN client c ON c.id = a.client_id WHERE a.starts_at >= ? ORDER BY a.starts_at LIMIT ?
"""


def read_day(days_ahead: int) -> Sequence[Sequence[object]]:
    """Twenty appointments from a day on."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(os.environ["BENCH_DATABASE"])  # pyright: ignore[reportAttributeAccessIssue]
    try:
        connection.execute(f"PRAGMA key = \"x'{os.environ['BENCH_KEY']}'\"")
        begin = datetime.now(UTC) + timedelta(days=days_ahead - 30)
        return connection.execute(QUERY, (begin.strftime("%Y-%m-%d"), ROWS)).fetchall()
    finally:
        connection.close()


class DayScreen(Screen[None]):
    """The table; left and right replace all its rows."""

    BINDINGS = [("right", "step(1)", "next day"), ("left", "step(-1)", "previous day")]

    def compose(self) -> ComposeResult:
        """One table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        self._day = 0
        table = self.query_one(DataTable)
        table.add_columns("start", "min", "client", "service", "status")
        self._fill()
        table.focus()

    async def action_step(self, days: int) -> None:
        """Replace all rows by another day's."""
        self._day += days
        self._fill()

    def _fill(self) -> None:
        table = self.query_one(DataTable)
        table.clear()
        for row in read_day(self._day):
            table.add_row(*(Text(str(value)) for value in row))


class Day(App[None]):
    """A field first, so that the table is painted by a key press in a running program, as ours is."""

    def compose(self) -> ComposeResult:
        """The field."""
        yield Input(password=True, placeholder="Passphrase", compact=True)

    @work
    async def on_input_submitted(self) -> None:
        """Show the day."""
        self.push_screen(DayScreen())


if __name__ == "__main__":
    Day().run()
