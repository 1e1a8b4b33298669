"""What all tests share: keys and schema that are made once a process, because hundreds of tests make a practice.

What is made is the real thing, and programs that tests start as processes of their own open it.
"""

import secrets
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import nacl.pwhash
import pytest

from therapist_tui.records import engine, vault


@pytest.fixture(scope="session", autouse=True)
def keys_derived_once() -> Iterator[None]:
    """Argon2 takes a tenth of a second even at its floor: the same passphrase and salt are stretched once."""
    derived: dict[tuple[object, ...], bytes] = {}
    derive = vault._derive  # pyright: ignore[reportPrivateUsage]
    salt = secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES)

    def remembered(passphrase: str, slot: dict[str, Any]) -> bytes:
        asked = (passphrase, slot["salt"], slot["opslimit"], slot["memory_bytes"])
        if asked not in derived:
            derived[asked] = derive(passphrase, slot)
        return derived[asked]

    def drawn(count: int) -> bytes:
        return salt if count == len(salt) else secrets.token_bytes(count)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "_derive", remembered)
        patch.setattr(vault, "secrets", SimpleNamespace(token_bytes=drawn))
        yield


@pytest.fixture(scope="session", autouse=True)
def memory_not_wiped() -> Iterator[None]:
    """Wiping the engine's memory stays on for the whole process once it is, and makes everything after it slow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_WIPE", ("cipher_memory_security", "OFF", "0"))
        yield
