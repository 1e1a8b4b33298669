"""The progress report: one key from the chart to reading it, one more to the file, and every release written down."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from therapist_tui.domain.consent import ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.exchange import report_out
from therapist_tui.settings import Settings
from therapist_tui.ui.door import Door

from .driver import Driver, driven

PDF = "report-2026-11-23.pdf"


async def to_report(app: Driver) -> None:
    await app.until_shown("TodayScreen")
    await app.press("enter")
    await app.until_shown("ChartScreen")
    await app.press("w")
    await app.until_shown("ReportScreen")


def allow(app: Driver) -> None:
    """A signed consent that names the referrer."""
    practice = app.app.practice
    (client,) = practice.clients.find("amara okafor")
    draft = ConsentDraft(ConsentKind.RELEASE, ConsentMethod.WRITTEN, date(2026, 11, 2), regions="reports to Dr Lin")
    practice.consents.give(client.id, draft)


def releases(app: Driver) -> Any:
    return app.app.practice.releases.all()


async def test_three_keys_lead_from_the_day_to_the_pdf_and_its_line_in_the_log(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as app:
        await app.until_shown("TodayScreen")
        await app.app.records.run(allow, app)
        await to_report(app)
        for words in ("To Dr Lin", "✓ a signed consent names them", "Amara Okafor", "Worst pain 24 h"):
            assert words in app.text
        await app.press("end")
        assert "aim 75° by 14 January 2027, 52 % of the way" in app.text
        await app.press("p")
        await app.until(lambda: "✓ written" in app.text)
        file = tmp_path / "exports" / PDF
        assert str(file)[-30:] in app.text.replace("\n", "").replace(" ", "")
        (release,) = await app.app.records.run(releases, app)
        assert hashlib.sha256(file.read_bytes()).hexdigest() == release.digest
        assert (release.what, release.to_whom) == ("progress report (PDF)", "Dr Lin")
        assert release.consent_id
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    assert len(pages) <= 2
    page = pages[0]
    assert "Amara Okafor" in page.extract_text()
    assert round(page.mediabox.width) == 612  # Toronto prints on Letter


async def test_without_a_consent_it_asks_why_and_keeps_the_answer(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path, settings=Settings(paper="a4")) as app:
        await to_report(app)
        assert "▲ no signed consent names them" in app.text
        await app.press("p")
        await app.until_shown("AskScreen")
        await app.press("escape")
        assert not (tmp_path / "exports").exists()
        assert not await app.app.records.run(releases, app)
        await app.press("m")
        await app.until_shown("AskScreen")
        await app.type("the client asked me to\n")
        await app.until(lambda: "✓ written" in app.text)
        (release,) = await app.app.records.run(releases, app)
        assert release.why == "keeps the referrer informed; without a consent on file: the client asked me to"
        assert release.consent_id is None
    said = (tmp_path / "exports" / "report-2026-11-23.md").read_text()
    assert said.startswith("# Progress report\n")


async def test_what_is_changed_in_the_form_stands_in_the_report_after_a_lock(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path, size=(80, 24)) as app:
        await to_report(app)
        await app.press("e")
        await app.until_shown("FormScreen")
        await app.press("tab", "tab", "tab", "tab", "tab", "tab")
        await app.type(" Keep on, TrP in L UT.")
        await app.press("f9")
        await app.until_shown("ReportScreen")
        await app.press("escape", "w")
        await app.until_shown("ReportScreen")
        await app.press("end")
        assert "trigger point in left upper trapezius" in " ".join(app.text.split())


async def test_a_masked_report_shows_no_name(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as app:
        await to_report(app)
        assert "Amara Okafor" in app.text
        await app.press("f2")
        assert "Okafor" not in app.text
        assert "1992" not in app.text


async def test_a_place_that_cannot_be_written_is_told_and_nothing_is_on_the_log(demo: Door, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.write_text("a file")
    async with driven(demo, tmp_path, settings=Settings(exports=str(folder))) as app:
        await app.until_shown("TodayScreen")
        await app.app.records.run(allow, app)
        await to_report(app)
        await app.press("p")
        await app.until(lambda: bool(app.app._notifications))
        (said,) = app.app._notifications
        assert "is a link to another place, or no folder" in said.message
        assert not await app.app.records.run(releases, app)
        assert "✓ written" not in app.text


def test_the_paper_is_the_settings_else_what_is_usual_there() -> None:
    usual = {"America/Toronto": "letter", "Europe/Paris": "a4", "America/Sao_Paulo": "a4", "Asia/Tokyo": "a4"}
    assert {zone: report_out.paper_for("", zone) for zone in usual} == usual
    assert report_out.paper_for("a4", "America/Toronto") == "a4"
    assert replace(Settings(), paper="letter").paper == "letter"


async def test_one_key_writes_the_clients_own_file(demo: Door, tmp_path: Path) -> None:
    async with driven(demo, tmp_path) as app:
        await to_report(app)
        await app.press("f")
        await app.until(lambda: "✓ written" in app.text)
        (release,) = await app.app.records.run(releases, app)
        assert (release.what, release.to_whom) == ("own file (Markdown)", "the client")
    assert (tmp_path / "exports" / "file-2026-11-23.md").read_text().startswith("# Amara Okafor\n")
