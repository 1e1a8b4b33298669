"""How the practice is opened: the therapist's own with a passphrase, or the invented one for trying out.

The store is imported inside these functions, on the records thread, so that it stays behind the first frame.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from therapist_tui.domain.screening.history import Screening
    from therapist_tui.domain.therapist import TherapistDraft
    from therapist_tui.records.practice import Practice

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Door:
    """What the unlock screen needs: whether there is a practice, and how to open or create it."""

    exists: bool
    demo: bool
    open: Callable[[str], Practice]
    create: Callable[[str, TherapistDraft], Practice]
    passphrase_problem: Callable[[str, TherapistDraft], str | None]
    backs_up: bool = False
    """Whether what is behind it is backed up by itself, and missing backups are told."""


def warm_up() -> None:
    """Import the store, the caution rules and the screens behind it; done while the passphrase is being typed."""
    import therapist_tui.records.practice  # noqa: F401 # pyright: ignore[reportUnusedImport] - that it is there is all
    from therapist_tui.domain.screening.loader import load_knowledge
    from therapist_tui.domain.shorthand.lexicon import shipped

    from .screens import note, today  # noqa: F401 # pyright: ignore[reportUnusedImport] - the same

    load_knowledge()  # kept by the loader
    shipped()


def read_rules(
    valid_days: int, own: Mapping[str, object], sensitive: Sequence[str] | None = None
) -> tuple[Screening, str]:
    """The caution rules, with the therapist's own over them; and what is wrong with hers, which are then left out."""
    from therapist_tui.domain.screening.errors import BrokenKnowledge
    from therapist_tui.domain.screening.history import Screening

    try:
        return Screening.with_own(valid_days, own, sensitive), ""
    except BrokenKnowledge as error:
        return Screening.with_own(valid_days, {}, sensitive), str(error)


def practice_door(folder: Path, clock: Clock) -> Door:
    """The door to the therapist's own practice in `folder`."""
    from therapist_tui.records.places import finish_swap, practice_exists

    finish_swap(folder)

    def open_it(passphrase: str) -> Practice:
        from therapist_tui.records.practice import open_practice

        return open_practice(folder, passphrase, clock)

    def create(passphrase: str, therapist: TherapistDraft) -> Practice:
        from therapist_tui.records.practice import create_practice

        return create_practice(folder, passphrase, therapist, clock)

    return Door(practice_exists(folder), False, open_it, create, _passphrase_problem, backs_up=True)


def years_door(
    folder: Path,
    years: int,
    clock: Clock,
    cache: Path,
    told: Callable[[str, int, int], None] = lambda _what, _done, _of: None,
) -> Door:
    """The door to an invented practice of so many years, made in a throw-away folder before it is opened.

    What takes long is kept in `cache`; `told` hears what is being made, how many years are done, and of how many.
    """
    from therapist_tui.demo.years import PASSPHRASE, make_years

    make_years(folder, years, clock, cache, told)
    return demo_door(folder, clock, PASSPHRASE)


def demo_door(folder: Path, clock: Clock, passphrase: str = "") -> Door:
    """The door to an invented practice around today, made in a throw-away folder if it is not there yet."""
    passphrase = passphrase or secrets.token_urlsafe(24)

    def open_it(_typed: str) -> Practice:
        from therapist_tui.records.places import practice_exists
        from therapist_tui.records.practice import open_practice

        if practice_exists(folder):
            return open_practice(folder, passphrase, clock)
        return make_demo(folder, passphrase, clock)

    def create(_passphrase: str, _therapist: TherapistDraft) -> Practice:
        raise AssertionError("the demo practice makes itself")

    return Door(True, True, open_it, create, _passphrase_problem)


def make_demo(folder: Path, passphrase: str, clock: Clock) -> Practice:
    """Create the invented practice on the same encrypted engine as a real one."""
    from therapist_tui.demo import whole_practice
    from therapist_tui.domain.therapist import TherapistDraft
    from therapist_tui.records.practice import create_practice
    from therapist_tui.records.vault import LIGHT

    whole = whole_practice(clock())
    therapist = whole.therapist
    draft = TherapistDraft(
        therapist.name,
        therapist.credential,
        therapist.licence_number,
        therapist.licence_expires_on,
        therapist.zone.key,
    )
    practice = create_practice(folder, passphrase, draft, clock, cost=LIGHT)
    practice.whole.store(whole)
    return practice


def _passphrase_problem(passphrase: str, therapist: TherapistDraft) -> str | None:
    from therapist_tui.records.vault import passphrase_problem

    return passphrase_problem(passphrase, (therapist.name, therapist.licence_number))
