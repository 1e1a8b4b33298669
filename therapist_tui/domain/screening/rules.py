"""What arises from combinations: signs today, pregnancy, age, technique with condition, product with allergy."""

from collections.abc import Iterable, Mapping

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.assess import Draft
from therapist_tui.domain.screening.entries import Allergen, Entry, Flag, Knowledge
from therapist_tui.domain.screening.findings import Record
from therapist_tui.domain.screening.planned import Planned
from therapist_tui.domain.screening.reader import Text
from therapist_tui.domain.screening.values import Matched, Request, SetAside
from therapist_tui.domain.screening.when import gestation_weeks
from therapist_tui.domain.screening.words import folded

_PREGNANCIES = frozenset(("pregnancy-first-trimester", "pregnancy-second-third"))
_VAGUE_PRODUCTS = frozenset(
    ("oil", "massage oil", "lotion", "cream", "blend", "house blend", "balm", "butter", "massage cream")
)
_ALLERGY_RULES = {
    "tree nut": "allergy-nut",
    "peanut": "allergy-nut",
    "coconut": "allergy-nut",
    "shea": "allergy-nut",
    "sesame": "allergy-nut",
    "latex": "allergy-latex",
    "fragrance or essential oil": "allergy-fragrance",
}


def raised_flags(
    record: Record, request: Request, knowledge: Knowledge, present: set[str], pregnant: bool
) -> list[Draft]:
    """Cautions for signs that together are an alarm today."""
    texts = [
        text
        for kind, text in record.texts
        if kind in ("symptom", "notes") or (kind == "condition" and _fresh(text, record, request))
    ]
    met = frozenset[str]().union(*(text.all_patterns for text in texts)) if texts else frozenset[str]()
    drafts: list[Draft] = []
    for flag in knowledge.flags:
        if _applies(flag, request, present, pregnant) and _met(flag, met):
            patterns = {pattern for group in flag.groups for pattern in group}
            spoken = [text for text in texts if text.all_patterns & patterns]
            entry = knowledge.entries[flag.raises]
            places = list(
                dict.fromkeys(place for text in spoken if text.field != "intake_notes" for _at, place in text.places)
            )
            drafts.append(
                Draft(
                    entry, flag.level, "session", places, _said(spoken, patterns), flag.title, flag.advice, fresh=True
                )
            )
    return drafts


def _said(texts: Iterable[Text], patterns: set[str]) -> list[Matched]:
    said: list[Matched] = []
    for text in texts:
        for number, met in text.patterns.items():
            if met & patterns:
                inside = [w for w in text.words if w.sentence == number] if text.field == "intake_notes" else text.words
                said.append(Matched(text.text[inside[0].start : inside[-1].end], text.field))
    return said


def _fresh(text: Text, record: Record, request: Request) -> bool:
    """A condition noted within three weeks, still there, is read for signs as today's words are."""
    own = [finding for finding in record.findings if finding.text is text]
    n = int(text.field[text.field.index("[") + 1 : -1])
    condition = request.client.conditions[n]
    since = condition.since or next((finding.onset for finding in own if finding.onset), None)
    return (
        condition.active is not False
        and condition.resolved is None
        and since is not None
        and (request.date - since).days <= 21
    )


def _applies(flag: Flag, request: Request, present: set[str], pregnant: bool) -> bool:
    old_enough = flag.age_from == 0 or (request.client.age or 0) >= flag.age_from
    return (
        old_enough
        and (pregnant or not flag.pregnant)
        and (not flag.with_entries or bool(present & set(flag.with_entries)))
    )


def _met(flag: Flag, met: frozenset[str]) -> bool:
    return all(any(pattern in met for pattern in group) for group in flag.groups) and not any(
        p in met for p in flag.unless
    )


