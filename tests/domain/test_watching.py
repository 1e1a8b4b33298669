"""The note watches: therapists' own charting words against histories, written from charts and not from the code."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapist_tui.domain.body.marks import Place
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.health import HealthEntry, HealthKind, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.screening.history import Case, Screening
from therapist_tui.domain.treatments import read_treatments
from therapist_tui.domain.watch import Against, Conflict, Exclusion, exclusions, watch, work_of

DAY = date(2026, 11, 23)
WHO = UUID(int=1)
CONDITION, MEDICATION, EVENT = HealthKind.CONDITION, HealthKind.MEDICATION, HealthKind.EVENT


def entry(kind: HealthKind, text: str, **more: object) -> HealthEntry:
    return HealthEntry(UUID(int=2), WHO, kind, text, **more)  # pyright: ignore[reportArgumentType]


def weeks(count: int) -> dict[str, object]:
    return {"began_on": DAY - timedelta(weeks=count)}


LEFT: dict[str, object] = {"side": Side.LEFT}
OWN_AVOID: dict[str, object] = {"severity": Level.LOCAL, "side": Side.LEFT, "region": "calf"}

HISTORIES: Mapping[str, tuple[HealthEntry, ...]] = {
    "clot": (entry(EVENT, "swollen, warm left calf, suspected DVT", began_on=DAY),),
    "varicose": (entry(CONDITION, "varicose veins", side=Side.LEFT, region="calf"),),
    "blood thinner": (entry(MEDICATION, "apixaban"),),
    "ibuprofen": (entry(EVENT, "took ibuprofen this morning", began_on=DAY),),
    "pregnant": (entry(HealthKind.PREGNANCY, "pregnant", **weeks(30)),),
    "early pregnant": (entry(HealthKind.PREGNANCY, "pregnant", **weeks(9)),),
    "arm lymphedema": (entry(CONDITION, "lymphedema left arm"),),
    "wound": (entry(CONDITION, "open wound right forearm"),),
    "osteoporosis": (entry(CONDITION, "osteoporosis"),),
    "neuropathy": (entry(CONDITION, "peripheral neuropathy, both feet"),),
    "heart failure": (entry(CONDITION, "heart failure"),),
    "pacemaker": (entry(HealthKind.DEVICE, "pacemaker"),),
    "own avoid": (entry(CONDITION, "sore lump", **OWN_AVOID),),
    "own stop": (entry(CONDITION, "waiting for scan", severity=Level.ABSOLUTE),),
    "own adapt": (entry(CONDITION, "fibro", severity=Level.PRECAUTION, advice="No deep pressure; avoid prone."),),
    "own light": (entry(CONDITION, "fragile", severity=Level.PRECAUTION, advice="Light pressure only"),),
    "own iud": (
        entry(HealthKind.DEVICE, "coil", severity=Level.PRECAUTION, advice="No deep work on the lower belly."),
    ),
    "own belly": (entry(CONDITION, "sore heel", severity=Level.PRECAUTION, advice="Muscle belly rather than tendon."),),
    "own mole": (entry(CONDITION, "odd thing on the right shoulder", severity=Level.LOCAL),),
    "asthma": (entry(CONDITION, "asthma"),),
    "hip": (entry(HealthKind.SURGERY, "total hip replacement", side=Side.LEFT, region="hip", **weeks(5)),),
    "hernia": (entry(CONDITION, "inguinal hernia"),),
    "nothing": (),
}

# history, field of the note, words, what is said: "" nothing; P place, T technique, X position; ? warns and does not ask
LINES = """
clot | shorthand | DT L calf 10m | P
clot | shorthand | deep L calf | P
clot | shorthand | L calf XFF 5m | P
clot | shorthand | eff L gastroc | P
clot | shorthand | petrissage L soleus 5m | P
clot | shorthand | MFR B calves | P
clot | shorthand | MFR calves 10m | P
clot | shorthand | Swedish L leg 15m | P
clot | shorthand | DT L LE 10m | P
clot | shorthand | eff R calf 10m |
clot | shorthand | DT R calf 10m | T
clot | shorthand | L calf HT |
clot | shorthand | L calf TTP, warm |
clot | shorthand | L calf 6/10 |
clot | shorthand | avoid L calf |
clot | shorthand | L calf avoided |
clot | shorthand | no DT L calf |
clot | shorthand | c/o deep ache L calf |
clot | shorthand | eff R QL, L calf avoided |
clot | shorthand | petrissage R QL; avoided L leg |
clot | shorthand | HEP foam roll L calf | P
clot | shorthand | next: deep work L calf | P
clot | shorthand | recheck L calf; 2w |
clot | shorthand | tol well; 1w |
clot | shorthand | eff B LE except L calf |
clot | treatments | deep tissue massage (left calf) 10 | P
clot | treatments | MFR L calf 10, stretching R hams 5 | P
clot | treatments | Swedish back 30 |
clot | treatments | full body Swedish 60 | P
clot | treatments | full body Swedish 60, avoided left lower leg |
clot | treatments | L calf 10 | P
clot | objective | Left calf swollen, warm, tender to palpation. |
clot | objective | Worked the left calf for 10 minutes. | P
clot | objective | Left calf not treated. |
clot | objective | Did not work on the left calf or shin. |
clot | objective | Massage to back and shoulders; left leg left out. |
clot | objective | Tender to deep palpation at left calf |
clot | objective | Homans sign positive left calf, refer today. |
clot | plan | Refer to Dr Lin today, no work on L calf. |
clot | plan | Deep work to L calf once cleared by Dr Lin |
clot | plan | continue L calf and R QL | P
clot | next_time | deep work L calf | P
clot | next_time | L calf | P
clot | next_time | Recheck L calf. |
clot | next_time | work R calf, leave L calf out |
clot | next_time | focus on left gastrocs and hamstrings | P
clot | next_time | ask about left calf swelling |
clot | home_care | foam roll L calf 2 min daily | P
clot | home_care | self-massage left calf with a tennis ball | P
clot | home_care | walk 20 min, elevate left leg |
clot | home_care | do not massage the left calf |
clot | home_care | compression stocking L leg |
varicose | shorthand | DT L calf | P
varicose | shorthand | DT L calf, R calf | P
varicose | shorthand | DT R calf |
varicose | shorthand | stripping L sol | P
varicose | shorthand | IASTM calf 5m | P
varicose | shorthand | MFR L foot |
varicose | home_care | calf stretches 2 x 30 s |
varicose | home_care | ice L calf 10 min |
varicose | plan | avoid L calf next time too |
varicose | next_time | gentle work L calf | P
varicose | objective | DT to bilateral calves 10 min, firm pressure | P
varicose | objective | Full body massage, L calf avoided |
varicose | shorthand | L calf HT; DT 25m | P?
varicose | shorthand | L calf and R shin not treated; DT B QL |
blood thinner | shorthand | DT 30m | T
blood thinner | shorthand | DT B QL 20m | T
blood thinner | shorthand | eff back 30m |
blood thinner | shorthand | Swedish 60m; press 4 | T
blood thinner | shorthand | Swedish 60m; press 2 |
blood thinner | shorthand | Swedish 60m; press 3-5 | T
blood thinner | shorthand | TrPT L UT 5m | T
blood thinner | shorthand | cups B ES 10m | T
blood thinner | shorthand | IASTM R forearm | T
blood thinner | shorthand | no DT today |
blood thinner | shorthand | MLD 30m | ?T
blood thinner | treatments | cupping (upper back) 10 | T
blood thinner | treatments | massage gun R quad 5 | T
blood thinner | treatments | firm pressure to glutes 10 | T
blood thinner | objective | Pressure: 4 of 5. | T
blood thinner | objective | deep pressure avoided throughout |
blood thinner | objective | Blood pressure 120/80, deep breathing taught. |
blood thinner | next_time | more deep work on the back | T
blood thinner | next_time | no deep pressure, light strokes only |
blood thinner | plan | return to sports in 2 weeks |
blood thinner | home_care | deep breathing 5 min |
ibuprofen | shorthand | DT L QL 10m | ?T
pregnant | shorthand | pos prone | X
pregnant | shorthand | pos s/l L |
pregnant | shorthand | pos supine | X
pregnant | objective | Position: prone. | X
pregnant | objective | Side-lying throughout, no prone. |
pregnant | objective | Supine, propped with a wedge. |
pregnant | objective | Prone hip extension test: 10° |
pregnant | shorthand | hot stones back 10m | T
pregnant | treatments | heat pack shoulders 10 | T
pregnant | shorthand | DT B calves 5m | T
pregnant | shorthand | eff B legs 10m |
pregnant | treatments | abdominal massage 5 | T
pregnant | home_care | heat pack on the shoulders | ?T
blood thinner | home_care | massage gun on quads | ?T
osteoporosis | home_care | towel stretch before getting up |
own iud | shorthand | DT B UT 10m |
own iud | shorthand | DT abdomen 5m | T
own belly | shorthand | eff abdomen 5m |
early pregnant | shorthand | pos prone |
arm lymphedema | shorthand | DT L forearm 5m | P
arm lymphedema | shorthand | DT R forearm 5m |
arm lymphedema | shorthand | petrissage L arm | P
arm lymphedema | shorthand | L biceps stripping | P
arm lymphedema | treatments | cupping L forearm 5 | P
arm lymphedema | shorthand | MFR B hams 10m |
wound | shorthand | R forearm XFF 5m | P
wound | shorthand | wrist ext R DT | P
wound | shorthand | DT L forearm |
wound | shorthand | DT R biceps |
wound | objective | Worked around both shoulders, right forearm left alone |
osteoporosis | shorthand | JM T-spine 5m | T
osteoporosis | shorthand | DT UB 10m | T
osteoporosis | treatments | traction low back 3 | T
osteoporosis | shorthand | eff back 20m |
osteoporosis | shorthand | DT B hands |
osteoporosis | plan | joint mobs thoracic next time | T
osteoporosis | objective | ROM improved in thoracic spine |
neuropathy | shorthand | HP feet 10m | T
neuropathy | treatments | hot stone massage 60 | ?T
neuropathy | shorthand | hot stones back 30m |
neuropathy | shorthand | eff B feet 5m |
heart failure | shorthand | MLD B legs 20m | T
heart failure | plan | start MLD next visit | T
pacemaker | shorthand | percussion gun chest | T
own avoid | shorthand | DT L calf | P
own avoid | shorthand | Swedish B legs 20m | P
own avoid | shorthand | DT R calf |
own avoid | shorthand | DT L hams |
own avoid | next_time | L calf stripping | P
own stop | shorthand | DT L calf |
own adapt | shorthand | DT B QL | T
own adapt | shorthand | pos prone; eff back | X
own adapt | shorthand | pos s/l; eff back |
own light | treatments | deep tissue back 20 | T
own light | shorthand | eff back 20m |
own mole | shorthand | DT R delt 5m | P
own mole | shorthand | DT L delt 5m |
asthma | shorthand | pos prone | ?X
hip | shorthand | AIS L glutes 5m | P
hip | shorthand | passive stretch L quads | T
hip | shorthand | passive stretch R quads |
hernia | shorthand | visceral 5m | T
hernia | treatments | abdominal massage 5 | T
hernia | shorthand | petrissage abdomen 5m | T
hernia | shorthand | DT R groin | P
varicose | objective | Massage to back, gluteals, and posterior legs avoiding left calf. |
varicose | objective | Effleurage and petrissage to B legs, omitting L calf |
varicose | objective | Gastrocs: L hypertonic, R WNL |
varicose | objective | Palpated left calf: no heat, no tenderness |
varicose | objective | Reduced tone in L gastroc after MFR. | P
varicose | shorthand | L calf: no work |
varicose | shorthand | STM L tib post 5m | P
varicose | shorthand | DT R hams and L calf | P
varicose | shorthand | L calf cramp last night |
varicose | shorthand | S: worked on L calf with a roller; DT B QL |
varicose | next_time | Start with L calf | P
varicose | next_time | More time on calves | P
varicose | next_time | Try cupping L calf? | P
varicose | next_time | Ask Dr Lin about left calf before working it |
varicose | next_time | If veins settle, deep work L calf |
varicose | next_time | don't work L calf |
varicose | plan | Return to work Monday; left calf to be checked by GP |
varicose | plan | Recommended massage twice a month; elevate left leg |
varicose | home_care | roll L calf on ball 1 min | P
varicose | home_care | lacrosse ball under L foot |
varicose | home_care | no foam rolling on L calf |
varicose | home_care | foam roll quads, not calves |
varicose | home_care | foam roll quads and calves | P
blood thinner | objective | Kept pressure light; deep work withheld. |
blood thinner | plan | Ask Dr Lin whether deep work is OK |
blood thinner | next_time | go deeper on R glute | T
blood thinner | shorthand | pressure firm | T
blood thinner | shorthand | R deep rotators eff 5m |
pregnant | objective | Client prone on pregnancy cushion 20 min | X
pregnant | objective | Treated in left side-lying only |
pregnant | next_time | try prone | X
pregnant | plan | side-lying again, avoid supine |
arm lymphedema | objective | Left arm measured 32 cm, massage to right arm |
wound | objective | Wound right forearm dressed, not touched |
clot | plan | Sent to ER; no massage until clot ruled out |
osteoporosis | shorthand | tapotement back 2m | T
nothing | treatments | lymphatic drainage legs 20 | ?T
nothing | shorthand | DT neck 10m |
nothing | shorthand | SCM MFR 5m | ?T
nothing | shorthand | DT L calf; pos prone; press 5 |
nothing | treatments | massage gun neck 5 | T
nothing | treatments | massage gun L quad 5 |
"""
_LETTERS = {"P": Against.PLACE, "T": Against.TECHNIQUE, "X": Against.POSITION}
TABLE = [tuple(part.strip() for part in line.split("|")) for line in LINES.strip().splitlines()]


@cache
def screening() -> Screening:
    return Screening.with_own()


@cache
def excluded(history: str) -> tuple[Exclusion, ...]:
    return exclusions(case_of(*HISTORIES[history]), screening())


def case_of(*entries: HealthEntry, consents: tuple[Consent, ...] = ()) -> Case:
    return Case(Client(WHO, "Amara", "Okafor"), entries, None, consents, None, DAY)


def noted(field: str, words: str) -> NoteContent:
    value = read_treatments(words) if field == "treatments" else words
    return NoteContent(**{field: value})  # pyright: ignore[reportArgumentType]


def check(history: str, field: str, words: str) -> tuple[Conflict, ...]:
    return watch(noted(field, words), excluded(history))


@pytest.mark.parametrize(("history", "field", "words", "expected"), TABLE)
def test_charted_words_warn_as_a_therapist_expects(history: str, field: str, words: str, expected: str) -> None:
    found = check(history, field, words)
    kinds = {one.against for one in found}
    assert kinds == {_LETTERS[letter] for letter in expected if letter != "?"}, [one.why for one in found]
    assert any(one.asks for one in found) is bool(expected and "?" not in expected), [one.why for one in found]
    for one in found:
        assert one.field == field
        assert one.words


# What the conflict says


def test_conflict_names_caution_level_words_and_where_they_stand() -> None:
    line = "B UT HT; DT L calf 10m; tol well"
    (found,) = check("varicose", "shorthand", line)
    assert (found.title, found.level, found.words) == ("Varicose veins", Level.LOCAL, "DT L calf 10m")
    assert line[found.passages[0].start : found.passages[0].end] == found.words
    assert found.why == "Varicose veins: leave out left calf, left lower leg."


@pytest.mark.parametrize("field", ["objective", "plan", "next_time", "home_care"])
def test_offsets_point_at_the_words_in_every_section(field: str) -> None:
    text = "Seen with her daughter.\nFirst the arms; massage to the left calf, then rest."
    (found,) = check("varicose", field, text)
    assert "massage to the left calf" in text[found.passages[0].start : found.passages[0].end]


def test_work_done_says_which_technique_of_the_list() -> None:
    (found,) = check("varicose", "treatments", "Swedish back 30, MFR L calf 10")
    assert found.passages[0].item == 1
    assert found.words == "MFR L calf"


def test_one_matter_is_one_conflict_however_often_it_is_said() -> None:
    content = NoteContent(
        objective="Worked the left calf.", next_time="DT L calf", shorthand="DT L calf", home_care="foam roll L calf"
    )
    (found,) = watch(content, excluded("varicose"))
    assert [one.field for one in found.passages] == ["shorthand", "objective", "next_time", "home_care"]


def test_what_the_line_filled_in_does_not_lose_the_place_it_was_charted_with() -> None:
    from therapist_tui.domain.shorthand import refilled

    content = refilled(NoteContent(), "R QL HT; cups 10m; press 4")
    assert watch(content, excluded("wound")) == ()


def test_what_the_line_filled_in_is_said_once_and_what_was_added_by_hand_beside_it_is_read() -> None:
    from dataclasses import replace

    from therapist_tui.domain.shorthand import refilled

    content = refilled(NoteContent(), "DT L calf 10m; next: deep work L calf")
    (found,) = watch(content, excluded("varicose"))
    assert [one.field for one in found.passages] == ["shorthand", "shorthand"]
    added = replace(content, next_time=content.next_time + "\nfoam roll L calf")
    (found,) = watch(added, excluded("varicose"))
    assert [one.words for one in found.passages][2:] == ["foam roll L calf"]


def test_what_was_left_out_today_does_not_excuse_a_plan_on_that_very_place() -> None:
    content = NoteContent(objective="Left calf avoided.", next_time="deep work L calf")
    (found,) = watch(content, excluded("varicose"))
    assert found.field == "next_time"


def test_plan_to_avoid_does_not_excuse_what_was_done() -> None:
    content = NoteContent(objective="Full body massage.", next_time="avoid L calf")
    assert [one.field for one in watch(content, excluded("varicose"))] == ["objective"]


def test_whole_body_stop_is_left_to_the_signature_which_asks_for_it_anyway() -> None:
    assert excluded("own stop") == excluded("nothing")


def test_own_words_of_the_user_are_read() -> None:
    assert check("varicose", "shorthand", "zz L calf") == ()
    found = watch(noted("shorthand", "zz L calf"), excluded("varicose"), {"zz": "deep tissue"})
    assert [one.against for one in found] == [Against.PLACE]


def test_clearance_on_file_lowers_ask_and_lifts_its_region() -> None:
    from therapist_tui.domain.consent import ConsentKind, ConsentMethod

    own = entry(CONDITION, "knee, see letter", severity=Level.CLEARANCE, side=Side.LEFT, region="knee")
    given = Consent(UUID(int=3), WHO, ConsentKind.PHYSICIAN_CLEARANCE, ConsentMethod.WRITTEN, DAY)
    content = noted("shorthand", "eff L knee 5m")
    assert len(watch(content, exclusions(case_of(own), screening()))) == 1
    assert watch(content, exclusions(case_of(own, consents=(given,)), screening())) == ()


def test_entry_that_is_over_excludes_nothing() -> None:
    over = entry(CONDITION, "sore lump", **OWN_AVOID, resolved_on=DAY - timedelta(days=1))
    assert exclusions(case_of(over), screening()) == excluded("nothing")


def test_fingerprint_changes_with_what_is_read_and_with_nothing_else() -> None:
    assert work_of(NoteContent(subjective="sore", assessment="better", pain_before=4)) == work_of(NoteContent())
    assert work_of(NoteContent(next_time="DT L calf")) != work_of(NoteContent())


# Laws

WORDS = st.sampled_from(
    [
        "DT",
        "MFR",
        "eff",
        "deep",
        "firm",
        "no",
        "not",
        "avoid",
        "avoided",
        "L",
        "R",
        "B",
        "left",
        "right",
        "calf",
        "calves",
        "leg",
        "QL",
        "UT",
        "glutes",
        "forearm",
        "back",
        "and",
        ",",
        ";",
        ".",
        "but",
        "except",
        "then",
        "worked",
        "massage",
        "treated",
        "recheck",
        "if",
        "cleared",
        "10m",
        "7>3",
        "HT",
        "TTP",
        "TrP",
        "prone",
        "supine",
        "pos",
        "press",
        "4",
        "heat",
        "cups",
        "next",
        "HEP",
        "foam",
        "roll",
        "(",
        ")",
        ":",
        "/",
        "full",
        "body",
        "without",
        "w/o",
        "\n",
    ]
)
CHARTING = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60)
SECTIONS = ("objective", "plan", "next_time", "home_care")
NOTES = st.builds(
    lambda line, done, texts: NoteContent(
        shorthand=line, treatments=read_treatments(done), **dict(zip(SECTIONS, texts, strict=True))
    ),
    CHARTING,
    CHARTING,
    st.tuples(CHARTING, CHARTING, CHARTING, CHARTING),
)
SOME = st.sampled_from(sorted(HISTORIES))


@given(NOTES, SOME)
@settings(max_examples=300, deadline=None)
def test_no_text_raises_and_every_conflict_can_be_shown(content: NoteContent, history: str) -> None:
    for one in watch(content, excluded(history)):
        assert one.why.endswith(".")
        assert one.passages
        for part in one.passages:
            text = (
                content.treatments[part.item].technique if part.field == "treatments" else getattr(content, part.field)
            )
            assert 0 <= part.start <= part.end <= len(text)


WORK = st.sampled_from(
    ["DT L calf", "eff R forearm 10m", "cups B ES", "Swedish full body 60m", "hot stones", "MLD L leg"]
)


@given(NOTES, WORK, SOME, st.sampled_from(["shorthand", "treatments", "next_time", "home_care"]))
@settings(max_examples=300, deadline=None)
def test_more_work_never_takes_a_conflict_away(content: NoteContent, work: str, history: str, field: str) -> None:
    from dataclasses import replace

    text = "; ".join(part for part in (getattr(content, field), work) if part) if field != "treatments" else ""
    value = (*content.treatments, *read_treatments(work)) if field == "treatments" else text
    before, after = (
        {(one.title, one.against): one.asks for one in watch(note, excluded(history))}
        for note in (content, replace(content, **{field: value}))
    )
    assert before.keys() <= after.keys()
    assert all(after[key] or not asks for key, asks in before.items())


@given(SOME)
def test_empty_note_has_no_conflict(history: str) -> None:
    assert watch(NoteContent(), excluded(history)) == ()


_SWAP = {"L": "R", "R": "L", "left": "right", "right": "left"}


def mirrored(words: str) -> str:
    import re

    return re.sub(r"\b(?:L|R|left|right)\b", lambda one: _SWAP[one.group()], words)


@pytest.mark.parametrize(("history", "field", "words", "expected"), TABLE)
def test_mirrored_note_and_mirrored_history_warn_alike(history: str, field: str, words: str, expected: str) -> None:
    from dataclasses import replace

    swap = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH, Side.NONE: Side.NONE}
    other = tuple(replace(one, text=mirrored(one.text), side=swap[one.side]) for one in HISTORIES[history])
    here = watch(noted(field, words), excluded(history))
    there = watch(noted(field, mirrored(words)), exclusions(case_of(*other), screening()))
    assert [(one.against, one.asks) for one in here] == [(one.against, one.asks) for one in there]
    assert bool(here) is bool(expected)


# The tables


def test_every_region_and_technique_has_its_place_in_the_screening() -> None:
    from therapist_tui.domain.body.places import targets
    from therapist_tui.domain.body.techniques import techniques
    from therapist_tui.domain.watch.data import section, spots_of, vocabulary

    known = frozenset[str]().union(*vocabulary().places.values())
    for target in targets():
        spots = spots_of(Place(target))
        assert spots, target
        assert {region for region, _ in spots} <= known, target
    assert set(section("techniques")) == set(techniques())
    for names in section("techniques").values():
        assert set(names) <= set(vocabulary().techniques)  # pyright: ignore[reportArgumentType]


def test_advice_that_holds_until_a_day_excludes_until_it_is_changed() -> None:
    own = entry(CONDITION, "graft", severity=Level.PRECAUTION, advice="No heat until healed, avoid prone")
    found = watch(noted("shorthand", "HP back; pos prone"), exclusions(case_of(own), screening()))
    assert {one.against for one in found} == {Against.TECHNIQUE, Against.POSITION}
    assert all(one.asks for one in found)


def test_trained_lymphatic_drainage_is_no_conflict_with_the_limb_it_treats() -> None:
    from therapist_tui.domain.screening.history import Case as Cased
    from therapist_tui.domain.therapist import Certification, Therapist

    papers = (Certification(UUID(int=4), "lymphatic", DAY + timedelta(days=90)),)
    trained = Therapist(UUID(int=5), "Dana Reyes", "LMT", "", None, ZoneInfo("America/Toronto"), papers)
    held = Cased(Client(WHO, "Amara", "Okafor"), HISTORIES["arm lymphedema"], None, (), trained, DAY)
    assert watch(noted("shorthand", "MLD L arm 20m"), exclusions(held, screening())) == ()
    assert watch(noted("shorthand", "MLD L arm 20m"), excluded("arm lymphedema"))
    assert watch(noted("shorthand", "DT L arm 20m"), exclusions(held, screening()))
