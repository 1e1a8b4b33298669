"""Import: a file from another program, what it holds, what has to be asked, the dry run, and then the import itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.incoming.batch import ImportBatch
from therapist_tui.domain.incoming.plan import Choices as Answers
from therapist_tui.domain.incoming.plan import ImportPlan
from therapist_tui.domain.incoming.values import Facts, Reading
from therapist_tui.domain.progress import Heard
from therapist_tui.exchange.incoming.files import completions, meant, read_file
from therapist_tui.exchange.incoming.parent import read_in_child
from therapist_tui.records.errors import ImportLocked, ImportOutdated
from therapist_tui.records.practice import Practice

from .. import import_text as say
from .. import keys
from ..actions import BY_ID, in_line
from ..app import title_of
from ..guarding import before_import
from ..import_asking import Asking
from ..plain import one_line, shown, toast
from ..widgets.choices import Choices
from ..widgets.fields import PlainInput
from ..widgets.key_line import KeyLine
from .ask import ConfirmScreen
from .base import PracticeScreen

A = TypeVar("A")
T = TypeVar("T")
Paint = Callable[[], list[Content]]
"""Gives the answers as they are shown now: masked or not."""


class ImportScreen(PracticeScreen):
    """One file after the other."""

    SCOPE = "import"
    CSS_PATH = "imports.tcss"
    BINDINGS = keys.bindings("import")

    def __init__(self) -> None:
        super().__init__()
        self._answer: asyncio.Future[tuple[str, int]] | None = None
        self._stopped = False
        self._asking = Asking(self)
        self._storing = False
        self._paint: Paint | None = None
        self._progress = (0, 0)
        self._begun = 0.0
        self._said = Content()
        self._saying: Paint | None = None
        self._step_keys: tuple[str, ...] = ()
        self._completed: tuple[str, ...] = ()
        self._reading: Reading | None = None

    def body(self) -> ComposeResult:
        """The file's name, what is said about it, the answers, the first rows."""
        with Vertical():
            yield PlainInput(placeholder="name of the file", id="file", compact=True, select_on_focus=False)
            yield Static(id="said")
            yield Choices(id="choices")
            yield Static(id="preview")

    def on_mount(self) -> None:
        """Start where downloads are."""
        self.app.masking.subscribe(self, lambda _: self._masking())
        mark = title_of(self.app)
        title = Content.styled("Import", ".strong")
        self.show_status(Content("   ").join([*([mark] if mark else []), title]))
        start = Path("~/Downloads").expanduser()
        self._go_to("~/Downloads/" if start.is_dir() else "~/")
        self.set_interval(0.25, self._show_progress)
        self._ready()

    def on_unmount(self) -> None:
        """Leaving stops what is under way; what is written is taken back by the database."""
        self._stopped = True

    def on_resize(self) -> None:
        """The rows fit the new width."""
        self._show_preview()

    # The file

    def _ready(self) -> None:
        """Wait for the next file."""
        self._reading = None
        self.say([shown(say.HINT, ".muted")])
        self._ask_none()
        self.show_step_keys("import.complete", "import.take_back", "import.close")
        self.query_one("#file", Input).focus()
        self.list_imports()

    def _go_to(self, name: str) -> None:
        field = self.query_one("#file", Input)
        field.value = name
        field.cursor_position = len(name)

    @work(exclusive=True, group="load")
    async def list_imports(self) -> None:
        """What was imported before, below the field."""
        if not self.app.unlocked:
            return
        batches = await self.app.records.run(self.app.practice.imports.all)
        if self.closed or self._reading:
            return
        lines = [Content.styled(f"Imported before  ({self._key('import.take_back')} takes one back)", ".title")]
        lines += [say.batch_line(one, self._when(one.imported_at)) for one in batches[:10]]
        self.query_one("#preview", Static).update(Content("\n").join(lines) if batches else Content())

    def _when(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.practice.zone):%d %b %H:%M}"

    @on(Input.Changed, "#file")
    async def _typed(self) -> None:
        self._show_completions(self.query_one("#file", Input).value)

    @work(exclusive=True, group="complete")
    async def _show_completions(self, typed: str) -> None:
        found = await self.app.records.run(completions, typed)
        if self.closed or self._reading or not self.query_one("#file").has_focus:
            return
        self._completed = found
        exact = found == (typed,)
        shows = [
            one_line(name.rstrip("/").rpartition("/")[2] + ("/" if name.endswith("/") else "")) for name in found[:8]
        ]
        choices = self.query_one(Choices)
        choices.set_class(bool(shows) and not exact, "shown")
        choices.show(shows)

    def action_complete(self) -> None:
        """Take the highlighted name, or as much as all names have in common."""
        if not self.query_one("#file").has_focus or not self._completed:
            return
        at = self.query_one(Choices).highlighted or 0
        self._go_to(self._completed[min(at, len(self._completed) - 1)])

    def action_up(self) -> None:
        """Move up."""
        self.query_one(Choices).action_cursor_up()

    def action_down(self) -> None:
        """Move down."""
        self.query_one(Choices).action_cursor_down()

    @on(Input.Submitted, "#file")
    def _chosen(self, event: Input.Submitted) -> None:
        if event.value.endswith("/") and self._completed:
            self.action_complete()
            return
        self.bring(event.value)

    # One import, as a conversation

    @work(exclusive=True, group="import")
    async def bring(self, name: str) -> None:
        """From the name of a file to what is stored; every step back ends it."""
        self._stopped = False
        self._ask_none()
        name = meant(name.strip())
        path = Path(name or ".").expanduser()
        try:
            batch = await self._bring(path)
        except PracticeError as error:
            self._ready()
            self.say([shown(str(error), ".error")])
            return
        self._ready()
        if batch:
            self._go_to(name[: len(name) - len(path.name)])
            brought = batch.added if batch.clients or batch.appointments else f"{batch.changed} changed"
            toast(self.app, f"Imported: {brought}. {self._key('import.take_back')} takes it back.")

    async def _bring(self, path: Path) -> ImportBatch | None:
        reading = await self._read(path)
        choices = Answers()
        while True:
            plan, choices = await self._plan(reading, choices, path)
            if not await self._asking.agreed(plan, path):
                return None
            try:
                return await self._store(plan)
            except ImportOutdated as error:
                self.app.tell(error)

    async def _read(self, path: Path) -> Reading:
        """Read the file, and ask until nothing is open."""
        content = await self.app.records.run(read_file, path)
        answers: dict[str, str] = {}
        facts = Facts(self.practice.zone.key, self.app.today())
        while True:
            self.say([Content.assemble("Reading ", one_line(path.name, ".strong"), " …")])
            reading = await read_in_child(content, answers, facts, self._heard)
            self._progress = (0, 0)
            self._reading = reading
            self._show_preview()
            if not reading.questions:
                return reading
            for question in reading.questions:
                if question.id == "columns":
                    answers |= await self._asking.columns(reading, question, path)
                else:
                    answers[question.id] = await self._asking.ask(reading, question, path)

    async def _plan(self, reading: Reading, choices: Answers, path: Path) -> tuple[ImportPlan, Answers]:
        """The dry run, and what it asks."""
        while True:
            plan = await self._dry_run(reading, choices, path)
            if plan.titles:
                choices = replace(choices, titles={**choices.titles, **await self._asking.titles(plan.titles, path)})
            elif plan.questions:
                choices = replace(choices, strangers=await self._asking.ask(reading, plan.questions[0], path))
            else:
                return plan, choices

    async def _dry_run(self, reading: Reading, choices: Answers, path: Path) -> ImportPlan:
        self.say([Content.assemble("Comparing ", one_line(path.name, ".strong"), " with your records …")])
        practice = self.practice
        steps = practice.imports.dry_run(reading, choices, path.name)
        while practice is self.practice:
            step = await self.app.records.run(next, steps)
            if isinstance(step, ImportPlan):
                self._progress = (0, 0)
                return step
            self._progress = step
        raise ImportLocked

    async def _store(self, plan: ImportPlan) -> ImportBatch:
        self._ask_none()
        if self.practice.backups.watched:
            self.say([Content("Keeping a copy of your records before the import …")])
        if missing := await self.app.guard.beside(before_import, self.practice):
            toast(self.app, missing, severity="warning")
        self.say([Content("Importing …")])
        batch = await self._write(self.practice.imports.store, plan)
        self.app.changed.publish(None)
        return batch

    async def _write(self, job: Callable[[A, Heard], T], about: A) -> T:
        """Do one long write with its progress shown; going back stops it, and then nothing of it stays."""
        self._storing = True
        try:
            return await self.app.records.run(job, about, self._heard)
        finally:
            self._storing = False
            self._progress = (0, 0)

    @property
    def practice(self) -> Practice:
        """The open practice; raises ImportLocked."""
        if not self.app.unlocked:
            raise ImportLocked
        return self.app.practice

    def _heard(self, done: int, total: int) -> bool:
        self._progress = (done, total)
        return not self._stopped

    # Keys and what is shown

    async def taken(self, paint: Paint, at: int = 0, *, numbered: bool = False) -> tuple[str, int]:
        """Show the answers and wait for one: what was pressed ("take" for enter or a digit), and on which."""
        self._progress = (0, 0)
        choices = self.query_one(Choices)
        choices.add_class("shown")
        choices.show(paint(), highlighted=at, numbered=numbered)
        self._paint = paint
        choices.focus()
        self._answer = asyncio.get_running_loop().create_future()
        try:
            return await self._answer
        finally:
            self._answer = None

    @on(Choices.Taken)
    def _take(self, event: Choices.Taken) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(("take", event.at))
        elif self.query_one("#file").has_focus:  # a click on a file's name
            self.query_one(Choices).highlighted = event.at
            self.action_complete()

    @on(Choices.Pressed)
    def _press(self, event: Choices.Pressed) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result((event.name, event.at))

    def _key(self, action_id: str) -> str:
        return self.app.shown_key(action_id)

    def _ask_none(self) -> None:
        self.query_one(Choices).remove_class("shown")

    def say(self, lines: Sequence[Content] | Paint) -> None:
        """Show what goes on, above the answers; what is painted is painted anew when names are masked."""
        self._saying = lines if callable(lines) else None
        self._said = Content("\n").join(lines() if callable(lines) else lines)
        self.query_one("#said", Static).update(self._said)

    def show_step_keys(self, *ids: str) -> None:
        """Show the keys of a step in the key line."""
        self._step_keys = ids
        self.show_keys()

    def show_keys(self) -> None:
        """The keys of the step that is under way, then help."""
        everywhere = in_line("app")
        shown = [*(BY_ID[one] for one in self._step_keys), *everywhere]
        self.query_one(KeyLine).show(shown, self.app.active_keymap)

    def _show_progress(self) -> None:
        """From the second second on."""
        done, total = self._progress
        now = asyncio.get_running_loop().time()
        if not total:
            self._begun = now
        elif now - self._begun > 1 and not self.closed:
            self.query_one("#said", Static).update(Content.assemble(self._said, "\n", say.bar(done, total)))

    def _masking(self) -> None:
        """Names are masked or shown, in the rows and in the answers."""
        self._show_preview()
        if self._saying:
            self.say(self._saying)
        choices = self.query_one(Choices)
        if self._answer and self._paint:
            choices.show(self._paint(), highlighted=choices.highlighted or 0, numbered=choices.numbered)

    def _show_preview(self) -> None:
        reading = self._reading
        if reading is None:
            return
        if self.app.masked:
            lines = [shown(say.MASKED.format(key=self._key("app.mask")), ".muted")]
        else:
            lines = say.preview(reading, max(20, self.size.width - 4))
        self.query_one("#preview", Static).update(Content("\n").join(lines))

    @work(exclusive=True, group="import")
    async def action_take_back(self) -> None:
        """Choose an import and take it back, as far as nothing of it was changed since."""
        if not self.query_one("#file").has_focus:
            return
        batches = await self.app.records.run(self.practice.imports.all)
        if not batches:
            return
        self.show_step_keys("choices.take", "import.close")
        self.say([shown("Which import is taken back? What was used or changed since stays.")])
        self.query_one("#preview", Static).update("")
        _, at = await self.taken(lambda: [say.batch_line(one, self._when(one.imported_at)) for one in batches])
        batch = batches[at]
        question = ConfirmScreen(f"Take back {batch.added}?", "What was used or changed since stays.", "take it back")
        if await self.app.push_screen_wait(question):
            await self._take_back(batch)
        self._ready()

    async def _take_back(self, batch: ImportBatch) -> None:
        self._stopped = False
        self._ask_none()
        self.show_step_keys("import.close")
        self.say([Content("Taking the import back …")])
        try:
            taken = await self._write(self.practice.imports.take_back, batch.id)
        except PracticeError as error:
            self.app.tell(error)
        else:
            said = f"Taken back. {taken.stays[0].upper()}{taken.stays[1:]}." if taken.stays else "Taken back."
            toast(self.app, said)
        self.app.changed.publish(None)

    def action_close(self) -> None:
        """Stop what is under way, or leave."""
        self._stopped = True
        busy = [one for one in self.workers if one.group == "import" and one.node is self and one.is_running]
        if busy and self._storing:
            return  # it ends by itself with what was there before
        if busy:
            for one in busy:
                one.cancel()
            self._ready()
            return
        self.dismiss(None)
