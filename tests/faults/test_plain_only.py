"""A simple lint: record text reaches widgets through ui/plain.py, which cleans it and never reads it as markup.

It looks at what Static, Label and notify are given in ui/: our own literal, or the answer of a function that makes plain
text; never an f-string, an attribute or a name from elsewhere. Text inside `Content.assemble` is not looked at: that no
control character gets through there is the promise of test_hostile_screens.py.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from .terminal import ROOT

OUR_OWN = {"field.label"}
"""A form's labels are words of ours, written beside its fields."""

UI = ROOT / "therapist_tui" / "ui"
SHOWING = {"Static", "Label", "notify"}
MAKE_PLAIN = {"Content", "styled", "assemble", "join", "shown", "one_line", "fitted", "spread", "clean", "label"}
"""Content's own makers, which read no markup, and the functions of plain.py. A screen's own `_method` is looked at where
it builds its text."""
BY_MARKUP = {"from_markup", "from_rich_text", "MarkupText"}


def calls(source: str) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """The called function's last name."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def made_plain(node: ast.expr, plain: set[str]) -> bool:
    """Whether it is our own literal, or comes from a function or a name that is known to be plain."""
    if isinstance(node, ast.Call):
        return name_of(node) in MAKE_PLAIN or name_of(node).startswith("_")
    ours = isinstance(node, ast.Constant) or ast.unparse(node) in OUR_OWN
    return ours or (isinstance(node, ast.Name) and node.id in plain)


def plain_names(source: str) -> set[str]:
    """Names that a module only ever gives plain text to."""
    given: dict[str, list[bool]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given.setdefault(node.targets[0].id, []).append(made_plain(node.value, set()))
    return {name for name, every in given.items() if all(every)}


def problems(source: str) -> list[int]:
    """The lines where raw text is shown."""
    plain = plain_names(source)
    showing = [call for call in calls(source) if name_of(call) in SHOWING and call.args]
    found = [call.lineno for call in showing if not made_plain(call.args[0], plain)]
    return found + [call.lineno for call in calls(source) if name_of(call) in BY_MARKUP]


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.relative_to(UI).as_posix())
def test_no_widget_gets_raw_text(path: Path) -> None:
    assert problems(path.read_text()) == []


@pytest.mark.parametrize(
    "line",
    ['Static(f"{client.name}")', "Static(client.name)", 'Label("a" + name)', "app.notify(str_of_error)",
     'app.notify(f"{name}", markup=False)', 'Content.from_markup(f"{name}")', "self.notify(name, severity='warning')"],
)  # fmt: skip
def test_the_lint_sees_raw_text(line: str) -> None:
    assert problems(line) == [1]


@pytest.mark.parametrize(
    "line",
    ['Static("our words")', "Static(shown(client.name))", "Static(id='x')", "app.notify(clean(t), markup=False)"],
)
def test_the_lint_lets_plain_text_pass(line: str) -> None:
    assert problems(line) == []
