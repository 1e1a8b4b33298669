"""An export from the day: one form, a warning that it is not encrypted, and its line in the log."""

import threading
from datetime import datetime
from pathlib import Path

import pytest

from therapist_tui.domain.progress import Heard
from therapist_tui.domain.whole import WholePractice
from therapist_tui.exchange.exporting import Export, ExportDraft, build
from therapist_tui.ui.door import Door

from .driver import driven


async def test_an_archive_is_written_from_the_day_after_a_warning(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as app:
        await app.until_shown("TodayScreen")
        await app.press("E")
        await app.until_shown("FormScreen")
        await app.press("f9")
        assert "These files are not encrypted" in app.text
        assert not (tmp_path / "exports").exists()
        await app.press("f9")
        await app.until_shown("TodayScreen")
        await app.until(lambda: any("Written: " in one.message for one in app.app._notifications))
        (release,) = await app.app.records.run(lambda: app.app.practice.releases.all())
        assert release.what == "export: archive of the whole practice"
    assert (tmp_path / "exports" / "archive-2026-11-23" / "manifest.json").exists()


async def test_a_folder_that_is_none_is_told_and_leaves_no_line(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as app:
        await app.until_shown("TodayScreen")
        await app.press("E")
        await app.until_shown("FormScreen")
        await app.press("tab", "tab", "tab")
        await app.type("/nowhere")  # the field's text is selected
        await app.press("f9", "f9")
        await app.until_shown("TodayScreen")
        await app.until(lambda: any("There is no folder" in one.message for one in app.app._notifications))
        assert await app.app.records.run(lambda: app.app.practice.releases.all()) == ()


async def test_a_long_export_shows_how_far_it_is_and_escape_stops_it(
    demo: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def held(whole: WholePractice, draft: ExportDraft, now: datetime, heard: Heard) -> Export:
        heard(1, 4)
        reached.set()
        assert go_on.wait(30)
        return build(whole, draft, now, heard)

    monkeypatch.setattr("therapist_tui.ui.screens.working.SHOWN_AFTER", 0)
    monkeypatch.setattr("therapist_tui.ui.screens.exporting.build", held)
    async with driven(demo, tmp_path) as app:
        await app.until_shown("TodayScreen")
        await app.press("E")
        await app.until_shown("FormScreen")
        await app.press("f9")
        await app.pilot.press("f9")
        while not reached.is_set():
            await app.pilot.pause()
        await app.until_shown("WorkingScreen")
        await app.until(lambda: "25%" in app.text and "1 of 4" in app.text)
        assert "Making the files" in app.text
        await app.pilot.press("escape")
        go_on.set()
        await app.until_shown("TodayScreen")
        await app.until(lambda: any("The export was stopped" in one.message for one in app.app._notifications))
        assert await app.app.records.run(lambda: app.app.practice.releases.all()) == ()
    assert not (tmp_path / "exports").exists()
