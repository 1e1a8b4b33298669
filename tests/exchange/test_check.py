"""The check of one request from the command line."""

import io
import json

from tests.domain.screening.scoring import cases
from therapist_tui.domain.screening import load_knowledge
from therapist_tui.exchange.check import run
from therapist_tui.exchange.screening_report import write


def checked(text: str, as_json: bool = False) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return run(io.StringIO(text), out, err, as_json), out.getvalue(), err.getvalue()


def test_json_answer_names_rule_level_reason_regions_words_and_sources() -> None:
    code, out, err = checked(json.dumps(cases("screening-cases.json")[0]["request"]), as_json=True)
    answer = json.loads(out)
    assert (code, err, answer["level"]) == (0, "", "absolute")
    first = answer["cautions"][0]
    assert first["rule"] == "dvt"
    assert {"region": "calf", "side": "left"} in first["regions"] or {"region": "lower leg", "side": "left"} in first[
        "regions"
    ]
    assert first["matched"][0]["field"] == "conditions[0]"
    assert first["sources"][0]["kind"]


def test_text_answer_says_that_it_is_a_draft() -> None:
    code, out, _ = checked(json.dumps(cases("screening-cases.json")[0]["request"]))
    assert code == 0
    assert "STOP" in out
    assert "no clinician" in out


def test_every_fault_of_a_request_gets_its_sentence_and_exit_code_2() -> None:
    code, out, err = checked(
        '{"date": "soon", "client": {"age": "old", "conditions": [7]}, "appointment": {"techniques": "deep"}}'
    )
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 4


def test_what_is_no_json_is_refused_in_one_sentence() -> None:
    code, _, err = checked("{")
    assert code == 2
    assert len(err.splitlines()) == 1


def test_maintainers_report_lists_gaps() -> None:
    out = io.StringIO()
    write(out, load_knowledge())
    assert "no source opened" in out.getvalue()
