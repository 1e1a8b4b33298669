"""An export from the day: asked in one form, made beside the records' thread, written down with its release."""

import asyncio

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.progress import Stopped
from therapist_tui.exchange.exporting import MAKING, READING, WRITING, build, write
from therapist_tui.exchange.files import folder_named
from therapist_tui.exchange.giving import Given

from ..app import TherapistApp
from ..forms.export import ExportAsked, ExportForm
from ..plain import toast
from .form import FormScreen
from .report import LockedMeanwhile
from .working import Work, watched


class ExportStopped(PracticeError):
    """The export was stopped: nothing of it is left."""


def ask_and_export(app: TherapistApp) -> None:
    """Ask what leaves, then write it."""

    async def asked(answer: object) -> None:
        if isinstance(answer, ExportAsked):
            app.run_worker(_export(app, answer), group="export")

    app.push_screen(FormScreen(ExportForm(str(app.exports))), asked)


async def _export(app: TherapistApp, asked: ExportAsked) -> None:
    try:
        done = await watched(app, f"Export: {asked.export.what.value}", lambda work: _written(app, asked, work))
    except PracticeError as error:
        app.tell(error)
    else:
        toast(app, f"Written: {done.path}")
        app.changed.publish(None)


async def _written(app: TherapistApp, asked: ExportAsked, work: Work) -> Given:
    """The file or folder, and its line in the log; raises ExportStopped, LockedMeanwhile, and what `write` says."""
    practice, now = app.practice, app.now()
    folder = folder_named(asked.folder)
    make = folder == app.exports

    def goes_on() -> None:
        if not (app.unlocked and app.practice is practice):
            raise LockedMeanwhile

    try:
        whole = await asyncio.to_thread(practice.beside.whole, work.at(READING))
        goes_on()
        one = await asyncio.to_thread(build, whole, asked.export, now, work.at(MAKING))
        goes_on()
        heard = work.at(WRITING)
        return await app.records.run(lambda: write(practice, one, folder, now.date(), make=make, heard=heard))
    except Stopped as error:
        goes_on()
        raise ExportStopped from error
