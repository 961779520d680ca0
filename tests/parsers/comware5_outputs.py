"""Comware 5: what a whole switch prints, and how outputs are read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import Facts, Known
from parsers.reader import read_facts
from tests.parsers.comware_outputs import plain

PLATFORM = platforms()["h3c_comware5"]
SWITCH = Path("tests/switches/h3c_comware5")
FIXTURES = Path(__file__).parent / "fixtures" / "h3c_comware5"
NOW = datetime(2026, 3, 1, 4, 5, 6, 789000, tzinfo=UTC)
ALIEN = "~~ no switch has ever printed this line ~~"
RUNNING, SAVED = "display current-configuration", "display saved-configuration"


def snake(command: str) -> str:
    return command.replace("-", "_").replace(" ", "_")


def fixture(command: str, name: str) -> str:
    return (FIXTURES / snake(command) / f"{name}.txt").read_text("utf-8")


WHOLE = {c: render((SWITCH / f"{snake(c)}.txt").read_text("utf-8"), NOW) for c in PLATFORM.commands()}


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="acc-old-1", command=command, status=status, raw=text.encode(), started_at=NOW, elapsed_s=0.5
    )


def facts_of(outputs: dict[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def configured(*blocks: str) -> str:
    return "#\n".join(("#\n version 5.20, Release 2208P01\n", *blocks, "return\n"))


def read(fact: str, outputs: dict[str, str]) -> Any:
    return getattr(facts_of(outputs), fact)


def value(fact: str, outputs: dict[str, str]) -> Any:
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    return plain(found.value)


Case = tuple[str, dict[str, str], Any]
VERSION, PATCHES, IMAGES = "display version", "display patch information", "display boot-loader"
PEERS = {"display bgp peer": WHOLE["display bgp peer"]}


# What is kept on the device where nothing is said; the cases of logs say where they go.
KEPT = {"buffer_records": 512, "log_file": True, "dated": True}
