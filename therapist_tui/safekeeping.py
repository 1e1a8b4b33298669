"""The commands for keys, backups and the trail. What must be typed is asked for, or read from a pipe line by line."""

import argparse
import json
import secrets
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from therapist_tui.process import leave_nothing_behind

if TYPE_CHECKING:
    from therapist_tui.domain.audit import Verified
    from therapist_tui.records.doctor import Check
    from therapist_tui.records.practice import Practice

OK, USAGE, FOUND = 0, 2, 6
ASKED_BACK = 3
"""Words of the sheet that are asked back."""


def add_commands(commands: Any) -> None:
    """The commands and their options, for `cli.build_parser`."""
    backup = commands.add_parser("backup", help="take a verified backup now")
    backup.set_defaults(command=run_backup)
    restore = commands.add_parser("restore", help="bring the practice back from a backup; what is there is kept aside")
    restore.add_argument(
        "name", nargs="?", default="", metavar="NAME", help="which one (default: the newest whole one)"
    )
    restore.add_argument("--list", action="store_true", help="only say which there are; needs no passphrase")
    restore.add_argument("--from", dest="place", type=Path, metavar="FOLDER", help="look in this folder as well")
    restore.add_argument("--words", action="store_true", help="open it by the recovery sheet, not by a passphrase")
    restore.set_defaults(command=run_restore)
    verify = commands.add_parser("verify", help="look whether anything was altered, taken out or put back")
    verify.add_argument("--accept", action="store_true", help="go on with the file as it is, and write that down")
    verify.set_defaults(command=run_verify)
    doctor = commands.add_parser("doctor", help="say in a few seconds whether all is well; needs no passphrase")
    doctor.add_argument("--json", action="store_true", help="as JSON")
    doctor.add_argument("--search", action="store_true", help="open it and mend the search, if it finds too little")
    doctor.set_defaults(command=run_doctor)
    passphrase = commands.add_parser("passphrase", help="change the passphrase")
    passphrase.set_defaults(command=run_passphrase)
    people = commands.add_parser("people", help="give somebody a passphrase of their own, or take it away")
    people.add_argument("--add", metavar="NAME", help="give NAME a passphrase")
    people.add_argument("--remove", metavar="NAME", help="take the passphrase of NAME away")
    people.set_defaults(command=run_people)
    sheet = commands.add_parser("sheet", help="print the recovery sheet: 24 words that open every copy")
    sheet.set_defaults(command=run_sheet)
    recover = commands.add_parser("recover", help="set a new passphrase with the recovery sheet")
    recover.set_defaults(command=run_recover)


def _say(text: str) -> None:
    print(text)  # noqa: T201


def _note(text: str) -> None:
    """For the person, beside what is piped on."""
    print(text, file=sys.stderr)  # noqa: T201


def _now() -> datetime:
    return datetime.now(UTC)


def _folder() -> Path:
    from therapist_tui.settings import Paths

    return Paths.of_user().practice


def _elsewhere() -> Path | None:
    from therapist_tui.settings import Paths, load

    return load(Paths.of_user().settings)[0].backup_folder


def ask(question: str, *, secret: bool = True) -> str:
    """One line: from the terminal, a secret without an echo, or from a pipe; never from an argument."""
    import getpass

    leave_nothing_behind()
    if sys.stdin is None:  # closed
        return ""
    if sys.stdin.isatty():
        return getpass.getpass(question) if secret else input(question)
    return sys.stdin.readline().rstrip("\r\n")


def _opened() -> "Practice":
    from therapist_tui.records.practice import open_practice

    practice = open_practice(_folder(), ask("Passphrase: "), _now)
    from therapist_tui.records.backup import BackupRules

    practice.backups.keeps(BackupRules(_elsewhere()))
    return practice


def _with_practice(act: "Callable[[Practice], int]") -> int:
    practice = _opened()
    try:
        return act(practice)
    finally:
        practice.close()


def run_backup(_chosen: argparse.Namespace) -> int:
    """Take a backup."""
    from therapist_tui.domain.backups import Reason

    def act(practice: "Practice") -> int:
        backup = practice.backups.take(Reason.ASKED)
        _say(f"{backup.folder}\n{backup.records} records, {backup.size / 1e6:.1f} MB, read back and compared.")
        safety = practice.backups.safety()
        if safety.elsewhere_set:
            _say(f"Elsewhere: {safety.elsewhere_problem or 'copied and compared.'}")
            return FOUND if safety.elsewhere_problem else OK
        _say("There is no copy outside this disk: set backup_to in the settings.")
        return OK

    return _with_practice(act)


def run_restore(chosen: argparse.Namespace) -> int:
    """List the backups, or put one in the place of the practice."""
    from therapist_tui.records.manifest import changed_part
    from therapist_tui.records.places import finish_swap
    from therapist_tui.records.restore import choose, found_backups, restore
    from therapist_tui.records.vault import unlock

    folder = _folder()
    finish_swap(folder)
    found = found_backups(folder, [one for one in (_elsewhere(), chosen.place) if one])
    if chosen.list:
        for one in found:
            part = changed_part(one.folder)
            state = f"{part} IS DAMAGED" if part else f"{one.records} records, {one.reason.value}"
            _say(f"{one.name}  {one.taken_at.astimezone():%a %d %b %Y %H:%M}  {state}  {one.folder.parent}")
        return OK if found else FOUND
    backup = choose(found, chosen.name, folder)
    _note(f"Restoring {backup.name}: what there is now is kept aside.")
    key = _key_by_words() if chosen.words else unlock(backup.folder, ask("Passphrase of that time: ")).key
    done = restore(folder, backup, key, _now)
    _say(f"{backup.records} records of {backup.taken_at.astimezone():%a %d %b %Y %H:%M} are back in {folder}.")
    if done.before:
        _say(f"What was there before is in {done.before}.")
    return OK


