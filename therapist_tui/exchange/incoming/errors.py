"""Why a file cannot be read at all, in the user's words. What is wrong with a single line is a `Reject` instead."""

from therapist_tui.domain.errors import PracticeError


class ImportRefused(PracticeError):
    """That file cannot be imported."""


class FileGone(ImportRefused):
    """There is no such file. Check the name; the tab key completes it."""


class NotAFile(ImportRefused):
    """That is no ordinary file (a folder, a device or a pipe). Choose a .csv, .ics or .vcf file."""


class FileUnreadable(ImportRefused):
    """That file cannot be read. Check that you may open it, and that the disk is still there."""


class FileTooLarge(ImportRefused):
    """That file is larger than {most} MB. Export a shorter time from the other program, in several files."""


class FileEmpty(ImportRefused):
    """That file is empty."""


class NotText(ImportRefused):
    """That is {what}, not a text file. Save it as CSV, .ics or .vcf in the other program, then import that."""


class NothingToRead(ImportRefused):
    """{why}"""


class ReaderStopped(ImportRefused):
    """Reading that file was stopped: it took too much {what}. Nothing was changed; export it in smaller parts."""


class ReaderFailed(ImportRefused):
    """That file could not be read to its end, and is left out whole. Nothing was changed."""


class RejectsExist(ImportRefused):
    """There is a file of that name already. Nothing is written over it: choose another name."""
