"""The application: opens the practice, keeps the keys and the theme, and loses nothing typed on the way out.

Screens are imported where they are shown, so that the first frame waits for none of them.
"""

from __future__ import annotations

import asyncio
import codecs
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.content import Content
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.reactive import var
from textual.screen import Screen
from textual.signal import Signal

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.text import clean, left_out
from therapist_tui.settings import Settings

from . import crash, keys, themes
from .actions import BY_ID
from .guarding import Guard, forget_scrollback, leave
from .keeping import Keeper, keep_everything
from .key_turns import KeyDone, KeyTurns
from .plain import toast
from .records_thread import RecordsThread
from .surroundings import Surroundings

if TYPE_CHECKING:
    from therapist_tui.domain.hours import Hours
    from therapist_tui.domain.screening.history import Screening
    from therapist_tui.domain.signing import Rules
    from therapist_tui.records.practice import Practice


KEYS_PUT_BACK = (
    "The key file is older than the last change of passphrases: somebody put it back, or a backup program did."
    " Who had an old passphrase may open the practice with it: change yours."
)


class TherapistApp(App[None]):
    """The therapist's day in a terminal."""

    TITLE = "therapist-tui"
    CSS_PATH = "app.tcss"
    BINDINGS = keys.bindings("app")
    # Nothing moves unless something happened, and repaints are what is slow over ssh.
    ANIMATION_LEVEL = "none"

    masked: var[bool] = var(False)

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.animation_level = "none"
        self.door = surroundings.door
        self.settings = surroundings.settings
        self.clock = surroundings.clock
        self.notices = surroundings.notices
        self.records = RecordsThread()
        self._turns = KeyTurns(self, super().on_event)
        self.guard = Guard(self)
        self.own_cautions = surroundings.own_cautions
        self.own_shorthand = surroundings.own_shorthand
        self.screening: Screening | None = None
        """How cautions are judged; known once the practice is open."""
        self.changed: Signal[None] = Signal(self, "changed")
        """Published after every write: screens read again what they show."""
        self.masking: Signal[bool] = Signal(self, "masking")
        """Published when names are masked or shown: screens paint again what they have, at once."""
        self._crash_folder = surroundings.crash_folder
        self._exports = surroundings.exports or surroundings.crash_folder / "exports"
        self._practice: Practice | None = None
        self._zone = ZoneInfo("UTC")
        self.active_keymap: dict[str, str] = {}
        """The user's own keys that are in force."""
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else themes.DARK.name
        self.set_reactive(TherapistApp.masked, self.settings.mask_names)

    @property
    def practice(self) -> Practice:
        """The open practice. Its commands run on the records thread only."""
        if self._practice is None:
            raise AssertionError("the practice is locked")
        return self._practice

    @property
    def unlocked(self) -> bool:
        """Whether the practice is open."""
        return self._practice is not None

    @cached_property
    def hours(self) -> Hours:
        """The working hours, as the user set them."""
        from therapist_tui.domain.hours import hours_of

        return hours_of(self.settings.hours)[0]

    def now(self) -> datetime:
        """This moment on the practice's clock."""
        return self.clock().astimezone(self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone; known while it is locked too, for screens that have something left to show."""
        if self._practice is not None:
            self._zone = self._practice.zone
        return self._zone

    def today(self) -> date:
        """Today in the practice's time zone."""
        return self.now().date()

    @property
    def exports(self) -> Path:
        """Where what is given out is written, unless the user says another place."""
        from therapist_tui.exchange.files import folder_named

        return folder_named(self.settings.exports or str(self._exports))

    # Opening and locking

    def get_default_screen(self) -> Screen[Any]:
        """The unlock screen is the first frame: nothing of any client is on it."""
        from .screens.unlock import UnlockScreen

        return UnlockScreen()

    def on_mount(self) -> None:
        """Obey signals by saving first, and apply the user's keys."""
        self.active_keymap, refused = keys.check_keymap(self.settings.keys)
        self.set_keymap(self.active_keymap)
        self.notices = (*self.notices, *refused)
        self.guard.begin()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
            if number is not None and not self.is_headless:
                # Without this a closed window ends the program with no chance to save (textual.md, finding 3).
                loop.add_signal_handler(number, self._obey, number)

    def opened(self, practice: Practice) -> None:
        """The practice is open: show the day, or go back to where the lock was."""
        self._practice = practice
        self.guard.opened()
        if practice.wrong_tries:
            self.notices = (*self.notices, _tries_told(practice.wrong_tries))
        if practice.keys_put_back:
            self.notices = (*self.notices, KEYS_PUT_BACK)
        if self.screening is not None:
            practice.screens_by(self.screening)
        practice.signs_by(_signing_rules(self.settings))
        self.records.submit(practice.audit.settings_in_force, self.settings.code)
        if len(self.screen_stack) > 1 and self.screen.id == "lock":
            self.pop_screen()
            self.changed.publish(None)
            return
        from .screens.today import TodayScreen

        self.push_screen(TodayScreen())
        self.call_after_refresh(self._extend_series)

    async def _extend_series(self) -> None:
        """Put the dates of the coming year into the book, behind the first look at the day.

        When the disk refuses it is done on the next opening: a year of dates stands there already.
        """
        if self._practice is not None:
            with suppress(PracticeError):
                await self.records.run(self._practice.series.extend)

    def action_lock(self) -> None:
        """Save what is typed, close the store and cover the screen."""
        if self._practice is None:
            return
        from therapist_tui.domain.shorthand import forget

        from .screens.unlock import UnlockScreen

        keep_everything(self.screen_stack, self.records)
        practice, self._practice = self._practice, None
        self.records.submit(practice.close)
        forget()
        self.clear_notifications()  # they may say what was measured or asked
        self.push_screen(UnlockScreen(id="lock"))
        if self._driver is not None and not self.is_headless:
            self._driver.write(forget_scrollback())

    def _obey(self, number: int) -> None:
        """SIGTERM or SIGHUP: save, leave the terminal as it was, exit 128 + the signal's number."""
        keep_everything(self.screen_stack, self.records)
        self.exit(return_code=128 + number)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver; a byte from the terminal that is no UTF-8 becomes �; Textual would end the program."""
        driver = super().get_driver_class()
        module = sys.modules[driver.__module__]
        if hasattr(module, "getincrementaldecoder"):
            module.getincrementaldecoder = _forgiving  # pyright: ignore[reportAttributeAccessIssue] - a name of Textual's
        return driver

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes take turns. What is pasted is cleaned first: Textual's own fields do not do that."""
        self.guard.saw(event)
        if isinstance(event, events.Paste) and not event.is_forwarded:
            typed, event.text = event.text, clean(event.text)
            if told := left_out(typed, event.text):
                toast(self, told)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._turns.take(event)
        else:
            await super().on_event(event)

    async def _on_key(self, event: events.Key) -> None:
        """A key that no field had a use for: what it is bound to is done here."""
        event.prevent_default()  # Textual would call its own handler once more
        await super()._on_key(event)
        self._turns.handled(event)

    @property
    def has_the_keys(self) -> MessagePump:
        """Who gets the next key; the app itself when it is on its way out and has no screen left."""
        return (self.focused or self.screen) if self.screen_stack else self

    @property
    def waits_for_fields(self) -> MessagePump | None:
        """The screen in front, when it has fields that are not ready for keys yet; the app when it has no screen."""
        front = self.screen if self.screen_stack else None
        if front is None:
            return self
        return front if isinstance(front, Keeper) and not front.takes_keys else None

    async def on_key_done(self, message: KeyDone) -> None:
        """A key has had its effect: the next one may go in."""
        await self._turns.arrived(message)

    async def on_keeper_ready(self) -> None:
        """The cursor is in its field: what was typed before goes there."""
        await self._turns.go_on()

    def action_leave(self) -> None:
        """Save what is typed and leave, where no text field has the focus."""
        keep_everything(self.screen_stack, self.records)
        self.exit()

    async def action_quit(self) -> None:
        """Save what is typed and leave."""
        keep_everything(self.screen_stack, self.records)
        self.exit()

    def close_practice(self) -> None:
        """After the last frame: close the store and end the records thread."""
        if self._practice is not None:
            if not self.return_code:  # after a signal or a crash there is no time, and after the latter no trust
                self.records.submit(leave, self._practice)
            self.records.submit(self._practice.close)
            self._practice = None
        self.records.close()
        self.guard.end()

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the style sheets anew, but not for the theme that is set before there is a screen: they will be yet."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """Textual's theme variables, and ours for quiet text, frames and the highlight, for every theme."""
        return themes.with_ours(super().get_css_variables())

    # What works everywhere

    async def action_undo(self) -> None:
        """Take the last act back, and say which."""
        from therapist_tui.records.errors import NothingToUndo

        for screen in self.screen_stack:
            if isinstance(screen, Keeper):
                await screen.keep()  # what stands typed is written first: undo then knows that there is something
        if self._practice is None:
            return
        try:
            label = await self.records.run(self._practice.undo.undo)
        except NothingToUndo as error:
            toast(self, str(error))
        except PracticeError as error:
            self.tell(error)
        else:
            toast(self, f"Undone: {label}.")
        self.changed.publish(None)

    async def tell_act(self) -> None:
        """Say what was just done, and the key that takes it back."""
        last = await self.records.run(self.practice.undo.last) if self.unlocked else None
        if last:
            toast(self, f"{last.label[0].upper()}{last.label[1:]}. {self.shown_key('app.undo')} undoes.")

    def key_of(self, action_id: str) -> str:
        """The keys of an action, as the user has them."""
        return self.active_keymap.get(action_id, BY_ID[action_id].keys)

    def shown_key(self, action_id: str) -> str:
        """The first key of an action, as the user has it and as people read it: for sentences that name it."""
        return keys.show_keys(self.key_of(action_id), first_only=True)

    async def action_next_client(self) -> None:
        """Keep what is typed and open the note of the next unfinished appointment, whatever is on the screen.

        Awaited, not a worker: keys pressed meanwhile wait for the new note, where the cursor stands ready.
        """
        from .going_on import next_client

        if self._practice is not None:
            await next_client(self)

    def action_mask(self) -> None:
        """Show initials instead of names, or names again."""
        self.masked = not self.masked
        self.masking.publish(self.masked)

    def action_switch_theme(self) -> None:
        """The next of dark, light and the terminal's own colours."""
        at = themes.CYCLE.index(self.theme) if self.theme in themes.CYCLE else -1
        self.theme = themes.CYCLE[(at + 1) % len(themes.CYCLE)]

    def action_help(self) -> None:
        """Every key that works here."""
        from .screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(keys.keys_here(self.screen), self.active_keymap))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action that works here. Textual's screenshot command is out: it writes client text."""
        from .palette import commands

        return commands(self, screen)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Textual's screenshot would put client text on the disk in clear: it does nothing here."""

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing goes to the clipboard: it would leave client text with the terminal and the desktop."""

    def on_notify(self) -> None:
        """A new word takes the place of the one before: acts come faster than words go. Warnings have their time."""
        for one in [*self._notifications]:
            if one.severity == "information":
                self._unnotify(one, refresh=False)  # the new one is shown next, and the rest with it

    def tell(self, error: PracticeError) -> None:
        """Show a mendable error as one line."""
        toast(self, str(error), severity="warning")

    # When we are at fault

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()  # pyright: ignore[reportUnknownMemberType] - Textual's cached property has no type
        self._save_after_crash()
        path = crash.write_report(error, self._crash_folder)
        # Folded, never cut: the path of the report stands at the end.
        self._exit_renderables.append(Text(crash.lines_for_the_person(path).rstrip("\n"), overflow="fold"))
        self._close_messages_no_wait()

    def _save_after_crash(self) -> None:
        try:
            keep_everything(self.screen_stack, self.records)
        except Exception:  # noqa: BLE001 - the first error is the one to report; this one must not hide it
            return


def _signing_rules(settings: Settings) -> Rules:
    """How notes are signed, as the user set it."""
    from therapist_tui.domain.signing import REQUIRED, Rules

    return Rules(settings.sign_requires or REQUIRED, timedelta(hours=settings.late_after_hours))


def _tries_told(count: int) -> str:
    """What is said after unlocking when somebody had typed wrong passphrases."""
    wrong = "A wrong passphrase was" if count == 1 else f"{count} wrong passphrases were"
    return f"{wrong} typed before yours. Was it you?"


def _forgiving(name: str) -> partial[codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(name), "replace")


def title_of(app: TherapistApp) -> Content:
    """The mark that tells the demo from a real practice."""
    return Content.styled(" DEMO ", "bold reverse") if app.door.demo else Content()
