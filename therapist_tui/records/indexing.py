"""The full-text index inside the encrypted file, and the triggers that keep it in step with every write (FTS5).

`search_entry` numbers what can be found, `search_words` is the index over it, and `search_text` a view of what each
entry says. Entries are numbered by time, the newest first, so that the first matches read are the newest ones and a
search can stop there. Words that nobody can type (of Unicode's private use) say of what kind an entry is, whose, and
whether it is signed: filters are then words of the same index.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from therapist_tui.domain.search.query import Kind

LAST_SECOND = 253_402_300_799
"""The end of the year 9999, from which the numbers count back."""
PER_SECOND = 1 << 20
"""Numbers for each second."""
TAG = "\ue001"
"""Begins the words that nobody can type."""
EVERY, UNSIGNED, SIGNED = f"{TAG}every", f"{TAG}unsigned", f"{TAG}signed"
NAMED = f"{TAG}named"
"""Begins the words of a client's line (`rows.search_text`) once more, so that these alone can be asked for."""

_BREAK = "' ' || char(57344) || ' '"
"""A word of its own between two texts, so that no phrase goes from one into the other."""
_TAG = "char(57345)"
_NOON = 43_200
"""Dates without a clock count as noon in UTC, which is the same day everywhere we know of."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table that is searched; `at` and `client` are SQL over a row called `{row}`.

    Lists are indexed as the JSON they are stored in, whose signs are no words.
    """

    table: str
    kind: Kind
    texts: tuple[str, ...]
    client: str = "{row}.client_id"
    at: str = ""
    more: str = ""
    also_changed_by: tuple[str, ...] = ()
    besides: str = ""
    """What else is done with every write."""
    of: tuple[str, str] | None = None
    """Table and column of a record that says whose it is, and may be given to another client (by a merge)."""

    def words(self, row: str, client: str = "") -> str:
        """SQL for all that is found by: the texts, and the words that nobody can type."""
        spoken = [f"{row}.{name}" for name in self.texts]
        whose = client or self.whose(row)
        tags = [f"{_TAG} || 'every'", f"{_TAG} || '{self.kind.value}'", f"{_TAG} || {whose}"]
        tags += [f"{_TAG} || {self.more.format(row=row)}"] if self.more else []
        return f" || {_BREAK} || ".join([*spoken, " || ' ' || ".join(tags)])

    def whose(self, row: str) -> str:
        """SQL for the client's id."""
        if self.of:
            return f"(SELECT client_id FROM {self.of[0]} WHERE id = {row}.{self.of[1]})"  # noqa: S608 - our own names
        return self.client.format(row=row)

    def begins(self, row: str) -> str:
        """SQL for the first number of the second that a row belongs to."""
        return f"({LAST_SECOND} - ({self.at.format(row=row)})) * {PER_SECOND}" if self.at else "0"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the entry rests on."""
        return ("id", *self.texts, *self.also_changed_by)


SOURCES = (
    Source(
        "session_note",
        Kind.NOTE,
        ("subjective", "objective", "assessment", "plan", "home_care", "next_time", "shorthand", "treatments"),
        at="unixepoch({row}.service_at)",
        more="CASE WHEN {row}.signed_at IS NULL THEN 'unsigned' ELSE 'signed' END",
        also_changed_by=("client_id", "service_at", "signed_at"),
    ),
    Source(
        "addendum",
        Kind.ADDENDUM,
        ("text",),
        client="(SELECT client_id FROM session_note WHERE id = {row}.note_id)",
        at="unixepoch({row}.written_at)",
        also_changed_by=("note_id", "written_at"),
    ),
    Source(
        "health_entry",
        Kind.HISTORY,
        ("text", "region", "side", "advice"),
        at="coalesce(unixepoch({row}.noted_at), 0)",
        also_changed_by=("client_id", "noted_at"),
    ),
    Source(
        "goal",
        Kind.GOAL,
        ("title", "side", "part", "purpose", "review_note", "activities"),
        at=f"unixepoch({{row}}.baseline_on) + {_NOON}",
        also_changed_by=("client_id", "baseline_on"),
    ),
    Source(
        "treatment_plan",
        Kind.PLAN,
        (
            "reason",
            "led_by",
            "findings",
            "frequency",
            "home_care",
            "stop_criteria",
            "discharge",
            "techniques",
            "regions",
        ),
        at=f"coalesce(unixepoch({{row}}.started_on) + {_NOON}, 0)",
        also_changed_by=("client_id", "started_on"),
    ),
    Source(
        "referral",
        Kind.REFERRAL,
        ("referrer", "diagnosis", "precautions", "regions"),
        at=f"coalesce(unixepoch({{row}}.written_on) + {_NOON}, 0)",
        also_changed_by=("client_id", "written_on"),
    ),
    Source(
        "plan_review",
        Kind.REVIEW,
        ("summary",),
        of=("treatment_plan", "plan_id"),
        at="unixepoch({row}.reviewed_at)",
        also_changed_by=("plan_id", "reviewed_at"),
    ),
    Source(
        "consent",
        Kind.CONSENT,
        ("given_by", "regions", "conditions", "withdrawn_how"),
        at=f"unixepoch({{row}}.given_on) + {_NOON}",
        also_changed_by=("client_id", "given_on"),
    ),
    Source(
        "decision",
        Kind.DECISION,
        ("cautions", "reason"),
        of=("appointment", "appointment_id"),
        at="unixepoch({row}.decided_at)",
        also_changed_by=("appointment_id", "decided_at"),
    ),
    Source(
        "client",
        Kind.CLIENT,
        ("name", "preferred_name", "guardian", "pressure", "remarks", "email", "phone", "search"),
        client="{row}.id",
        more=f"'named' || replace(replace({{row}}.search, char(10), ' '), ' ', ' ' || {_TAG} || 'named')",
        also_changed_by=("archived_at", "merged_into"),
        besides=" UPDATE search_clients SET number = number + 1;",
    ),
)
"""What is searched: what somebody wrote. Words of a choice stand in every consent and review, and would bury the rest.

