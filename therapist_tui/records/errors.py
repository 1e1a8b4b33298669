"""What can go wrong with the store, in the user's words. Light: the unlock screen needs it before the database."""

from therapist_tui.domain.errors import PracticeError


class WrongPassphrase(PracticeError):
    """That passphrase does not open this practice. Check Caps Lock and the keyboard layout, and try again."""


class TooSoon(PracticeError):
    """Too many wrong passphrases. Wait {seconds} seconds, then try again; nothing is locked for good."""


class PersonKnown(PracticeError):
    """{name} has a passphrase already. Take it away first, or choose another name."""


class PersonUnknown(PracticeError):
    """Nobody called {name} has a passphrase here."""


class LastPassphrase(PracticeError):
    """That is the practice's own passphrase: it can be changed, but not taken away."""


class SheetWrong(PracticeError):
    """{problem}"""


class SheetForeign(PracticeError):
    """Those words are whole, but they do not open this practice. Is it the sheet of another one?"""


class PracticeMissing(PracticeError):
    """The key file is here, but practice.db is not, in {folder}. Put the file or a backup of it back there; nothing was written."""  # noqa: E501


class NoPractice(PracticeError):
    """There is no practice in {folder} yet. Start therapist-tui to set one up."""


class KeyFileMissing(PracticeError):
    """The key file practice.keys is missing from {folder}. Without it nobody can read practice.db: put it back from a backup."""  # noqa: E501


class KeyFileDamaged(PracticeError):
    """The key file practice.keys was damaged or edited. Put it back from a backup; practice.db was not touched."""


class PracticeDamaged(PracticeError):
    """The file practice.db is damaged. It was not written to: keep a copy of it and go back to a backup."""


class PracticeAltered(PracticeError):
    """The guards over signed notes were taken out of practice.db by another program. It was not opened: go back to a backup."""  # noqa: E501


class TrailBroken(PracticeError):
    """practice.db is not as this program left it. {finding} It was not opened: run `therapist-tui verify`, or go back to a backup with `therapist-tui restore`."""  # noqa: E501


class PracticeForeign(PracticeError):
    """The file practice.db belongs to another program. It was not touched; put the right file back."""


class PracticeNewer(PracticeError):
    """This practice was written by a newer therapist-tui (schema {found}, known here: {known}). Update the program; the file was not touched."""  # noqa: E501


class PracticeOlder(PracticeError):
    """This practice is from an older therapist-tui (schema {found}, now {known}). Open it once in the app to bring it up to date."""  # noqa: E501


class PracticeInUse(PracticeError):
    """This practice is already open: {holder}, since {since}. Go on there, or quit it there first."""


class PracticeBusy(PracticeError):
    """Another program holds practice.db just now. Nothing was saved; wait a moment and try again."""


class PracticeExists(PracticeError):
    """There is a practice in {folder} already. Open it, or choose another folder for a new one."""


class PracticeNotEmpty(PracticeError):
    """This practice has clients already. A whole practice can only be stored into an empty one."""


class RecordsUnfit(PracticeError):
    """These records do not fit together: one refers to another that is not there, or breaks a rule. Nothing was stored."""  # noqa: E501


class PracticeReadOnly(PracticeError):
    """This practice was opened for reading only. Open it in the app to change anything."""


class PassphraseWeak(PracticeError):
    """{problem}"""


class RecordNotFound(PracticeError):
    """That record is not here (any more). Go back and choose it again."""


class AppointmentClosed(PracticeError):
    """An appointment that is {status} can no longer be changed. Set its status back first."""


class OneCard(PracticeError):
    """That is the same card. Choose another one: the two are made into one."""


class NotMerged(PracticeError):
    """That card was not merged into another one. There is nothing to take apart."""


class PlanOpen(PracticeError):
    """This client has a plan already. Complete or stop it before you start another one."""


class GoalAsItWas(PracticeError):
    """Nothing was changed: the goal stands as it was."""


class PlanOver(PracticeError):
    """A plan that is {status} is not reviewed any more. Take it up again first."""


class NothingToUndo(PracticeError):
    """Nothing to undo."""


class ChangedSince(PracticeError):
    """That was changed since: {label} cannot be undone any more."""


class SignedForGood(PracticeError):
    """{act} stays. {before}"""


class StorageFull(PracticeError):
    """The disk is full: nothing was saved, and what was there is unchanged. Free some space and try again."""


class StorageReadOnly(PracticeError):
    """The practice's folder cannot be written to: nothing was saved. Check its permissions and try again."""


class PracticeMoved(PracticeError):
    """practice.db was moved, deleted or replaced while it was open: nothing was saved. What you typed stays on the screen. Put the file back where it was, or lock and open it again."""  # noqa: E501


class StorageFailing(PracticeError):
    """The disk does not answer as it should: nothing was saved. Check the disk and its connection, and try again."""


class SettingRefused(PracticeError):
    """The database engine on this machine does not hold the setting {setting}. Reinstall therapist-tui; nothing was opened."""  # noqa: E501


class CopyFailed(PracticeError):
    """The safety copy before an update could not be verified ({reason}). The practice was left as it is."""


class ImportCancelled(PracticeError):
    """The import was cancelled: nothing was changed."""


class ImportOutdated(PracticeError):
    """Something was changed since the dry run: here it is anew, and nothing was imported yet."""


class ImportLocked(PracticeError):
    """The practice was locked meanwhile: nothing was imported. Choose the file again."""


class BackupFailed(PracticeError):
    """The backup does not count: {reason}. The practice itself and the earlier backups are as they were."""


class BackupStopped(PracticeError):
    """The backup was given up because the practice was closed. The next opening takes one."""


class NoBackup(PracticeError):
    """There is no whole backup of that name in {folder}. `therapist-tui restore --list` shows those that are there."""
