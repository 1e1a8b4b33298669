"""Is a change real? Each is judged against the measurement error and the meaningful change (clinical.md 1.1)."""

from dataclasses import dataclass
from enum import Enum

from .values import Threshold


class Size(Enum):
    """How much a change says, least first. The values are the words and glyphs that are shown."""

    NONE = "no change"
    UNKNOWN = "change, error not known"
    WITHIN_ERROR = "within error"
    REAL = "real change"
    MEANINGFUL = "meaningful"


@dataclass(frozen=True, slots=True)
class Judged:
    """A change with its size and direction; `by` are the thresholds that it was held against."""

    change: float
    """In the measure's unit, positive when it got better."""
    size: Size
    by: tuple[Threshold, ...] = ()

    @property
    def better(self) -> bool:
        """Whether it went the right way, by however much."""
        return self.change > 0

    @property
    def counts(self) -> bool:
        """Whether it is more than the error of measuring."""
        return self.size in (Size.REAL, Size.MEANINGFUL)

    @property
    def improved(self) -> bool:
        """Better by more than the error."""
        return self.counts and self.better

    @property
    def worsened(self) -> bool:
        """Worse by more than the error."""
        return self.counts and not self.better

    @property
    def words(self) -> str:
        """What is shown: "real change", "meaningful, worse", "within error"."""
        return f"{self.size.value}, worse" if self.worsened else self.size.value

    @property
    def glyph(self) -> str:
        """One cell beside the words: ▲ better, ▼ worse, = within error, · nothing to say."""
        if not self.counts:
            return "=" if self.size is Size.WITHIN_ERROR else "·"
        return "▲" if self.better else "▼"


def judge(
    baseline: float, latest: float, higher_is_better: bool, mdc: Threshold | None = None, mcid: Threshold | None = None
) -> Judged:
    """Judge the change from the plan's baseline (not the first value ever); worse is judged like better.

    Below the MDC it is within error; from the MDC on it is real; from MDC and MCID on it is meaningful. Where only one
    of the two is known, that one alone decides, and `by` says which.
    """
    change = (latest - baseline) * (1 if higher_is_better else -1) + 0.0
    by = tuple(one for one in (mdc, mcid) if one)
    if change == 0:
        return Judged(0.0, Size.NONE, by)
    if not by:
        return Judged(change, Size.UNKNOWN)
    if mdc and not _reaches(change, baseline, mdc):
        return Judged(change, Size.WITHIN_ERROR, by)
    if mcid and _reaches(change, baseline, mcid):
        return Judged(change, Size.MEANINGFUL, by)
    return Judged(change, Size.REAL if mdc else Size.WITHIN_ERROR, by)


def _reaches(change: float, baseline: float, threshold: Threshold) -> bool:
    """Whether it is at least so much; of pain and back measures also by its share of the baseline."""
    size = round(abs(change), 6)
    if size >= threshold.value:
        return True
    return threshold.relative is not None and baseline != 0 and size >= round(threshold.relative * abs(baseline), 6)
