"""`therapist-tui check`: one request in, its judgement out, as text or as JSON."""

import json
import sys
from typing import TextIO

from therapist_tui.domain.screening import BadRequest, Caution, Judgement, Place, judge, load_knowledge, request_from


def run(source: TextIO, out: TextIO, err: TextIO, as_json: bool) -> int:
    """Judge the request read from `source`; 0, or 2 with one sentence per fault on `err`."""
    try:
        request = request_from(json.load(source))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as fault:
        err.write(f"The request is not JSON: {fault}.\n")
        return 2
    except BadRequest as fault:
        err.writelines(f"{problem}\n" for problem in fault.problems)
        return 2
    judgement = judge(request, load_knowledge())
    if as_json:
        json.dump(as_dict(judgement), out, ensure_ascii=False, indent=2)
        out.write("\n")
    else:
        out.writelines(f"{line}\n" for line in _lines(judgement))
    return 0


def as_dict(judgement: Judgement) -> dict[str, object]:
    """The judgement as plain values for JSON; level "none" when nothing is to be said."""
    return {
        "level": judgement.level.value if judgement.level else "none",
        "notice": judgement.notice,
        "cautions": [_caution(one) for one in judgement.cautions],
        "set_aside": [{"text": one.text, "field": one.field, "reason": one.reason} for one in judgement.set_aside],
        "not_recognised": [{"text": one.text, "field": one.field} for one in judgement.not_recognised],
    }


def _caution(one: Caution) -> dict[str, object]:
    sources = load_knowledge().sources
    return {
        "rule": one.rule,
        "level": one.level.value,
        "scope": one.scope,
        "title": one.title,
        "reason": one.reason,
        "advice": one.advice,
        "regions": [_place(place) for place in one.regions],
        "techniques": list(one.techniques),
        "certification": one.certification,
        "red_flags": list(one.red_flags),
        "matched": [{"text": matched.text, "field": matched.field} for matched in one.matched],
        "sources": [{"id": source, "title": sources[source][0], "kind": sources[source][1]} for source in one.sources],
    }


def _place(place: Place) -> dict[str, str | None]:
    return {"region": place.region, "side": place.side.value if place.side else None}


def _lines(judgement: Judgement) -> list[str]:
    lines = [f"level: {judgement.level.value}" if judgement.level else "level: none"]
    for one in judgement.cautions:
        lines += [
            "",
            f"{one.level.glyph} {one.level.word}  {one.title}  ({one.rule}, {one.scope})",
            f"  why: {one.reason}",
            f"  do:  {one.advice}",
        ]
        named = {
            "regions": ", ".join(str(place) for place in one.regions),
            "techniques": ", ".join(one.techniques),
            "training": one.certification or "",
            "read": "; ".join(f"“{matched.text}” in {matched.field}" for matched in one.matched),
            "sources": ", ".join(one.sources),
        }
        lines += [f"  {name}: {value}" for name, value in named.items() if value]
    if judgement.set_aside:
        lines += ["", "set aside:", *(f"  “{one.text}” in {one.field}: {one.reason}" for one in judgement.set_aside)]
    if judgement.not_recognised:
        lines += [
            "",
            "? CHECK, not recognised:",
            *(f"  “{one.text}” in {one.field}" for one in judgement.not_recognised),
        ]
    return [*lines, "", judgement.notice]


def main(arguments: list[str]) -> int:
    """`python -m therapist_tui.exchange.check [FILE|-] [--json]`."""
    names = [one for one in arguments if one != "--json"]
    if not names or names[0] == "-":
        return run(sys.stdin, sys.stdout, sys.stderr, "--json" in arguments)
    try:
        with open(names[0], encoding="utf-8") as source:  # noqa: PTH123 - a name from the command line, opened once
            return run(source, sys.stdout, sys.stderr, "--json" in arguments)
    except OSError as fault:
        sys.stderr.write(f"{names[0]} cannot be read: {fault.strerror}.\n")
        return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
