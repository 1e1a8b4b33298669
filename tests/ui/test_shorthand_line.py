"""The shorthand line of the note: read with every key, completed, expanded, asked about, and kept as typed."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.ui.driver import Driver, driven
from therapist_tui.settings import OwnShorthand
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.shorthand_input import ShorthandInput
from therapist_tui.ui.widgets.soap_editor import SoapEditor

OWN = OwnShorthand(
    {"shw": "B UT HT", "tw": "tol well"},
    {"swm": "SwM ${1:60}m; pos ${2:prone}; tol ${3:well}; HEP ${4}", "usual": "L UT HT; 2w"},
)


@asynccontextmanager
async def writing(demo: Door, folder: Path, *, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Driver]:
    """A new note as it opens, with words and snippets of the user's own."""
    async with driven(demo, folder, size=size, own_shorthand=OWN) as driver:
        await driver.until_shown("TodayScreen")
        await driver.press("n")
        await driver.until_shown("NoteScreen")
        yield driver


def line(driver: Driver) -> ShorthandInput:
    return driver.app.screen.query_one(ShorthandInput)


def below(driver: Driver) -> str:
    rows = driver.text.splitlines()
    row = rows[next(at for at, row in enumerate(rows) if "»  shorthand" in row) + 1]
    return row[:68]  # the brief stands beside it


def style_at(driver: Driver, text: str) -> tuple[bool, object]:
    """Whether the text is underlined in the line, and its colour."""
    for segment in line(driver).render_line(0):
        if text in segment.text and segment.style:
            return bool(segment.style.underline), segment.style.color
    raise AssertionError(f"no {text!r} in the line")


