"""An import from the command line: everything that has to be asked is said, with the words that answer it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from therapist_tui.domain.incoming.plan import Choices, ImportPlan
from therapist_tui.domain.incoming.values import Facts, Question
from therapist_tui.records.practice import Practice

from ..telling import Telling
from .files import read_file
from .parent import read_in_child

Say = Callable[[str], None]


async def bring(
    practice: Practice, path: Path, answers: Mapping[str, str], today: date, dry_run: bool, say: Say, telling: Telling
) -> bool:
    """Import one file; False when something has to be answered first, and then nothing is written.

    How far it is, is told too.

    Raises ImportRefused, and what the store raises.
    """
    reads = telling.step(f"Reading {path.name}")
    reading = await read_in_child(read_file(path), answers, Facts(practice.zone.key, today), reads)
    telling.done()
    if reading.questions:
        say(f"{path.name}:")
        for question in reading.questions:
            _ask(question, say)
        return False
    plan = practice.imports.plan(reading, Choices(answers.get("strangers", "")), path.name)
    _tell(plan, path, say)
    if plan.titles:
        say("  Whose the entries of a calendar are is confirmed in the app: open it, and press i on the day.")
        return False
    for question in plan.questions:
        _ask(question, say)
    if plan.questions:
        return False
    if not dry_run and not plan.empty:
        practice.imports.store(plan, telling.step("Importing"))
        telling.done()
        say("  Imported.")
    return True


def _ask(question: Question, say: Say) -> None:
    say(f"  {question.text}")
    for answer, shown in question.options:
        say(f"    --answer '{question.id}={answer}'   {shown}")
    if not question.options:
        say("    Which column holds what is said in the app: open it, and press i on the day.")


def _tell(plan: ImportPlan, path: Path, say: Say) -> None:
    say(f"{path.name}: {plan.added}; {len(plan.changes)} changed, {plan.known} known, {len(plan.left_out)} left out")
    for sentence in plan.told:
        say(f"  {sentence}")
    for one in plan.left_out:
        say(f"  line {one.line}: {one.why}")
