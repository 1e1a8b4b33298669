"""Reading the measures' files: every value checked, a fault named by file, entry and field."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from math import inf
from typing import cast

from therapist_tui.domain.screening.tables import Raw, Table

from .scoring import FORMULAS
from .values import Direction, Entry, Grade, Measure, Scoring, Threshold

FILES = ("pain.toml", "daily.toml", "hands.toml", "motion.toml", "questionnaires.toml")
"""In the order in which the measures are offered."""
WAYS = {"active": "AROM", "passive": "PROM"}
"""Active and passive motion are measures apart."""
MOTION_SOURCES = ("exrx.net/Testing/JointROM", "Kurz, by yoga-age.com", "medicospace.com")
_DIRECTIONS = {"higher": Direction.HIGHER, "lower": Direction.LOWER, "either": Direction.EITHER}


def shipped() -> dict[str, Measure]:
    """Every measure of our files by id. Raises BrokenKnowledge, which a test of the files would see first."""
    found: dict[str, Measure] = {}
    for name in FILES:
        text = (files("therapist_tui.domain.measures") / "data" / name).read_text(encoding="utf-8")
        for measure in read_file(name, text):
            if measure.id in found:
                raise Table(name, measure.id, {}).fault("id", "this id is used twice")
            found[measure.id] = measure
    return found


def read_file(name: str, text: str) -> Iterator[Measure]:
    """The measures of one file: those written out with their variants, and a joint's movements."""
    try:
        whole = Table(name, "the file", tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise Table(name, "the file", {}).fault("text", str(fault)) from fault
    for table in whole.tables("measure"):
        yield _measure(table)
        # A code stands for one measure: a variant has its own, or none.
        shared = {key: value for key, value in table.raw.items() if key not in ("variant", "loinc")}
        for variant in table.tables("variant"):
            gone = variant.texts("without")
            kept = {key: value for key, value in shared.items() if key not in gone}
            yield _measure(Table(name, variant.text("id"), {**kept, **variant.raw}))
    for joint in whole.tables("joint"):
        for movement in joint.tables("movement"):
            for way in WAYS:
                yield _motion(joint, movement, way)


def _measure(table: Table) -> Measure:
    lowest, highest = _range(table)
    return Measure(
        id=table.text("id"),
        title=table.text("title"),
        unit=table.text("unit", ""),
        lowest=lowest,
        highest=highest,
        direction=_DIRECTIONS[table.one_of("direction", _DIRECTIONS)],
        entry=Entry(table.one_of("entry", [one.value for one in Entry])) if "entry" in table.raw else Entry.VALUE,
        short=table.text("short"),
        group=table.text("group"),
        about=table.text("about"),
        also=table.texts("also"),
        step=table.number("step") if "step" in table.raw else 1,
        whole=table.flag("whole"),
        mdc=_threshold(table, "mdc"),
        mcid=_threshold(table, "mcid"),
        mdc_single=_threshold(table, "mdc_single"),
        grades=tuple(_grade(one) for one in table.tables("grades", "name")),
        scoring=_scoring(table, lowest, highest),
        sided=table.flag("sided"),
        every_visits=_count(table, "every_visits"),
        every_days=_count(table, "every_days"),
        least_days=_count(table, "least_days"),
        loinc=table.text("loinc", ""),
        version=table.text("version", ""),
        licence=table.text("licence", ""),
        sources=table.texts("sources"),
    )


def _range(table: Table) -> tuple[float, float]:
    """Lowest and highest value: of a graded scale those of its grades."""
    grades = [signed(one, "value") for one in table.tables("grades", "name")]
    if grades:
        if grades != sorted({*grades}):
            raise table.fault("grades", "grades rise, each with a value of its own")
        return grades[0], grades[-1]
    lowest, highest = signed(table, "lowest"), signed(table, "highest")
    if lowest >= highest:
        raise table.fault("highest", "the highest value lies above the lowest")
    return lowest, highest


def signed(table: Table, field: str) -> float:
    """A number, which may be negative; required."""
    value = table.raw.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise table.fault(field, "a number is wanted")
    return float(value)


def _count(table: Table, field: str) -> int | None:
    if field not in table.raw:
        return None
    value = table.number(field)
    if value != int(value) or value < 1:
        raise table.fault(field, "a whole number from 1 is wanted")
    return int(value)


def _threshold(table: Table, field: str) -> Threshold | None:
    inner = table.table(field)
    if inner is None:
        return None
    share = inner.number("relative") if "relative" in inner.raw else None
    if share is not None and not 0 < share < 1:
        raise inner.fault("relative", "a share between 0 and 1 is wanted")
    if share is None and not inner.raw.get("value"):
        raise inner.fault("value", "a number above 0 is wanted, or a share of the baseline")
    value = inner.number("value") if "value" in inner.raw else inf
    convention = inner.flag("convention")
    # A figure without a source is no figure: only what is said to be a convention may do without.
    source = inner.text("source", "" if convention else None)
    return Threshold(value, inner.text("population"), source, share, convention)


def _grade(table: Table) -> Grade:
    return Grade(signed(table, "value"), table.text("name"), table.text("meaning"))


def _scoring(table: Table, lowest: float, highest: float) -> Scoring | None:
    inner = table.table("scoring")
    if (inner is not None) != (table.raw.get("entry") == Entry.SCORE.value):
        raise table.fault("scoring", "score entry and scoring belong together")
    if inner is None:
        return None
    rule = Scoring(
        inner.one_of("formula", FORMULAS),
        int(inner.number("items")),
        int(inner.number("needed")),
        inner.number("item_highest") if "item_highest" in inner.raw else 0,
        inner.number("item_lowest") if "item_lowest" in inner.raw else 0,
        int(inner.number("prorated_from")) if "prorated_from" in inner.raw else 0,
    )
    if not rule.needed <= rule.items:
        raise inner.fault("needed", "no more can be needed than there are items")
    formula = FORMULAS[rule.formula]
    ends = {formula(rule, rule.raw_lowest, rule.items), formula(rule, rule.raw_highest, rule.items)}
    if rule.items and ends != {lowest, highest}:
        raise inner.fault("formula", f"it gives {min(ends):g} to {max(ends):g}, and the scale is another one")
    return rule


def _motion(joint: Table, movement: Table, way: str) -> Measure:
    name = movement.text("name", movement.text("id"))
    title = f"{joint.text('name')} {name}, {way}"
    unit = joint.text("unit", "°")
    return Measure(
        id=f"rom.{joint.text('id')}.{movement.text('id')}.{way}",
        title=title,
        unit=unit,
        lowest=signed(movement, "lowest") if "lowest" in movement.raw else 0,
        highest=movement.number("highest"),
        direction=Direction.HIGHER,
        short=WAYS[way],
        group="Motion",
        about=_about_motion(unit, way),
        also=("rom", "range of motion", *joint.texts("also"), *movement.texts("also")),
        mdc=_motion_error(joint),
        sided=bool(movement.raw.get("sided", True)),
        reference=_pair(movement, "reference"),
        reference_note=_reference_note(movement, unit),
        every_visits=1,
        sources=() if movement.flag("general") else MOTION_SOURCES,
    )


def _about_motion(unit: str, way: str) -> str:
    tool = "ruler" if unit == "mm" else "goniometer or inclinometer"
    who = "the client moves" if way == "active" else "the therapist moves"
    return f"By {tool}, {who}. Note the start position, the end feel and the pain at the end (0-10)."


def _motion_error(joint: Table) -> Threshold | None:
    if "error" not in joint.raw:
        return None
    place = joint.text("place")
    return Threshold(joint.number("error"), f"goniometer, {place}, same rater", "", convention=True)


def _pair(table: Table, field: str) -> tuple[float, float] | None:
    value = table.raw.get(field)
    if value is None:
        return None
    if not isinstance(value, list) or len(cast("list[object]", value)) != 2:
        raise table.fault(field, "two numbers are wanted")
    ends: Raw = cast("Mapping[str, object]", {"from": value[0], "to": value[1]})
    pair = Table(table.file, f"{table.entry}, {field}", ends)
    return signed(pair, "from"), signed(pair, "to")


def _reference_note(movement: Table, unit: str) -> str:
    reference, others = _pair(movement, "reference"), _pair(movement, "others")
    if reference is None:
        return ""
    said = f"reference {_span(reference)}{unit if unit == '°' else f' {unit}'}"
    said += f", other sources {_span(others)}" if others and others != reference else ""
    return said + ("" if not movement.flag("general") else " (common knowledge)")


def _span(pair: tuple[float, float]) -> str:
    low, high = pair
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"
