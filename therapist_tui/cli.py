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
from therapist_tui.process import leave_nothing_behind

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
    report = commands.add_parser("report", help="write a client's progress report; the release goes into the log")
    report.add_argument("--client", metavar="NAME", help="whose (asked when left out: shells keep what is typed here)")
    report.add_argument(
        "--to", metavar="WHOM", help="client, referrer, or a name (default: the referrer if there is one)"
    )
    report.add_argument("--why", metavar="TEXT", default="", help="why it is given out")
    report.add_argument("--since", metavar="D", help="begin of the period (default: when the plan started)")
    report.add_argument("--until", metavar="D", help="end of the period (default: today)")
    report.add_argument("--reason", metavar="TEXT", default="", help="why without a signed consent on file")
    report.add_argument("--markdown", action="store_true", help="as Markdown; else as PDF")
    report.add_argument("--into", metavar="FOLDER", help="where to (default: the folder that `paths` names)")
    report.set_defaults(command=run_report)
    export = commands.add_parser("export", help="write the practice, or one client's file or trail")
    export.add_argument(
        "what", choices=["archive", "tables", "calendar", "client", "trail", "fhir"], help="what to write"
    )
    export.add_argument("--client", metavar="NAME", help="whose file (asked when left out)")
    export.add_argument("--names", action="store_true", help="calendar: names and services instead of initials")
    export.add_argument("--to", metavar="WHOM", default="myself", help="who gets it (default: myself)")
    export.add_argument("--why", metavar="TEXT", default="my own copy", help="why (default: my own copy)")
    export.add_argument("--into", metavar="FOLDER", help="where to (default: the folder that `paths` names)")
    export.set_defaults(command=run_export)
    load = commands.add_parser("load", help="store an archive into an empty practice, unchanged")
    load.add_argument("folder", metavar="ARCHIVE", help="the archive's folder")
    load.set_defaults(command=run_load)
    check = commands.add_parser("check", help="judge one request for cautions; needs no practice and no passphrase")
    check.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="a request as JSON (default: standard input)"
    )
    check.add_argument("--json", action="store_true", help="answer as JSON")
    check.set_defaults(command=run_check)
    bring = commands.add_parser(
        "import", help="bring in clients and appointments (.csv), calendars (.ics), contacts (.vcf)"
    )
    bring.add_argument("files", nargs="+", metavar="FILE", help="what another program has written")
    bring.add_argument("--dry-run", action="store_true", help="only say what would be brought in")
    bring.add_argument(
        "--answer", action="append", default=[], metavar="Q=A", help="the answer to a question that the file asks"
    )
    bring.set_defaults(command=run_import)
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
    return _run_app(lambda: practice_door(paths.practice, utc_now), paths.state, paths.exports)


def run_demo(_chosen: argparse.Namespace) -> int:
    """Open the invented practice in a place that is thrown away."""
    from therapist_tui.ui.door import demo_door

    with tempfile.TemporaryDirectory(prefix="therapist-tui-demo-") as folder:
        place = Path(folder)
        return _run_app(lambda: demo_door(place / "practice", utc_now), place, place / "exports")


def _run_app(door: "Callable[[], Door]", state: Path, exports: Path) -> int:
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.__stderr__)):
        print("therapist-tui: needs a terminal. For scripts there are `agenda` and `check`.", file=sys.stderr)  # noqa: T201
        return USAGE
    for switch in [name for name in os.environ if name.startswith("TEXTUAL") and name not in HARMLESS_SWITCHES]:
        del os.environ[switch]
    leave_nothing_behind()
    from therapist_tui.settings import Paths, load, load_own_cautions, load_own_shorthand
    from therapist_tui.ui.app import Surroundings, TherapistApp

    paths = Paths.of_user()
    settings, problems = load(paths.settings)
    own_cautions, more = load_own_cautions(paths.cautions)
    own_shorthand, still_more = load_own_shorthand(paths.shorthand)
    notices = (*problems, *more, *still_more)
    app = TherapistApp(Surroundings(door(), settings, utc_now, state, notices, own_cautions, own_shorthand, exports))
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


def run_agenda(chosen: argparse.Namespace) -> int:
    """Print a day."""
    from therapist_tui.domain.when import read_date
    from therapist_tui.exchange.agenda import as_json, as_text
    from therapist_tui.records.practice import open_practice
    from therapist_tui.records.tries import note_printed
    from therapist_tui.settings import Paths

    practice = open_practice(Paths.of_user().practice, _passphrase(), utc_now, read_only=True)
    try:
        today = utc_now().astimezone(practice.zone).date()
        day = today if chosen.date is None else read_date(chosen.date, today)
        agenda = practice.day.agenda(day)
        note_printed(practice.folder)
        print(as_json(agenda, practice.zone) if chosen.json else as_text(agenda, practice.zone))  # noqa: T201
    finally:
        practice.close()
    return OK


