"""The demo's Inspur switches: every fact is known, and the planted faults are in the facts."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import Facts, Known, LagMember
from parsers.reader import read_facts

PLATFORM = platforms()["inspur_inos_cn"]
DEMO = Path("collector/simulator/demo")
NOW = datetime(2026, 11, 22, 3, 0, 0, 250000, tzinfo=UTC)
DEVICES = ("demo-srv-i1", "demo-srv-i2")


# Features that are off, and second choices: the switches answer the first ones.
REFUSED = {
    "show environment",
    "show ip ospf neighbors vrf all",
    "show ip ospf neighbors",
    "show ip arp",
    "show ip arp summary",
    "show ip route",
    "show ip route summary",
    "show bgp sessions vrf all",
    "show bgp sessions",
    "show isis adjacency vrf all",
    "show isis adjacency",
    "show bfd neighbors vrf all",
    "show bfd neighbors",
    "show hsrp all",
    "show hsrp brief",
    "show vrrp",
    "show vpc",
}


def text_of(device: str, command: str) -> str | None:
    path = DEMO / device / f"{command.replace('-', '_').replace(' ', '_')}.txt"
    return render(path.read_text("utf-8"), NOW) if path.exists() else None


@cache
def facts_of(device: str) -> Facts:
    texts = {command: text_of(device, command) for command in PLATFORM.commands()}
    assert {command for command, text in texts.items() if text is None} == REFUSED
    return read_facts(
        PLATFORM,
        [
            Capture(
                device=device,
                command=command,
                status=CaptureStatus.REFUSED if text is None else CaptureStatus.OK,
                raw=f"{command}\n{text}\n{device}# ".replace("\n", "\r\n").encode(),
                started_at=NOW,
                elapsed_s=0.2,
            )
            for command, text in texts.items()
        ],
    )


def value(device: str, fact: str) -> Any:
    known = getattr(facts_of(device), fact)
    assert isinstance(known, Known), f"{device} {fact}: {known}"
    return known.value


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("fact", sorted(PLATFORM.facts))
def test_every_fact_is_known(device: str, fact: str) -> None:
    value(device, fact)


VALUES: dict[str, Callable[[str], Any]] = {
    "name": lambda d: value(d, "identity").hostname,
    "model": lambda d: value(d, "identity").model,
    "version": lambda d: value(d, "software").version,
    "days up": lambda d: value(d, "uptime").uptime_s // 86400,
    "memory": lambda d: [(row.unit, row.used_pct) for row in value(d, "memory")],
    "half duplex": lambda d: [row.name for row in value(d, "interfaces") if row.duplex == "half"],
    "boards": lambda d: [(str(row.location), row.kind, row.state) for row in value(d, "boards")],
    "log hosts": lambda d: [(host.address, host.level) for host in value(d, "info_center").hosts],
    "stp": lambda d: (value(d, "stp").enabled, value(d, "stp").mode),
    "lag": lambda d: [(row.name, row.mode, row.oper_up) for row in value(d, "lags")],
    "nxapi": lambda d: [line.text for line, _ in value(d, "config").find("feature nxapi")],
    "clock": lambda d: value(d, "clock").device_time,
    "neighbours": lambda d: [
        (row.local_port, row.remote_system, row.remote_port) for row in value(d, "lldp")
    ],
}
EXPECTED: dict[str, tuple[Any, Any]] = {
    "name": DEVICES,
    "model": ("CN61108PC-V", "CN61108PC-V"),
    "version": ("9.2(3)", "9.2(2)"),
    "days up": (143, 3),
    "memory": ([("memory", 84.0)], [("memory", 50.0)]),
    "half duplex": (["Ethernet1/10"], []),
    "boards": (
        [("slot 1", "fixed", "active *"), ("slot 2", "subcard", "ok")],
        [("slot 1", "fixed", "active *"), ("slot 2", "subcard", "powered-dn")],
    ),
    "log hosts": ([], [("192.0.2.250", 6)]),
    "stp": ((True, "mstp"), (True, "mstp")),
    "lag": ([("port-channel10", "lacp", True)], [("port-channel10", "lacp", True)]),
    "nxapi": ([], ["feature nxapi"]),
    "clock": (NOW, NOW),
    "neighbours": (
        [
            ("Ethernet1/47", "demo-srv-i2", "Ethernet1/47"),
            ("Ethernet1/48", "demo-srv-i2", "Ethernet1/48"),
            ("Ethernet1/49", "demo-agg-w1", "10GE1/0/4"),
        ],
        [
            ("Ethernet1/47", "demo-srv-i1", "Ethernet1/47"),
            ("Ethernet1/48", "demo-srv-i1", "Ethernet1/48"),
            ("Ethernet1/49", "demo-agg-w2", "10GE1/0/4"),
        ],
    ),
}


@pytest.mark.parametrize("what", sorted(EXPECTED))
def test_planted_faults_and_plan(what: str) -> None:
    assert tuple(VALUES[what](device) for device in DEVICES) == EXPECTED[what]


@pytest.mark.parametrize("device", DEVICES)
def test_commands_agree_with_each_other(device: str) -> None:
    interfaces = {row.name: row for row in value(device, "interfaces")}
    up = {name for name, row in interfaces.items() if row.oper_up}
    assert {row.local_port for row in value(device, "lldp")} <= up
    assert {row.interface for row in value(device, "optics")} <= up
    members = [member for row in value(device, "lags") for member in row.members]
    assert members == [
        LagMember(interface="Ethernet1/47", selected=True, oper_up=True),
        LagMember(interface="Ethernet1/48", selected=True, oper_up=True),
    ]
    configured = {match[1] for _, match in value(device, "config").find(r"interface (\S+)")}
    assert configured == set(interfaces)
    assert value(device, "saved_state").differences == ()
    serials = {row.serial for row in value(device, "optics")}
    assert {row.serial for row in value(device, "inventory") if row.kind == "optic"} <= serials


@pytest.mark.parametrize("device", DEVICES)
def test_tables_agree_with_the_interfaces(device: str) -> None:
    interfaces = {row.name: row for row in value(device, "interfaces")}
    up = {name for name, row in interfaces.items() if row.oper_up}
    members = {member.interface for row in value(device, "lags") for member in row.members}
    forwarding = {row.name for row in value(device, "stp_ports")}
    assert forwarding == up - members - {"mgmt0"}
    learnt = {row.interface for row in value(device, "macs") if not row.static}
    assert learnt <= forwarding
    assert {port for row in value(device, "vlans") for port in row.ports} == set(interfaces) - {
        "mgmt0",
        "Vlan1",
    }
    (address,) = value(device, "addresses")
    assert (address.interface, address.vrf) == ("mgmt0", "management")
    assert {row.interface for row in value(device, "arp")} == {"mgmt0"}
    images = {row.name for row in value(device, "files") if row.name.endswith(".bin")}
    assert images == {value(device, "startup").image_next}
    used = {row.table: row.used for row in value(device, "table_use")}
    assert used["arp"] == len(value(device, "arp"))
    assert used["route"] == len(value(device, "routes"))
    assert used["mac"] == sum(not row.static for row in value(device, "macs"))


@pytest.mark.parametrize("device", DEVICES)
def test_canaries_are_planted(device: str) -> None:
    for command in ("show running-config", "show startup-config"):
        text = text_of(device, command) or ""
        assert f"XJCANARY-SNMP-{device}" in text
        assert f"XJCANARY-CIPHER-{device}" in text
