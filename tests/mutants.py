"""Mutants of the rules' code: `python -m tests.mutants shorthand --sample 200` says which of them no test notices.

Runs only when asked; needs the extra `mutation` (`pip install -e ".[dev,mutation]"`) and a system with fork. mutmut makes
the mutants in mutants/; each of a fair sample (the same for the same seed) is then tried in a process of its own, forked
after the tests were imported and before any has run, so that no reading of an unmutated line is remembered. Laws are left
out: one of 600 examples costs more than all the tables, and that for every mutant. Modules that are read once at import,
when tests are collected (measures/reading.py, screening/loader.py …), are not judged rightly by this: leave them out.
"""

import argparse
import json
import os
import random
import resource
import sys
from collections import Counter
from pathlib import Path

import pytest

TESTS = {
    "measures": ("measures", "scoring", "trend", "achievement", "taking"),
    "shorthand": ("shorthand_edges", "shorthand_lines", "shorthand_filling", "shorthand_marking", "shorthand_snippets"),
    "screening": ("figures", "moments", "edges", "reading", "history", "generalised", "cases"),
}
CPU_SECONDS = 60
"""A mutant that has not ended by then turns round for ever: noticed."""


def main() -> None:
    """Try a sample of one area's mutants and print those that no test notices."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("area", choices=sorted(TESTS))
    asked.add_argument("--sample", type=int, default=200)
    asked.add_argument("--seed", type=int, default=8)
    asked.add_argument("--only", default="", help="a part of the mutant's name: a module, a function")
    asked.add_argument("--kept", action="store_true", help="take the mutants that are there already")
    wanted = asked.parse_args()
    if not wanted.kept:
        make()
    os.chdir("mutants")
    sys.path.insert(0, str(Path.cwd()))
    sys.modules.pop("tests", None)  # the copy beside the mutants is meant from here on
    names = [name for name in named(wanted.area) if wanted.only in name]
    drawn = random.Random(wanted.seed).sample(names, min(wanted.sample, len(names)))
    os.environ["MUTANT_UNDER_TEST"] = "none"
    pytest.main([*arguments(wanted.area), "--collect-only", "-qqq"])  # imported once, for all
    if try_one("", arguments(wanted.area)) != 0:
        raise SystemExit("The tests fail without any mutant.")
    tried: dict[str, int] = {}
    try:
        for name in drawn:
            tried[name] = try_one(name, arguments(wanted.area))
    except KeyboardInterrupt:  # what was tried so far is a fair sample too
        pass
    report(tried, len(names))


def make() -> None:
    """Let mutmut write the mutants of what pyproject.toml names."""
    # An extra of its own: where it is not installed the types are not known.
    from mutmut.__main__ import create_mutants  # pyright: ignore[reportMissingImports]
    from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir  # pyright: ignore[reportMissingImports]

    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(os.cpu_count() or 1)


def named(area: str) -> list[str]:
    """The names of an area's mutants, in order."""
    kept = sorted(Path(f"therapist_tui/domain/{area}").glob("*.meta"))
    return sorted(name for one in kept for name in json.loads(one.read_text("utf-8"))["exit_code_by_key"])


def arguments(area: str) -> list[str]:
    """What pytest is told: the area's tables, the first failure ends it."""
    folder = "tests/domain/screening" if area == "screening" else "tests/domain"
    files = [f"{folder}/test_{name}.py" for name in TESTS[area]]
    return [*files, "-x", "-q", "--rootdir=.", "-m", "not hypothesis", "-p", "no:cacheprovider"]


def try_one(name: str, asked: list[str]) -> int:
    """The exit code of the tests with one mutant alive, in a process of its own; "" is none."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    os.environ["MUTANT_UNDER_TEST"] = name or "none"
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    os._exit(int(pytest.main(asked)))


def report(tried: dict[str, int], made: int) -> None:
    """Counts by module, then every mutant that nothing noticed."""
    modules = Counter(name.rpartition(".")[0] for name in tried)
    alive = [name for name, code in tried.items() if code == 0]
    unnoticed = Counter(name.rpartition(".")[0] for name in alive)
    print(f"{made} mutants made, {len(tried)} tried, {len(tried) - len(alive)} noticed, {len(alive)} not")
    for module, count in sorted(modules.items()):
        print(f"  {module}: {count} tried, {unnoticed[module]} not noticed")
    for name in alive:
        print(name)


if __name__ == "__main__":
    main()