def pregnancy_drafts(request: Request, record: Record, knowledge: Knowledge) -> tuple[list[Draft], bool]:
    """The pregnancy's own cautions by its week, and whether there is a pregnancy."""
    told = [finding for finding in record.findings if finding.entry in _PREGNANCIES and not finding.over]
    state = request.client.pregnancy
    if state is None and not told:
        return [], False
    weeks = state.weeks if state and state.weeks is not None else _weeks_told(record)
    first = weeks is not None and weeks < 14
    entry = knowledge.entries.get("pregnancy-first-trimester" if first else "pregnancy-second-third")
    matched = [finding.matched for finding in told] or [
        Matched(f"pregnant, {weeks} weeks" if weeks else "pregnant", "pregnancy")
    ]
    drafts = [Draft(entry, entry.level, entry.scope, [], matched)] if entry else []
    if drafts and weeks is not None and weeks >= 20:
        drafts[0].notes.append(knowledge.entries["pregnancy-supine"].adaptation)
    high = knowledge.entries.get("high-risk-pregnancy")
    if state and high and (state.high_risk or state.provider_ok is False):
        drafts.append(Draft(high, high.level, high.scope, [], [Matched("high-risk pregnancy", "pregnancy")]))
    return drafts, True


def _weeks_told(record: Record) -> int | None:
    for _kind, text in record.texts:
        for weeks, _start, _end in gestation_weeks(text.text):
            return weeks
    return None


def minor_drafts(request: Request, knowledge: Knowledge) -> tuple[list[Draft], list[SetAside]]:
    """What a client under 18 needs: the guardian's consent."""
    age, consent = request.client.age, request.client.guardian_consent
    entry = knowledge.entries.get("minor-consent")
    if age is None or age >= 18 or entry is None:
        return [], []
    if consent:
        return [], [SetAside(f"age {age}", "age", "a minor; the guardian's consent is on file")]
    level = Level.ABSOLUTE if consent is False else Level.CLEARANCE
    text = "guardian consent refused or missing" if consent is False else "guardian consent not asked"
    advice = (
        "No session without the written consent (permission) of a parent or guardian; reschedule until it is on file."
    )
    return [
        Draft(
            entry,
            level,
            "session",
            [],
            [Matched(f"age {age}, {text}", "guardian_consent")],
            "Client under 18 without a guardian's consent",
            advice,
            fresh=True,
        )
    ], []


def technique_rules(drafts: list[Draft], planned: Planned, knowledge: Knowledge, certified: set[str]) -> list[Draft]:
    """Lay technique rules on the matters they belong to; those standing alone become cautions of their own."""
    alone: list[Draft] = []
    for rule in knowledge.entries.values():
        if rule.id in knowledge.silenced or not _is_rule(rule):
            continue
        used = [word for one in rule.techniques for word in planned.techniques.get(one, ())]
        if not used:
            continue
        if rule.applies_to or rule.kind == "pregnancy":
            _lay(rule, used, drafts, planned, knowledge)
        elif planned.touches(_where(rule.regions)) and not (
            set(rule.certification) & certified and rule.id.endswith("-training")
        ):
            alone.append(
                Draft(
                    rule,
                    Level.PRECAUTION if rule.level is not Level.CLEARANCE else rule.level,
                    "technique",
                    [],
                    [],
                    techniques=used,
                )
            )
    return alone


def _is_rule(rule: Entry) -> bool:
    return rule.kind == "technique" or (rule.kind == "pregnancy" and rule.scope == "technique")


def _where(regions: tuple[str, ...]) -> frozenset[str]:
    return frozenset() if "whole-body" in regions or "site" in regions else frozenset(regions)


def _lay(rule: Entry, used: list[str], drafts: list[Draft], planned: Planned, knowledge: Knowledge) -> None:
    bases = _PREGNANCIES | {"high-risk-pregnancy"} if rule.kind == "pregnancy" else set(rule.applies_to)
    for draft in drafts:
        there = (
            planned.touches(_where(rule.regions)) if _where(rule.regions) else planned.touches(_site(draft, knowledge))
        )
        if draft.entry.id in bases and there:
            draft.techniques = list(dict.fromkeys([*draft.techniques, *used]))
            draft.extra.append(rule)


def _site(draft: Draft, knowledge: Knowledge) -> frozenset[str]:
    """Where the rule bears: at the matter's own place when that is local, else anywhere."""
    if draft.scope == "session" and draft.entry.category not in ("surgery", "skin"):
        return frozenset()
    return regions_of(draft, knowledge)


