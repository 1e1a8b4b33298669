"""How long screening takes: loading, 10 kB of intake text, a day of eight clients. Prints; asserts nothing."""

import json
from pathlib import Path
from time import perf_counter

from therapist_tui.domain.screening import judge, load_knowledge, request_from

DATA = Path(__file__).parents[1] / "data" / "screening-cases.json"


def _timed(what: str, run: object, times: int = 5) -> None:
    best = min(_once(run) for _ in range(times))
    print(f"{what}: {best * 1000:.1f} ms")


def _once(run: object) -> float:
    begin = perf_counter()
    run()  # type: ignore[operator]
    return perf_counter() - begin


def main() -> None:
    requests = [case["request"] for case in json.loads(DATA.read_text(encoding="utf-8"))]
    _timed("load the knowledge", load_knowledge, 1)
    knowledge = load_knowledge()
    words = " ".join(one["client"].get("intake_notes") or "" for one in requests)
    words += " ".join(entry["text"] for one in requests for entry in one["client"]["conditions"])
    long = json.loads(json.dumps(requests[0]))
    long["client"]["intake_notes"] = (words * 5)[:10_000]
    day = [request_from(one) for one in requests[:8]]
    _timed("10 kB of intake text", lambda: judge(request_from(long), knowledge))
    long["client"]["intake_notes"] = ("qwzxv plobinate strokking heartz " * 400)[:10_000]
    _timed("10 kB of nonsense", lambda: judge(request_from(long), knowledge))
    _timed("a day of eight clients", lambda: [judge(one, knowledge) for one in day])


if __name__ == "__main__":
    main()
