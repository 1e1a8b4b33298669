"""Rows of a table as clients."""

from collections.abc import Mapping
from datetime import date

from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.incoming.people import key_of, number_key
from therapist_tui.domain.incoming.values import Facts, IncomingClient, Question, Reject
from therapist_tui.domain.text import clean, folded

from .cells import Cells, name_of, places_of
from .dates import find_order, read_day
from .headings import Layout, says_archived
from .table import Table

ASK_EMPTY = "The row has no name."


def comma_question(table: Table, layout: Layout, answers: Mapping[str, str]) -> Question | None:
    """Whether "Okafor, Amara" is turned around: asked once, where such names are."""
    at = layout.place("name")
    if at is None or layout.place("first") is not None or answers.get("names"):
        return None
    sample = next((cells[at].strip() for _, cells in table.rows if "," in cells[at].strip().strip(",")), "")
    if not sample:
        return None
    last, _, first = sample.partition(",")
    turned = f"{first.strip()} {last.strip()}"
    return Question("names", f"Names stand as “{sample}”. How are they written?", (("turn", turned), ("keep", sample)))


def read_people(
    table: Table, layout: Layout, answers: Mapping[str, str], facts: Facts
) -> tuple[list[IncomingClient], list[Reject], list[Question], list[str]]:
    """The clients, what is left out, what has to be asked first, and what to tell."""
    places = places_of(layout)
    born = places.get("born_on")
    order = find_order((cells[born] for _, cells in table.rows), answers) if born is not None else find_order((), {})
    questions = [one for one in (order.question, comma_question(table, layout, answers)) if one]
    if questions:
        return [], [], questions, []
    reader = _People(table.headings[places["state"]] if "state" in places else "", order.day_first, facts.today)
    reader.turn = answers.get("names") == "turn"
    for line, cells in table.rows:
        reader.read(Cells(line, cells, places))
    return reader.found, reader.rejects, [], reader.told()


class _People:
    def __init__(self, state: str, day_first: bool, today: date) -> None:
        self._state, self._day_first, self._today = state, day_first, today
        self.turn = False
        self.found: list[IncomingClient] = []
        self.rejects: list[Reject] = []
        self._no_year = self._mended = 0

    def read(self, cells: Cells) -> None:
        """One row: a client, or a line that is left out with its reason."""
        name = name_of(cells, self.turn)
        if not name:
            self._reject(cells, ASK_EMPTY)
            return
        born_on = read_day(cells["born_on"], self._day_first, self._today) if cells["born_on"] else None
        if cells["born_on"] and born_on is None:
            if not _month_and_day(cells["born_on"]):
                self._reject(cells, f"The birth date “{cells['born_on'][:20]}” is no date.")
                return
            self._no_year += 1
        raw = ClientDraft(
            name,
            cells["preferred_name"],
            cells["pronouns"],
            born_on,
            cells["phone"] or cells["phone_2"],
            cells["email"],
            cells["guardian"],
            "",
            cells["remarks"],
        )
        self._keep(cells, raw)

    def _keep(self, cells: Cells, raw: ClientDraft) -> None:
        draft = raw.cleaned()
        if problems := draft.problems(self._today):
            self._reject(cells, " ".join(problems.values()))
            return
        self._mended += any("\x1b" in text or clean(text) != text.replace("\r", "") for text in (raw.name, raw.remarks))
        number = cells["number"][:80]
        told = (folded(draft.name), str(draft.born_on), draft.phone, draft.email.casefold())
        key = number_key(number, draft.name) if number else key_of(*told)
        archived = bool(self._state) and says_archived(self._state, cells["state"])
        alert = " ".join(clean(cells["alert"], 500).split())
        self.found.append(IncomingClient(cells.line, key, draft, number, alert, archived))

    def _reject(self, cells: Cells, why: str) -> None:
        self.rejects.append(Reject(cells.line, cells.what, why))

    def told(self) -> list[str]:
        """What was done on the way, in sentences."""
        told: list[str] = []
        if self._no_year:
            told.append(f"{self._no_year} birthdays have no year: no birth date was taken.")
        if self._mended:
            told.append(f"Control characters were removed from {self._mended} rows.")
        return told


def _month_and_day(cell: str) -> bool:
    parts = cell.strip().lstrip("-").split("-")
    return len(parts) == 2 and all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts)
