"""How a line of shorthand is coloured: one style for each sort of thing that it says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from therapist_tui.domain.shorthand import Kind, Reading

_SORTS = {
    "where": (Kind.SIDE, Kind.QUALIFIER, Kind.PLACE, Kind.REFERS, Kind.WORSE),
    "found": (Kind.FINDING, Kind.PHRASE, Kind.GRADE, Kind.NEGATION),
    "pain": (Kind.PAIN, Kind.NUMBER),
    "work": (Kind.TECHNIQUE, Kind.MINUTES),
    "setting": (Kind.POSITION, Kind.PRESSURE, Kind.TIME),
    "section": (Kind.LEAD,),
    "joining": (Kind.JOIN,),
    "ask": (Kind.ASK,),
    "unread": (Kind.UNREAD,),
}
"""What is kept as text, quoted or a plain abbreviation has the colour of text."""
_STYLE_OF = {kind: f"shorthand--{sort}" for sort, kinds in _SORTS.items() for kind in kinds}
_UNREAD = _STYLE_OF[Kind.UNREAD]
CLASSES = {*_STYLE_OF.values(), "shorthand--ghost"}

Mark = tuple[int, int, str]
"""Where a style begins and ends, and its name."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A line and the styles of its words."""

    line: str
    width: int
    """Cells."""
    spans: tuple[Mark, ...]
    """In the order of the line, none over another."""

    def strip(self, ghost: str, marks: Sequence[Mark], style_of: Callable[[str], Style], typing: bool) -> Strip:
        """The line with the grey word behind it, and the selection and the cursor over it.

        `typing`: the cursor stands at the end; what is being typed there is not called unread yet.
        """
        end = len(self.line)
        spans = [one for one in self.spans if not (typing and one[1] == end and one[2] == _UNREAD)]
        spans.append((end, end + len(ghost), "shorthand--ghost"))
        last = max([end + len(ghost), *(stop for _, stop, _ in marks)])
        text = (self.line + ghost).ljust(last)
        styles = {name: style_of(name) for name in {name for _, _, name in (*spans, *marks)}}
        edges = sorted({0, last, *(edge for start, stop, _ in (*spans, *marks) for edge in (start, stop))})
        segments: list[Segment] = []
        at = 0
        for start, stop in pairwise(edges):
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            style = styles[spans[at][2]] if at < len(spans) and spans[at][0] <= start else Style.null()
            for begin, until, name in marks:
                if begin <= start < until:
                    style += styles[name]
            segments.append(Segment(text[start:stop], style))
        return Strip(segments)


def paint(reading: Reading) -> Painted:
    """The colours of a line."""
    spans = ((token.start, token.end, _STYLE_OF.get(token.kind, "")) for token in reading.tokens)
    return Painted(reading.line, cell_len(reading.line), tuple(span for span in spans if span[2]))
