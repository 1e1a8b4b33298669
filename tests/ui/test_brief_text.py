"""What the brief says: a caution is never hidden, and lines have the width they are given."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cautions import caution
from tests.ui.driver import driven
from therapist_tui.domain.goal import Goal, GoalProgress
from therapist_tui.domain.level import Level
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.brief_text import caution_lines, cautions_lines, share
from therapist_tui.ui.widgets.goal_lines import goal_lines

TODAY = date(2026, 11, 23)
LONG = "Leave the region out and ask again next time, because this goes on for quite a while. " * 4
MANY = tuple(caution(level, f"matter {n}", LONG, "left leg") for n, level in enumerate([*Level, *Level]))


@pytest.mark.parametrize("room", [10, 12, 20, 60, 200])
def test_every_caution_is_on_the_screen_however_little_room_there_is(room: int) -> None:
    text = "\n".join(line.content.plain for line in cautions_lines(MANY, 74, room, None))
    assert all(f"{one.level.glyph} {one.level.word}" in text and one.title in text for one in MANY)


def test_advice_gives_way_to_titles_and_stays_with_the_highlighted_caution() -> None:
    lines = cautions_lines(MANY, 74, 20, MANY[7])
    shown_in_full = {line.target for line in lines if not line.first}
    assert shown_in_full == {MANY[7]}


@given(title=st.text(max_size=120), advice=st.text(max_size=300), spot=st.text(max_size=60), width=st.integers(24, 150))
def test_no_line_is_wider_than_its_room(title: str, advice: str, spot: str, width: int) -> None:
    lines = caution_lines(caution(Level.LOCAL, title, advice, spot), width)
    assert all(line.content.cell_length <= width for line in lines)


@given(st.integers(30, 150), st.lists(st.floats(-999, 999), min_size=2, max_size=2, unique=True))
def test_goals_fit_their_width_and_always_say_where_they_stand(width: int, values: list[float]) -> None:
    goal = Goal(UUID(int=1), UUID(int=2), UUID(int=3), "Neck rotation left", "°", values[0], values[1], TODAY, TODAY)
    (line,) = goal_lines([GoalProgress(goal)], width, TODAY)
    assert line.cell_length == width
    assert width < 50 or "%" in line.plain


@given(st.lists(st.integers(0, 60), min_size=1, max_size=4), st.integers(0, 60))
def test_room_is_shared_with_the_first_section_served_first(wanted: list[int], room: int) -> None:
    sizes = share(wanted, room)
    assert all(size <= max(1, want) for size, want in zip(sizes, wanted, strict=True))
    if sum(wanted) <= room:
        assert sizes == wanted


@pytest.mark.parametrize("room", [10, 11, 14, 20])
def test_the_caution_in_full_leaves_a_line_to_each_of_the_others(room: int) -> None:
    for on in (None, MANY[0], MANY[7]):
        lines = cautions_lines(MANY, 40, room, on)
        assert len(lines) <= room
        assert [line.target for line in lines if line.first] == list(MANY)


async def test_small_brief_keeps_every_caution_in_view_and_tells_all_changes_in_a_tab(
    demo: Door, tmp_path: Path
) -> None:
    async with driven(demo, tmp_path, size=(80, 24)) as driver:
        await driver.until_shown("TodayScreen")
        assert "Since 9 Nov: 1 new in history" in driver.text
        assert "■ STOP" in driver.text
        assert "● ADAPT Pregnant, 22 weeks" in driver.text
        await driver.press("tab", "left")
        assert "New: Swollen left calf since" in driver.text
        assert "Worst pain 24 h 5/10 → 4/10, better" in driver.text
        assert "■ STOP" in driver.text
        await driver.press("right")
        assert "● ADAPT Pregnant, 22 weeks" in driver.text


async def test_large_brief_tells_what_changed_above_the_cautions(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as driver:
        await driver.until_shown("TodayScreen")
        at = {word: driver.text.index(word) for word in ("Since 9 Nov: ", "New: Swollen left calf", "─ Cautions")}
        assert at == dict(sorted(at.items(), key=lambda item: item[1]))
        await driver.press("end")  # nothing changed for Noor
        assert "Since" not in driver.text