def regions_of(draft: Draft, knowledge: Knowledge) -> frozenset[str]:
    """The smallest regions of a draft: the recorded places, else the entry's own; empty means anywhere."""
    entry = draft.entry
    named = frozenset(one for one in entry.regions if one not in ("site", "whole-body"))
    places = knowledge.vocabulary.places
    sites = frozenset(part for place in draft.places for part in places.get(place.region, ()))
    if entry.follows_site:
        half = next((half for half in knowledge.vocabulary.halves if half & sites), frozenset[str]())
        return (named & half | sites) if half else named
    if sites and entry.kind in ("device",) and "site" not in entry.regions:
        return sites | (named & frozenset(("chest", "shoulder"))) if "chest" in named else sites
    return sites or named


def allergy_drafts(request: Request, knowledge: Knowledge) -> tuple[list[Draft], list[SetAside], list[Matched]]:
    """Allergies against the products booked: a caution where they meet, else set aside."""
    drafts: list[Draft] = []
    aside: list[SetAside] = []
    unread: list[Matched] = []
    told = [(text, f"allergies[{n}]") for n, text in enumerate(request.client.allergies)]
    told += [
        (one.text, f"conditions[{n}]")
        for n, one in enumerate(request.client.conditions)
        if "allerg" in one.text.lower() and one.active is not False
    ]
    for text, name in told:
        if text.strip():
            _one_allergy(text, name, request, knowledge, drafts, aside, unread)
    return drafts, aside, unread


def _one_allergy(
    text: str,
    name: str,
    request: Request,
    knowledge: Knowledge,
    drafts: list[Draft],
    aside: list[SetAside],
    unread: list[Matched],
) -> None:
    words = _corrected(text, knowledge)
    denied = words and words[0] in ("no", "none", "denies", "deny", "nka", "nkda", "nil", "not")
    known = (
        []
        if denied
        else [one for one in knowledge.allergens if any(_inside(folded(word), words) for word in one.words)]
    )
    hits = [(one, product) for one in known for product in request.appointment.products if _contains(one, product)]
    for one, product in hits[:1]:
        drafts.append(_allergy(one, product, text, name, knowledge))
    if hits:
        return
    if known:
        aside.append(
            SetAside(text, name, "allergy noted; none of the booked products contains it as far as their names say")
        )
    elif denied or any(_inside(folded(word), words) for word in knowledge.reading.harmless):
        aside.append(SetAside(text, name, "recognised: no booked product is touched by it"))
    elif not name.startswith("conditions"):
        unread.append(Matched(text, name))


def _corrected(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(knowledge.lexicon.correct(word) for word in folded(text))


def _inside(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


def _contains(allergen: Allergen, product: str) -> bool:
    words = folded(product)
    free = (
        any(words[at : at + 2][-1] == "free" for at in range(len(words) - 1))
        or "unscented" in words
        or ("fragrance" in words and "free" in words)
    )
    if free and allergen.id.startswith("fragrance"):
        return False
    if any(_inside(folded(word), words) for word in allergen.products):
        return not any(_inside((*folded(word), "free"), words) for word in allergen.products)
    return allergen.id in ("tree nut", "peanut", "sesame") and product.strip().lower() in _VAGUE_PRODUCTS


def _allergy(allergen: Allergen, product: str, text: str, name: str, knowledge: Knowledge) -> Draft:
    entry = knowledge.entries.get(_ALLERGY_RULES.get(allergen.id, ""), knowledge.entries["allergy-product"])
    advice = f"Do not use {product}. {allergen.advice} {knowledge.entries['allergy-product'].adaptation}"
    return Draft(
        entry,
        Level.PRECAUTION,
        "session",
        [],
        [Matched(text, name), Matched(product, "appointment.products")],
        f"Allergy ({allergen.id}) and the booked {product}",
        advice,
        knowledge.entries["allergy-product"].reason,
    )


def covered(drafts: list[Draft], knowledge: Mapping[str, Entry]) -> list[Draft]:
    """One caution per matter: a draft is folded into one at least as grave that covers its entry."""
    kept: list[Draft] = []
    for draft in drafts:
        cover = next(
            (
                o
                for o in drafts
                if o is not draft
                and draft.entry.id in knowledge[o.entry.id].covers
                and o.level.rank <= draft.level.rank
            ),
            None,
        )
        if cover is None:
            kept.append(draft)
            continue
        cover.matched.extend(one for one in draft.matched if one not in cover.matched)
        cover.techniques = list(dict.fromkeys([*cover.techniques, *draft.techniques]))
        cover.extra.extend(one for one in draft.extra if one not in cover.extra)
        cover.places.extend(place for place in draft.places if not cover.places)
    return kept
