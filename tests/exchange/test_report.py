"""The report in type and as Markdown: whatever people wrote is shown, and never read as markup."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from therapist_tui.domain.report import Audience, Report, report_of, start_of
from therapist_tui.domain.report_goals import Point, ReportGoal
from therapist_tui.exchange.report import visits_said
from therapist_tui.exchange.report_pdf import as_pdf, as_pictures
from therapist_tui.exchange.report_text import as_markdown, paragraphs, plain
from therapist_tui.exchange.trend_picture import trend_picture

from .files_of import TODAY, a_file

HOSTILE = (
    '#eval("1+1")', '#import "x.typ": *', "*bold* _it_ $x^2$ `raw`", "= heading", "<label> @ref", "\\u{41} \\ ~ --",
    "#let x = 1;]", "[/] [link=x]y[/]", "[a](http://x) ![i](y)", "<b>x</b> &amp; &lt;", "| a | b |", "1. x", "- x",
    '"quoted" \'s', "//comment /* c */", "x" * 300, "👩‍⚕️ שלום 東京",
)  # fmt: skip
ANY_TEXT = st.text(max_size=80) | st.sampled_from(HOSTILE)
SLOW = settings(deadline=None, max_examples=25)


def a_report(text: str = "", audience: Audience = Audience.REFERRER) -> Report:
    file = a_file(text)
    draft = replace(start_of(file, TODAY), audience=audience).cleaned()
    return report_of(file, draft, TODAY)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Without blanks, line ends and the places to break that long words got."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_pdf_says_everything_of_the_report_on_one_page_of_its_paper(paper: str) -> None:
    reader = PdfReader(io.BytesIO(as_pdf(a_report(), paper)))
    (page,) = reader.pages
    said = " ".join(page.extract_text().split())
    for words in (
        "Progress report", "for Dr Lin", "Amara Okafor", "16 April 1992", "Cervicalgia", "3 of 6 visits used",
        "Neck pain", "Chin tucks", "48° → 62°", "aim 75° by 14 January 2027, 52 % of the way", "a real change",
        "3 visits: 5, 12, 19 October 2026.", "Easier 2", "Return to clinic", "Dana Reyes, LMT", "licence 27-1184",
        "Judged by: as set for this goal, the therapist", "5 Oct 2026", "aim 75",
    ):  # fmt: skip
        assert words in said
    width = {"a4": 595, "letter": 612}[paper]
    assert round(page.mediabox.width) == width


def test_the_pdfs_own_data_tell_no_more_than_its_title_its_writer_and_its_day() -> None:
    told = PdfReader(io.BytesIO(as_pdf(a_report()))).metadata
    assert told
    said = {name: value for name, value in told.items() if name not in ("/Creator", "/CreationDate", "/ModDate")}
    assert said == {"/Title": "Progress report", "/Author": "Dana Reyes, LMT"}
    assert str(told["/CreationDate"]).startswith("D:20261123")


def test_the_same_report_is_the_same_file_to_the_byte() -> None:
    assert as_pdf(a_report()) == as_pdf(a_report())


def test_the_pages_as_pictures_are_not_empty() -> None:
    (page,) = as_pictures(a_report(), ppi=40)
    assert page.startswith(b"\x89PNG")
    assert len(page) > 5_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_set_as_it_was_written(text: str) -> None:
    said = squeezed(text_of(as_pdf(a_report(f" {text}"))))
    shown = squeezed(text) if text.isascii() else "שלום"
    assert said.count(shown) >= 6


@SLOW
@given(text=ANY_TEXT, audience=st.sampled_from(Audience))
def test_any_text_makes_a_pdf(text: str, audience: Audience) -> None:
    file = a_file(text)
    draft = replace(start_of(file, TODAY), audience=audience, response=text, recommendation=text).cleaned()
    assert as_pdf(report_of(file, draft, TODAY)).startswith(b"%PDF")


def test_a_long_report_goes_on_over_numbered_pages() -> None:
    report = replace(a_report(), response="word " * 1200)
    pages = PdfReader(io.BytesIO(as_pdf(report))).pages
    assert len(pages) >= 2
    assert f"2 of {len(pages)}" in pages[1].extract_text()


# Markdown


def shown_by(markdown: str) -> tuple[str, set[str]]:
    """What a Markdown reader shows of it, and by which kinds of markup."""
    kinds: set[str] = set()
    words: list[str] = []
    for block in MarkdownIt("commonmark").enable("table").parse(markdown):
        kinds.add(block.type)
        for part in block.children or ():
            kinds.add(part.type)
            words.append(part.content if part.type in ("text", "text_special", "code_inline") else "\n")
    return "".join(words), kinds


@given(text=ANY_TEXT)
def test_markdown_shows_any_line_as_it_was_written(text: str) -> None:
    words, kinds = shown_by(plain(text))
    assert squeezed(words) == squeezed(text.replace("\x00", "\ufffd"))
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special", "softbreak"}


@given(text=ANY_TEXT)
def test_markdown_keeps_the_lines_of_any_text(text: str) -> None:
    words, kinds = shown_by(paragraphs(text))
    assert squeezed(words) == squeezed(text.replace("\x00", "\ufffd"))
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special", "softbreak", "hardbreak"}


def test_the_markdown_has_the_headings_and_the_values_as_a_table() -> None:
    said = as_markdown(a_report())
    heads = [line for line in said.splitlines() if line.startswith("#")]
    assert heads == [
        "# Progress report", "## Reason for care", "## Findings", "## Plan", "## Visits", "## Goals",
        "### Neck rotation left", "## Response to treatment", "## Home care", "## Recommendation",
    ]  # fmt: skip
    assert "| 2026-10-19 | 62° |" in said
    assert "table_open" in shown_by(said)[1]


def test_many_visits_are_told_by_their_number() -> None:
    days = tuple(date(2026, 1, 1) + timedelta(days=7 * at) for at in range(30))
    assert visits_said(days) == "30 visits, the first on 1 January 2026, the last on 23 July 2026."
    assert visits_said(()) == "No visits in this period."


# The picture


@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40),
    aim=st.floats(-1e6, 1e6),
    error=st.none() | st.floats(0, 1e5),
    stepped=st.booleans(),
)
def test_any_values_make_a_picture_that_stays_inside_its_frame(
    values: list[float], aim: float, error: float | None, stepped: bool
) -> None:
    points = tuple(Point(TODAY + timedelta(days=at // 2), value) for at, value in enumerate(values))
    goal = ReportGoal("", "", "", "", "", None, None, "", "", (), "", points, aim, error, stepped)
    drawn = ElementTree.fromstring(trend_picture(goal))
    width, height = map(float, drawn.attrib["viewBox"].split()[2:])
    for one in drawn.iter():
        assert 0 <= float(one.get("cx", 0)) <= width
        assert 0 <= float(one.get("cy", 0)) <= height
        assert -1 <= float(one.get("y", 0)) <= height + 1
        assert float(one.get("height", 0)) >= 0


def test_the_picture_has_the_error_band_the_aim_and_every_value() -> None:
    (goal,) = a_report().goals
    drawn = trend_picture(goal)
    assert drawn.count("<circle") == 3
    assert (drawn.count("<rect"), drawn.count("stroke-dasharray")) == (1, 1)
    assert "<rect" not in trend_picture(replace(goal, error=None))
