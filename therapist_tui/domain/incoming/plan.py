"""The dry run: what would be added, what is known, what changed, and what nobody but the therapist can decide."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from uuid import UUID

from ..appointment import Appointment, Status
from ..client import Client, ClientDraft
from ..health import HealthEntry
from ..series import Series
from .batch import Origin, counted
from .people import People, Person, Same, key_of, name_key, number_key, same_person
from .repeating import Planned, PlannedSeries, planned_series
from .values import IncomingAppointment, IncomingClient, IncomingSeries, Question, Reject

CLIENT, APPOINTMENT, HEALTH, SERIES = "client", "appointment", "health_entry", "series"
NOBODY, NEW = "", "new"
"""The answers for a calendar's title that is no client's, or that of a client who is new here."""


Change = tuple[Origin, UUID | None, IncomingClient | IncomingAppointment]
"""A record that came before, whose it is, and what the file says of it now."""


@dataclass(slots=True)
class Known:
    """What the practice holds already.

    `merged` are second cards that were made one with a card of `clients`: whoever stands on them is the client of
    that one. `owners` are the clients of the appointments, by their ids, and `made_until` the days up to which the
    dates of the series are in the book, by theirs. `seq` is the last line of the audit trail: a
    plan is of that moment, and of no later one.
    """

    seq: int
    clients: tuple[Client, ...] = ()
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict[tuple[str, str], Origin])
    owners: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    booked: dict[tuple[UUID, datetime], UUID] = field(default_factory=dict[tuple[UUID, datetime], UUID])
    merged: tuple[Client, ...] = ()
    made_until: dict[UUID, date] = field(default_factory=dict[UUID, date])


@dataclass(frozen=True, slots=True)
class Choices:
    """The therapist's answers: whether people who are not clients yet become clients, and whose each title is."""

    strangers: str = ""
    titles: Mapping[str, UUID | str] = field(default_factory=dict[str, UUID | str])


@dataclass(frozen=True, slots=True)
class Title:
    """A title of a calendar, how often it comes, and the clients whose name stands in it."""

    text: str
    count: int
    fitting: tuple[UUID, ...]


@dataclass(slots=True)
class ImportPlan:
    """What an import would do, row by row; nothing of it is written yet."""

    seq: int
    source: str = ""
    file: str = ""
    digest: str = ""
    clients: list[tuple[UUID, IncomingClient]] = field(default_factory=list[tuple[UUID, IncomingClient]])
    appointments: list[tuple[UUID, UUID, IncomingAppointment]] = field(
        default_factory=list[tuple[UUID, UUID, IncomingAppointment]]
    )
    series: list[PlannedSeries] = field(default_factory=list[PlannedSeries])
    changes: list[Change] = field(default_factory=list[Change])
    linked: list[tuple[str, str, UUID]] = field(default_factory=list[tuple[str, str, UUID]])
    known: int = 0
    conflicts: list[Reject] = field(default_factory=list[Reject])
    rejects: list[Reject] = field(default_factory=list[Reject])
    questions: list[Question] = field(default_factory=list[Question])
    titles: list[Title] = field(default_factory=list[Title])
    told: list[str] = field(default_factory=list[str])

    @property
    def added(self) -> str:
        """What it would bring, in words."""
        return counted(len(self.clients), len(self.appointments))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.clients or self.appointments or self.changes)

    @property
    def left_out(self) -> list[Reject]:
        """Every line that is not taken, in order."""
        return sorted((*self.conflicts, *self.rejects), key=lambda one: one.line)


def digest_of(value: Client | Appointment | HealthEntry | Series) -> str:
    """What tells whether a record is still as it was imported.

    Setting a client aside changes nothing on the card, nor does a series change by going on.
    """
    if isinstance(value, Client):
        value = replace(value, archived_at=None)
    elif isinstance(value, Appointment):
        value = replace(value, series_id=None, series_on=None)
    elif isinstance(value, Series):
        value = replace(value, made_until=value.begins_on)
    return blake2b(repr(value).encode("utf-8", "replace"), digest_size=12).hexdigest()


