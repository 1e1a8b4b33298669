"""Allergies held against the products booked."""

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.assess import Draft
from therapist_tui.domain.screening.entries import Allergen, Knowledge
from therapist_tui.domain.screening.values import Matched, Request, SetAside
from therapist_tui.domain.screening.words import folded

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
