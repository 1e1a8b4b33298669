"""The demo of many years: former years are believable, the same every time, made once, and whole in the store."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from therapist_tui import cli
from therapist_tui.demo import former, whole_practice, years
from therapist_tui.demo.former import former_year, last_monday
from therapist_tui.domain.appointment import Status
from therapist_tui.domain.goal import GoalStatus, check_value
from therapist_tui.domain.plan import PlanStatus
from therapist_tui.domain.whole import WholePractice
from therapist_tui.records.practice import open_practice

NOW = datetime(2026, 11, 23, 15, 24, tzinfo=UTC)
THERAPIST = whole_practice(NOW).therapist
END = last_monday(NOW.date())


@pytest.fixture(scope="module")
def year() -> WholePractice:
    return former_year(1, END, THERAPIST)


def test_a_former_year_ends_before_the_demo_begins_and_is_kept_for_a_month() -> None:
    assert date(2024, 10, 1) <= END <= date(2024, 11, 23)
    assert END.weekday() == 0
    assert last_monday(date(2026, 11, 30)) == END


def test_a_former_year_is_as_large_as_promised(year: WholePractice) -> None:
    assert len(year.clients) == 278  # eighteen of them and the demo are 5,000
    assert 18 * len(year.notes) + 3_000 >= 58_000
    assert len(year.goals) == 4 * len(year.clients)
    assert 18 * len(year.measurements) >= 195_000


@pytest.fixture
def few_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(former, "HOURS", former.HOURS[:2])


@pytest.mark.usefixtures("few_hours")
def test_a_former_year_is_the_same_every_time_and_no_other_year_is_like_it() -> None:
    year, other = former_year(1, END, THERAPIST), former_year(2, END, THERAPIST)
    assert former_year(1, END, THERAPIST) == year
    assert max(one.starts_at for one in other.appointments) < min(one.starts_at for one in year.appointments)
    assert not {one.id for one in other.notes} & {one.id for one in year.notes}


def test_nobody_overlaps_in_a_former_year_and_everything_is_over(year: WholePractice) -> None:
    ordered = sorted(year.appointments, key=lambda one: one.starts_at)
    assert all(one.ends_at <= then.starts_at for one, then in pairwise(ordered))
    assert {one.status for one in ordered} == {Status.DONE, Status.CANCELLED, Status.NO_SHOW}
    assert {one.appointment_id for one in year.notes} == {one.id for one in ordered if one.status is Status.DONE}
    assert all(one.proven for one in year.notes)
    assert {one.status for one in year.plans} == {PlanStatus.COMPLETED}
    assert {one.status for one in year.goals} == {GoalStatus.COMPLETED}


def test_every_value_of_a_former_year_is_on_its_scale(year: WholePractice) -> None:
    goals = {one.id: one for one in year.goals}
    for one in year.measurements:
        check_value(goals[one.goal_id], one.value)


@pytest.mark.usefixtures("few_hours")
def test_the_oldest_year_that_can_be_asked_for_can_be_told() -> None:
    oldest = former_year(cli.MOST_DEMO_YEARS - years.OWN, END, THERAPIST)
    assert min(one.starts_at for one in oldest.appointments).year < 1830


@pytest.fixture
def small(few_hours: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Former years of two hours a week, and nobody since."""
    monkeypatch.setattr(years, "whole_practice", lambda _now: WholePractice(THERAPIST))


@pytest.fixture
def made(small: None, tmp_path: Path) -> Callable[[str], list[str]]:
    """Makes a practice of four years in a folder, and says what was told on the way."""

    def make(name: str) -> list[str]:
        told: list[str] = []
        years.make_years(tmp_path / name, 4, lambda: NOW, tmp_path / "cache", lambda what, *_: told.append(what))
        return told

    return make


def test_many_years_are_whole_in_the_store(made: Callable[[str], list[str]], tmp_path: Path) -> None:
    made("one")
    practice = open_practice(tmp_path / "one", years.PASSPHRASE, lambda: NOW)
    verified = practice.backups.verify()
    practice.search.check()
    read = practice.whole.read()
    answer = practice.search.find("neck")
    practice.close()
    assert verified.findings == ()
    assert len(read.clients) == 2 * 2 * 4
    assert len(read.notes) == len({one.appointment_id for one in read.notes}) > 100
    assert answer.found


def test_former_years_are_made_once(made: Callable[[str], list[str]], tmp_path: Path) -> None:
    assert made("one") == ["former years", "former years", "the last two years", ""]
    assert made("two") == ["the last two years", ""]
    one, two = (open_practice(tmp_path / name, years.PASSPHRASE, lambda: NOW) for name in ("one", "two"))
    assert one.whole.read() == two.whole.read()
    one.close()
    two.close()


def test_a_new_version_of_the_program_makes_them_anew_and_throws_the_old_ones_away(
    made: Callable[[str], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made("one")
    monkeypatch.setattr(years, "_program", lambda: "another")
    assert made("two")[0] == "former years"
    assert len([*(tmp_path / "cache").iterdir()]) == 1


@pytest.mark.parametrize("asked", ["1", "201", "many", "-3", ""])
def test_years_that_make_no_sense_are_refused(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["demo", "--years", asked])
    assert ended.value.code == 2
    assert "from 2 to 200" in capsys.readouterr().err
