"""INOS-CN: what its switches print, and how outputs are read."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import Facts, Location
from parsers.reader import read_facts

PLATFORM = platforms()["inspur_inos_cn"]
FIXTURES = Path(__file__).parent / "fixtures" / PLATFORM.id
ASKED_AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def naive(text: str) -> datetime:
    """What a device prints without a zone."""
    return datetime.fromisoformat(text)


CONFIG = """!Command: show running-config
!Time: Sun Nov 22 03:00:00 2026

version 9.2(2) Bios:version 05.31
hostname lab-i1
"""


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="lab-i1",
        command=command,
        status=status,
        raw=f"{command}\n{text}\nlab-i1# ".replace("\n", "\r\n").encode(),
        started_at=ASKED_AT,
        elapsed_s=0.5,
        detail="said so",
    )


def read(outputs: Mapping[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def fixture(command: str, name: str) -> str:
    return (FIXTURES / command.replace("-", "_").replace(" ", "_") / f"{name}.txt").read_text("utf-8")


def plain(value: Any) -> Any:
    """Rows as mappings without `seen` and without what has its default: what a table below states."""
    if isinstance(value, Location):
        return str(value)
    if is_dataclass(value):
        pairs = ((f, getattr(value, f.name)) for f in fields(value) if f.name != "seen")
        return {f.name: plain(each) for f, each in pairs if each is not None and each != f.default}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


BY_SNAKE = {c.replace("-", "_").replace(" ", "_"): c for c in PLATFORM.commands()}


ALL_ON = (
    CONFIG
    + "".join(
        f"feature {name}\n" for name in ("bfd", "bgp", "hsrp", "isis", "lldp", "ospf", "udld", "vpc", "vrrp")
    )
    + "track 1 interface Ethernet1/1 line-protocol\nlogging level l2fm 5\n"
)


MOVES = (
    "2026 Nov 20 10:00:00 lab-i1 %L2FM-4-L2FM_MAC_MOVE2: "
    "Mac 0000.5e00.5311 in vlan 10 has moved from Po1 to Po2\n"
    "2026 Nov 20 10:00:05 lab-i1 %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up\n"
    "2026 Nov 21 11:00:00 lab-i1 %L2FM-4-L2FM_MAC_MOVE: "
    "Mac 0000.5e00.5311 in vlan 10 has moved between Po2 to Po1\n"
)