class Planner:
    """Takes the rows of a file in portions, so that whoever runs it can do something else between them."""

    def __init__(self, known: Known, choices: Choices, new_id: Callable[[], UUID]) -> None:
        self._known, self._choices, self._new_id = known, choices, new_id
        self.plan = ImportPlan(known.seq)
        self._kept = {one.id: one.merged_into or one.id for one in known.merged}
        cards = (*known.clients, *known.merged)
        self._people = People(Person.of(self._kept.get(one.id, one.id), one) for one in cards)
        self.differing: list[Change] = []
        self._names = {one.id: one.name for one in known.clients}
        self._titled: dict[str, UUID] = {}
        self._torn: set[int] = set()
        self._booked = dict(known.booked)
        self._keys: set[str] = set()
        self._strangers: Counter[str] = Counter()
        self._unmatched: Counter[str] = Counter()
        self._series: list[IncomingSeries] = []
        self._going_on: dict[int, date] = {}

    # Clients

    def take_clients(self, rows: Iterable[IncomingClient]) -> None:
        """Some more clients of the file."""
        for row in rows:
            self._take_client(row)

    def _take_client(self, row: IncomingClient) -> None:
        if origin := self._known.origins.get((CLIENT, row.key)):
            self._again(origin, None, row)
            return
        verdicts = [(one, same_person(one, row)) for one in self._people.named(row.draft.name)]
        sure = {one.id for one, verdict in verdicts if verdict is Same.YES}
        # Somebody with two cards is who the row says when one of them agrees.
        by_verdict = {verdict: one for one, verdict in reversed(verdicts) if verdict is Same.YES or one.id not in sure}
        if against := by_verdict.get(Same.AGAINST):
            self._contradicts(against, row)
        elif (one := by_verdict.get(Same.YES)) and one.line in self._torn:
            self._conflict(row, f"It is the same person as in line {one.line}, which is left out.")
        elif one:
            if one.line == 0:
                self.plan.linked.append((CLIENT, row.key, one.id))
            self.plan.known += 1
        elif one := by_verdict.get(Same.UNCLEAR):
            where = f"line {one.line} of the file" if one.line else "the practice"
            self._conflict(row, f"There is somebody of this name in {where}, and nothing tells whether it is the same.")
        else:
            self._add_client(row)

    def _add_client(self, row: IncomingClient) -> UUID:
        client_id = self._new_id()
        self.plan.clients.append((client_id, row))
        self._names[client_id] = row.draft.name
        self._people.add(Person.of(client_id, row.draft, row.number, row.line))
        return client_id

    def _contradicts(self, one: Person, row: IncomingClient) -> None:
        """The same person with two birth dates: neither is taken, and no guess is made."""
        where = f"line {one.line}" if one.line else "the practice"
        self._conflict(row, f"Born {row.draft.born_on} here and {one.born_on} in {where}: which is right?")
        if one.line and one.line not in self._torn:
            self._torn.add(one.line)
            earlier = next(pair for pair in self.plan.clients if pair[0] == one.id)
            self.plan.clients.remove(earlier)
            self._conflict(
                earlier[1], f"Born {one.born_on} here and {row.draft.born_on} in line {row.line}: which is right?"
            )

    def _conflict(self, row: IncomingClient | IncomingAppointment, why: str) -> None:
        name = row.draft.name if isinstance(row, IncomingClient) else row.who.name or row.who.summary
        self.plan.conflicts.append(Reject(row.line, name[:80], why))

    # Appointments

    def take_series(self, rows: Iterable[IncomingSeries]) -> None:
        """The series of the file, before their appointments."""
        for row in rows:
            if origin := self._known.origins.get((SERIES, row.key)):
                self._going_on[row.line] = self._known.made_until.get(origin.record_id, date.max)
            else:
                self._series.append(row)

    def take_appointments(self, rows: Iterable[IncomingAppointment]) -> None:
        """Some more appointments of the file."""
        for row in rows:
            self._take_appointment(row)

    def _take_appointment(self, row: IncomingAppointment) -> None:
        if row.key in self._keys:
            self.plan.known += 1
            return
        self._keys.add(row.key)
        origin = self._known.origins.get((APPOINTMENT, row.key))
        if row.status is Status.CANCELLED and row.who.summary and origin is None:
            return  # called off before it ever was here
        if origin is None and row.series_on and row.series_on > self._going_on.get(row.line, date.max):
            self.plan.known += 1  # the series is here, and adds its next dates itself
            return
        client_id = self._client_of(row, self._known.owners.get(origin.record_id) if origin else None)
        if client_id is None:
            return
        if row.who.summary:
            row = replace(row, service=service_in(row.who.summary, self._names.get(client_id, ""), row.service))
        if origin:
            self._again(origin, client_id, row)
        elif taken := self._booked.get((client_id, row.starts_at)):
            if self._known.booked.get((client_id, row.starts_at)) == taken:
                self.plan.linked.append((APPOINTMENT, row.key, taken))
            self.plan.known += 1
        else:
            self._add_appointment(client_id, row)

    def _add_appointment(self, client_id: UUID, row: IncomingAppointment) -> None:
        made = self._new_id()
        self.plan.appointments.append((made, client_id, row))
        if not row.status.lost:
            self._booked[client_id, row.starts_at] = made

    def _client_of(self, row: IncomingAppointment, owner: UUID | None) -> UUID | None:
        """Whose it is; None when that must be asked, or cannot be told."""
        if row.who.summary and not row.who.name:
            return owner or self._by_title(row)
        if row.who.number:
            origin = self._known.origins.get((CLIENT, number_key(row.who.number, row.who.name)))
            if origin:
                return self._kept.get(origin.record_id, origin.record_id)
        named = self._people.named(row.who.name)
        verdicts = [(one, same_person(one, row.who)) for one in named]
        sure = {one.id for one, verdict in verdicts if verdict is Same.YES}
        fitting = sure or {one.id for one, verdict in verdicts if verdict is not Same.NO}
        if len(fitting) == 1:
            return fitting.pop()
        if len(fitting) > 1:
            self._conflict(row, f"{len(fitting)} clients are called that, and nothing tells which one it is.")
            return None
        return self._stranger(row)

    def _stranger(self, row: IncomingAppointment) -> UUID | None:
        who = row.who
        if self._choices.strangers == "add":
            draft = ClientDraft(who.name, phone=who.phone, email=who.email)
            key = number_key(who.number, who.name) if who.number else key_of(name_key(who.name), who.phone, who.email)
            return self._add_client(IncomingClient(row.line, key, draft, who.number))
        if self._choices.strangers:
            self.plan.rejects.append(Reject(row.line, who.name[:80], "There is no client of that name."))
        else:
            self._strangers[name_key(who.name)] += 1
        return None

    def _by_title(self, row: IncomingAppointment) -> UUID | None:
        title = row.who.summary
        chosen = self._titled.get(title) or self._choices.titles.get(title)
        if chosen is None:
            self._unmatched[title] += 1
        elif chosen == NEW:
            chosen = self._add_client(IncomingClient(row.line, key_of("title", title), ClientDraft(title)))
            self._titled[title] = chosen
        elif chosen == NOBODY:
            self.plan.rejects.append(Reject(row.line, title[:80], "You said that it is no client's."))
        return chosen if isinstance(chosen, UUID) else None

    # What was imported before

    def _again(self, origin: Origin, client_id: UUID | None, row: IncomingClient | IncomingAppointment) -> None:
        """The row was imported before: nothing new, changed in the file, or changed here since."""
        before = [card for card, kept in self._kept.items() if kept == client_id]
        if not origin.digest or any(_says_the_same(origin, one, row) for one in (client_id, *before)):
            self.plan.known += 1
        elif origin.record_id in self._kept:
            self._conflict(row, "Its card was made one with another one here: that is left as it is.")
        else:
            self.differing.append((origin, client_id, row))

    def settle(self, part: Iterable[Change], digests: Mapping[UUID, Container[str]], noted: Container[UUID]) -> None:
        """Decide about some that say something else now.

        `digests` are of the records as they stand, and as they stood before their client's cards were merged.
        """
        for origin, client_id, row in part:
            if origin.record_id in noted:
                self._conflict(row, "It has a note here: it is left as it is.")
            elif origin.digest not in digests.get(origin.record_id, ()):
                self._conflict(row, "It was changed here since it was imported: it is left as it is.")
            else:
                self.plan.changes.append((origin, client_id, row))

    def done(self) -> ImportPlan:
        """The plan, with what has to be asked first."""
        by_line: dict[int, list[Planned]] = {}
        for one in self.plan.appointments:
            if one[2].series_on:
                by_line.setdefault(one[2].line, []).append(one)
        found = (planned_series(one, by_line.get(one.line, ()), self._new_id()) for one in self._series)
        self.plan.series = [one for one in found if one]
        if count := sum(self._strangers.values()):
            people = len(self._strangers)
            who = f"{people:,} {'people' if people > 1 else 'person'} not among your clients"
            text = f"{count:,} appointment{'s are' if count > 1 else ' is'} for {who}."
            options = (("add", "Add them as clients"), ("leave", "Leave these appointments out"))
            self.plan.questions.append(Question("strangers", text, options))
        self.plan.titles = [
            Title(text, count, tuple(dict.fromkeys(one.id for one in self._people.named_in(text))))
            for text, count in self._unmatched.most_common()
        ]
        return self.plan


