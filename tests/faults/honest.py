"""Practices that nobody tampered with: used at random, closed or killed, with whatever text people type."""

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from therapist_tui.domain.appointment import AppointmentDraft, Status
from therapist_tui.domain.backups import Reason
from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.health import Answer
from therapist_tui.domain.note import AddendumKind, NoteContent
from therapist_tui.records.practice import Practice, create_practice, open_practice
from therapist_tui.records.vault import LIGHT

from .journeys import JOURNEYS, NOW, OLD, THERAPIST, Walk, now

ADA = "Ada Osei"
LETTERS = "abc ÄŁé\u0301 ñ 田 ש ع 😀 '\"%_;--[/]0123456789"


def make(home: Path) -> None:
    """An empty practice, to begin with."""
    create_practice(home / "practice", OLD, THERAPIST, now, LIGHT).close()


def used(home: Path, killed: Path, chance: random.Random) -> Path:
    """Use the practice in `home`; the answer is where it lies then: there, or in `killed`, as it was left by a kill."""
    walk = Walk(home / "practice", open_practice(home / "practice", OLD, now))
    walk.practice.clients.add(ClientDraft(ADA))
    for _ in range(chance.randint(0, 12)):
        chance.choice(ACTS)(walk.practice, chance)
    for step in chance.sample(STEPS, chance.randint(0, 2)):
        step(walk)
    if chance.random() < 0.3:
        walk.practice.close()
        walk.practice = open_practice(walk.folder, OLD, now)
        chance.choice(ACTS)(walk.practice, chance)
    if chance.random() < 0.3:
        shutil.copytree(home, killed)
        walk.practice.close()
        return killed
    walk.practice.close()
    return home


def words(chance: random.Random, most: int = 300) -> str:
    """What somebody may type."""
    return "x" + "".join(chance.choices(LETTERS, k=chance.randint(1, most)))


def _client(practice: Practice, chance: random.Random) -> None:
    practice.clients.add(ClientDraft(words(chance, 30), remarks=words(chance)))


def _change(practice: Practice, chance: random.Random) -> None:
    others = [one for one in practice.clients.find() if one.name != ADA]  # who the journeys know by her name
    one = chance.choice(others or [practice.clients.add(ClientDraft("Bo"))])
    practice.clients.change(one.id, ClientDraft(words(chance, 30), remarks=words(chance)))


def _sign(practice: Practice, chance: random.Random) -> None:
    """A session from its booking to its signature, or only to a draft, perhaps with an addendum."""
    client = chance.choice(practice.clients.find()).id
    practice.health.check(client, Answer.NOTHING)
    begin = NOW - timedelta(minutes=chance.randint(1, 5000))
    booked = practice.appointments.book(AppointmentDraft(client, begin, 60, words(chance, 20)))
    note = practice.notes.open(booked.id)
    content = NoteContent(words(chance), words(chance), words(chance), words(chance), pain_before=6, pain_after=3)
    practice.notes.save(note.id, content)
    if chance.random() < 0.7:
        practice.appointments.step(booked.id, Status.DONE)
        practice.notes.sign(note.id, content, why="agreed", late="later")
        practice.notes.add_addendum(note.id, AddendumKind.ADDITION, words(chance))


def _keep(practice: Practice, chance: random.Random) -> None:
    practice.drafts.keep("client", "", {"name": words(chance)})


def _undo(practice: Practice, _chance: random.Random) -> None:
    practice.clients.add(ClientDraft("Taken back"))
    practice.undo.undo()


def _back_up(practice: Practice, _chance: random.Random) -> None:
    practice.backups.take(Reason.ASKED)


ACTS: tuple[Callable[[Practice, random.Random], None], ...] = (_client, _change, _sign, _keep, _undo, _back_up)
STEPS = (*JOURNEYS["import"], *JOURNEYS["book"][:1], *JOURNEYS["backup"])