def run_verify(chosen: argparse.Namespace) -> int:
    """Look at every event, every record, and every head that backups have kept."""
    from therapist_tui.records.restore import accept, verify_folder

    folder = _folder()
    passphrase = ask("Passphrase: ")
    found = verify_folder(folder, passphrase, [one for one in (_elsewhere(),) if one])
    _say_verified(found)
    if found.findings and chosen.accept:
        accept(folder, passphrase, _now)
        _say("Accepted as it is: the next start opens it, and the trail says that you went on.")
    return FOUND if found.findings else OK


def _say_verified(found: "Verified") -> None:
    most = 20
    for finding in found.findings[:most]:
        _say(str(finding))
    if len(found.findings) > most:
        _say(f"… and {len(found.findings) - most} more.")
    if found.findings:
        _say("The first one is where it began. `therapist-tui restore --list` shows what can be brought back.")
    else:
        _say(f"{found.events} events and {found.records} records are as they were left.")


def run_doctor(chosen: argparse.Namespace) -> int:
    """Say whether all is well."""
    from therapist_tui.records.doctor import Grade, examine
    from therapist_tui.records.places import practice_exists
    from therapist_tui.settings import Paths, load

    paths = Paths.of_user()
    settings, problems = load(paths.settings)
    if not practice_exists(paths.practice):
        _say(f"There is no practice in {paths.practice} yet.")
        return 3
    checks = examine(paths.practice, settings.backup_folder, _now())
    if chosen.search:
        checks = (*checks, _search_mended())
    bad = problems or any(one.grade is not Grade.WELL for one in checks)
    if chosen.json:
        said = [{**asdict(one), "grade": one.grade.value} for one in checks]
        _say(json.dumps({"well": not bad, "checks": said, "settings": problems}, indent=1))
        return FOUND if bad else OK
    for one in checks:
        _say_check(one)
    for problem in problems:
        _say(f"look  settings   {problem}")
    return FOUND if bad else OK


def _search_mended() -> "Check":
    """Whether the search finds what the records say; made anew where it does not. Touches no record."""
    from therapist_tui.records.doctor import Check, Grade
    from therapist_tui.records.errors import PracticeDamaged

    practice = _opened()
    try:
        try:
            practice.search.check()
        except PracticeDamaged:
            practice.search.rebuild()
            practice.search.check()
            return Check(Grade.WELL, "search", "did not hold what the records say, and was made anew")
        return Check(Grade.WELL, "search", "holds what the records say")
    finally:
        practice.close()


def _say_check(one: "Check") -> None:
    _say(f"{one.grade.value:<5} {one.subject:<10} {one.found}")
    if one.todo:
        _say(f"{'':<17}→ {one.todo}")


def _new_passphrase() -> str | None:
    """Asked for twice; None when the two are not the same."""
    new = ask("New passphrase (15 characters or more): ")
    if new == ask("And again: "):
        return new
    _note("therapist-tui: the two passphrases are not the same. Nothing was changed.")
    return None


def run_passphrase(_chosen: argparse.Namespace) -> int:
    """Change the passphrase."""
    from therapist_tui.records.practice import open_practice

    old = ask("Passphrase: ")
    practice = open_practice(_folder(), old, _now)
    try:
        new = _new_passphrase()
        if new is None:
            return USAGE
        practice.keys.change(old, new)
        _say("The new passphrase opens the practice; backups from before still open with the old one.")
        return OK
    finally:
        practice.close()


def run_people(chosen: argparse.Namespace) -> int:
    """Say who has a passphrase, give one, or take one away."""

    def act(practice: "Practice") -> int:
        if chosen.add:
            new = _new_passphrase()
            if new is None:
                return USAGE
            practice.keys.give(chosen.add, new)
        if chosen.remove:
            practice.keys.take_away(chosen.remove)
        for person in practice.keys.people():
            _say(person)
        return OK

    return _with_practice(act)


def run_sheet(_chosen: argparse.Namespace) -> int:
    """Print the sheet; on a terminal three of its words are asked back."""

    def act(practice: "Practice") -> int:
        from therapist_tui.domain.sheet import sheet_text

        words = practice.keys.sheet()
        _say(sheet_text(words, _now().astimezone(practice.zone).date()))
        if not (sys.stdin and sys.stdin.isatty()):
            return OK
        _note("Write the words down by hand, or send this to a printer: therapist-tui sheet | lp")
        asked = sorted(secrets.SystemRandom().sample(range(1, len(words) + 1), ASKED_BACK))
        typed = {at: ask(f"Word {at}: ", secret=False) for at in asked}
        wrong = practice.keys.sheet_holds(typed)
        if wrong is not None:
            _note(f"Word {wrong} is another one. Look at your sheet again, then run this once more.")
            return USAGE
        practice.keys.confirm_sheet()
        _note("The sheet is proven. Keep it where no laptop is.")
        return OK

    return _with_practice(act)


def _key_by_words() -> bytes:
    from therapist_tui.records.sheet import WORDS, key_from

    _note(f"Type the {WORDS} words of the sheet, in one line.")
    return key_from(ask("Words: ", secret=False))


def run_recover(_chosen: argparse.Namespace) -> int:
    """Set a new passphrase with the sheet, whatever became of the key file."""
    from therapist_tui.records.recover import opens, recover
    from therapist_tui.records.vault import passphrase_problem

    folder = _folder()
    key = _key_by_words()
    opens(folder, key)
    new = _new_passphrase()
    if new is None:
        return USAGE
    if problem := passphrase_problem(new):
        _note(f"therapist-tui: {problem}")
        return USAGE
    recover(folder, key, new, _now)
    _say("The new passphrase opens the practice.")
    return OK
