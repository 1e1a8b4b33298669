"""An export from the day: one form, a warning that it is not encrypted, and its line in the log."""

from pathlib import Path

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
