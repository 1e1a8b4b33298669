"""Passphrases, people and the recovery sheet: changed in place, crash safe, and never the end of the records."""

import contextlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.records.errors import (
    KeyFileDamaged,
    LastPassphrase,
    PassphraseWeak,
    PersonKnown,
    PersonUnknown,
    PracticeDamaged,
    SheetWrong,
    StorageReadOnly,
    TooSoon,
    WrongPassphrase,
)
from therapist_tui.records.files import write_private
from therapist_tui.records.keyring import rescue
from therapist_tui.records.practice import Practice, open_practice, open_with_key
from therapist_tui.records.recover import recover
from therapist_tui.records.sheet import key_from, words_of
from therapist_tui.records.vault import LIGHT, KeyCost, Unlocked, create_keys, sheet_confirmed, unlock

from .conftest import PASSPHRASE, Clock, a_client, raw, reopen

NEW = "violet harbour sings before nine anvils"
OTHER = "tin orchard waits below seven kites"


def test_a_new_passphrase_opens_and_the_old_one_does_not(practice: Practice, clock: Clock) -> None:
    practice.keys.change(PASSPHRASE, NEW)
    assert practice.audit.events(1)[0].action == "keys.changed"
    key = unlock(practice.folder, NEW).key
    practice.close()
    with pytest.raises(WrongPassphrase):
        reopen(practice.folder, clock)
    (practice.folder / "practice.keys").unlink()
    assert unlock(practice.folder, NEW).key == key  # from the copy


def test_a_passphrase_is_changed_only_by_who_knows_it_and_only_for_a_strong_one(practice: Practice) -> None:
    with pytest.raises(WrongPassphrase):
        practice.keys.change("not this one, surely not", NEW)
    with pytest.raises(PassphraseWeak):
        practice.keys.change(PASSPHRASE, "passwordpassword")
    assert unlock(practice.folder, PASSPHRASE)


