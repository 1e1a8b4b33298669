"""Backups by themselves, the lock when nobody is there, keys and trail from the screen; reads are written down."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.app import App, ComposeResult

from tests.ui.doors import THERAPIST, door_to
from tests.ui.driver import PASSPHRASE, Clock, Driver, driven
from therapist_tui.domain.client import ClientDraft
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT, unlock
from therapist_tui.settings import Settings
from therapist_tui.ui.door import Door
from therapist_tui.ui.widgets.fields import PlainInput, PlainTextArea

NEW = "violet harbour sings before nine anvils"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "practice"

    def fill(practice: Practice) -> None:
        practice.clients.add(ClientDraft("Amara Okafor"))

    door_to(folder, Clock(), fill)
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(made: Path, tmp_path: Path, clock: Clock) -> Door:
    """A practice with one client, which is backed up by itself."""
    folder = Path(shutil.copytree(made, tmp_path / "home" / "practice"))
    known = Door(True, False, lambda typed: open_practice(folder, typed, clock), _never, lambda *_: "")
    return replace(known, backs_up=True)


def _never(*_: object) -> Practice:
    raise AssertionError("there is a practice already")


async def unlocked(app: Driver) -> None:
    await app.type(f"{PASSPHRASE}\n")
    await app.until_shown("TodayScreen")


def backups(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home/backups").glob("practice-*"))


async def trail(app: Driver) -> list[str]:
    events_ = await app.app.records.run(app.app.practice.audit.events, 50)
    return [event.action for event in events_ if event.action != "brief.read"]  # written within two seconds, or not yet


async def test_the_days_backup_is_taken_and_a_restore_tried_out_behind_the_day(
    door: Door, tmp_path: Path, clock: Clock
) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        assert backups(tmp_path) == []
        await app.app.guard._tend()
        assert len(backups(tmp_path)) == 1
        assert (await trail(app))[:2] == ["backup.drilled", "backup.taken"]
        await app.app.guard._tend()
        assert len(backups(tmp_path)) == 1
        clock.now = clock.now.replace(day=24)
        await app.app.records.run(app.app.practice.clients.add, ClientDraft("Iris Novak"))
        await app.app.guard._tend()
        assert len(backups(tmp_path)) == 2


async def test_leaving_takes_a_backup_of_what_was_written_since(door: Door, tmp_path: Path, clock: Clock) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        await app.press("q")
    assert len(backups(tmp_path)) == 1
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        await app.press("q")
    assert len(backups(tmp_path)) == 1  # nothing new


async def test_after_a_signal_there_is_no_time_for_a_backup(door: Door, tmp_path: Path, clock: Clock) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        app.app._obey(15)
    assert backups(tmp_path) == []


async def test_what_the_records_want_stands_on_the_desk_and_leads_to_keys_and_backups(
    door: Door, tmp_path: Path, clock: Clock
) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        await app.press("d")
        assert "▣ backup" in app.text
        assert "A copy outside this disk" in app.text
        await app.press("end", "enter")
        await app.until_shown("SafetyScreen")
        assert "Wanting" in app.text
        await app.press("b")
        await app.until(lambda: len(backups(tmp_path)) == 1)
        await app.until(lambda: "1, newest Mon 23 Nov 2026 10:24" in app.text)
        await app.press("v")
        await app.until(lambda: "all as they were left" in app.text)


async def test_the_passphrase_is_changed_from_the_screen(door: Door, tmp_path: Path, clock: Clock) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        await app.press("b", "p")
        await app.until_shown("FormScreen")
        await app.type(f"not this one\t{NEW}\t{NEW}")
        await app.press("f9")
        assert "does not open this practice" in app.text
        assert NEW not in app.text
        await app.press("shift+tab", "shift+tab")
        await app.press(*["backspace"] * 12)
        await app.type(PASSPHRASE)
        await app.press("f9")
        await app.until_shown("SafetyScreen")
    assert unlock(tmp_path / "home/practice", NEW)


async def test_the_sheet_is_written_down_and_three_words_are_asked_back(
    door: Door, tmp_path: Path, clock: Clock
) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        words = app.app.practice.keys.sheet()
        await app.press("b", "s")
        await app.until_shown("SheetScreen")
        assert all(word in app.text for word in words)
        await app.press("enter")
        await app.until_shown("FormScreen")
        form = app.app.screen._form  # pyright: ignore[reportAttributeAccessIssue]
        asked = form._asked
        await app.type(
            "\t".join(["zoo" if words[asked[0] - 1] != "zoo" else "zone", *(words[at - 1] for at in asked[1:])])
        )
        await app.press("f9")
        assert f"Word {asked[0]} is another one" in app.text
        await app.press("shift+tab", "shift+tab", *["backspace"] * 5)
        await app.type(words[asked[0] - 1])
        await app.press("f9")
        await app.until_shown("SafetyScreen")
        await app.until(lambda: "proven Mon 23 Nov 2026" in app.text)


async def test_opening_a_chart_is_in_the_trail_once_and_the_trail_can_be_read_and_narrowed_down(
    door: Door, tmp_path: Path, clock: Clock
) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        for _ in range(2):
            await app.press("c", "enter")
            await app.until_shown("ChartScreen")
            await app.press("escape", "escape")
            await app.until_shown("TodayScreen")
        app.app.guard._write_reads()
        await app.settle()
        assert (await trail(app)).count("chart.read") == 1
        await app.press("slash")
        await app.type("amara")
        await app.press("escape")
        app.app.guard._write_reads()
        await app.settle()
        assert (await trail(app)).count("search.read") == 1
        await app.press("b", "t")
        await app.until_shown("TrailScreen")
        assert "client added" in app.text
        await app.type("opened okafor")
        assert "chart opened" in app.text
        assert "client added" not in app.text
        await app.press("f2")
        assert "Okafor" not in app.text
        await app.press("f2", "escape", "escape", "c", "enter", "l")
        await app.until_shown("TrailScreen")
        assert "of Amara Okafor" in app.text
        assert "practice opened" not in app.text
        await app.press("f6")
        await app.until(lambda: "Written: " in app.text)
        assert "given out" in app.text
    (page,) = (tmp_path / "exports").glob("trail-*.md")
    assert "| Dana Reyes, LMT | chart opened |" in page.read_text()
    again = open_practice(tmp_path / "home/practice", PASSPHRASE, clock)
    assert "trail.read" in [event.action for event in again.audit.events()]
    again.close()


class Ticks:
    """A clock that only goes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_it_locks_when_nobody_was_there_and_comes_back_where_it_was(
    door: Door, tmp_path: Path, clock: Clock
) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        ticks = Ticks()
        app.app.guard.ticks = ticks
        await unlocked(app)
        await app.press("c", "f6")
        await app.until_shown("FormScreen")
        await app.type("half a na")
        for _ in range(14):
            ticks.now += 20
            app.app.guard.look()
        assert app.app.unlocked
        app.app.post_message(events.MouseMove(None, 1, 1, 0, 0, 0, False, False, False))  # nobody's hand
        await app.settle()
        ticks.now += 20
        app.app.guard.look()
        await app.until_shown("UnlockScreen")
        assert "half a na" not in app.text
        await app.type(f"{PASSPHRASE}\n")
        await app.until_shown("FormScreen")
        assert "half a na" in app.text


