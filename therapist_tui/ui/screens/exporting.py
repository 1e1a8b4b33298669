"""An export from the day: asked in one form, made beside the records' thread, written down with its release."""

import asyncio

from therapist_tui.domain.errors import PracticeError
from therapist_tui.exchange.exporting import build, write
from therapist_tui.exchange.files import folder_named
from therapist_tui.exchange.giving import Given

from ..app import TherapistApp
from ..forms.export import ExportAsked, ExportForm
from ..plain import toast
from .form import FormScreen
from .report import LockedMeanwhile


def ask_and_export(app: TherapistApp) -> None:
    """Ask what leaves, then write it."""

    async def asked(answer: object) -> None:
        if isinstance(answer, ExportAsked):
            app.run_worker(_export(app, answer), group="export")

    app.push_screen(FormScreen(ExportForm(str(app.exports))), asked)


async def _export(app: TherapistApp, asked: ExportAsked) -> None:
    practice, now = app.practice, app.now()
    folder = folder_named(asked.folder)
    make = folder == app.exports
    toast(app, "Writing the export …")
    try:
        whole = await app.records.run(practice.whole.read)
        one = await asyncio.to_thread(build, whole, asked.export, now)
        if not (app.unlocked and app.practice is practice):
            raise LockedMeanwhile

        def given() -> Given:
            return write(practice, one, folder, now.date(), make=make)

        done = await app.records.run(given)
    except PracticeError as error:
        app.tell(error)
    else:
        toast(app, f"Written: {done.path}")
        app.changed.publish(None)
