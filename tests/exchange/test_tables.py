"""CSV that a spreadsheet does not calculate and that gives back exactly what was written (reliability.md 4, line 65)."""

import csv
import io
import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.driver import now
from therapist_tui.demo.practice import whole_practice
from therapist_tui.exchange.tables import guarded, table, tables_of, unguarded

ZONE = ZoneInfo("America/Toronto")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", " =1", "＝1", "|calc", "%x", "'=1", "'")
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(FORMULAS)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Ann", "O'Brien", "3-4 times", "a=b", "שלום", "48°"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(rows=st.lists(st.tuples(ANY, ANY), max_size=6))
def test_any_cells_come_back_exactly(rows: list[tuple[str, str]]) -> None:
    written = table(("a", "b"), rows, ZONE, lambda row: row)
    head, *read = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert head == ["a", "b"]
    assert [(unguarded(a), unguarded(b)) for a, b in read] == rows
    assert not any(re.match(r"\s*[=+@-]", cell) for row in read for cell in row)


def test_numbers_dates_and_moments_are_written_for_programs() -> None:
    values = (-3, 0.1, 62.0, None, True, date(2026, 3, 8), now())
    written = table(("x",), [values], ZONE, lambda row: row).decode("utf-8-sig")
    assert written == "x\r\n-3,0.1,62,,yes,2026-03-08,2026-11-23T10:24-05:00\r\n"


def test_every_record_of_the_demo_is_a_row() -> None:
    whole = whole_practice(now())
    tables = tables_of(whole)
    counts = {name: len([*csv.reader(io.StringIO(one.decode("utf-8-sig")))]) - 1 for name, one in tables.items()}
    assert counts == {
        "clients.csv": len(whole.clients),
        "appointments.csv": len(whole.appointments),
        "notes.csv": len(whole.notes),
        "goals.csv": len(whole.goals),
        "measurements.csv": len(whole.measurements),
    }
    widths = {
        name: {len(row) for row in csv.reader(io.StringIO(one.decode("utf-8-sig")))} for name, one in tables.items()
    }
    assert all(len(width) == 1 for width in widths.values())
