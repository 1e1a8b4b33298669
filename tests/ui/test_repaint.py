"""A key press repaints what it changes, in one frame, and lays nothing out anew."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import MethodType

from textual.geometry import Size
from textual.screen import Screen

from tests.ui.doors import demo_copy
from therapist_tui.settings import Settings
from therapist_tui.ui.app import TherapistApp
from therapist_tui.ui.screens.today import TodayScreen
from therapist_tui.ui.surroundings import Surroundings
from therapist_tui.ui.widgets.brief import Brief

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def count_calls(screen: Screen[object], name: str) -> list[str]:
    """Notes the name each time the screen's method is called."""
    calls: list[str] = []
    original: Callable[..., object] = getattr(screen, name)

    def counted(_screen: Screen[object], *args: object, **kwargs: object) -> object:
        calls.append(name)
        return original(*args, **kwargs)

    setattr(screen, name, MethodType(counted, screen))
    return calls


async def test_moving_through_the_day_lays_nothing_out_and_paints_one_frame(tmp_path: Path) -> None:
    door = demo_copy(tmp_path / "practice", lambda: NOON)
    app = TherapistApp(Surroundings(door, Settings(), lambda: NOON, tmp_path))
    async with app.run_test(size=(120, 36)) as pilot:
        while not (isinstance(app.screen, TodayScreen) and app.screen.slot):
            await pilot.pause(0.01)
        await pilot.press("home")
        brief = app.screen.query_one(Brief)
        assert brief.size > Size(0, 0)
        before = [brief.line(y, brief.size.width).plain for y in range(brief.size.height)]
        layouts = count_calls(app.screen, "_refresh_layout")
        frames = count_calls(app.screen, "_compositor_refresh")
        await pilot.press("down")
        await pilot.pause(0.1)
        assert [brief.line(y, brief.size.width).plain for y in range(brief.size.height)] != before
        assert not layouts
        assert len(frames) == 1
    app.close_practice()