@pytest.mark.parametrize(("minutes", "passed", "locks"), [(5, 31, True), (0, 29, False), (0, 31, True), (1, 29, False)])
async def test_it_locks_after_a_sleep_and_never_by_idling_where_that_is_off(
    minutes: int, passed: float, locks: bool, door: Door, tmp_path: Path, clock: Clock
) -> None:
    async with driven(door, tmp_path, clock=clock, settings=Settings(lock_after_minutes=minutes)) as app:
        ticks = Ticks()
        app.app.guard.ticks = ticks
        await unlocked(app)
        app.app.guard.look()
        ticks.now += passed
        app.app.guard.look()
        assert app.app.unlocked != locks


async def test_wrong_passphrases_are_told_after_the_right_one(door: Door, tmp_path: Path, clock: Clock) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await app.type("wrong\n")
        await app.until(lambda: "does not open" in app.text)
        await app.type(f"{PASSPHRASE}\n")
        await app.until_shown("TodayScreen")
        assert "A wrong passphrase was typed before yours" in " ".join(app.text.split())


async def test_what_cleaning_takes_out_of_a_paste_is_told(door: Door, tmp_path: Path, clock: Clock) -> None:
    async with driven(door, tmp_path, clock=clock) as app:
        await unlocked(app)
        await app.press("c")
        app.app.post_message(events.Paste("Ev\x1b\u202eil"))
        await app.until(lambda: "Evil" in app.text)
        assert app.text.count("Evil") == 1
        await app.until(lambda: "2 invisible or control characters left out." in app.text)


@pytest.mark.parametrize("field", [PlainInput, PlainTextArea])
async def test_what_is_pasted_stands_there_once(field: type[PlainInput | PlainTextArea]) -> None:
    class Pasted(App[None]):
        def compose(self) -> ComposeResult:
            yield field()

    async with Pasted().run_test() as pilot:
        one = pilot.app.query_one(field)
        one.focus()
        pilot.app.post_message(events.Paste("twice\x1b?"))
        await pilot.pause()
        assert (one.value if isinstance(one, PlainInput) else one.text) == "twice?"


def test_a_demo_is_neither_backed_up_nor_nagged_about(tmp_path: Path) -> None:
    practice = create_practice(tmp_path / "practice", PASSPHRASE, THERAPIST, Clock(), LIGHT)
    assert not practice.backups.watched
    assert practice.desk.owed(Clock().now).counts == {}
    practice.close()
