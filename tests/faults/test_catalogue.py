"""The catalogue of 124 faults is complete, names tests that exist, and gives a reason where there is none."""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LINES: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests/faults/catalogue.toml").read_text(encoding="utf-8"))


@cache
def functions_in(path: str) -> frozenset[str]:
    """The functions of a test file that pytest runs, found without running it."""
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(one.name for one in functions if one.name.startswith("test_"))


def faults_of(line: dict[str, Any]) -> list[str]:
    """What is wrong with a line, in words."""
    named: list[str] = line.get("tests", [])
    gone = [one for one in named if one.partition("::")[2] not in functions_in(one.partition("::")[0])]
    unproven = not named and len(line.get("open", "")) < 20
    return [
        *(f"no such test: {one}" for one in gone),
        *(["neither a test nor a reason"] if unproven else []),
        *(["no title"] if not line.get("title") else []),
        *(["a test twice"] if len(set(named)) < len(named) else []),
        *(["an unknown word"] if set(line) - {"title", "tests", "open"} else []),
    ]


def test_every_line_of_the_catalogue_stands_here_once_in_order() -> None:
    assert [*LINES] == [str(number) for number in range(1, 125)]


@pytest.mark.parametrize("number", LINES)
def test_every_line_has_its_tests_or_says_why_not(number: str) -> None:
    assert faults_of(LINES[number]) == []


def test_what_must_not_be_is_seen() -> None:
    assert faults_of({"title": "x", "tests": ["tests/faults/test_catalogue.py::test_gone"]})
    assert faults_of({"title": "x", "tests": ["tests/no_such.py::test_gone"]})
    assert faults_of({"title": "x"})
    assert faults_of({"title": "x", "open": "no"})
