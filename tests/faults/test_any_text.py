"""The law of Must hold 4: any text in any field is shown as `clean` makes it, and nothing crashes."""

from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual.widgets import Input, TextArea

from tests.ui.driver import Driver
from therapist_tui.domain.text import clean
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import create_practice
from therapist_tui.records.vault import LIGHT
from therapist_tui.settings import Settings
from therapist_tui.ui.app import TherapistApp
from therapist_tui.ui.door import practice_door
from therapist_tui.ui.surroundings import Surroundings

from . import hostile, practice
from .hostile import FORBIDDEN

STORABLE = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
TEXTS = st.lists(st.sampled_from(hostile.ALL) | STORABLE, min_size=1, max_size=4).map(" ".join)
KEYS = (
    *(
        "home",
        "2",
        "3",
        "1",
        "f2",
        "f2",
        "e",
        "escape",
        "x",
        "escape",
        "h",
        "escape",
        "m",
        "escape",
        "n",
        "f5",
        "escape",
    ),
    *("enter", "e", "escape", "enter", "escape", "down", "enter", "escape", "escape", "c"),
)
"""Through the day, its forms, the note, the chart, and the clients."""


def filled(folder: Path, text: str) -> None:
    """A practice with that text in every field."""
    zone = practice.noon_zone(practice.now())
    draft = TherapistDraft("Dana", "LMT", "none", None, zone)
    made = create_practice(folder, practice.PASSPHRASE, draft, practice.now, cost=LIGHT)
    made.whole.store(hostile.whole((lambda word: f"{word} {text}",), ZoneInfo(zone), practice.now()))
    made.close()


def on_screen(app: TherapistApp) -> str:
    """Every glyph that the screen would write."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def fields_of(app: TherapistApp) -> set[str]:
    """What stands in the fields of the front screen."""
    return {one.value for one in app.screen.query(Input)} | {one.text for one in app.screen.query(TextArea)}


@settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=TEXTS)
async def test_any_text_is_shown_clean_and_never_crashes(tmp_path: Path, text: str) -> None:
    folder = tmp_path / uuid4().hex
    filled(folder, text)
    app = TherapistApp(Surroundings(practice_door(folder, practice.now), Settings(), practice.now, tmp_path))
    shown: set[str] = set()
    async with app.run_test(size=(120, 36)) as pilot:
        driver = Driver(app, pilot)
        await driver.type(practice.PASSPHRASE)
        await pilot.press("enter")
        await driver.until_shown("TodayScreen")
        for key in KEYS:
            await driver.press(key)
            written = on_screen(app)
            assert set(written) & (FORBIDDEN - {"\n"}) == set(), key
            shown |= fields_of(app)
    app.close_practice()
    assert app.return_code in (0, None)
    assert clean(f"Said {text}") in shown
