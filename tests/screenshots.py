"""The pictures in screenshots/, made from the demo at a fixed moment: `python -m tests.screenshots [--check]`."""

import asyncio
import multiprocessing
import os
import re
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from tests.ui.doors import demo_copy
from tests.ui.driver import Driver, driven, now
from therapist_tui.settings import Settings
from therapist_tui.ui.door import Door, practice_door
from therapist_tui.ui.keeping import Keeper

FOLDER = Path(__file__).parent.parent / "screenshots"
EXPORTS = "/home/dana/exports"
"""Where files would go: the same in every picture, and nothing is written there."""
LARGE, SMALL, SINGLE, HUGE = (120, 36), (80, 24), (60, 20), (160, 48)


@dataclass(frozen=True)
class Scene:
    """One picture: the size, the theme, the keys that lead there. A key that begins with ' is typed as text."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = LARGE
    theme: str = "practice-dark"
    door: str = "demo"


_MARKED = "'L UT 7>3 HT TrP; B low back 4 HT; R calf N/T; MFR 25m; tol well; 2w"
SCENES = (
    Scene("today"),
    Scene("today-light", theme="practice-light"),
    Scene("today-terminal-colours", ("down",), theme="ansi-dark"),
    Scene("today-80x24", size=SMALL),
    Scene("today-80x24-light", ("down",), SMALL, "practice-light"),
    Scene("today-60x20", ("tab",), SINGLE),
    Scene("today-160x48", size=HUGE),
    Scene("today-masked", ("f2",)),
    Scene("too-small", size=(50, 16)),
    Scene("report", ("enter", "w")),
    Scene("report-80x24", ("enter", "w"), SMALL, "practice-light"),
    Scene("export", ("E",)),
    Scene("empty-day", ("g", "'2026-12-25", "enter")),
    Scene("why", ("tab", "enter")),
    Scene("measure", ("m", "'3")),
    Scene("measure-real-80x24", ("m", "enter", "'65"), SMALL, "practice-light"),
    Scene(
        "goal-advice",
        ("enter", "g", "'neck rot left", "tab", "tab", "tab", "'48", "tab", "'55"),
        theme="practice-light",
    ),
    Scene("goal-ready-80x24", ("enter", "g", "shift+tab", "enter", *["down"] * 8, "enter"), SMALL),
    Scene("goal-review", ("enter", "down", "down", "down", "s")),
    Scene("go-to", ("g", "'fri")),
    Scene("note", ("home", "n"), theme="practice-light"),
    Scene("note-80x24", ("home", "n"), SMALL),
    Scene("note-missing", ("n", "f4", "'Neck feels freer.", "f9")),
    Scene("note-160x48", ("home", "n"), HUGE),
    Scene("next-client", ("ctrl+n",)),
    Scene("next-client-80x24", ("ctrl+n",), SMALL),
    Scene("session-running", ("down", "down", "s", "s"), theme="practice-light"),
    Scene("since-80x24", ("tab", "left"), SMALL),
    Scene("carry", ("n", "f6", "p", "h")),
    Scene("carried-80x24", ("n", "f6", "p", "h", "enter"), SMALL, "practice-light"),
    Scene("body-map", ("home", "down", "n", _MARKED, "f7")),
    Scene("body-map-80x24", ("home", "down", "n", _MARKED, "f7"), SMALL, "practice-light"),
    Scene("body-map-160x48", ("home", "down", "n", _MARKED, "f7"), HUGE),
    Scene("shorthand", ("n", "'L trap 7>3 HT TrP; ls TTP; MFR 25m; tol well; blorb; HEP chin tucks; 2w")),
    Scene("shorthand-completion", ("n", "'L trap 7>3 HT TrP; MFR 25m; R qu", "down")),
    Scene("which", ("n", "'L trap 7>3 HT; L TP 5; tol well", "ctrl+g")),
    Scene("shorthand-80x24", ("n", "'L trap 7>3 HT TrP; MFR 25m; tol well; 2w"), SMALL, "practice-light"),
    Scene("signed-note", ("enter", "4", "end", "enter")),
    Scene("addendum", ("enter", "4", "end", "enter", "a", "tab", "'Client called: calf is fine.")),
    Scene("week", ("w",)),
    Scene("week-80x24", ("w", "f"), SMALL, "practice-light"),
    Scene("week-160x48", ("w", "f", "f", "plus"), HUGE, "practice-light"),
    Scene("week-60x20", ("w",), SINGLE),
    Scene("week-moving", ("w", "right", "shift+down", "shift+right", "down", "down")),
    Scene("month", ("w", "m")),
    Scene("series", ("w", "right", "r", "f9")),
    Scene("series-moved-80x24", ("w", "right", "r", "f9", "f9", "shift+down", "enter", "down"), SMALL),
    Scene("desk", ("d",)),
    Scene("desk-80x24", ("d", "down"), SMALL, "practice-light"),
    Scene("close-the-day", ("d", "c")),
    Scene("chart", ("enter",)),
    Scene("chart-80x24", ("enter",), SMALL, "practice-light"),
    Scene("chart-history", ("enter", "2"), theme="practice-light"),
    Scene("chart-goal", ("enter", "3", "down")),
    Scene("chart-notes", ("enter", "4", "down")),
    Scene("chart-notes-80x24", ("enter", "4"), SMALL, "practice-light"),
    Scene("chart-160x48", ("enter", "4"), HUGE),
    Scene("chart-as-it-stood", ("enter", "d", "'30 oct", "enter", "3", "down")),
    Scene("trends", ("v",)),
    Scene("trends-80x24", ("v",), SMALL, "practice-light"),
    Scene("trends-terminal-colours", ("v", "enter"), theme="ansi-dark"),
    Scene("values", ("v", "v"), theme="practice-light"),
    Scene("clients", ("c", "'an")),
    Scene("search", ("slash", "'left lev")),
    Scene("search-80x24", ("slash", "'region:calf client:amara"), SMALL, "practice-light"),
    Scene("search-help", ("slash",)),
    Scene("same-person", ("c", "'tanaka", "f8", "'ben")),
    Scene("intake", ("enter", "i", "'On Eliquis since May; denies clots; nut oil: rash; 22 weeks pregnant; blorb")),
    Scene("client-card", ("enter", "e")),
    Scene("history", ("h", "'latex rash")),
    Scene("book", ("a", "enter", "tab", "'10:45", "enter"), SMALL),
    Scene("cancel", ("x", "f9"), SMALL),
    Scene("plan", ("enter", "p")),
    Scene("goal", ("enter", "g")),
    Scene("referral", ("enter", "r")),
    Scene("consent", ("enter", "o")),
    Scene("licence", ("l",)),
    Scene("licence-80x24", ("l",), SMALL, "practice-light"),
    Scene("course-80x24", ("L",), SMALL),
    Scene("plan-80x24", ("enter", "p"), SMALL, "practice-light"),
    Scene("plan-status-80x24", ("enter", "P", "enter", "down", "enter"), SMALL),
    Scene("plan-review", ("enter", "R"), theme="practice-light"),
    Scene("plan-review-80x24", ("enter", "R"), SMALL),
    Scene("plan-course", ("end", "enter", "3"), theme="practice-light"),
    Scene("chart-papers", ("enter", "5"), theme="practice-light"),
    Scene("values-80x24", ("v", "v"), SMALL),
    Scene("sensitive-area", ("end", "e", *["tab"] * 5, "'gluteals", "f9", "s", "s"), theme="practice-light"),
    Scene("report-form-80x24", ("enter", "w", "e"), SMALL),
    Scene("help", ("question_mark",)),
    Scene("palette", ("ctrl+p", "'lo")),
    Scene("unlock", door="existing"),
    Scene("set-up", door="new"),
)


async def picture(scene: Scene, folder: Path, demo: Door) -> str:
    """The scene as SVG."""
    doors = {"demo": demo, "existing": replace(demo, demo=False), "new": practice_door(folder / "nothing-yet", now)}
    settings = Settings(theme=scene.theme, exports=EXPORTS)
    async with driven(doors[scene.door], folder, size=scene.size, settings=settings) as driver:
        if scene.door == "demo":
            await driver.until_shown("TodayScreen")
        elif scene.door == "new":
            await driver.until_shown("FormScreen")
        for key in scene.keys:
            await (driver.type(key[1:]) if key.startswith("'") else driver.press(key))
        return await steady_svg(driver)


async def steady_svg(driver: Driver) -> str:
    """The screen as SVG without a blinking cursor, or fonts from elsewhere, with blanks that every viewer keeps."""
    for field in driver.app.screen.query("Input, TextArea"):
        field.cursor_blink = False  # pyright: ignore[reportAttributeAccessIssue]
    for screen in driver.app.screen_stack:  # one may lie under a question
        if isinstance(screen, Keeper):
            await screen.keep()  # what is typed is saved by now, or would be a moment later
    await driver.settle()
    svg = driver.app.export_screenshot()
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("&#160;", " ").replace("<text class", '<text xml:space="preserve" class')


def drawn(scene: Scene) -> str:
    """The scene as SVG, with a practice of its own, so that no picture depends on another."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        return asyncio.run(picture(scene, place, demo_copy(place / "practice", now)))


def stale(check: bool) -> list[str]:
    """Make every picture, one on each core; with `check` only tell which ones differ from what is in the folder."""
    differing: list[str] = []
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        for scene, svg in zip(SCENES, pool.map(drawn, SCENES, chunksize=4), strict=True):
            path = FOLDER / f"{scene.name}.svg"
            if not path.exists() or path.read_text(encoding="utf-8") != svg:
                differing.append(scene.name)
                if not check:
                    path.write_text(svg, encoding="utf-8")
    known = {f"{scene.name}.svg" for scene in SCENES}
    return differing + [path.name for path in FOLDER.glob("*.svg") if path.name not in known]


def main() -> int:
    """Write the pictures, or fail when one is stale."""
    os.environ["TZ"] = "America/Toronto"  # the set-up offers the machine's zone
    check = "--check" in sys.argv[1:]
    differing = stale(check)
    print(f"{len(SCENES)} scenes, {len(differing)} {'stale' if check else 'written'}: {', '.join(differing) or 'none'}")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
