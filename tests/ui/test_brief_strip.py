"""The strip above a narrow note: every caution named while the terminal has the lines, the worst first, never wider."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cautions import caution
from tests.ui.driver import driven
from therapist_tui.domain.agenda import Brief, Slot
from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.change import Change, ChangeKind
from therapist_tui.domain.client import Client
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.brief_strip import MOST, MOST_LOW, strip_lines
from therapist_tui.ui.widgets.brief_text import Shown
from therapist_tui.ui.widgets.soap_editor import SoapEditor

ZONE = ZoneInfo("UTC")
THEN = datetime(2026, 11, 9, 9, tzinfo=UTC)
AMARA = Client(UUID(int=1), "Amara Okafor")
NOTE = SessionNote(UUID(int=2), UUID(int=3), AMARA.id, NoteContent("x"), THEN, THEN, THEN, THEN, "Dana")
CHANGES = (Change(THEN, ChangeKind.ADDED, "New: gout"), Change(THEN, ChangeKind.MEASURED, "Neck 48° → 62°, better"))
LONG = "Suspected blood clot in the deep veins of the leg after a long flight, to be ruled out today"


def of(*levels: Level, changed: bool = True, title: str = LONG) -> Shown:
    cautions = tuple(caution(level, f"{number} {title}") for number, level in enumerate(levels))
    brief = Brief(AMARA, cautions, last_note=NOTE, changes=CHANGES if changed else ())
    return Shown(Slot(Appointment(UUID(int=4), AMARA.id, THEN, 60, "Massage"), brief), date(2026, 11, 23))


def lines(shown: Shown, width: int = 78, most: int = MOST) -> list[str]:
    return [line.plain for line in strip_lines(shown, ZONE, width, most, "F5")]


def test_each_caution_has_a_line_and_what_changed_stands_below():
    assert lines(of(Level.ABSOLUTE, Level.LOCAL, title="matter")) == [
        "■ STOP 0 matter",
        "◆ AVOID 1 matter",
        "Since 9 Nov: 1 new in history, Neck 48° → 62°",
    ]
    assert lines(of(changed=False)) == []


@pytest.mark.parametrize("count", range(1, 13))
def test_up_to_twelve_cautions_are_all_named_at_eighty_columns(count: int):
    levels = [level for level in Level for _ in range(3)][:count]
    text = "\n".join(lines(of(*levels)))
    assert all(f"{level.glyph} {level.word} {number} " in text for number, level in enumerate(levels))


def test_on_a_low_terminal_the_worst_stand_first_and_the_others_are_counted():
    found = lines(of(*[level for level in Level for _ in range(2)]), 58, MOST_LOW)
    assert len(found) == MOST_LOW
    assert found[0].startswith("■ STOP 0 ")
    assert "more: F5" in found[1]


@given(st.lists(st.sampled_from(Level), max_size=30), st.text(max_size=80), st.integers(40, 90), st.booleans())
def test_it_never_takes_more_lines_or_cells_than_it_has(levels: list[Level], title: str, width: int, low: bool):
    most = MOST_LOW if low else MOST
    found = strip_lines(of(*sorted(levels, key=lambda level: level.rank), title=title), ZONE, width, most, "F5")
    assert len(found) <= most
    assert all(line.cell_length <= width for line in found)


@pytest.mark.parametrize(("size", "strip"), [((80, 24), True), ((60, 20), True), ((120, 36), False)])
async def test_note_without_room_for_the_brief_has_the_strip_and_all_its_fields(
    size: tuple[int, int], strip: bool, demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path, size=size) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("ctrl+n")
        await driver.until_shown("NoteScreen")
        top = "\n".join(driver.text.splitlines()[1:4])
        assert ("■ STOP Suspected blood clot" in top) is strip
        assert ("● ADAPT Pregnant, 22 weeks" in top) is strip
        assert ("Since 9 Nov: 1 new in history" in top) is strip
        await driver.type("L trap 7>3")
        assert "L trap 7>3" in driver.text
        editor = driver.app.screen.query_one(SoapEditor)
        assert editor.content.pain_before == 7
        assert all(word in driver.text for word in ("said", "found", "response", "plan", "Next time"))
        await driver.press("f5")
        assert "Since 9 Nov: 1 new" not in "\n".join(driver.text.splitlines()[1:2])


async def test_a_change_of_the_window_shows_and_hides_it(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("ctrl+n")
        await driver.until_shown("NoteScreen")
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "Since 9 Nov: 1 new in history" in driver.text.splitlines()[3]


def test_masked_names_are_no_part_of_it():
    shown = replace(of(Level.LOCAL), masked=True)
    assert "Amara" not in "".join(lines(shown))
