"""A walk through every screen of the program, as a person would take it, with a look at each one."""

import re

from .practice import PASSPHRASE
from .terminal import Terminal

Looks = dict[str, str]
SECTIONS = {
    "2": ("Change the history",) * 3,
    "3": ("Change the plan", "Change the goal"),
    "5": ("Change the referral",),
    "4": ("F9 sign", "a addendum"),
}
"""What enter shows for the entries of each section in a chart of `hostile.whole`; the signed note comes last."""
TITLES = {"2": "History", "3": "Plan", "4": "Notes", "5": "Papers"}
"""What stands over the entries of each section."""


def everything(terminal: Terminal, clients: int) -> Looks:
    """All screens for the first so many clients of the day, then what belongs to no client; the screens by name."""
    walk = Walk(terminal)
    for index in range(clients):
        terminal.press("\x1b[H", *["down"] * index)
        walk.suffix = f" {index}"
        walk.day()
        walk.note()
        walk.chart()
    walk.practice()
    return walk.looks


def small(terminal: Terminal, columns: int, rows: int) -> Looks:
    """Today, the note and the chart once more in a window of that size."""
    walk = Walk(terminal, f" {columns}x{rows}")
    terminal.resize(columns, rows)
    terminal.settle()
    walk.keep("today")
    for name, key in {"cautions": "1", "goals": "2", "last": "3"}.items():
        terminal.press(key)
        walk.keep(name)
    walk.note()
    walk.chart()
    return walk.looks


class Walk:
    """Presses keys, waits for what they show, and keeps the screens."""

    def __init__(self, terminal: Terminal, suffix: str = "") -> None:
        self._terminal, self.suffix = terminal, suffix
        self.looks: Looks = {}

    def keep(self, name: str) -> None:
        """Keep what is on the screen now."""
        self.looks[name + self.suffix] = self._terminal.text

    def look(self, name: str, key: str, landmark: str, back: str = "escape") -> None:
        """Press a key, wait for its landmark, keep the screen, and go back."""
        self._terminal.press(key)
        self._terminal.wait_for(landmark)
        self._terminal.settle(0.05)
        self.keep(name)
        if back:
            self.leave(landmark, back)

    def leave(self, landmark: str, key: str = "escape") -> None:
        """Go back from where the landmark is."""
        self._terminal.press(key)
        self._terminal.wait_until_gone(landmark)

    def day(self) -> None:
        """The highlighted client on Today, and the forms of the appointment."""
        self.keep("today")
        named = self._terminal.text
        self._terminal.press("f2")
        self._terminal.wait_until_gone(named)
        self._terminal.settle(0.4)  # the brief is painted after the list
        self.keep("masked")
        self._terminal.press("f2", "tab")
        self.look("why", "enter", "STOP means")
        self._terminal.press("2")
        self.keep("goals")
        self._terminal.press("3")
        self.keep("last")
        self._terminal.press("1", "tab")
        self.look("move", "e", "Move or change the appointment")
        self.look("cancel", "x", "Cancel the appointment")
        self.look("history", "h", "Add to the history")
        self.look("measure", "m", "New values")
        self.look("week", "w", "next free")

    def note(self) -> None:
        """The note being written, its brief, and the question before signing."""
        self.look("note", "n", "F9 sign", back="")
        self._terminal.press("f5")
        self.keep("note brief")
        self.look("sign", "f9", "Sign the note of")
        self.leave("F9 sign")

    def chart(self) -> None:
        """Everything on file of the client, each entry opened."""
        self.look("chart", "enter", "h add history", back="")
        self.look("card", "e", "Change the card")
        self.look("report", "w", "client's file")
        self.look("trends", "v", "p period", back="")
        self._terminal.press("v")
        self.keep("values")
        self.leave("p period")
        for section, landmarks in SECTIONS.items():
            self._terminal.press(section)
            self._terminal.wait_for(re.compile(f"╭─ {TITLES[section]}.*▌", re.DOTALL))  # enter is for what is there
            self.keep(f"section {section}")
            for step, landmark in enumerate(landmarks):
                back = "" if "addendum" in landmark else "escape"
                self.look(f"entry {section} {step}", "enter", landmark, back=back)
                self._terminal.press("down")
        self.look("addendum", "a", "Addendum: signed")
        self.leave("a addendum")
        self.leave("h add history")

    def practice(self) -> None:
        """What belongs to no client, and the lock."""
        self.suffix = ""
        self.look("clients", "c", "F6 new client")
        self.look("pick", "a", "Book for whom?")
        self.look("week of all", "w", "next free", back="")
        self.look("month", "m", "month before")
        self.leave("next free")
        self.look("desk", "d", "close the day", back="")
        self.look("close the day", "c", "where the rest waits")
        self.leave("close the day")
        self.look("profile", "l", "Your licence and certifications")
        self.look("go to", "g", "Go to")
        self.look("help", "?", "Write or read the note of the highlighted appointment")
        self.look("palette", "ctrl+p", "Search for commands")
        self.look("locked", "ctrl+l", "Locked.", back="")
        self._terminal.type(PASSPHRASE + "\r")
        self._terminal.wait_for("to go")
        self.keep("unlocked")
