"""Places: whatever a mark or a technique can be put on, be it a region, a muscle or a word for several."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .muscles import muscle_groups, muscles
from .regions import region_groups, regions


@dataclass(frozen=True, slots=True)
class Target:
    """One place by its id. `regions`: where it lies, the main one first. `muscles`: those it names, if any."""

    id: str
    name: str
    paired: bool
    regions: tuple[str, ...]
    muscles: tuple[str, ...]
    short: tuple[str, ...]
    also: tuple[str, ...]
    exact: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """How we print it in shorthand."""
        return self.short[0] if self.short else self.name


@cache
def targets() -> Mapping[str, Target]:
    """Every place by id: regions, groups of regions, muscles, groups of muscles."""
    found: dict[str, Target] = {}
    for one in regions().values():
        found[one.id] = Target(one.id, one.name, one.paired, (one.id,), (), one.short, one.also)
    for group in region_groups().values():
        found[group.id] = Target(group.id, group.name, group.paired, group.members, (), group.short, group.also)
    for muscle in muscles().values():
        found[muscle.id] = Target(
            muscle.id,
            muscle.name,
            muscle.paired,
            muscle.regions,
            (muscle.id,),
            muscle.short,
            muscle.also,
            muscle.exact,
        )
    for several in muscle_groups().values():
        at = dict.fromkeys(region for member in several.members for region in muscles()[member].regions)
        found[several.id] = Target(
            several.id, several.name, True, tuple(at), several.members, several.short, several.also
        )
    return MappingProxyType(found)


def regions_of(target: str) -> tuple[str, ...]:
    """Where a place lies, the main region first; nothing for an unknown id."""
    found = targets().get(target)
    return found.regions if found else ()


def main_regions(target: str) -> tuple[str, ...]:
    """A muscle lies where its main region is, so that its neighbours do not count; a group where all its muscles do."""
    found = targets().get(target)
    if found and found.muscles:
        return tuple(dict.fromkeys(regions_of(one)[0] for one in found.muscles))
    return found.regions if found else ()
