"""The commands. Each imports what it needs when it is called, so that none waits for another's libraries."""

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from therapist_tui import __version__, safekeeping
from therapist_tui.domain.errors import PracticeError

if TYPE_CHECKING:
    from therapist_tui.ui.door import Door

OK, FAULT, USAGE, CANNOT_OPEN, WRONG_PASSPHRASE, IN_USE = 0, 1, 2, 3, 4, 5
EXIT_CODES = """exit codes:
  0  done            3  the practice cannot be opened (missing, damaged, of a newer version)
  1  our mistake     4  wrong passphrase
  2  wrong usage, a bad request, or no terminal
  5  open in another window      129, 143  ended by SIGHUP, SIGTERM, what was typed is saved
  6  verify, doctor, backup or restore found something that wants looking at"""

HARMLESS_SWITCHES = {"TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS", "TEXTUAL_DISABLE_KITTY_KEY", "TEXTUAL_FILTERS"}
"""How a terminal is drawn on. Textual's other switches write logs and pictures of the screen (client text), press keys
or take its place at the terminal: whatever they are called, they are taken away first."""


def utc_now() -> datetime:
    """The clock of the real program."""
    return datetime.now(UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit code."""
    _speak_any_encoding()
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except PracticeError as error:
        print(f"therapist-tui: {error}", file=sys.stderr)  # noqa: T201
        return exit_code_of(error)
    except KeyboardInterrupt:
        return 130


def _speak_any_encoding() -> None:
    """A terminal or pipe that cannot show a letter gets a question mark for it, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="therapist-tui",
        description="A massage therapist's day, clients and notes in one encrypted file. Without a command: open it.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"therapist-tui {__version__}")
    parser.set_defaults(command=run_practice)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    demo = commands.add_parser("demo", help="open an invented practice around today; nothing of it is kept")
    demo.set_defaults(command=run_demo)
    agenda = commands.add_parser("agenda", help="print a day, for scripts; the passphrase is asked or read from a pipe")
    agenda.add_argument("--date", metavar="D", help="the day, e.g. 2026-12-03, tue, tomorrow, +2w (default: today)")
    agenda.add_argument("--json", action="store_true", help="as JSON")
    agenda.set_defaults(command=run_agenda)
    check = commands.add_parser("check", help="judge one request for cautions; needs no practice and no passphrase")
    check.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="a request as JSON (default: standard input)"
    )
    check.add_argument("--json", action="store_true", help="answer as JSON")
    check.set_defaults(command=run_check)
    safekeeping.add_commands(commands)
    paths = commands.add_parser("paths", help="say where the practice, the settings and the reports live")
    paths.set_defaults(command=run_paths)
    completion = commands.add_parser("completion", help="print the completion script of a shell")
    completion.add_argument("shell", choices=["bash", "zsh", "tcsh"])
    completion.set_defaults(command=run_completion)
    return parser


def exit_code_of(error: PracticeError) -> int:
    """The exit code of an error, as documented under --help."""
    from therapist_tui.records import errors

    if isinstance(error, (errors.WrongPassphrase, errors.TooSoon)):
        return WRONG_PASSPHRASE
    if isinstance(error, errors.PracticeInUse):
        return IN_USE
    return CANNOT_OPEN if type(error).__module__ == errors.__name__ else USAGE


def run_practice(_chosen: argparse.Namespace) -> int:
    """Open the therapist's own practice, or set one up."""
    from therapist_tui.settings import Paths
    from therapist_tui.ui.door import practice_door

    paths = Paths.of_user()
    return _run_app(lambda: practice_door(paths.practice, utc_now), paths.state)


def run_demo(_chosen: argparse.Namespace) -> int:
    """Open the invented practice in a place that is thrown away."""
    from therapist_tui.ui.door import demo_door

    with tempfile.TemporaryDirectory(prefix="therapist-tui-demo-") as folder:
        return _run_app(lambda: demo_door(Path(folder) / "practice", utc_now), Path(folder))


def _run_app(door: "Callable[[], Door]", state: Path) -> int:
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.__stderr__)):
        print("therapist-tui: needs a terminal. For scripts there are `agenda` and `check`.", file=sys.stderr)  # noqa: T201
        return USAGE
    for switch in [name for name in os.environ if name.startswith("TEXTUAL") and name not in HARMLESS_SWITCHES]:
        del os.environ[switch]
    _no_core_dumps()
    from therapist_tui.settings import Paths, load, load_own_cautions, load_own_shorthand
    from therapist_tui.ui.app import Surroundings, TherapistApp

    paths = Paths.of_user()
    settings, problems = load(paths.settings)
    own_cautions, more = load_own_cautions(paths.cautions)
    own_shorthand, still_more = load_own_shorthand(paths.shorthand)
    notices = (*problems, *more, *still_more)
    app = TherapistApp(Surroundings(door(), settings, utc_now, state, notices, own_cautions, own_shorthand))
    try:
        app.run(mouse=settings.mouse)
    finally:
        app.close_practice()
        _let_go_of_a_lost_window()
    return app.return_code or OK


def _let_go_of_a_lost_window() -> None:
    """Where the window is gone, what was left to write would turn the exit code into Python's own 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _no_core_dumps() -> None:
    """A core dump would hold the key and the clients' text in clear."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_agenda(chosen: argparse.Namespace) -> int:
    """Print a day."""
    from therapist_tui.domain.when import read_date
    from therapist_tui.exchange.agenda import as_json, as_text
    from therapist_tui.records.practice import open_practice
    from therapist_tui.settings import Paths

    practice = open_practice(Paths.of_user().practice, _passphrase(), utc_now, read_only=True)
    try:
        today = utc_now().astimezone(practice.zone).date()
        day = today if chosen.date is None else read_date(chosen.date, today)
        agenda = practice.day.agenda(day)
        print(as_json(agenda, practice.zone) if chosen.json else as_text(agenda, practice.zone))  # noqa: T201
    finally:
        practice.close()
    return OK


def _passphrase() -> str:
    """From the terminal without an echo, or the first line of a pipe; never from an argument or the environment."""
    import getpass

    if sys.stdin is None:  # closed
        return ""
    if sys.stdin.isatty():
        return getpass.getpass("Passphrase: ")
    return sys.stdin.readline().rstrip("\r\n")


def run_check(chosen: argparse.Namespace) -> int:
    """Judge one request for cautions."""
    from therapist_tui.exchange.check import run

    if chosen.file == "-":
        return run(sys.stdin, sys.stdout, sys.stderr, chosen.json)
    try:
        with Path(chosen.file).open(encoding="utf-8") as source:
            return run(source, sys.stdout, sys.stderr, chosen.json)
    except (OSError, UnicodeDecodeError):
        print("therapist-tui: that file cannot be read as text.", file=sys.stderr)  # noqa: T201
        return USAGE


def run_paths(_chosen: argparse.Namespace) -> int:
    """Say where things live."""
    from therapist_tui.settings import Paths

    for name, path in Paths.of_user().described().items():
        print(f"{name:<9} {path}")  # noqa: T201
    return OK


def run_completion(chosen: argparse.Namespace) -> int:
    """Print a completion script."""
    import shtab

    print(shtab.complete(build_parser(), shell=chosen.shell))  # noqa: T201
    return OK
