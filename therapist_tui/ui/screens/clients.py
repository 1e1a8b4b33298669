"""Clients: type to find one, add a new one, open a chart or book."""

from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from therapist_tui.domain.client import Client

from .. import keys
from ..app import title_of
from ..plain import fitted, name_of, one_line, toast
from ..told import told
from ..widgets.fields import PlainInput
from .base import PracticeScreen

MOST = 200
"""Clients listed at a time; typing narrows them down."""


class ClientsScreen(PracticeScreen):
    """Opens the chart of the chosen client; with `pick` it is dismissed with the client's id instead."""

    SCOPE = "clients"
    CSS_PATH = "clients.tcss"
    BINDINGS = keys.bindings("clients")

    def __init__(self, pick: bool = False, title: str = "") -> None:
        """`title` says what is picked for."""
        super().__init__()
        self._pick = pick
        self._title = title or ("Book for whom?" if pick else "Clients")
        self._aside = False
        self._found: tuple[Client, ...] = ()

    def body(self) -> ComposeResult:
        """The line to type in, and who was found."""
        with Vertical():
            yield PlainInput(placeholder="name, phone or e-mail", id="find", compact=True)
            yield OptionList(id="found")

    def on_mount(self) -> None:
        """Show everybody first."""
        self.app.changed.subscribe(self, lambda _: self.find())
        self.app.masking.subscribe(self, lambda _: self._show(self._found))
        self._show_title()
        found = self.query_one(OptionList)
        found.can_focus = False
        self.query_one("#find").focus()
        self.find()

    def _show_title(self) -> None:
        mark, title = title_of(self.app), "Set aside" if self._aside else self._title
        self.show_status(Content("   ").join([*([mark] if mark else []), one_line(title, ".strong")]))

    def on_input_changed(self) -> None:
        """Every key narrows the list."""
        self.find()

    @work(exclusive=True, group="load")
    async def find(self) -> None:
        """Show who fits what is typed; the newest request wins."""
        if not self.app.unlocked:
            return
        typed = self.query_one("#find", Input).value
        aside, find = self._aside, self.app.practice.clients.find
        clients = await self.app.records.run(lambda: find(typed, MOST, aside=aside))
        if not self.closed:
            self._show(clients)

    def _show(self, clients: tuple[Client, ...]) -> None:
        self._found = clients
        found = self.query_one(OptionList)
        kept = found.highlighted_option.id if found.highlighted_option else None
        found.set_options([Option(self._row(client), id=str(client.id)) for client in self._found])
        if self._found:
            ids = [str(client.id) for client in self._found]
            found.highlighted = ids.index(kept) if kept in ids else 0
        else:
            typed = self.query_one("#find", Input).value
            word = "Nobody fits. " if typed else "No clients yet. "
            hint = f"{word}{self.app.shown_key('clients.new')} adds a new client."
            if self._aside:
                hint = f"Nobody is set aside. {self.app.shown_key('clients.aside')} shows those who come."
            found.add_option(Option(Content.styled(hint, ".muted"), disabled=True))

    def _row(self, client: Client) -> Content:
        today = self.app.today()
        age = client.age_on(today)
        return Content.assemble(
            fitted(one_line(name_of(client, self.app.masked)), 30),
            "  ",
            fitted(Content.styled(str(age) if age is not None else "", ".muted"), 3),
            "  ",
            fitted(one_line("" if self.app.masked else client.phone, ".muted"), 18),
            "  ",
            one_line("" if self.app.masked else client.email, ".muted"),
        )

    @property
    def client(self) -> Client | None:
        """The highlighted client."""
        at = self.query_one(OptionList).highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def on_input_submitted(self) -> None:
        """Enter chooses."""
        self.action_choose()

    def on_option_list_option_selected(self) -> None:
        """A click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """Open the chart, or answer with the client."""
        if not self.client:
            return
        if self._pick:
            self.dismiss(self.client.id)
            return
        from .chart import ChartScreen

        self.app.push_screen(ChartScreen(self.client.id))

    @work
    async def action_new(self) -> None:
        """Add a new client, named as what was typed."""
        from ..forms.client import ClientForm
        from .chart import ChartScreen
        from .form import FormScreen

        typed = "" if self.client else self.query_one("#find", Input).value
        made = await self.app.push_screen_wait(FormScreen(ClientForm(self.app.today(), name=typed)))
        if not isinstance(made, Client):
            return
        if self._pick:
            self.dismiss(made.id)
        else:
            self.app.push_screen(ChartScreen(made.id))

    @work
    async def action_book(self) -> None:
        """Book for the highlighted client."""
        if self.client:
            from .today import book

            client_id: UUID = self.client.id
            if self._pick:
                self.dismiss(client_id)
            else:
                await book(self, client_id, self.app.today())

    @told
    async def action_set_aside(self) -> None:
        """Set the highlighted client aside, or bring one back."""
        if self.client:
            clients = self.app.practice.clients
            await self.app.records.run(clients.restore if self._aside else clients.archive, self.client.id)
            await self.app.tell_act()
            self.app.changed.publish(None)

    def action_aside(self) -> None:
        """Show those who were set aside, or those who come again."""
        self._aside = not self._aside
        self._show_title()
        self.find()

    @work
    async def action_merge(self) -> None:
        """Ask which card is kept for the highlighted client's person, and make the two into one."""
        other = self.client
        if other is None or self._pick:
            return
        name = name_of(other, self.app.masked)
        kept = await self.app.push_screen_wait(ClientsScreen(pick=True, title=f"{name}: same person as …?"))
        if isinstance(kept, UUID):
            await self._merge(other.id, kept)

    @told
    async def _merge(self, other: UUID, kept: UUID) -> None:
        from .chart import ChartScreen

        await self.app.records.run(self.app.practice.clients.merge, other, kept)
        await self.app.tell_act()
        self.app.changed.publish(None)
        self.app.push_screen(ChartScreen(kept))

    @work
    @told
    async def action_separate(self) -> None:
        """Ask which of the cards that were made one with the highlighted one is its own again."""
        from .cards import CardsScreen

        kept, clients = self.client, self.app.practice.clients
        if kept is None or self._pick:
            return
        cards = await self.app.records.run(clients.merged, kept.id)
        if not cards:
            toast(self.app, "No other card was made one with this one.")
            return
        card_id = await self.app.push_screen_wait(CardsScreen(kept, cards))
        if card_id and self.app.unlocked:
            await self.app.records.run(clients.separate, card_id)
            await self.app.tell_act()
            self.app.changed.publish(None)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
