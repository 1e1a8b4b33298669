"""The whole practice leaves as open files and comes back unchanged; a damaged archive is refused before it is stored."""

import json
import os
import stat
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.conftest import PASSPHRASE, THERAPIST, Clock, fill
from tests.ui.driver import now
from therapist_tui.demo.practice import whole_practice
from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.whole import WholePractice
from therapist_tui.exchange import files
from therapist_tui.exchange.archive import Archive, archive_of, kinds, whole_of
from therapist_tui.exchange.archive_files import read_archive, write_folder
from therapist_tui.exchange.client_page import client_page
from therapist_tui.exchange.codec import Unreadable, from_text, to_text
from therapist_tui.records.errors import RecordsUnfit
from therapist_tui.records.practice import Practice, create_practice
from therapist_tui.records.vault import LIGHT

from .files_of import INTERNAL, a_file

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def a_practice(folder: Path) -> Practice:
    return create_practice(folder, PASSPHRASE, THERAPIST, Clock(), LIGHT)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> WholePractice:
    """The demo as a practice gives it back."""
    practice = a_practice(tmp_path_factory.mktemp("demo") / "practice")
    practice.whole.store(whole_practice(now()))
    whole = practice.whole.read()
    practice.close()
    return whole


@pytest.fixture(scope="module")
def archive(demo: WholePractice) -> Archive:
    return archive_of(demo, NOW, "1.0")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive with a signed note in it."""
    practice = a_practice(tmp_path_factory.mktemp("small") / "practice")
    fill(practice)
    whole = practice.whole.read()
    practice.close()
    return archive_of(whole, NOW, "1.0")


def test_practice_archive_empty_practice_archive_is_the_same_to_the_byte(archive: Archive, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "out", archive.files)
    other = a_practice(tmp_path / "other")
    other.whole.store(whole_of(read_archive(folder)))
    again = archive_of(other.whole.read(), datetime(2027, 1, 1, tzinfo=UTC), "2.0")
    other.close()
    assert again.data == archive.data
    assert {name for name in again.files if name.startswith("clients/")} <= archive.files.keys()
    assert all(again.files[name] == archive.files[name] for name in archive.files if name.startswith("clients/"))


def test_an_archive_is_private_and_another_program_can_prove_it(archive: Archive, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "deep" / "out", archive.files)
    modes = {stat.S_IMODE(one.stat().st_mode) for one in folder.rglob("*") if one.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE((folder / "data").stat().st_mode) == 0o700
    done = subprocess.run(["sha256sum", "--quiet", "-c", "checksums.sha256"], cwd=folder, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")
    listed = json.loads((folder / "manifest.json").read_text())["files"]
    on_disk = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert on_disk == {*listed, "manifest.json", "checksums.sha256"}


def test_every_client_has_a_page_that_tells_the_notes(demo: WholePractice, archive: Archive) -> None:
    pages = {name for name in archive.files if name.startswith("clients/")}
    assert pages == {f"clients/{client.id}.md" for client in demo.clients}
    (amara,) = (one for one in demo.clients if one.name.startswith("Amara"))
    page = archive.files[f"clients/{amara.id}.md"].decode()
    assert page.startswith("# Amara Okafor\n")
    for words in ("## Health history", "## Treatment plan", "## Goal: Neck rotation left", "Signed by Dana Reyes"):
        assert words in page


def test_no_name_of_a_file_tells_of_a_client(demo: WholePractice, archive: Archive) -> None:
    names = " ".join(archive.files).casefold()
    for client in demo.clients:
        assert client.name.split()[-1].casefold() not in names


# What is damaged


def damage(change: Callable[[dict[str, bytes]], object], archive: Archive) -> Archive:
    content = dict(archive.files)
    change(content)
    return Archive(content)


def resealed(name: str, change: Callable[[Any], object]) -> Callable[[dict[str, bytes]], object]:
    """An edit by somebody who also mends the checksums."""
    import hashlib

    def edit(content: dict[str, bytes]) -> None:
        raw = json.loads(content[name])
        change(raw)
        content[name] = json.dumps(raw).encode()
        manifest = json.loads(content["manifest.json"])
        manifest["files"][name]["sha256"] = hashlib.sha256(content[name]).hexdigest()
        content["manifest.json"] = json.dumps(manifest).encode()

    return edit


def manifest_with(**more: Any) -> Callable[[dict[str, bytes]], object]:
    def edit(content: dict[str, bytes]) -> None:
        content["manifest.json"] = json.dumps(json.loads(content["manifest.json"]) | more).encode()

    return edit


DAMAGE: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a byte": (
        lambda c: c.update({"data/clients.json": c["data/clients.json"].replace(b"J", b"K", 1)}),
        "The archive is damaged: data/clients.json is not what its checksum says. Nothing was stored.",
    ),
    "cut off": (lambda c: c.update({"data/notes.json": c["data/notes.json"][:-9]}), "is not what its checksum says"),
    "gone": (lambda c: c.pop("data/goals.json"), "data/goals.json is missing"),
    "no manifest": (lambda c: c.update({"manifest.json": b""}), "That folder is no archive of therapist-tui"),
    "deep manifest": (lambda c: c.update({"manifest.json": b"[" * 100_000}), "That folder is no archive"),
    "another program's": (manifest_with(format="x"), "That folder is no archive"),
    "newer": (manifest_with(version=2), "written by a newer therapist-tui"),
    "note altered": (
        resealed("data/notes.json", lambda raw: raw[0]["content"].update(subjective="nothing hurts")),
        "holds a note that is not what was signed",
    ),
    "unknown field": (resealed("data/clients.json", lambda raw: raw[0].update(x=1)), "has an unknown field “x”"),
    "no name": (resealed("data/clients.json", lambda raw: raw[0].pop("name")), "has no field “name”"),
    "no date": (resealed("data/clients.json", lambda raw: raw[0].update(born_on="31 Feb")), "born_on is no date"),
    "half a letter": (resealed("data/clients.json", lambda raw: raw[0].update(name="\ud800")), "name is no str"),
    "NUL": (resealed("data/clients.json", lambda raw: raw[0].update(name="a\x00b")), "name is no str"),
    "NaN": (resealed("data/clients.json", lambda raw: raw[0].update(name=float("nan"))), "a number that is none"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_archive_is_refused_in_a_sentence(kind: str, small: Archive) -> None:
    change, said = DAMAGE[kind]
    with pytest.raises(PracticeError) as refused:
        whole_of(damage(change, small))
    assert said in str(refused.value)
    assert str(refused.value).isprintable()


def test_records_that_do_not_fit_together_are_refused_whole(small: Archive, tmp_path: Path) -> None:
    whole = whole_of(small)
    strange = replace(whole.appointments[0], client_id=UUID(int=7))
    practice = a_practice(tmp_path / "practice")
    before = practice.whole.read()
    with pytest.raises(RecordsUnfit):
        practice.whole.store(replace(whole, appointments=(strange,)))
    assert practice.whole.read() == before
    practice.close()


def a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("make", [a_link, a_pipe, a_folder, Path.unlink])
def test_what_is_no_plain_file_in_an_archive_is_refused(
    make: Callable[[Path], object], small: Archive, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "out", small.files)
    make(folder / "data" / "clients.json")
    with pytest.raises(PracticeError, match=r"data/clients\.json"):
        read_archive(folder)


@pytest.mark.parametrize("at", range(0, 24, 3))
def test_a_disk_that_fills_up_leaves_nothing_of_an_archive(
    at: int, small: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, real = at, os.write

    def write(handle: int, data: memoryview) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "full")
        return real(handle, data)

    monkeypatch.setattr(os, "write", write)
    folder = tmp_path / "out"
    try:
        write_folder(folder, small.files)
    except files.DiskFull:
        assert not folder.exists()
    else:
        assert at >= len(small.files)


def test_an_archive_is_never_written_over_another(small: Archive, tmp_path: Path) -> None:
    write_folder(tmp_path / "out", small.files)
    before = {one: (one.stat().st_ino, one.stat().st_mtime_ns) for one in (tmp_path / "out").rglob("*")}
    with pytest.raises(files.FileExists):
        write_folder(tmp_path / "out", small.files)
    assert {one: (one.stat().st_ino, one.stat().st_mtime_ns) for one in (tmp_path / "out").rglob("*")} == before


# The client's own page


def test_the_clients_page_has_full_words_and_none_of_our_remarks() -> None:
    page = client_page(a_file(), for_client=True)
    assert "Return to clinic 2w" in page
    assert INTERNAL not in page
    assert INTERNAL in client_page(a_file())


def test_the_clients_page_tells_of_no_draft() -> None:
    file = a_file()
    draft = replace(file.notes[0], signed_at=None, content=replace(file.notes[0].content, subjective="half a thought"))
    assert "half a thought" not in client_page(replace(file, notes=(draft,)), for_client=True)
    assert "half a thought" in client_page(replace(file, notes=(draft,)))


# The codec


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
SINGLE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(10**9), 10**9),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False).map(float),
    UUID: st.uuids(),
    date: st.dates(),
    time: st.times(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    ZoneInfo: st.sampled_from(["America/Toronto", "Europe/Paris", "UTC"]).map(ZoneInfo),
}


def strategy_of(kind: Any) -> st.SearchStrategy[Any]:
    if kind in SINGLE:
        return SINGLE[kind]
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        if parts[-1] is Ellipsis:
            return st.lists(strategy_of(parts[0]), max_size=2).map(tuple)
        return st.tuples(*map(strategy_of, parts))
    if get_origin(kind) is Mapping:
        return st.dictionaries(TEXT, TEXT | st.integers(-9, 9) | st.none(), max_size=2)
    if is_dataclass(kind):
        types = get_type_hints(kind)
        return st.builds(kind, **{one.name: strategy_of(types[one.name]) for one in fields(kind)})  # type: ignore[arg-type]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    (one,) = (part for part in get_args(kind) if part is not NoneType)
    return st.none() | strategy_of(one)


@pytest.mark.parametrize("name", [name for name, _, _ in kinds()])
def test_any_record_comes_back_from_its_text_and_makes_the_same_text(name: str) -> None:
    kind = get_type_hints(WholePractice)[name]

    @settings(max_examples=15, deadline=None)
    @given(value=strategy_of(kind))
    def law(value: Any) -> None:
        text = to_text(value)
        assert from_text(text, kind) == value
        assert to_text(from_text(text, kind)) == text

    law()


@given(text=TEXT | st.sampled_from(["[" * 100_000, "9" * 5_000, '{"a":1,"a":2}', "NaN", "[1e999]", '"\\ud800"']))
@settings(deadline=None)
def test_any_text_is_read_or_refused_as_unreadable(text: str) -> None:
    for kind in (get_type_hints(WholePractice)["clients"], get_type_hints(WholePractice)["measurements"]):
        with suppress(Unreadable):
            assert isinstance(from_text(text, kind), tuple)
