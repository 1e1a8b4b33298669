"""The demo of many years: former years are made once and kept, the two years up to this moment come on top each time.

What is kept depends on the program's own files and the month only. It is in the user's cache and may go at any time:
everything in it is invented, and its passphrase is no secret.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import therapist_tui
from therapist_tui.domain.therapist import TherapistDraft
from therapist_tui.records.practice import create_practice, open_practice
from therapist_tui.records.vault import LIGHT

from .former import former_year, last_monday
from .practice import whole_practice

OWN = 2
"""Years of the demo itself, up to this moment."""
PASSPHRASE = "nobody in this practice is real"  # noqa: S105 - that is why
Clock = Callable[[], datetime]
Told = Callable[[str, int, int], None]
"""Told what is being made, how many years of it are done, and of how many."""


def make_years(
    folder: Path, years: int, clock: Clock, cache: Path, told: Told = lambda _what, _done, _of: None
) -> None:
    """An invented practice of so many years in `folder`, up to this moment; PASSPHRASE opens it.

    Each year before the last two has 278 clients with about 3,150 notes: twenty are 5,000 clients and 60,000 notes.
    """
    whole = whole_practice(clock())
    end = last_monday(clock().astimezone(whole.therapist.zone).date())
    kept = cache / f"{years}-{end}-{_program()}"
    if not kept.exists():
        _make_former(kept, years, clock, told)
    told("the last two years", years - OWN, years)
    shutil.copytree(kept, folder)
    practice = open_practice(folder, PASSPHRASE, clock)
    try:
        practice.whole.add(whole)
    finally:
        practice.close()
    told("", years, years)


def _make_former(kept: Path, years: int, clock: Clock, told: Told) -> None:
    """Make the former years beside, and give them their name when they are whole; what was kept of them before goes."""
    for old in kept.parent.glob(f"{years}-*"):
        shutil.rmtree(old)
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_name(f"{kept.name}.unfinished")
    therapist = whole_practice(clock()).therapist
    draft = TherapistDraft(therapist.name, therapist.credential, therapist.licence_number, None, therapist.zone.key)
    practice = create_practice(beside, PASSPHRASE, draft, clock, cost=LIGHT)
    try:
        end = last_monday(clock().astimezone(therapist.zone).date())
        for number in range(years - OWN, 0, -1):
            told("former years", years - OWN - number, years)
            practice.whole.add(former_year(number, end, therapist))
    finally:
        practice.close()
    beside.replace(kept)


def _program() -> str:
    """What tells this program from an older one: a digest of all its files."""
    digest = hashlib.blake2b(digest_size=6)
    for path in _files(Path(therapist_tui.__file__).parent):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(package: Path) -> Iterator[Path]:
    return (path for path in sorted(package.rglob("*")) if path.suffix in (".py", ".toml"))
