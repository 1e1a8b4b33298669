"""The note watches: what of the work recorded or planned in it an open caution excludes.

`exclusions(case, screening)` once when a note is opened or the history changes, `watch(content, excluded, own)` with
every change of `work_of(content)`.
"""

from .exclusions import Exclusion, exclusions
from .watching import Against, Conflict, unexplained, watch
from .works import Passage, work_of

__all__ = ["Against", "Conflict", "Exclusion", "Passage", "exclusions", "unexplained", "watch", "work_of"]