A client's card has no day: it stands before everything else.
"""


def _entry(source: Source, row: str) -> str:
    return f"record = '{source.table}' AND record_id = {row}.id"


def _add(source: Source) -> str:
    begins = source.begins("NEW")
    taken = f"SELECT max(id) + 1 FROM search_entry WHERE id >= {begins} AND id < {begins} + {PER_SECOND}"  # noqa: S608
    number = f"coalesce(({taken}), {begins})"
    entry = f"INSERT INTO search_entry (id, record, record_id) VALUES ({number}, '{source.table}', NEW.id);"  # noqa: S608
    words = f"SELECT id, {source.words('NEW')} FROM search_entry WHERE {_entry(source, 'NEW')};"  # noqa: S608
    return f"{entry} INSERT INTO search_words (rowid, words) {words}"


def _take_out(source: Source) -> str:
    entry = _entry(source, "OLD")
    words = f"SELECT 'delete', id, {source.words('OLD')} FROM search_entry WHERE {entry};"  # noqa: S608
    return f"INSERT INTO search_words (search_words, rowid, words) {words} DELETE FROM search_entry WHERE {entry};"  # noqa: S608


def _triggers(source: Source) -> Iterator[tuple[str, str]]:
    name = f"search_{source.table}"
    columns = ", ".join(source.columns)
    yield f"{name}_added", f"AFTER INSERT ON {source.table} BEGIN {_add(source)}{source.besides} END"
    yield (
        f"{name}_changed",
        f"AFTER UPDATE OF {columns} ON {source.table} BEGIN {_take_out(source)} {_add(source)}{source.besides} END",
    )
    yield f"{name}_gone", f"AFTER DELETE ON {source.table} BEGIN {_take_out(source)}{source.besides} END"
    if source.of:
        yield f"{name}_given", _give(source, *source.of)


def _give(source: Source, other: str, link: str) -> str:
    """The record that it belongs to went to another client, and it goes with it."""
    mine = (
        f"FROM {source.table} AS said JOIN search_entry AS entry ON entry.record = '{source.table}'"
        f" AND entry.record_id = said.id WHERE said.{link} = NEW.id;"
    )
    before, now = source.words("said", "OLD.client_id"), source.words("said", "NEW.client_id")
    return (
        f"AFTER UPDATE OF client_id ON {other} WHEN OLD.client_id <> NEW.client_id BEGIN"
        f" INSERT INTO search_words (search_words, rowid, words) SELECT 'delete', entry.id, {before} {mine}"
        f" INSERT INTO search_words (rowid, words) SELECT entry.id, {now} {mine} END"
    )


INDEXING = {name: f"CREATE TRIGGER {name} {what}" for source in SOURCES for name, what in _triggers(source)}
"""The statement of every trigger that keeps the index, by its name, as the database keeps it."""


def _seen(sources: Iterable[Source]) -> str:
    return " UNION ALL ".join(
        f"SELECT entry.id AS id, {one.words('said')} AS words FROM search_entry AS entry"  # noqa: S608
        f" JOIN {one.table} AS said ON said.id = entry.record_id WHERE entry.record = '{one.table}'"
        for one in sources
    )


_VIEW = f"CREATE VIEW search_text AS {_seen(SOURCES)}"
_WORDS = (
    "CREATE VIRTUAL TABLE search_words USING fts5 (words, content='search_text', content_rowid='id',"
    " prefix='1 2 3 4 5 6 7 8', tokenize='unicode61 remove_diacritics 2')"
)
INDEX = (_VIEW, _WORDS)
"""The view and the index over it. Prefixes of one to eight letters are kept too: they are asked for with every key.

Of a longer one, or one of a length that is not kept, FTS5 gathers every match before it answers with the newest.
"""
REBUILD = "INSERT INTO search_words (search_words) VALUES ('rebuild')"
"""Makes the index anew from what the entries say; nothing of what it held before stays in it."""
CHECK = "INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)"
"""Fails when the index does not hold exactly what the entries say."""
