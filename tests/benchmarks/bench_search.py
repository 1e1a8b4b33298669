"""`python -m tests.benchmarks.bench_search [--notes N] [--clients N] [--secret]`: search and clients in a large practice.

Times each question beside raw FTS5 on the same file, then real keys through a pty, from the key to the last byte of its
answer. Prints; asserts nothing. `--secret` wipes the engine's memory as a real practice does.
"""

import argparse
import random
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.note import NoteContent, SessionNote
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.domain.whole import WholePractice
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT, KeyCost, unlock

from .practice import PASSPHRASE, Measured, folder_of
from .runs import ENTER, ESCAPE, Session

NOW = datetime.now(UTC)
COMMON = [
    "neck",
    "calf",
    "trap",
    "low",
    "back",
    "stiff",
    "pain",
    "tight",
    "left",
    "right",
    "upper",
    "tender",
    "softer",
    "better",
    "walk",
    "chin",
    "tucks",
    "weekly",
    "levator",
    "work",
    "done",
    "client",
    "said",
    "feels",
    "headache",
    "less",
    "after",
    "session",
    "two",
    "weeks",
    "recheck",
    "scapula",
    "hip",
    "glute",
    "hamstring",
    "numb",
    "tingling",
    "avoided",
    "prone",
    "supine",
    "side",
    "lying",
    "pillow",
    "pressure",
    "medium",
    "deep",
    "shoulder",
    "rotation",
    "firm",
    "slept",
    "desk",
]
QUESTIONS = (
    "n",
    "ne",
    "nec",
    "neck",
    "neck l",
    "neck lev",
    '"low back"',
    '"low back" levator',
    "should",
    "region:calf",
    "unsigned:",
    "tend client:ma",
)
RAW = {
    "n": '"n"*',
    "ne": '"ne"*',
    "nec": '"nec"*',
    "neck": '"neck"*',
    "neck l": '"neck"* AND "l"*',
    "neck lev": '"neck"* AND "lev"*',
    '"low back"': '"low back"',
    '"low back" levator': '"low back" AND "levator"*',
    "should": '"should"*',
}
TYPED = [bytes([letter]) for letter in b"neck levator tender"]


def _names(chance: random.Random) -> Iterator[str]:
    syllables = [a + b for a in "bdfghjklmnprstvw" for b in "aeiou"]
    while True:
        given, family = ("".join(chance.choices(syllables, k=chance.randint(2, 3))).title() for _ in range(2))
        yield f"{given} {family}"


def _whole(practice: Practice, notes: int, clients: int) -> WholePractice:
    chance = random.Random(1)
    rare = [name.split()[0].lower() for name, _ in zip(_names(chance), range(8_000), strict=False)]
    people = [
        Client(UUID(int=number + 1), name, phone=f"416 555 {number:05}", email=f"{name.split()[1].lower()}@example.org")
        for number, name in zip(range(clients), _names(chance), strict=False)
    ]

    def said(words: int) -> str:
        return " ".join(chance.choice(rare if chance.random() < 0.1 else COMMON) for _ in range(words))

    appointments: list[Appointment] = []
    written: list[SessionNote] = []
    for number in range(notes):
        at, key, client = NOW - timedelta(hours=number + 24), UUID(int=(1 << 64) + number), people[number % clients].id
        appointments.append(Appointment(key, client, at, 60, "Massage", Status.DONE))
        content = NoteContent(said(30), said(30), said(15), said(15), home_care=said(5), next_time=said(5))
        written.append(SessionNote(key, key, client, content, at, at, at, at, "D", "0" * 64))
    return WholePractice(
        practice.therapist.get(), tuple(people), appointments=tuple(appointments), notes=tuple(written)
    )


def _median(run: Callable[[], Any], times: int = 9) -> float:
    took: list[float] = []
    for _ in range(times):
        begun = perf_counter()
        run()
        took.append((perf_counter() - begun) * 1e3)
    return statistics.median(took)


def _questions(practice: Practice) -> None:
    raw: Any = practice._store.engine.raw_connection().dbapi_connection  # pyright: ignore[reportPrivateUsage]
    sql = "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY {} LIMIT 100"
    print(f"{'question':22}{'found':>6}{'ours ms':>9}{'FTS5 by rank':>14}{'FTS5 newest':>13}")
    for typed in QUESTIONS:
        count = len(practice.search.find(typed).found)
        line = f"{typed:22}{count:6}{_median(lambda typed=typed: practice.search.find(typed)):9.1f}"
        if asked := RAW.get(typed):
            for order in ("rank", "rowid"):
                took = _median(lambda order=order, asked=asked: raw.execute(sql.format(order), (asked,)).fetchall(), 3)
                line += f"{took:13.1f}"
        print(line)
    for typed in ("", "m", "ma", "mabeku", "416 555 01", "zzzzzz"):
        print(f"clients “{typed}”: {_median(lambda typed=typed: practice.clients.find(typed)):.1f} ms")


def _keys(measured: Measured) -> None:
    session = Session(["therapist_tui"], measured)
    try:
        session.terminal.wait_for(re.compile("Passphrase"))
        session.calm()
        session.terminal.press(PASSPHRASE.encode())
        session.calm()
        session.until("unlock", ENTER, "to go|booked")
        session.until("search opens", b"/", "unsigned:")
        session.keys("search key", TYPED)
        session.until("back", ESCAPE, "note")
        session.until("clients open", b"c", "Clients")
        session.keys("clients key", [bytes([letter]) for letter in b"mabeku"])
        for name in ("search opens ms", "search key ms", "search key cpu", "clients open ms", "clients key ms"):
            values = sorted(session.samples[name])
            print(f"{name}: median {statistics.median(values):.1f}, worst {values[-1]:.1f} of {len(values)}")
    finally:
        session.terminal.close()


def main() -> None:
    """Make the practice, ask, type."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_search", description=__doc__)
    parser.add_argument("--notes", type=int, default=60_000)
    parser.add_argument("--clients", type=int, default=5_000)
    parser.add_argument("--secret", action="store_true")
    chosen = parser.parse_args()
    cost = KeyCost(3, 65 << 20) if chosen.secret else LIGHT
    with tempfile.TemporaryDirectory(prefix="therapist-tui-bench-") as scratch:
        home = Path(scratch)
        folder = folder_of(home)
        folder.parent.mkdir(parents=True)
        draft = TherapistDraft("Dana Reyes", "LMT", "1", None, "America/Toronto")
        practice = create_practice(folder, PASSPHRASE, draft, lambda: NOW, cost)
        begun = perf_counter()
        practice.whole.store(_whole(practice, chosen.notes, chosen.clients))
        print(f"{chosen.notes} notes, {chosen.clients} clients stored in {perf_counter() - begun:.0f} s")
        practice.close()
        practice = open_practice(folder, PASSPHRASE, lambda: NOW)
        _questions(practice)
        practice.close()
        _keys(Measured(home, unlock(folder, PASSPHRASE).key))


if __name__ == "__main__":
    main()
