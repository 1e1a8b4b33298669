"""Frames drawn with their content: a titled box whose inner rules join its sides."""

from textual.content import Content

from ..plain import fitted

TOP, RULE = ("╭", "╮"), ("├", "┤")


def edge(title: Content, width: int, style: str, ends: tuple[str, str] = TOP, right: Content | None = None) -> Content:
    """The top of a box or a rule inside it, with its title: "├─ Goals ──────┤"."""
    if width < 8:
        return Content.styled((ends[0] + "─" * (width - 2) + ends[1])[:width], style)
    room = width - 5 - (right.cell_length + 2 if right else 0)
    text = title.truncate(max(0, room), ellipsis=True)
    title_part: list[Content | tuple[str, str]] = [(f"{ends[0]}─", style)]
    if text:
        title_part += [Content(" "), text, Content(" ")]
    used = 2 + (text.cell_length + 2 if text else 0) + (right.cell_length + 3 if right else 1)
    title_part.append(("─" * max(0, width - used), style))
    if right:
        title_part += [Content(" "), right, Content(" ")]
    title_part.append((ends[1], style))
    return Content.assemble(*title_part)


def bottom(width: int, style: str) -> Content:
    """The lower end of a box."""
    return Content.styled("╰" + "─" * max(0, width - 2) + "╯", style)


def sides(content: Content, width: int, style: str, thumb: bool = False) -> Content:
    """A line of content between the box's sides; `thumb` marks where a scrolled list stands."""
    right = "┃" if thumb else "│"
    return Content.assemble(("│", style), fitted(content, width - 2), (right, style))
