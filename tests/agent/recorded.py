"""What a terminal would have recorded of the demo's devices, and an inventory to import it with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import yaml

from agent.console import Console
from agent.demo import demo_rules
from agent.run import Options
from checks.inspection import Inspection
from collector.capture import Capture
from collector.run_folder import RunFolder
from collector.terminal import decode

RECORDED_AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Said(Console):
    """A console that remembers."""

    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def error(self, text: str) -> None:
        self.errors.append(text)


def captures_of(run: RunFolder) -> dict[str, list[Capture]]:
    """What each device answered, what was asked earlier in front."""
    stored, damage = run.captures()
    assert damage == ()
    by_device: dict[str, list[Capture]] = {
        device: [each.capture for each in run.load(records, [])] for device, records in run.earlier().items()
    }
    for each in stored:
        by_device.setdefault(each.capture.device, []).append(each.capture)
    return by_device


def session_log(captures: list[Capture]) -> str:
    """What a terminal would have recorded of one device, with a head like SecureCRT's."""
    prompt = decode(captures[0].raw).rsplit("\n", 1)[1]
    answers = "".join(decode(capture.raw) for capture in captures)
    head = f"[{RECORDED_AT:%Y-%m-%d %H:%M:%S}] {captures[0].device} - Log start\r\n\r\n"
    return f"{head}Authorised users only.\r\n\r\n{prompt}{answers}quit\r\n\r\nDisconnected\r\n"


def inventory(folder: Path, inspection: Inspection) -> Path:
    """The demo's inventory as a file; its permission has long ended."""
    site = inspection.site.model_dump(mode="json", exclude={"logo"})
    site["authorization"] |= {
        "valid_from": "2026-01-01T00:00:00+08:00",
        "valid_until": "2026-01-02T00:00:00+08:00",
    }
    file = folder / "inventory.yaml"
    data = {"credentials": {"demo": {"username": "inspector", "password_env": "X"}}, "sites": [site]}
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return file


def options(folder: Path) -> Options:
    return Options(rules=demo_rules(), data=folder / "data")


def stamped_log(captures: list[Capture]) -> str:
    """The same with the recorder's time in front of every line."""
    prompt = decode(captures[0].raw).rsplit("\n", 1)[1]
    lines = [(prompt, captures[0])]
    for capture in captures:
        echo, *answer = decode(capture.raw).split("\n")
        lines[-1] = (lines[-1][0] + echo, lines[-1][1])
        lines += [(line, capture) for line in answer]
    lines[-1] = (lines[-1][0] + "quit\r", lines[-1][1])
    return "".join(f"[{capture.started_at:%Y-%m-%d %H:%M:%S}] {line}\n" for line, capture in lines)
