"""Must hold 4 of «The note in under a minute»: `kill -9` at any moment of a session's record loses and breaks nothing.

    python -m tests.faults.kills --runs 1000 --at-once 2

works one of four journeys in the real program, at about 40 keys a second, and kills it at a random moment of it: typing
a note, carrying sections forward and confirming them, signing, adding an addendum. Then the practice is opened again:

- of what was typed more than a second before, every key is there, as a beginning of what was typed;
- every note that was signed before, and every addendum, is there to the letter, and its signature proves it;
- what the screen had acknowledged as signed, carried or added is there;
- no note without its audit row, no signature without its own, no addendum without its own.
"""

import argparse
import random
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from tests.notes import LAST
from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import Addendum, AddendumKind, NoteContent, SessionNote
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.domain.treatments import Treatment
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT

from .figures import Figures, share_of, spread
from .losing_keys import KEY_EVERY, MOST_LOST_MS, numbered_words
from .practice import PASSPHRASE, noon_zone, now, practice_folder, unlock
from .terminal import KEYS, Terminal

KILLS = 1000
CLIENT = "Ada Osei"
WRITTEN = NoteContent("", "UT L tender.", "Softer.", "Weekly.", (Treatment("MFR", 25),), 6, 3)


class Killed(Exception):
    """The program is gone."""


@dataclass
class Journey:
    """A journey under way: where it types, when each key was pressed, and what the screen has acknowledged."""

    terminal: Terminal
    typed: str = ""
    times: list[float] = field(default_factory=list)
    acknowledged: dict[str, float] = field(default_factory=dict)

    def press(self, *names: str) -> None:
        """Keys that are no text."""
        for name in names:
            self._alive()
            self.terminal.type(KEYS.get(name, name))
            self.terminal.pump(0.03)

    def words(self, count: int) -> None:
        """So many letters of the numbered words, each at its time."""
        begin = time.monotonic()
        text = numbered_words()
        for index in range(count):
            while (wait := begin + index * KEY_EVERY - time.monotonic()) > 0:
                self._alive()
                self.terminal.pump(min(wait, 0.02))
            self._alive()
            self.terminal.type(text[len(self.typed)])
            self.typed += text[len(self.typed)]
            self.times.append(time.monotonic())

    def wait_for(self, text: str) -> None:
        """Until it stands on the screen; what does is acknowledged."""
        while text not in self.terminal.text:
            self._alive()
            self.terminal.pump(0.02)
        self.acknowledged[text] = time.monotonic()

    def _alive(self) -> None:
        if self.terminal.ended:
            raise Killed


def typing(journey: Journey) -> None:
    """Words into S."""
    journey.press("enter")
    journey.words(120)


def carrying(journey: Journey) -> None:
    """Plan, home care and next time carried; the plan confirmed; words behind the home care."""
    journey.press("f6")
    journey.wait_for("Carry forward")
    journey.press("p", "h", "n", "enter")
    journey.wait_for("3 carried lines wait")
    journey.press("ctrl+o")
    journey.wait_for("2 carried lines wait")
    journey.press("\x1b[F", "enter")
    journey.words(40)


def signing(journey: Journey) -> None:
    """Words into S of a note that is complete otherwise, then the signature."""
    journey.press("enter")
    journey.words(15)
    journey.press("f9")
    journey.wait_for("Sign the note")
    journey.press("enter")
    journey.wait_for("✓ signed")
    journey.press("escape")
    journey.wait_for("to go")


def adding(journey: Journey) -> None:
    """An addendum to the signed note of last week."""
    journey.press("escape")
    journey.wait_for("to go")
    journey.press("enter")
    journey.wait_for("Notes")
    journey.press("\x1b[F", "enter")
    journey.wait_for("No addenda")
    journey.press("a")
    journey.wait_for("Addendum: signed")
    journey.press("tab")
    journey.words(29)
    journey.press("f9")
    journey.wait_for("Addendum (addition)")


JOURNEYS: dict[str, tuple[Callable[[Journey], None], float]] = {
    "typing": (typing, 3.5),
    "carrying": (carrying, 2.6),
    "signing": (signing, 1.2),
    "addendum": (adding, 2.6),
}
"""Each journey, and about how many seconds it takes: the end comes at any moment of them."""


