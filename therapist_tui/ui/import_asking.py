"""What an import asks, one question after the other, on the import screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from textual.content import Content

from therapist_tui.domain.client import Client
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.incoming.plan import NEW, NOBODY, ImportPlan, Title, whose
from therapist_tui.domain.incoming.values import Question, Reading, Reject
from therapist_tui.exchange.incoming.files import rejects_name, write_rejects
from therapist_tui.exchange.incoming.headings import LEFT_OUT, fields_of

from . import import_text as say
from .plain import one_line, shown, toast

if TYPE_CHECKING:
    from .screens.imports import ImportScreen

MOST_LINES = 500
"""Lines that are listed as left out; all of them are in the file that `w` writes."""


class Asking:
    """Puts the questions; the screen shows them and waits for the key."""

    def __init__(self, screen: ImportScreen) -> None:
        self._screen = screen

    @property
    def _masked(self) -> bool:
        return self._screen.app.masked

    async def ask(self, reading: Reading, question: Question, path: Path) -> str:
        """One question with its answers by number."""
        head = say.headline(reading, path.name)
        self._screen.say(lambda: [head, Content(), say.asked(question, self._masked)])
        self._screen.show_step_keys("choices.take", "import.close")
        _, at = await self._screen.taken(lambda: say.answers(question, self._masked), numbered=True)
        return question.options[at][0]

    async def columns(self, reading: Reading, question: Question, path: Path) -> dict[str, str]:
        """Which column holds what: up and down choose the column, left and right what it holds."""
        kind = reading.kind
        fields = [field for _, field in reading.columns]
        at = 0
        while True:
            held = Content.assemble("A list of ", (kind.value, ".strong"), ". Enter when every column is right.")
            self._screen.say([say.headline(reading, path.name), Content(), shown(question.text), held])
            self._screen.show_step_keys("choices.take", "choices.more", "choices.kind", "import.close")
            name, at = await self._screen.taken(lambda: say.column_lines(reading, fields, self._masked), at)
            if name == "take":
                break
            if name == "kind":
                kind = next(one for one in type(kind) if one.value in ("clients", "appointments") and one is not kind)
                fields[:] = [field if field in fields_of(kind) else "" for field in fields]
            elif name in ("less", "more"):
                meanings = ["", *fields_of(kind)]
                step = 1 if name == "more" else -1
                fields[at] = meanings[(meanings.index(fields[at]) + step) % len(meanings)]
        columns = {f"column.{place}": field or LEFT_OUT for place, field in enumerate(fields)}
        return {**columns, "kind": kind.value, "columns": "done"}

    async def titles(self, titles: Sequence[Title], path: Path) -> Mapping[str, UUID | str]:
        """Whose each title of a calendar is: proposed by name, confirmed by the therapist."""
        chosen = whose(titles)
        names = await self._names({one for title in titles for one in title.fitting})
        at = 0
        while True:
            question = "Whose are these? Enter takes all of them as shown."
            self._screen.say([one_line(path.name, ".strong"), Content(), shown(question)])
            self._screen.show_step_keys("choices.take", "choices.pick", "choices.new", "choices.nobody", "import.close")
            name, at = await self._screen.taken(lambda: say.title_lines(titles, chosen, names, self._masked), at)
            title = titles[at].text
            if name == "take":
                return chosen
            if name == "pick":
                await self._pick(title, chosen, names)
            elif name in ("new", "nobody"):
                chosen[title] = NEW if name == "new" and title else NOBODY

    async def _pick(self, title: str, chosen: dict[str, UUID | str], names: dict[UUID, Client]) -> None:
        from .screens.clients import ClientsScreen

        client_id = await self._screen.app.push_screen_wait(ClientsScreen(pick=True))
        if isinstance(client_id, UUID):
            chosen[title] = client_id
            names |= await self._names({client_id})

    async def _names(self, client_ids: set[UUID]) -> dict[UUID, Client]:
        get = self._screen.practice.clients.get
        return {one: await self._screen.app.records.run(get, one) for one in sorted(client_ids)}

    async def agreed(self, plan: ImportPlan, path: Path) -> bool:
        """Show what it would bring; enter on the first line imports it."""
        left_out = plan.left_out
        self._screen.show_step_keys("choices.take", *(["choices.write"] if left_out else []), "import.close")
        at = 0
        while True:
            head = Content.assemble(one_line(path.name, ".strong"), ("   nothing is stored yet", ".muted"))
            self._screen.say([head, Content(), *say.plan_lines(plan)])
            name, at = await self._screen.taken(lambda: self._plan_lines(plan, left_out), at)
            if name == "write" and left_out:
                await self._write(plan, path)
            elif name == "take" and at == 0:
                return not plan.empty

    def _plan_lines(self, plan: ImportPlan, left_out: Sequence[Reject]) -> list[Content]:
        offer = Content.styled(say.offer(plan), ".strong")
        return [offer, *say.left_out_lines(left_out[:MOST_LINES], self._masked)]

    async def _write(self, plan: ImportPlan, path: Path) -> None:
        def write() -> str:
            name = rejects_name(path)
            write_rejects(name, plan.left_out)
            return name.name

        try:
            toast(self._screen.app, f"Written: {await self._screen.app.records.run(write)}, for your eyes only.")
        except PracticeError as error:
            self._screen.app.tell(error)