def _says_the_same(origin: Origin, client_id: UUID | None, row: IncomingClient | IncomingAppointment) -> bool:
    """Whether the row makes what it made before; that a day has gone by meanwhile is no change."""
    rows = [row]
    if isinstance(row, IncomingAppointment) and row.status in (Status.BOOKED, Status.DONE):
        rows = [replace(row, status=status) for status in (Status.BOOKED, Status.DONE)]
    return any(said_of(origin.record_id, client_id, one) == origin.digest for one in rows)


def said_of(record_id: UUID, client_id: UUID | None, row: IncomingClient | IncomingAppointment) -> str:
    """The digest of the record that the row makes."""
    if isinstance(row, IncomingClient):
        return digest_of(client_from(record_id, row))
    return digest_of(appointment_from(record_id, client_id or record_id, row))


def client_from(client_id: UUID, row: IncomingClient) -> Client:
    """The client that a row makes; whether the card is set aside is kept apart, as nobody knows since when."""
    d = row.draft
    return Client(
        client_id, d.name, d.preferred_name, d.pronouns, d.born_on, d.phone, d.email, d.guardian, d.pressure, d.remarks
    )


def appointment_from(appointment_id: UUID, client_id: UUID, row: IncomingAppointment) -> Appointment:
    """The appointment that a row makes."""
    return Appointment(
        appointment_id, client_id, row.starts_at, row.minutes, row.service, row.status, row.reason, remarks=row.remarks
    )


def whose(titles: Iterable[Title]) -> dict[str, UUID | str]:
    """What is proposed for each title: the one client whose name stands in it, or nobody. To be confirmed."""
    return {one.text: one.fitting[0] if len(one.fitting) == 1 else NOBODY for one in titles}


def service_in(title: str, name: str, otherwise: str) -> str:
    """What a calendar's title says besides the name: "Deep tissue – Ana Ruiz" is deep tissue."""
    names = set(name_key(name).split())
    words = [word for word in title.split() if not set(name_key(word).split()) & names]
    rest = " ".join(words).strip(" -–—:,;/|()")
    return rest if any(letter.isalpha() for letter in rest) else otherwise
