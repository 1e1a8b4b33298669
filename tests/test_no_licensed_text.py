"""No item text of a licensed questionnaire anywhere in the repository, and so none in the wheel.

The phrases themselves must not stand here either: what is looked for are hashes of five words in a row out of the
widely known wording of NDI, ODI, QuickDASH, LEFS, RMDQ, FABQ, PSS-10, HIT-6 and PROMIS, computed once from memory when
this test was written. It finds a copied item, not a reworded one; that is for review.
"""

import re
import subprocess
from collections.abc import Iterator
from hashlib import blake2b

from tests.faults.terminal import ROOT

WORDS = 5
TELL_TALE = frozenset({
    "a2d90085d1151b1b", "4bd2a24c31046525", "0bf0073d6f1482b6", "9ccd2e2f8af8b2af", "e20785c33706195d",
    "2561eb61cc7250e9", "e19f38cca032e635", "e3558d987c7577f1", "387186531be2f2f7", "58cc0d236c569692",
    "f1505b1f42627c0e", "00c1ea78baf424ed", "f685c971058729db", "38d650bad3ceaf9c", "a5cf6b79c46e4446",
    "761c3c6b19a5dab2", "7397562d97e85522", "fe20e61a99e1a056", "5821f3db243a72ff", "3cab58048e1f40c2",
    "a2671dddcffbe5cc", "d13068f742d50b5d", "a6bc481794e6c58e", "8f7c7c66f8d8332b", "12eb6f443509ccd4",
    "af8b23a71d442868", "c6b0751b5ea37a1f",
})  # fmt: skip
SUFFIXES = {".py", ".toml", ".md", ".txt", ".tcss", ".json", ".svg", ".cfg", ""}


def runs(text: str) -> Iterator[str]:
    """The hash of every five words in a row, without case and punctuation."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    for at in range(len(words) - WORDS + 1):
        yield blake2b(" ".join(words[at : at + WORDS]).encode(), digest_size=8).hexdigest()


def test_no_tell_tale_phrase_is_in_any_file() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    read = [path for path in paths if path.suffix in SUFFIXES and path.is_file()]
    assert len(read) > 200
    found = [path.name for path in read if TELL_TALE.intersection(runs(path.read_text(encoding="utf-8")))]
    assert found == []


def test_the_search_sees_a_phrase_through_case_and_line_ends() -> None:
    (wanted,) = runs("five words of our own")
    assert wanted in set(runs("Here are FIVE words,\nof our “own”."))
    assert wanted not in set(runs("five words of our mine"))
    assert wanted not in TELL_TALE
