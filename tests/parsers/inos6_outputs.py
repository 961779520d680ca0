"""INOS 6: what a whole switch prints, and how outputs are read."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import Facts, Known
from parsers.reader import read_facts
from tests.parsers.comware_outputs import plain

PLATFORM = platforms()["inspur_inos6"]
SWITCH = Path("tests/switches/inspur_inos6")
FIXTURES = Path(__file__).parent / "fixtures" / PLATFORM.id
NOW = datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC)
ALIEN = "~~ no switch has ever printed this line ~~"
RUNNING, SAVED = "show running-config", "show startup-config"
LINES = "line console 0\n no line-password\n no login\nline vty 0 7\n no line-password\n login local\n"


def snake(command: str) -> str:
    return command.replace("-", "_").replace(" ", "_")


def fixture(command: str, name: str) -> str:
    return (FIXTURES / snake(command) / f"{name}.txt").read_text("utf-8")


WHOLE = {c: render((SWITCH / f"{snake(c)}.txt").read_text("utf-8"), NOW) for c in PLATFORM.commands()}


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="demo-leaf-c1",
        command=command,
        status=status,
        raw=f"{command}\n{text}\ndemo-leaf-c1# ".replace("\n", "\r\n").encode(),
        started_at=NOW,
        elapsed_s=0.5,
    )


def facts_of(outputs: Mapping[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def configured(*blocks: str, lines: str = LINES) -> str:
    return "!\n".join(("Building configuration...\nversion 6.6.6.R1.23\n", *blocks, lines))


def read(fact: str, outputs: Mapping[str, str]) -> Any:
    return getattr(facts_of(outputs), fact)


def value(fact: str, outputs: Mapping[str, str]) -> Any:
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    return plain(found.value)


Case = tuple[str, dict[str, str], Any]
VERSION, ENVIRONMENT, STATUS = "show version", "show environment", "show interface status"
SHUT = "interface eth-0-2\n shutdown\n"


TEMPLATED = sorted(c for c in PLATFORM.commands() if c not in (RUNNING, SAVED))
COMMANDS = {snake(command): command for command in PLATFORM.commands()}


def port_row(name: str, kind: str = "ethernet", **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "admin_up": True, "oper_up": False} | more


def setting_row(name: str, **more: Any) -> dict[str, Any]:
    return {"interface": name, "mode": "access", "vlan": 1} | more


UP: dict[str, Any] = {"oper_up": True, "duplex": "full"}
LIMITS = {
    "rx_low_alarm_dbm": -11.5,
    "rx_high_alarm_dbm": 3.4,
    "rx_low_warn_dbm": -9.5,
    "rx_high_warn_dbm": 2.4,
    "tx_low_alarm_dbm": -8.3,
    "tx_high_alarm_dbm": 3.4,
}
