"""A signed note to read, with its addenda beside the untouched original."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from therapist_tui.domain.client import Client
from therapist_tui.domain.decision import Decision
from therapist_tui.domain.note import Addendum, AddendumKind, SessionNote, read_error_reason
from therapist_tui.domain.search.found import fold, pattern_of
from therapist_tui.domain.search.query import Term
from therapist_tui.domain.signing import NAMES
from therapist_tui.domain.treatments import show_treatments
from therapist_tui.domain.when import show_day, show_span

from .. import keys
from ..app import title_of
from ..plain import marked, name_of, one_line, shown, spread, toast
from .ask import AskScreen
from .base import PracticeScreen


class ReadingScreen(PracticeScreen):
    """Read-only; a adds an addendum."""

    SCOPE = "reading"
    CSS_PATH = "reading.tcss"
    BINDINGS = keys.bindings("reading")

    def __init__(self, note: SessionNote, client: Client, looked_for: Sequence[Term] = ()) -> None:
        """`looked_for` are words of a search: they are marked, and the first of them is scrolled into view."""
        super().__init__()
        self._note, self._client = note, client
        self._looked_for = pattern_of(looked_for)
        self._errors: tuple[Addendum, ...] = ()
        """What says that it was entered in error, and why."""

    def body(self) -> ComposeResult:
        """The note, then its addenda."""
        with VerticalScroll(id="page"):
            yield Static(id="in-error")
            yield Static(self._text(), id="note")
            yield Static(id="decisions")
            yield Static(id="addenda")

    def on_mount(self) -> None:
        """Load the addenda, and again after every change."""
        self.app.changed.subscribe(self, lambda _: self.load())
        self.app.masking.subscribe(self, lambda _: self._show_status())
        self.app.guard.read_note(self._note.id)
        self.query_one("#page").focus()
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Show who it is, and the addenda."""
        if not self.app.unlocked:
            return
        practice = self.app.practice
        addenda = await self.app.records.run(practice.notes.addenda, self._note.id)
        decisions = await self.app.records.run(practice.decisions.of, self._note.appointment_id)
        if not self.closed:
            self._errors = tuple(one for one in addenda if one.kind is AddendumKind.ENTERED_IN_ERROR)
            self.query_one("#in-error", Static).update(self._in_error())
            self.query_one("#decisions", Static).update(self._decisions(decisions))
            self.query_one("#addenda", Static).update(self._addenda(addenda))
            self._show_status()
            if self._looked_for:
                self.call_after_refresh(self._to_the_words)

    def _to_the_words(self) -> None:
        """Scroll to the first marked place, once: afterwards the page stays where the reader is."""
        page, before = self.query_one("#page"), 0
        self._looked_for, marks = None, self._looked_for
        for part in self.query("#page Static").results(Static):
            text = part.content
            hit = (
                next((span.start for span in text.spans if span.style == ".hit"), None)
                if isinstance(text, Content)
                else None
            )
            if marks and isinstance(text, Content) and hit is not None:
                before = part.virtual_region.y + len(text[:hit].wrap(max(1, part.size.width)))
                page.scroll_to(y=max(0, before - page.size.height // 2), animate=False)
                return

    def _said(self, text: str) -> Content:
        """What was written, with the words that were looked for marked."""
        return marked(text, (hit.span() for hit in self._looked_for.finditer(fold(text))) if self._looked_for else ())

    def _show_status(self) -> None:
        start = self._note.service_at.astimezone(self.app.practice.zone)
        mark = title_of(self.app)
        left = Content.assemble(
            *((mark, "  ") if mark else ()),
            one_line(name_of(self._client, self.app.masked), ".strong"),
            (f"  {show_day(start.date())} {start:%H:%M}", ".muted"),
        )
        state = Content.styled("✓ signed", ".good")
        if self._note.late:
            state = Content.styled("✓ signed late", ".badge")
        if self._errors:
            state = Content.styled("✗ entered in error", ".error")
        if not self._note.proven:
            state = Content.styled("■ this text is not what was signed", ".stop")
        self.show_status(spread(left, state, max(20, self.size.width - 2)))

    def on_resize(self) -> None:
        """The status line is fitted to the width."""
        if self.is_mounted:
            self._show_status()

    def _text(self) -> Content:
        content = self._note.content
        pain = " → ".join("–" if value is None else str(value) for value in (content.pain_before, content.pain_after))
        asked = content.pain_before is not None or content.pain_after is not None
        parts = (
            ("Session", self._times()),
            ("S  said", content.subjective),
            ("O  found", content.objective),
            ("   work done", ", ".join(filter(None, [show_treatments(content.treatments)]))),
            ("   pain 0–10", pain if asked else ""),
            ("A  response", content.assessment),
            ("P  plan", content.plan),
            ("Home care", content.home_care),
            ("Next time", content.next_time),
            ("Shorthand, as typed", content.shorthand),
        )
        lines = [
            Content.assemble((name, ".title"), "\n", self._said(text.strip()), "\n")
            for name, text in parts
            if text.strip()
        ]
        return Content("\n").join([*lines, self._signature()])

    def _times(self) -> str:
        note, zone = self._note, self.app.practice.zone
        if not (note.began_at and note.ended_at):
            return ""
        minutes = (note.ended_at - note.began_at).total_seconds() / 60
        began, ended = note.began_at.astimezone(zone), note.ended_at.astimezone(zone)
        return f"{began:%H:%M}–{ended:%H:%M}, {show_span(minutes)}"

    def _signature(self) -> Content:
        note = self._note
        if note.signed_at is None:
            return Content()
        local = note.signed_at.astimezone(self.app.practice.zone)
        when = f", {show_day(local.date())} {local:%H:%M}"
        lag = f", {show_span(note.lag_minutes)} after the session" if note.lag_minutes is not None else ""
        lines = [Content.assemble(("Signed ", ".muted"), shown(note.signed_by), (when + lag, ".muted"))]
        if note.late:
            lines.append(Content.assemble(("LATE ENTRY: ", ".badge"), shown(note.late_reason)))
        if note.content.carried:
            names = dict.fromkeys(NAMES[one.section] for one in note.content.carried)
            lines.append(Content.styled(f"Carried from the note before and confirmed: {', '.join(names)}.", ".muted"))
        return Content("\n").join(lines)

    def _in_error(self) -> Content:
        parts = [
            Content.assemble(
                (f"✗ ENTERED IN ERROR {show_day(on.date())} {on:%H:%M}, ", ".error"),
                shown(one.written_by),
                "\n",
                shown(one.text),
                "\n",
            )
            for one in self._errors
            for on in (one.written_at.astimezone(self.app.practice.zone),)
        ]
        return Content("\n").join(parts)

    def _decisions(self, decisions: Sequence[Decision]) -> Content:
        parts: list[Content] = []
        for one in decisions:
            local = one.decided_at.astimezone(self.app.practice.zone)
            head = f"\nDecided against {one.level.glyph} {one.level.word} ({one.act.value}, {local:%H:%M}): "
            titles = shown("; ".join(one.cautions), ".strong")
            parts.append(Content.assemble((head, ".title"), titles, "\n", shown(one.reason)))
        return Content("\n").join(parts)

    def _addenda(self, addenda: Sequence[Addendum]) -> Content:
        if not addenda:
            adds, marks = self.app.shown_key("reading.addendum"), self.app.shown_key("reading.in_error")
            hint = f"\nNo addenda. {adds} adds one; {marks} marks the note as entered in error."
            return Content.styled(hint, ".muted")
        parts: list[Content] = []
        for one in addenda:
            local = one.written_at.astimezone(self.app.practice.zone)
            head = f"\nAddendum ({one.kind.value}), {show_day(local.date())} {local:%H:%M}, "
            parts.append(
                Content.assemble((head, ".title"), shown(one.written_by, ".title"), "\n", self._said(one.text))
            )
        return Content("\n").join(parts)

    def action_addendum(self) -> None:
        """Add an addendum."""
        from ..forms.addendum import AddendumForm
        from .form import FormScreen

        self.app.push_screen(FormScreen(AddendumForm(self._note.id)))

    def action_in_error(self) -> None:
        """Mark the note as entered in error: it stays readable, and its session owes another one."""
        if self._errors:
            toast(self.app, "This note is marked as entered in error already.")
            return
        question = (
            "Entered in error: say why. The note stays readable, counts no more, and its session owes another one."
        )
        ask = AskScreen(question, "why, e.g. another client's session", read_error_reason)
        self.app.push_screen(ask, self._mark_in_error)

    async def _mark_in_error(self, why: object) -> None:
        if isinstance(why, str):
            notes, note_id = self.app.practice.notes, self._note.id
            await self.app.records.run(notes.add_addendum, note_id, AddendumKind.ENTERED_IN_ERROR, why)
            self.app.changed.publish(None)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
