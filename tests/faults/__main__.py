"""Every must-hold of «Nothing lost, nothing leaked, nothing altered», at full count, with one table of figures.

    python -m tests.faults
    python -m tests.faults --only power,ramp --share 0.02 --at-once 2

ctrl+c or SIGTERM ends it with the figures so far. The exit status is 1 when anything did not hold, or was cut off.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module

from .figures import Figures, table

Run = Callable[[float, int], Iterator[Figures]]
PARTS = {
    "power": "what a power cut leaves at every call to the disk, 40 times each",
    "ramp": "every call to the disk fails, in four ways",
    "kills": "1,000 kills while notes are typed, carried, signed and added to",
    "key-kills": "1,000 kills while the passphrase is changed",
    "flips": "5,000 bit flips, 500 truncations, 100 stretches of zeros, in the file and its backups",
    "tampering": "12 attacks, 50 times each, and 1,000 practices that nobody touched",
    "markers": "200 markers typed everywhere, and looked for in every file",
}
"""Each part by its name; `run(share, at_once)` of its module hands over figures and then fills them."""


def main() -> int:
    """Run what was asked for."""
    chosen = _chosen()
    figures: list[Figures] = []
    began = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell starts what is in the background deaf to the first
        signal.signal(number, signal.default_int_handler)
    try:
        for part in chosen.only:
            run: Run = import_module(f".{part.replace('-', '_')}", __package__).run
            _through(run(chosen.share, chosen.at_once), figures)
    except KeyboardInterrupt:
        print("cut off", file=sys.stderr)
    print(f"\n{table(figures)}\n{time.monotonic() - began:.0f} s in all")
    return 0 if figures and all(one.finished and one.held for one in figures) else 1


def _through(filling: Iterator[Figures], figures: list[Figures]) -> None:
    """Let a part fill its figures, one after the other, and say each when it is done."""
    one, began = None, time.monotonic()
    try:
        for following in filling:
            _finish(one, began)
            one, began = following, time.monotonic()
            figures.append(one)
            print(f"{one.part} …", file=sys.stderr, flush=True)
        _finish(one, began)
    except KeyboardInterrupt:
        if one:
            one.seconds = time.monotonic() - began
        raise


def _finish(one: Figures | None, began: float) -> None:
    if one:
        one.seconds, one.finished = time.monotonic() - began, True
        print(one.line(), file=sys.stderr, flush=True)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:<10} {what}" for name, what in PARTS.items()),
    )  # fmt: skip
    parser.add_argument("--only", type=_parts, default=[*PARTS], metavar="A,B", help="some of the parts below")
    parser.add_argument("--share", type=float, default=1.0, help="a fraction of the full counts (default: 1)")
    parser.add_argument("--at-once", type=int, default=2, help="processes at the same time (default: 2)")
    return parser.parse_args()


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