async def test_line_fills_the_note_while_it_is_typed_and_both_are_stored(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L trap 7>3 HT TrP; MFR 25m; tol well; blorbex; 2w")
        assert "Left trapezius: hypertonic, trigger point." in driver.text
        assert "not read: blorbex" in below(driver)
        await driver.until(lambda: "draft saved" in driver.text)
        slot = next(
            s for s in driver.app.practice.day.agenda(driver.app.today()).slots if s.brief.client.name[0] == "A"
        )
        assert slot.note
        assert slot.note.content.shorthand.startswith("L trap 7>3")
        assert slot.note.content.pain_after == 3
        assert slot.note.content.treatments[0].minutes == 25


async def test_enter_goes_on_to_s_and_the_next_letter_is_typed_there(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("tol w\nSlept.")
        editor = driver.app.screen.query_one(SoapEditor)
        assert (editor.content.shorthand, editor.content.subjective) == ("tol w", "Slept.")


async def test_letter_typed_into_a_line_of_before_adds_to_it(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L UT HT")
        await driver.press("escape")
        await driver.until_shown("TodayScreen")
        await driver.press("n")
        await driver.until_shown("NoteScreen")
        await driver.type("; 2w")
        assert line(driver).value == "L UT HT; 2w"
        assert driver.app.screen.query_one(SoapEditor).content.plan.count("2 weeks") == 1


async def test_words_are_coloured_by_what_they_are_and_what_is_not_read_is_underlined(
    demo: Door, tmp_path: Path
) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L trap HT 7>3 MFR blorb ")
        found = {word: style_at(driver, word) for word in ("trap", "HT", "7>3", "MFR", "blorb")}
        assert len({colour for _, colour in found.values()}) == len(found)
        assert [word for word, (underlined, _) in found.items() if underlined] == ["blorb"]
        await driver.type("blo")
        assert not style_at(driver, "blo")[0] or style_at(driver, "blorb")[0]
        assert "not read: blorb" in below(driver)
        assert "blorb, blo" not in below(driver)


async def test_right_arrow_takes_the_word_in_grey_and_nothing_else_does(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L mass")
        await driver.press("backspace")
        assert line(driver).value == "L mas"
        assert line(driver).ghost
        ghost = line(driver).ghost
        assert f"L mas{ghost}" in driver.text
        assert line(driver).value == "L mas"
        await driver.press("right")
        assert line(driver).value == f"L mas{ghost}"
        assert not line(driver).ghost
        await driver.type("; gastr\n")  # neither enter takes it
        assert line(driver).value.endswith("; gastr")


async def test_up_and_down_choose_among_the_words_that_fit(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("R qu")
        first, second = (one.text for one in line(driver).offers[:2])
        assert f"→ {first}" in below(driver)
        await driver.press("down")
        assert f"→ {second}" in below(driver)
        await driver.press("up", "down", "right")
        assert line(driver).value == f"R {second}"


async def test_no_word_is_offered_in_the_middle_of_the_line_or_behind_a_whole_word(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L gast")
        assert not line(driver).ghost  # a word already
        await driver.type("r")
        assert line(driver).ghost
        await driver.press("left")
        assert not line(driver).ghost
        assert "→" not in below(driver)
        await driver.press("right")
        assert line(driver).value == "L gastr"
        assert line(driver).ghost


async def test_which_one_is_asked_below_and_answered_by_a_digit(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L UT TP 7>3; tol well")
        assert "ctrl+g  TP: trigger point, tender point, trans" in below(driver)
        await driver.press("ctrl+g")
        await driver.until_shown("WhichScreen")
        assert "2  tender point" in driver.text
        await driver.press("2")
        await driver.until_shown("NoteScreen")
        assert line(driver).value == "L UT tender pt 7>3; tol well"
        assert "tender point" in driver.app.screen.query_one(SoapEditor).content.objective
        assert "ctrl+g" not in below(driver)
        await driver.type("!")
        assert line(driver).value.endswith("tol well!")


async def test_which_one_takes_the_highlighted_meaning_or_leaves_it(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("B ls TTP")
        await driver.press("ctrl+g", "escape")
        await driver.until_shown("NoteScreen")
        assert line(driver).value == "B ls TTP"
        await driver.press("ctrl+g", "9")  # no such meaning
        await driver.until_shown("WhichScreen")
        await driver.press("down", "enter")
        await driver.until_shown("NoteScreen")
        assert line(driver).value == "B LS junction TTP"
        await driver.press("ctrl+g")
        assert type(driver.app.screen).__name__ == "NoteScreen"


async def test_own_word_is_read_first_and_offered(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("sh")
        assert line(driver).offers[0].text == "shw"
        await driver.type("w 6>2; tw")
        content = driver.app.screen.query_one(SoapEditor).content
        assert "upper trapezius: hypertonic" in content.objective
        assert "Tolerated well." in content.assessment


async def test_snippet_goes_from_stop_to_stop_and_then_tab_is_the_next_field(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L UT HT; swm")
        assert "tab  SwM 60m; pos prone; tol well; HEP" in below(driver)
        await driver.press("tab")
        assert line(driver).value == "L UT HT; SwM 60m; pos prone; tol well; HEP "
        assert line(driver).selected_text == "60"
        await driver.type("90\t")
        assert line(driver).selected_text == "prone"
        await driver.press("tab")
        assert line(driver).selected_text == "well"
        await driver.press("shift+tab")
        await driver.type("supine\t")
        assert line(driver).selected_text == "well"
        await driver.type("\twalk\t")
        assert line(driver).value == "L UT HT; SwM 90m; pos supine; tol well; HEP walk"
        assert line(driver).has_focus
        content = driver.app.screen.query_one(SoapEditor).content
        assert content.treatments[0].minutes == 90
        assert content.home_care == "walk"
        await driver.press("tab")
        assert not line(driver).has_focus


async def test_edit_outside_the_stop_ends_the_snippet(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("swm\t")
        await driver.press("home")
        await driver.type("x")
        await driver.press("tab")
        assert not line(driver).has_focus


async def test_snippet_name_within_a_clause_is_a_word_like_any_other(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L swm\t")
        assert line(driver).value == "L swm"
        assert not line(driver).has_focus


async def test_snippet_without_stops_is_expanded_and_left(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("usual\t; press 3")
        assert line(driver).value == "L UT HT; 2w; press 3"
        await driver.press("tab")
        assert not line(driver).has_focus


async def test_a_key_in_a_long_line_lays_nothing_out_and_is_painted_in_one_frame(demo: Door, tmp_path: Path) -> None:
    async with writing(demo, tmp_path) as driver:
        await driver.type("L trap 7>3 HT TrP; DT MFR 25m; pos prone; press 3; tol well; HEP chin tucks 2x10; R QL 5")
        await driver.until(lambda: "draft saved" in driver.text)
        await driver.type(" ")  # from here on the state in the status line stays as it is
        driver.app.screen.query_one(SoapEditor).fill()  # the sections follow later, and are not waited for
        await driver.settle()
        layouts, frames = (counted(driver, name) for name in ("_refresh_layout", "_compositor_refresh"))
        await driver.pilot.press("H")
        await driver.until(lambda: "5 H" in line(driver).value)
        assert not layouts
        assert len(frames) <= 2  # the line; perhaps its cursor


async def test_the_sections_follow_when_the_fingers_rest_and_what_is_kept_never_lags(
    demo: Door, tmp_path: Path
) -> None:
    async with writing(demo, tmp_path) as driver:
        editor = driver.app.screen.query_one(SoapEditor)
        await driver.pilot.press(*"MFR")
        assert editor.content.shorthand == "MFR"
        assert [one.technique for one in editor.content.treatments] == ["myofascial release"]
        await driver.until(lambda: "myofascial release" in driver.text)
        await driver.pilot.press("space", "9", "m")
        await driver.press("enter")  # whoever leaves the line finds the sections filled
        assert editor.section == "subjective"
        assert "myofascial release 9" in driver.text


def counted(driver: Driver, name: str) -> list[str]:
    """Notes the name each time the screen's method is called."""
    calls: list[str] = []
    original: Callable[..., object] = getattr(driver.app.screen, name)

    def method(*args: object, **kwargs: object) -> object:
        calls.append(name)
        return original(*args, **kwargs)

    setattr(driver.app.screen, name, method)
    return calls