@pytest.mark.parametrize("step", range(5))
def test_killed_while_the_passphrase_changes_it_opens_with_one_of_the_two(
    step: int, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    steps = iter(range(10))

    def dying(path: Path, content: bytes) -> None:
        if next(steps) == step // 2:
            if step % 2:
                path.with_name(path.name + ".new").write_bytes(content[: len(content) // 2])
            raise Killed
        write_private(path, content)

    with monkeypatch.context() as patch:
        patch.setattr("therapist_tui.records.vault.write_private", dying)
        with contextlib.suppress(Killed):
            practice.keys.change(PASSPHRASE, NEW)
    opened = [one for one in (PASSPHRASE, NEW) if _opens(practice.folder, one)]
    assert len(opened) == 1


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        unlock(folder, passphrase)
    except WrongPassphrase:
        return False
    return True


def test_a_copy_of_the_key_file_that_is_older_is_brought_up_to_date_at_the_next_start(
    practice: Practice, clock: Clock
) -> None:
    old = (practice.folder / "practice.keys.bak").read_bytes()
    practice.keys.change(PASSPHRASE, NEW)
    (practice.folder / "practice.keys.bak").write_bytes(old)
    practice.close()
    open_practice(practice.folder, NEW, clock).close()
    assert (practice.folder / "practice.keys.bak").read_bytes() == (practice.folder / "practice.keys").read_bytes()


def test_a_second_person_opens_with_a_passphrase_of_their_own_and_their_name_is_in_the_trail(
    practice: Practice, clock: Clock
) -> None:
    practice.keys.give("Noor Haddad", OTHER)
    with pytest.raises(PersonKnown):
        practice.keys.give("Noor Haddad", NEW)
    assert practice.keys.people() == ("Noor Haddad",)
    practice.close()
    theirs = open_practice(practice.folder, OTHER, clock)
    a_client(theirs)
    assert theirs.audit.events(1)[0].who == "Noor Haddad"
    theirs.close()
    own = reopen(practice.folder, clock)
    assert own.audit.events(1)[0].who == "Dana Reyes, LMT"
    with pytest.raises(LastPassphrase):
        own.keys.take_away("")
    with pytest.raises(PersonUnknown):
        own.keys.take_away("nobody")
    own.keys.take_away("Noor Haddad")
    own.close()
    with pytest.raises(WrongPassphrase):
        open_practice(practice.folder, OTHER, clock)


@pytest.mark.parametrize("name", ["person", "opslimit", "memory_bytes", "salt"])
def test_a_slot_that_was_edited_opens_nothing(name: str, practice: Practice) -> None:
    from therapist_tui.records.vault import _sum  # pyright: ignore[reportPrivateUsage]

    said = json.loads((practice.folder / "practice.keys").read_bytes())
    said["slots"][0][name] = {
        "person": "x",
        "opslimit": 4,
        "memory_bytes": 65 << 20,
        "salt": "AAAAAAAAAAAAAAAAAAAAAA==",
    }[name]
    del said["sum"]
    said["sum"] = _sum(said)
    for part in ("practice.keys", "practice.keys.bak"):
        (practice.folder / part).write_text(json.dumps(said))
    with pytest.raises(WrongPassphrase):
        unlock(practice.folder, PASSPHRASE)


@pytest.mark.parametrize("cost", [KeyCost(2, 256 << 20), KeyCost(3, 32 << 20)])
def test_a_slot_that_asks_for_too_little_is_refused(cost: KeyCost, tmp_path: Path) -> None:
    create_keys(tmp_path, PASSPHRASE, Unlocked(b"k" * 32, cost))
    with pytest.raises(KeyFileDamaged):
        unlock(tmp_path, PASSPHRASE)


def test_guessing_is_made_as_costly_as_this_version_wants_it(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not practice.keys.raise_cost(PASSPHRASE, KeyCost(3, 66 << 20))  # what is not secret stays cheap
    monkeypatch.setattr(KeyCost, "secret", property(lambda _: True))
    assert practice.keys.raise_cost(PASSPHRASE, KeyCost(3, 66 << 20))
    raised = unlock(practice.folder, PASSPHRASE)
    assert raised.cost == KeyCost(3, 66 << 20)
    assert (practice.audit.events(1)[0].action, practice.audit.events(1)[0].subject_id) == ("keys.raised", "1")
    assert not practice.keys.raise_cost(PASSPHRASE, LIGHT)


# The key file and the trail never disagree silently


def test_killed_between_the_key_file_and_its_event_the_next_opening_writes_the_event(
    practice: Practice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def dying(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, contextlib.suppress(Killed):
        patch.setattr(practice._store, "unit", dying)
        practice.keys.change(PASSPHRASE, NEW)
    assert "keys.changed" not in [one.action for one in practice.audit.events()]
    practice.close()
    for _ in range(2):
        again = open_practice(practice.folder, NEW, clock)
        assert [one.action for one in again.audit.events()].count("keys.changed") == 1
        assert not again.keys_put_back
        again.close()


def test_when_the_event_cannot_be_written_the_passphrase_is_the_old_one(practice: Practice) -> None:
    raw(practice).execute("PRAGMA query_only = ON")
    before = (practice.folder / "practice.keys").read_bytes()
    with pytest.raises(StorageReadOnly):
        practice.keys.change(PASSPHRASE, NEW)
    raw(practice).execute("PRAGMA query_only = OFF")
    assert (practice.folder / "practice.keys").read_bytes() == before
    practice.keys.change(PASSPHRASE, NEW)
    assert practice.audit.events(1)[0].subject_id == "1"


def test_an_older_key_file_put_in_the_place_of_the_newest_is_told_and_written_down_once(
    practice: Practice, clock: Clock
) -> None:
    names = ("practice.keys", "practice.keys.bak")
    old = {name: (practice.folder / name).read_bytes() for name in names}
    practice.keys.change(PASSPHRASE, NEW)
    practice.keys.give("Noor Haddad", OTHER)
    practice.close()
    for name, data in old.items():
        (practice.folder / name).write_bytes(data)
    again = open_practice(practice.folder, PASSPHRASE, clock)
    assert again.keys_put_back
    event = again.audit.events(1)[0]
    assert (event.action, event.subject_id) == ("keys.put-back", "3")
    again.keys.change(PASSPHRASE, NEW)
    again.close()
    again = open_practice(practice.folder, NEW, clock)
    assert not again.keys_put_back
    assert [one.action for one in again.audit.events() if one.subject == "keys"] == [
        "keys.changed", "keys.put-back", "keys.given", "keys.changed",
    ]  # fmt: skip
    again.close()


def test_recovery_by_the_sheet_stands_in_the_trail_also_when_the_key_file_was_lost(
    practice: Practice, clock: Clock
) -> None:
    practice.keys.change(PASSPHRASE, NEW)
    key = unlock(practice.folder, NEW).key
    practice.close()
    for part in ("practice.keys", "practice.keys.bak"):
        (practice.folder / part).unlink()
    recover(practice.folder, key, OTHER, clock, LIGHT)
    again = open_practice(practice.folder, OTHER, clock)
    assert not again.keys_put_back
    assert [one.subject_id for one in again.audit.events() if one.action == "keys.recovered"] == ["2"]
    again.close()


def test_wrong_passphrases_wait_longer_and_longer_and_are_told_after_the_right_one(
    practice: Practice, clock: Clock
) -> None:
    practice.close()
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            open_practice(practice.folder, "wrong", clock)
    with pytest.raises(TooSoon, match="Wait 2 seconds"):
        reopen(practice.folder, clock)
    clock.tick(seconds=2)
    with pytest.raises(WrongPassphrase):
        open_practice(practice.folder, "wrong", clock)
    with pytest.raises(TooSoon, match="Wait 4 seconds"):
        reopen(practice.folder, clock)
    clock.now -= timedelta(days=1)  # a clock that went back locks nobody out
    again = reopen(practice.folder, clock)
    assert again.wrong_tries == 4
    event = again.audit.events(1)[0]
    assert (event.action, event.subject_id) == ("unlock.failed", "4")
    again.close()
    assert reopen(practice.folder, clock).wrong_tries == 0


def test_a_wrong_passphrase_and_a_damaged_file_are_told_apart(closed: Path, clock: Clock) -> None:
    data = bytearray((closed / "practice.db").read_bytes())
    data[100] ^= 1
    (closed / "practice.db").write_bytes(data)
    with pytest.raises(PracticeDamaged):
        reopen(closed, clock)


# The sheet


@given(st.binary(min_size=32, max_size=32))
def test_every_key_comes_back_from_its_words(key: bytes) -> None:
    words = words_of(key)
    assert len(words) == 24
    assert key_from(" ".join(words)) == key
    assert key_from("\n".join(f"{n}. {word.upper()}" for n, word in enumerate(words, 1))) == key


def test_a_wrong_word_is_named() -> None:
    words = [*words_of(bytes(range(32)))]
    words[6] = "bulett"
    with pytest.raises(SheetWrong, match=r"Word 7: “bulett” is on no sheet \(“bullet”\?\)"):
        key_from(" ".join(words))


@pytest.mark.parametrize("count", [0, 12, 23, 25])
def test_a_sheet_has_24_words(count: int) -> None:
    with pytest.raises(SheetWrong, match="24 words"):
        key_from(" ".join(["zoo"] * count))


def test_words_exchanged_do_not_pass() -> None:
    words = [*words_of(bytes(range(32)))]
    words[2], words[11] = words[11], words[2]
    with pytest.raises(SheetWrong, match="exchanged"):
        key_from(" ".join(words))


def test_the_sheet_is_proven_by_words_typed_back(practice: Practice) -> None:
    words = practice.keys.sheet()
    assert practice.keys.sheet_holds({3: words[2], 11: f" {words[10].upper()} ", 20: words[19]}) is None
    assert practice.keys.sheet_holds({3: words[2], 11: "zoo", 20: words[19]}) == 11
    assert not practice.keys.sheet_confirmed()
    practice.keys.confirm_sheet()
    assert practice.keys.sheet_confirmed()
    assert sheet_confirmed(practice.folder) == Clock().now
    assert [one.action for one in practice.audit.events(2)] == ["sheet.confirmed", "sheet.shown"]
    practice.keys.change(PASSPHRASE, NEW)
    assert practice.keys.sheet_confirmed()  # the words stay the same


def test_the_sheet_opens_a_copy_whose_key_file_is_lost(practice: Practice, clock: Clock) -> None:
    a_client(practice)
    words = practice.keys.sheet()
    practice.close()
    for part in ("practice.keys", "practice.keys.bak"):
        (practice.folder / part).unlink()
    key = key_from(" ".join(words))
    rescue(practice.folder, key, NEW, LIGHT)
    opened = open_with_key(practice.folder, key, clock)
    assert len(opened.clients.find()) == 1
    opened.close()
    assert unlock(practice.folder, NEW).key == key
