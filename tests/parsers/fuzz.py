"""Damaged outputs thrown at the parsers for a while: nothing may raise, and no value may be invented.

Run:  make fuzz                      ten minutes of new cases
      make fuzz SECONDS=60 START=1   one minute of always the same cases, as CI does

Seeds are our fixtures, the demo site's outputs and, where XUNJIAN_CORPUS names them, real outputs.
Every case is a function of one number, which is printed when it fails and can be given again.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from collector.capture import Capture, CaptureStatus
from collector.platform import Platform, platforms
from collector.simulator.site import DEMO, load_plan
from collector.simulator.texts import render
from parsers.reader import read_facts
from parsers.sample import LAYOUT
from parsers.template import parse, template_path
from parsers.text import clean

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 22, 10, 20, 30, tzinfo=UTC)

Seed = tuple[Platform, str, bytes]


def seeds() -> list[Seed]:
    """(platform, command, output) of everything at hand that some platform asks for."""
    found = [(name, path) for name in platforms() for path in sorted((FIXTURES / name).glob("*/*.txt"))]
    found += [
        (d.platform, path) for d in load_plan().devices for path in sorted((DEMO / d.name).glob("*.txt"))
    ]
    corpus = os.environ.get("XUNJIAN_CORPUS")
    for folder, names in LAYOUT.items() if corpus else ():
        for path in sorted(Path(str(corpus), folder).glob("*/*.txt")):
            found += [(name, path) for name in names if name in platforms()]
    return [seed for name, path in found if (seed := _seed(platforms()[name], path)) is not None]


def _seed(platform: Platform, path: Path) -> Seed | None:
    by_name = {c.replace("-", "_").replace(" ", "_"): c for c in platform.commands()}
    command = by_name.get(path.stem) or by_name.get(path.parent.name)
    if command is None:
        return None
    raw = path.read_bytes()
    return platform, command, render(raw.decode(), NOW).encode() if DEMO in path.parents else raw


Mutation = Callable[[random.Random, list[bytes], list[bytes]], list[bytes]]


def _drop(rng: random.Random, lines: list[bytes], _: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines))
    return lines[:at] + lines[at + 1 + rng.randrange(3) :]


def _repeat(rng: random.Random, lines: list[bytes], _: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines))
    return lines[:at] + [lines[at]] * rng.randrange(2, 4) + lines[at + 1 :]


def _truncate(rng: random.Random, lines: list[bytes], _: list[bytes]) -> list[bytes]:
    text = b"\n".join(lines)
    return text[: rng.randrange(len(text) + 1)].split(b"\n")


def _splice(rng: random.Random, lines: list[bytes], other: list[bytes]) -> list[bytes]:
    at, start = rng.randrange(len(lines)), rng.randrange(len(other))
    return lines[:at] + other[start : start + rng.randrange(1, 6)] + lines[at:]


def _bytes(rng: random.Random, lines: list[bytes], _: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines))
    line = bytearray(lines[at])
    for _i in range(rng.randrange(1, 5)):
        line.insert(rng.randrange(len(line) + 1), rng.randrange(256))
    return [*lines[:at], bytes(line), *lines[at + 1 :]]


def _digits(rng: random.Random, lines: list[bytes], _: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines))
    changed = bytes(
        rng.choice(b"0123456789-.") if chr(c).isdigit() and rng.random() < 0.5 else c for c in lines[at]
    )
    return [*lines[:at], changed, *lines[at + 1 :]]


def _cells(rng: random.Random, lines: list[bytes], _: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines))
    words = lines[at].split(b" ")
    words[rng.randrange(len(words))] = rng.choice((b"", b"-", b"--", b"N/A", b"\xb0C", "℃".encode("gb18030")))
    return [*lines[:at], b" ".join(words), *lines[at + 1 :]]


MUTATIONS: tuple[Mutation, ...] = (_drop, _repeat, _truncate, _splice, _bytes, _digits, _cells)


def damaged(rng: random.Random, raw: bytes, other: bytes) -> bytes:
    lines = raw.split(b"\n")
    for _ in range(rng.randrange(1, 4)):
        lines = rng.choice(MUTATIONS)(rng, lines, other.split(b"\n")) or [b""]
    return b"\n".join(lines)


def one_case(number: int, pool: Sequence[Seed]) -> None:
    """Damage one output and read it; raises AssertionError or whatever the parsers raise."""
    rng = random.Random(number)
    platform, command, raw = rng.choice(pool)
    broken = damaged(rng, raw, rng.choice(pool)[2])
    read_facts(platform, [_capture(command, broken)])
    path = template_path(platform, command)
    if path is None:
        return
    lines = clean(broken, command, platform.prompt)
    text = "\n".join(lines)
    for row in parse(path, lines, command=command, capture="").rows:
        for name, value in row.values.items():
            for item in [value] if isinstance(value, str) else value:
                assert item in text, f"{platform.id} {command!r}: {name}={item!r} is not in the text"


def _capture(command: str, raw: bytes) -> Capture:
    return Capture(
        device="d", command=command, status=CaptureStatus.OK, raw=raw, started_at=NOW, elapsed_s=0.1
    )


def main() -> int:
    """Run cases until the time is up; 1 when one failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--start", type=int, help="number of the first case; random without it")
    options.add_argument("--case", type=int, help="run this one case again")
    chosen = options.parse_args()
    pool = seeds()
    if chosen.case is not None:
        one_case(chosen.case, pool)
        return 0
    until = time.monotonic() + chosen.seconds
    first = number = random.SystemRandom().randrange(10**9) if chosen.start is None else chosen.start
    failed = 0
    while time.monotonic() < until and failed < 10:
        try:
            one_case(number, pool)
        except Exception as error:  # noqa: BLE001 - every kind of failure is one
            failed += 1
            sys.stdout.write(f"case {number}: {type(error).__name__}: {error}\n")
        number += 1
    sys.stdout.write(f"{number - first} cases from {len(pool)} outputs, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