def make(home: Path, complete: bool) -> None:
    """A client with a signed note of last week and an appointment now, whose draft lacks only S when `complete`."""
    clock = {"now": now() - timedelta(days=7)}

    def ticking() -> datetime:
        return clock["now"]

    therapist = TherapistDraft("Dana Reyes", "LMT", "none", None, noon_zone(now()))
    practice = create_practice(practice_folder(home), PASSPHRASE, therapist, ticking, cost=LIGHT)
    client = practice.clients.add(ClientDraft(CLIENT))
    practice.health.check(client.id, Answer.NOTHING)
    for content in (LAST, WRITTEN if complete else None):
        booked = practice.appointments.book(
            AppointmentDraft(client.id, clock["now"].replace(second=0, microsecond=0), 60, "Massage")
        )
        if content is LAST:
            practice.appointments.step(booked.id, Status.DONE)
            practice.notes.sign(practice.notes.open(booked.id).id, LAST)
        elif content:
            practice.notes.save(practice.notes.open(booked.id).id, content)
        clock["now"] = now()
    practice.health.check(client.id, Answer.NO_CHANGE)
    practice.close()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the practice holds after its end."""

    signed: dict[UUID, SessionNote]
    addenda: tuple[Addendum, ...]
    today: SessionNote | None
    addendum_typed: str
    wrong: str


def look(home: Path) -> Kept:
    """Open the practice the way the program does, and read what matters."""
    practice = open_practice(practice_folder(home), PASSPHRASE, now)
    try:
        whole = practice.whole.read()
        today = max(whole.notes, key=lambda note: note.service_at, default=None)
        signed = {note.id: note for note in whole.notes if note.signed}
        last = min(signed.values(), key=lambda note: note.service_at)
        draft = practice.drafts.get("addendum", str(last.id))
        typed = draft.fields.get("text", "") if draft else ""
        here = today if today and today.id != last.id else None
        return Kept(signed, whole.addenda, here, typed, "; ".join(_trail(practice, whole.notes, whole.addenda)))
    finally:
        practice.close()


def _trail(practice: Practice, notes: tuple[SessionNote, ...], addenda: tuple[Addendum, ...]) -> Iterator[str]:
    """Every note, signature and addendum has its audit row, and every signature proves its text."""
    events = Counter((event.action, event.subject_id) for event in practice.audit.events(limit=10_000))
    for note in notes:
        if events["note.begun", str(note.id)] != 1:
            yield "a note without its audit row"
        if events["note.signed", str(note.id)] != note.signed:
            yield "a signature without its audit row, or the other way round"
        if note.signed and not note.proven:
            yield "a signed text that its signature does not prove"
    for note_id, count in Counter(one.note_id for one in addenda).items():
        if events["note.addendum", str(note_id)] != count:
            yield "an addendum without its audit row"


@dataclass(frozen=True, slots=True)
class Run:
    """One kill: at which point of the journey, what it cost, and what was wrong ("" when nothing was)."""

    journey: str
    typed: int
    lost_ms: float
    reached: str
    wrong: str


def one_run(templates: dict[bool, Path], name: str, seed: int) -> Run:
    """Work the journey in a copy of the practice, kill the program at a random moment, and see what is there."""
    work, lasts = JOURNEYS[name]
    delay = random.Random(f"{name} {seed}").uniform(0.0, lasts)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(templates[name == "signing"], home)
        before = look(home)
        with Terminal(home) as terminal:
            unlock(terminal, CLIENT)
            terminal.wait_for("to go")
            terminal.type("\x1b[Hn")
            terminal.wait_for("draft" if name == "signing" else "new note")
            journey = Journey(terminal)
            timer = threading.Timer(delay, terminal.kill, (signal.SIGKILL,))
            timer.start()
            try:
                work(journey)
                while True:  # it was done before its end came
                    terminal.pump(0.02)
                    journey._alive()  # pyright: ignore[reportPrivateUsage]
            except Killed:
                ended_at = time.monotonic()
            finally:
                timer.cancel()
        return judged(name, journey, ended_at, before, look(home))


def judged(name: str, journey: Journey, ended_at: float, before: Kept, after: Kept) -> Run:
    """Compare what was typed and acknowledged with what is there."""
    kept = _kept_words(name, after)
    typed, times = journey.typed, journey.times
    lost_ms = (ended_at - times[len(kept)]) * 1000 if len(kept) < len(times) else 0.0
    wrong = [
        after.wrong,
        "" if typed.startswith(kept) else f"{kept[-20:]!r} is no beginning of what was typed",
        "" if lost_ms <= MOST_LOST_MS else f"{lost_ms:.0f} ms lost",
        "" if all(after.signed.get(key) == note for key, note in before.signed.items()) else "a signed note changed",
        "" if after.addenda[: len(before.addenda)] == before.addenda else "an addendum changed",
        *_unkept(name, journey, ended_at, after),
    ]
    reached = [*journey.acknowledged][-1] if journey.acknowledged else "begun"
    return Run(name, len(typed), lost_ms, reached, "; ".join(filter(None, wrong)))


def _kept_words(name: str, after: Kept) -> str:
    """The numbered words as they came back, from where the journey typed them."""
    content = after.today.content if after.today else NoteContent()
    if name == "carrying":
        return content.home_care.partition("\n")[2]
    if name == "addendum":
        return after.addenda[-1].text if after.addenda else after.addendum_typed
    return content.subjective


def _unkept(name: str, journey: Journey, ended_at: float, after: Kept) -> Iterator[str]:
    """What the screen had acknowledged and is not there."""
    said, content = journey.acknowledged, after.today.content if after.today else NoteContent()
    if name == "signing" and "✓ signed" in said and not (after.today and after.today.signed):
        yield "the screen said signed, and it is not"
    if name == "signing" and after.today and after.today.signed and content.subjective != journey.typed:
        yield "signed with another text than was typed"
    if name == "addendum" and "Addendum (addition)" in said and not after.addenda:
        yield "the screen showed the addendum, and it is not there"
    if name == "addendum" and after.addenda and after.addenda[-1].kind is not AddendumKind.ADDITION:
        yield "the addendum is of another kind"
    waited = said.get("3 carried lines wait")
    if name == "carrying" and waited and (ended_at - waited) * 1000 > MOST_LOST_MS:
        if LAST.plan not in content.plan or not content.home_care.startswith(LAST.home_care):
            yield "a carried line of more than a second ago is not there"
        if len(content.carried) != 3:
            yield "a carried line has lost its mark"


def many_runs(templates: dict[bool, Path], each: int, seed: int, at_once: int) -> list[Run]:
    """So many kills of each journey, mixed; an interrupt (ctrl+c) ends it early with those that were done."""
    jobs = [(name, seed + number) for number in range(each) for name in JOURNEYS]
    done: list[Run] = []
    pool = ThreadPoolExecutor(at_once)
    try:
        for one in as_completed(pool.submit(one_run, templates, *job) for job in jobs):
            done.append(_told(one.result()))
    except KeyboardInterrupt:
        print(f"interrupted after {len(done)} of {len(jobs)} kills", file=sys.stderr)
        pool.shutdown(cancel_futures=True)
    return done


def _told(run: Run) -> Run:
    if run.wrong:
        print(f"{run.journey} after “{run.reached}”: {run.wrong}", file=sys.stderr, flush=True)
    return run


def make_templates(folder: Path) -> dict[bool, Path]:
    """The practice with a note to begin, and the one with a note to sign."""
    templates = {complete: folder / ("complete" if complete else "begun") for complete in (False, True)}
    for complete, home in templates.items():
        make(home, complete)
    return templates


def table(runs: list[Run]) -> str:
    """The figures by journey."""
    lines = ["journey      kills  failures  ms lost median/max  keys typed median  how far they came"]
    for name in (*JOURNEYS, "all"):
        these = [run for run in runs if name in (run.journey, "all")]
        if these:
            lost = [run.lost_ms for run in these]
            reached = ", ".join(
                f"{text} {count}" for text, count in Counter(one.reached for one in these).most_common(4)
            )
            lines.append(
                f"{name:<11} {len(these):>6} {sum(bool(one.wrong) for one in these):>9}"
                f" {statistics.median(lost):>12.0f} / {max(lost):<5.0f}"
                f" {statistics.median(one.typed for one in these):>13.0f}      {reached if name != 'all' else ''}"
            )
    return "\n".join(lines)


def run(share: float, at_once: int) -> Iterator[Figures]:
    """All kills; the figures are handed over before they are filled. In real time: two programs at once at most."""
    each = share_of(KILLS // len(JOURNEYS), share)
    figures = Figures("kills", of=each * len(JOURNEYS))
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        templates = make_templates(Path(folder))
        yield figures
        jobs = [(name, 1 + number) for number in range(each) for name in JOURNEYS]
        for one in spread(partial(_job, templates), jobs, at_once):
            figures.add(*filter(None, [one.wrong]), told=[one.reached])


def _job(templates: dict[bool, Path], job: tuple[str, int]) -> Run:
    return one_run(templates, *job)


def main() -> int:
    """Run it and print the table; the exit status is 1 when anything was lost or broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000, help="in all, a quarter for each journey (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=1, help="programs at the same time (default: 1)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        templates = make_templates(Path(folder))
        runs = many_runs(templates, max(1, chosen.runs // len(JOURNEYS)), chosen.seed, chosen.at_once)
    print(table(runs))
    return 1 if any(run.wrong for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