def run_report(chosen: argparse.Namespace) -> int:
    """Write a progress report."""
    from therapist_tui.domain.when import read_past_date
    from therapist_tui.exchange.files import folder_named
    from therapist_tui.exchange.report_command import Wanted, write_report
    from therapist_tui.exchange.report_out import Form, paper_for
    from therapist_tui.records.practice import open_practice
    from therapist_tui.settings import Paths, load

    paths = Paths.of_user()
    settings, _ = load(paths.settings)
    practice = open_practice(paths.practice, _passphrase(), utc_now)
    try:
        today = utc_now().astimezone(practice.zone).date()
        since, until = (read_past_date(one, today) if one else None for one in (chosen.since, chosen.until))
        name = chosen.client if chosen.client is not None else _line("Client: ")
        form = Form.MARKDOWN if chosen.markdown else Form.PDF
        wanted = Wanted(name, chosen.to, chosen.why, since, until, form, chosen.reason)
        folder = _folder(chosen.into) if chosen.into else folder_named(settings.exports or str(paths.exports))
        paper = paper_for(settings.paper, practice.zone.key)
        given = write_report(practice, wanted, today, folder, paper, make=not chosen.into)
    finally:
        practice.close()
    print(given.path)  # noqa: T201
    return OK


def run_export(chosen: argparse.Namespace) -> int:
    """Write an export."""
    from therapist_tui.exchange.exporting import ExportDraft, What, export, export_client, export_trail
    from therapist_tui.exchange.files import folder_named
    from therapist_tui.exchange.report_command import find_client
    from therapist_tui.records.practice import open_practice
    from therapist_tui.settings import Paths, load

    paths = Paths.of_user()
    settings, _ = load(paths.settings)
    folder = _folder(chosen.into) if chosen.into else folder_named(settings.exports or str(paths.exports))
    practice = open_practice(paths.practice, _passphrase(), utc_now)
    try:
        if chosen.what in ("client", "trail"):
            name = chosen.client if chosen.client is not None else _line("Client: ")
            client = find_client(practice, name)
            write_it = export_client if chosen.what == "client" else export_trail
            given = write_it(practice, client.id, chosen.why, folder, utc_now(), make=not chosen.into)
        else:
            named = "calendar_named" if chosen.names and chosen.what == "calendar" else chosen.what
            draft = ExportDraft(What[named.upper()], chosen.to, chosen.why).cleaned()
            given = export(practice, draft, folder, utc_now(), make=not chosen.into)
    finally:
        practice.close()
    print(given.path)  # noqa: T201
    return OK


def _folder(words: str) -> Path:
    """A folder of the command line, seen from where the shell stands."""
    from therapist_tui.exchange.files import folder_named

    return folder_named(str(Path.cwd() / words) if not words.startswith("~") else words)


def run_load(chosen: argparse.Namespace) -> int:
    """Store an archive into the empty practice; everything is read and checked before anything is stored."""
    from therapist_tui.exchange.archive import whole_of
    from therapist_tui.exchange.archive_files import read_archive
    from therapist_tui.records.practice import open_practice
    from therapist_tui.settings import Paths

    whole = whole_of(read_archive(Path(chosen.folder).expanduser()))
    practice = open_practice(Paths.of_user().practice, _passphrase(), utc_now)
    try:
        practice.whole.store(whole)
    finally:
        practice.close()
    print(f"{len(whole.clients)} clients, {len(whole.appointments)} appointments, {len(whole.notes)} notes stored")  # noqa: T201
    return OK


def _line(question: str) -> str:
    """A line from the terminal, or the next one of a pipe."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return input(question)
    return sys.stdin.readline().rstrip("\r\n")


def _passphrase() -> str:
    """From the terminal without an echo, or the first line of a pipe; never from an argument or the environment."""
    import getpass

    leave_nothing_behind()
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


def run_import(chosen: argparse.Namespace) -> int:
    """Import files, or only say what they would bring."""
    import asyncio

    from therapist_tui.exchange.incoming.command import bring
    from therapist_tui.records.practice import open_practice
    from therapist_tui.settings import Paths

    answers = dict(answer.partition("=")[::2] for answer in chosen.answer)
    practice = open_practice(Paths.of_user().practice, _passphrase(), utc_now, read_only=chosen.dry_run)
    try:
        today = utc_now().astimezone(practice.zone).date()
        done = [
            asyncio.run(bring(practice, Path(file), answers, today, chosen.dry_run, print)) for file in chosen.files
        ]
    finally:
        practice.close()
    return OK if all(done) else USAGE


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
