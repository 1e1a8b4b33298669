"""The sections of the chart: their names, what each reads, and the page that shows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from therapist_tui.domain.chart import History, Overview, Papers, PlansAndGoals, Stood, Timeline
from therapist_tui.domain.desk import Owed
from therapist_tui.records.charts import Charts

from ..widgets.chart_history import HistoryPage
from ..widgets.chart_notes import NotesPage
from ..widgets.chart_overview import OverviewPage
from ..widgets.chart_page import Looks, Page
from ..widgets.chart_papers import PapersPage
from ..widgets.chart_plan import PlanPage

NAMES = ("Overview", "History", "Plan, goals", "Notes", "Papers")
OVERVIEW, HISTORY, PLAN, NOTES, PAPERS = range(len(NAMES))

Found = History | PlansAndGoals | Timeline | Papers
"""What a section shows besides the overview, which is always known."""


def read_section(charts: Charts, client_id: UUID, section: int, until: datetime | None = None) -> Found | None:
    """What a section shows; only notes are asked for on an earlier day, the rest of it is read at once."""
    match section:
        case 1:
            return charts.history(client_id)
        case 2:
            return charts.plans(client_id)
        case 3:
            return charts.notes(client_id, until=until)
        case 4:
            return charts.papers(client_id)
        case _:
            return None


def of_the_day(stood: Stood, section: int) -> Found | None:
    """A section of the file of an earlier day; None for what is still to be read."""
    return {HISTORY: stood.history, PLAN: stood.plans, PAPERS: stood.papers}.get(section)


def page_of(
    section: int,
    overview: Overview,
    owed: Sequence[Owed],
    found: Found | None,
    looks: Looks,
    words: Mapping[str, str],
) -> Page | None:
    """The page of a section; None while what it shows is still to be read. `words` are the user's abbreviations."""
    match found:
        case _ if section == OVERVIEW:
            return OverviewPage(overview, owed, looks)
        case History():
            return HistoryPage(found, overview.brief, looks)
        case PlansAndGoals():
            return PlanPage(found, looks, overview.brief.course)
        case Timeline():
            return NotesPage(found, looks, words)
        case Papers():
            return PapersPage(found, looks)
        case None:
            return None
