"""What one key did is said in a word, with the key that takes it back."""

from therapist_tui.domain.undo import Undoable

from . import keys
from .app import TherapistApp
from .plain import toast


async def tell_done(app: TherapistApp) -> None:
    """Say what was just done, and how to take it back: "History asked, no change. u undoes." """
    last = await app.records.run(app.practice.undo.last) if app.unlocked else None
    if last:
        toast(app, f"{_sentence(last)} {_key(app)} undoes.")


def _sentence(act: Undoable) -> str:
    return f"{act.label[0].upper()}{act.label[1:]}."


def _key(app: TherapistApp) -> str:
    action = keys.BY_ID["app.undo"]
    return keys.show_keys(app.active_keymap.get(action.id, action.keys), first_only=True)
