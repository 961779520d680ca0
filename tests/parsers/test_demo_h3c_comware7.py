"""The demo's Comware 7 switches: every fact is read, and the planted faults are in it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import FACT_NAMES, Facts, Known
from parsers.masking import mask_line
from parsers.reader import read_facts

PLATFORM = platforms()["h3c_comware7"]
DEMO = Path("collector/simulator/demo")
NOW = datetime(2026, 3, 1, 4, 5, 6, 789000, tzinfo=UTC)
DEVICES = ("demo-core", "demo-acc-h1")


def read(device: str) -> Facts:
    captures = []
    for command in PLATFORM.commands():
        snake = command.replace("-", "_").replace(" ", "_")
        text = (DEMO / device / f"{snake}.txt").read_text("utf-8")
        captures.append(
            Capture(
                device=device,
                command=command,
                status=CaptureStatus.OK,
                raw=render(text, NOW).encode(),
                started_at=NOW,
                elapsed_s=0.2,
            )
        )
    return read_facts(PLATFORM, captures)


FACTS = {device: read(device) for device in DEVICES}


@pytest.mark.parametrize("device", DEVICES)
def test_every_fact_is_known(device: str) -> None:
    facts = FACTS[device]
    unknown = {name: getattr(facts, name) for name in FACT_NAMES}
    assert {name: fact for name, fact in unknown.items() if not isinstance(fact, Known)} == {}
