"""This one, this and later, or all: what each would do to a series, to be seen before it is done."""

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.touching import Scope, SeriesChange, Touch, Touched
from therapist_tui.domain.when import show_short

from .. import keys
from ..actions import in_line
from ..app import TherapistApp
from ..forms.series import touched_words
from ..plain import shown
from ..widgets.key_line import KeyLine
from .base import STYLE_NAMES

LINES = 9
"""Dates that are listed; how many more there are is said."""


class ScopeScreen(ModalScreen[Scope | None]):
    """Dismissed with the scope that was chosen, or with None. Without a change the dates are called off."""

    CSS_PATH = "scope.tcss"
    COMPONENT_CLASSES = STYLE_NAMES
    BINDINGS = keys.bindings("scope")

    app = getters.app(TherapistApp)

    def __init__(self, one: Appointment, change: SeriesChange | None) -> None:
        super().__init__()
        self._one, self._change = one, change
        self._found: dict[Scope, Touched] = {}

    def compose(self) -> ComposeResult:
        """The question, its answers, the dates of the highlighted one."""
        question = "Move which dates of this series?" if self._change else "Cancel which dates of this series?"
        with Vertical(classes="card"):
            yield Static(shown(question, ".title"))
            yield OptionList(*[shown(scope.value) for scope in Scope])
            yield Static(id="dates")
            yield KeyLine(id="keys")

    async def on_mount(self) -> None:
        """Work out what each answer would touch."""
        actions = in_line("scope")
        self.query_one(KeyLine).show(actions, self.app.active_keymap)
        for scope in Scope:
            try:
                series = self.app.practice.series
                self._found[scope] = await self.app.records.run(series.look_at, self._one.id, scope, self._change)
            except PracticeError as error:
                self.app.tell(error)
                self.dismiss(None)
                return
        options = self.query_one(OptionList)
        for at, scope in enumerate(Scope):
            options.replace_option_prompt_at_index(at, self._option(scope))
        options.highlighted = 0
        options.focus()

    def _option(self, scope: Scope) -> Content:
        found = self._found[scope]
        count = len(found.touches)
        parts = [f"{count} date{'' if count == 1 else 's'}"]
        if clashes := sum(bool(one.clashes) for one in found.touches):
            parts.append(f"{clashes} overlap{'s' if clashes == 1 else ''}")
        if found.kept:
            parts.append(f"{len(found.kept)} stay{'s' if len(found.kept) == 1 else ''}")
        return Content.assemble(shown(scope.value.ljust(16), ".strong"), shown(" · ".join(parts), ".muted"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Its dates, before and after."""
        found = self._found.get([*Scope][event.option_index])
        if found:
            self.query_one("#dates", Static).update(self._dates(found))

    def _dates(self, found: Touched) -> Content:
        zone, today = self.app.practice.zone, self.app.today()
        if self._change is None:
            return shown(touched_words(found, zone, today))
        lines = [self._line(one) for one in found.touches[:LINES]]
        if more := len(found.touches) - LINES:
            lines += [Content.styled(f"  and {more} more", ".muted")] if more > 0 else []
        for one, why in found.kept[:LINES]:
            day = show_short(one.starts_at.astimezone(zone).date(), today)
            lines.append(Content.styled(f"  {day:>6}  stays: {why}", ".muted"))
        return Content("\n").join(lines)

    def _line(self, touch: Touch) -> Content:
        zone, today = self.app.practice.zone, self.app.today()
        before, after = (one.starts_at.astimezone(zone) for one in (touch.before, touch.after))
        day, then = (f"{moment:%a} {show_short(moment.date(), today):>6}" for moment in (before, after))
        moved = f"{after:%H:%M}" if then == day else f"{then} {after:%H:%M}"
        said = " and ".join(f"{one.starts_at.astimezone(zone):%H:%M} {one.minutes} min" for one in touch.clashes)
        clash = Content.styled(f"   overlaps {said}", ".ask") if said else Content()
        gap = Content.styled("   the clocks leave its time out", ".ask") if touch.skipped else Content()
        return Content.assemble(f"  {day} {before:%H:%M}", ("  →  ", ".muted"), moved, clash, gap)

    def on_option_list_option_selected(self) -> None:
        """A click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """Do it, when it touches anything."""
        at = self.query_one(OptionList).highlighted
        scope = [*Scope][at] if at is not None else None
        if scope and scope in self._found and self._found[scope].touches:
            self.dismiss(scope)

    def action_close(self) -> None:
        """Leave all as it is."""
        self.dismiss(None)
