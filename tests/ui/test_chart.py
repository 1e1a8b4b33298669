"""The client's file by keys: sections, each entry in full, trends and values, and an earlier day to look at only."""

from pathlib import Path

from tests.ui.driver import Driver, driven
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.body_still import BodyStill
from therapist_tui.ui.widgets.chart_list import ChartList


async def open_chart(driver: Driver) -> None:
    """The chart of Amara, who is next."""
    await driver.until_shown("TodayScreen")
    await driver.press("enter")
    await driver.until_shown("ChartScreen")
    await driver.until(lambda: driver.app.screen.query_one(ChartList).row is not None)


def highlighted(driver: Driver) -> object:
    row = driver.app.screen.query_one(ChartList).row
    return row.entry if row else None


async def test_each_section_is_one_key_away_and_shows_its_entries_in_full(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await open_chart(driver)
        assert "■ STOP  Suspected blood clot" in driver.text
        assert "STOP means no massage today" in driver.text
        await driver.press("2")
        assert "Swollen left calf since Friday — rule out a" in driver.text
        assert "▲ ASK, as you set it" in driver.text
        await driver.press("right", "down")
        assert "target 2/10" in driver.text or "target 75°" in driver.text
        await driver.press("4", "down")
        assert "“Two good evenings, then the laptop on the" in driver.text
        assert driver.app.screen.query_one(BodyStill).display
        assert "left levator scapulae: moderate hypertonic 4→2" in driver.text
        await driver.press("5")
        assert "3 of 6 used, 3 left" in driver.text
        assert not driver.app.screen.query_one(BodyStill).display
        await driver.press("right")  # and round to the first one, where the highlight was
        assert "STOP means no massage today" in driver.text


async def test_trends_and_their_values_are_a_key_each_from_the_day_and_back(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path, size=(80, 24)) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("v")
        await driver.until_shown("TrendScreen")
        assert "target 75°" in driver.text
        await driver.press("v")
        assert "Mon 9 Nov 2026     62°    +14°" in driver.text
        await driver.press("v", "enter")
        assert driver.text.count("target") == 2  # one plot, and the legend
        await driver.press("enter", "m")
        await driver.until_shown("MeasureScreen")
        await driver.type("3\n")
        await driver.press("escape")
        await driver.until_shown("TrendScreen")
        assert "3/10 →" in driver.text
        await driver.press("escape")
        await driver.until_shown("TodayScreen")


async def test_an_earlier_day_is_marked_shows_what_stood_then_and_takes_no_change(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await open_chart(driver)
        await driver.press("d")
        await driver.type("30 oct\n")
        await driver.until(lambda: "As it stood on Fri 30 Oct 2026 · read only" in driver.text)
        assert "Suspected blood clot" not in driver.text
        assert "56° → 75°" in " ".join(driver.text.split())
        for key in ("h", "e", "g", "p", "r", "o", "m", "x", "y", "a", "enter"):
            await driver.press(key)
            assert type(driver.app.screen).__name__ == "ChartScreen"
        assert "h add history" not in driver.text
        await driver.press("4")
        assert "26 Oct" in driver.text
        assert "9 Nov" not in driver.text
        await driver.press("escape")
        await driver.until(lambda: "Suspected blood clot" in driver.text)
        await driver.press("escape")
        await driver.until_shown("TodayScreen")


async def test_a_change_shows_at_once_and_says_who_made_it(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await open_chart(driver)
        await driver.press("5")
        assert "treatment" in driver.text
        await driver.press("down", "x")
        await driver.until_shown("FormScreen")
        await driver.press("f9")
        await driver.until(lambda: "✗ withdrawn 23 Nov" in driver.text)
        assert "changed Mon 23 Nov 2026 10:24 by Dana Reyes, LMT" in driver.text
        await driver.press("u")
        await driver.until(lambda: "✓ valid" in driver.text)
