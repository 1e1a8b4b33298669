"""The key file: a random database key, wrapped by a key derived from the passphrase (Argon2id, XChaCha20-Poly1305)."""

import base64
import binascii
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import nacl.exceptions
import nacl.pwhash.argon2id
import nacl.secret

from .errors import KeyFileDamaged, KeyFileMissing, WrongPassphrase
from .files import write_private
from .places import KEYS, KEYS_COPY

KEY_BYTES = 32
SHORTEST_PASSPHRASE = 15
LEAST_SCORE = 4
"""zxcvbn's highest: ten thousand million guesses. Who has the laptop can guess for as long as it takes."""
_FORMAT = "therapist-tui keys 1"


@dataclass(frozen=True, slots=True)
class KeyCost:
    """What one guess at the passphrase costs: passes over so much memory (Argon2id)."""

    opslimit: int
    memory_bytes: int

    @property
    def secret(self) -> bool:
        """Whether what it guards is; see LIGHT."""
        return self.memory_bytes > LIGHT.memory_bytes


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The database key, what a guess at its passphrase costs, and whose it is ("" for whose practice it is)."""

    key: bytes
    cost: KeyCost
    person: str = ""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """The last change of a key file: the how manieth it was (0: none yet), and its code in the trail."""

    number: int = 0
    action: str = ""


NORMAL = KeyCost(3, 256 << 20)
LIGHT = KeyCost(3, 64 << 20)
"""For the demo and for tests, where nothing is secret. Also the floor: a key file that asks for less was edited."""
_CEILING = KeyCost(20, 2 << 30)


def passphrase_problem(text: str, words: tuple[str, ...] = ()) -> str | None:
    """Why a passphrase is too weak, in a sentence; None when it will do. `words` are easy guesses, e.g. the name."""
    normal = unicodedata.normalize("NFKC", text)
    if len(normal) < SHORTEST_PASSPHRASE:
        return f"Please use at least {SHORTEST_PASSPHRASE} characters: four or five words that do not belong together."
    from zxcvbn import zxcvbn  # slow to import, and only needed when a passphrase is chosen

    # It raises beyond 72 characters, and what is strong by then stays so.
    found = zxcvbn(normal[:72], user_inputs=[*words, *" ".join(words).split()])
    if found["score"] >= LEAST_SCORE:
        return None
    warning = str(found["feedback"]["warning"] or "").rstrip(".")
    return f"Too easy to guess{f' ({warning.lower()})' if warning else ''}: add words that do not belong together."


def create_keys(folder: Path, passphrase: str, unlocked: Unlocked) -> None:
    """Write `practice.keys` and its copy, holding the key for whoever knows the passphrase."""
    write_slots(folder, [make_slot(passphrase, unlocked)])


def make_slot(passphrase: str, unlocked: Unlocked) -> dict[str, Any]:
    """The key, wrapped by a passphrase; what the slot says beside it cannot be edited unnoticed."""
    slot: dict[str, Any] = {
        "kdf": "argon2id13",
        "person": unlocked.person,
        "salt": _text(secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES)),
        "opslimit": unlocked.cost.opslimit,
        "memory_bytes": unlocked.cost.memory_bytes,
    }
    box = nacl.secret.Aead(_derive(passphrase, slot))
    slot["wrapped"] = _text(bytes(box.encrypt(unlocked.key, _header(slot))))
    return slot


def write_slots(folder: Path, slots: list[dict[str, Any]], change: KeyChange | None = None, **more: Any) -> None:
    """Write the key file and then its copy, each wholly or not at all: at any moment one of them is whole and new.

    The change stands in the file with its number, so that the trail and the file can be compared (keyring.py).
    """
    if change:
        more["change"] = [change.number, change.action]
    content: dict[str, Any] = {**_more(folder), **more, "format": _FORMAT, "slots": slots}
    content["sum"] = _sum(content)
    data = (json.dumps(content, indent=2) + "\n").encode()
    write_private(folder / KEYS, data)
    write_private(folder / KEYS_COPY, data)


def unlock(folder: Path, passphrase: str) -> Unlocked:
    """The database key. Reads the copy when the key file is missing or damaged.

    Raises WrongPassphrase, KeyFileMissing, KeyFileDamaged.
    """
    return find_slot(read_slots(folder), passphrase)[1]


def find_slot(slots: list[dict[str, Any]], passphrase: str) -> tuple[int, Unlocked]:
    """The place of the slot that the passphrase opens, and what it holds; raises WrongPassphrase, KeyFileDamaged."""
    for place, slot in enumerate(slots):
        try:
            key = nacl.secret.Aead(_derive(passphrase, slot)).decrypt(_bytes(slot["wrapped"]), _header(slot))
        except nacl.exceptions.CryptoError:
            continue
        if len(key) != KEY_BYTES:
            raise KeyFileDamaged
        return place, Unlocked(key, KeyCost(slot["opslimit"], slot["memory_bytes"]), slot["person"])
    raise WrongPassphrase


def sheet_confirmed(folder: Path) -> datetime | None:
    """When the words of the recovery sheet were typed back last; None when they never were."""
    try:
        return datetime.fromisoformat(_more(folder)["sheet_on"])
    except (KeyError, ValueError, TypeError):
        return None


def last_change(folder: Path) -> KeyChange:
    """The last change that the key file knows of."""
    try:
        number, action = _more(folder)["change"]
        return KeyChange(int(number), str(action))
    except (KeyError, ValueError, TypeError):
        return KeyChange()


def kept_keys(folder: Path) -> dict[str, bytes]:
    """The key file and its copy as they stand, for `put_back`."""
    return {name: (folder / name).read_bytes() for name in (KEYS, KEYS_COPY) if (folder / name).exists()}


def put_back(folder: Path, kept: dict[str, bytes]) -> None:
    """Write them as they were, where they are others now; raises OSError."""
    for name, data in kept.items():
        if (folder / name).read_bytes() != data:
            write_private(folder / name, data)


def mend_keys(folder: Path) -> None:
    """Write the key file again from its copy when it is lost or damaged, and the copy when it is, or is older."""
    found = {name: _read_sound(folder / name) for name in (KEYS, KEYS_COPY)}
    sound = found[KEYS] or found[KEYS_COPY]
    for name, data in found.items():
        if sound is not None and data != sound:
            write_private(folder / name, sound)


def _more(folder: Path) -> dict[str, Any]:
    """What the key file says beside the slots."""
    data = _read_sound(folder / KEYS) or _read_sound(folder / KEYS_COPY)
    return {name: said for name, said in json.loads(data).items() if name not in ("slots", "sum")} if data else {}


def read_slots(folder: Path) -> list[dict[str, Any]]:
    """What opens the practice, each slot for one passphrase; raises KeyFileMissing, KeyFileDamaged."""
    for name in (KEYS, KEYS_COPY):
        if data := _read_sound(folder / name):
            return json.loads(data)["slots"]
    if (folder / KEYS).exists() or (folder / KEYS_COPY).exists():
        raise KeyFileDamaged
    raise KeyFileMissing(folder=folder)


def _read_sound(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
        content = json.loads(data)
        given = content.pop("sum")
        sound = given == _sum(content) and content["format"] == _FORMAT and all(map(_fit, content["slots"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return data if sound and content["slots"] else None


def _fit(slot: dict[str, Any]) -> bool:
    """Whether a slot asks for a sane cost; below the floor somebody made guessing cheap."""
    return (
        slot["kdf"] == "argon2id13"
        and isinstance(slot["person"], str)
        and LIGHT.opslimit <= slot["opslimit"] <= _CEILING.opslimit
        and LIGHT.memory_bytes <= slot["memory_bytes"] <= _CEILING.memory_bytes
        and len(_bytes(slot["salt"])) == nacl.pwhash.argon2id.SALTBYTES
        and bool(_bytes(slot["wrapped"]))
    )


def _derive(passphrase: str, slot: dict[str, Any]) -> bytes:
    # The same words typed on another system may be composed otherwise: NFKC makes them one.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return nacl.pwhash.argon2id.kdf(
        KEY_BYTES, secret, _bytes(slot["salt"]), opslimit=slot["opslimit"], memlimit=slot["memory_bytes"]
    )


def _header(slot: dict[str, Any]) -> bytes:
    rest = {name: value for name, value in slot.items() if name != "wrapped"}
    return json.dumps([_FORMAT, rest], sort_keys=True, separators=(",", ":")).encode()


def _sum(content: dict[str, Any]) -> str:
    """Tells an edited or damaged key file from a wrong passphrase; the secret itself is guarded by the AEAD."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
