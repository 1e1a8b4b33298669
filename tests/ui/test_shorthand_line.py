"""The shorthand line of the note: read with every key, kept as typed beside what it was read as."""

from pathlib import Path

from tests.ui.driver import driven
from therapist_tui.ui.door import Door


async def test_line_fills_the_note_while_it_is_typed_and_both_are_stored(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("n")
        await driver.until_shown("NoteScreen")
        await driver.type("L trap 7>3 HT TrP; MFR 25m; tol well; blorbex; 2w")
        assert "Left trapezius: hypertonic, trigger point." in driver.text
        assert "not read: blorbex" in driver.text
        await driver.until(lambda: "draft saved" in driver.text)
        slot = next(
            s for s in driver.app.practice.day.agenda(driver.app.today()).slots if s.brief.client.name[0] == "A"
        )
        assert slot.note
        assert slot.note.content.shorthand.startswith("L trap 7>3")
        assert slot.note.content.pain_after == 3
        assert slot.note.content.treatments[0].minutes == 25
