"""The demo's Comware 7 switches: every fact is read, and the planted faults are in it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import Facts, Known
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
        refused = any(pattern.search(text) for pattern in PLATFORM.refused)
        captures.append(
            Capture(
                device=device,
                command=command,
                status=CaptureStatus.REFUSED if refused else CaptureStatus.OK,
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
    unknown = {name: getattr(facts, name) for name in PLATFORM.facts}
    assert {name: fact for name, fact in unknown.items() if not isinstance(fact, Known)} == {}


def value(fact: object) -> Any:
    assert isinstance(fact, Known)
    return fact.value


def test_core_planted_faults() -> None:
    facts = FACTS["demo-core"]
    broken = [p for p in value(facts.power_supplies) if p.state != "Normal"]
    assert [f"{p.location} {p.name}" for p in broken] == ["slot 2 Power 2"]
    weak = {
        optic.interface: round(lane.rx_power_dbm - lane.rx_low_alarm_dbm, 2)
        for optic in value(facts.optics)
        for lane in optic.lanes
        if lane.rx_power_dbm - lane.rx_low_alarm_dbm <= 1.0
    }
    assert weak == {"Ten-GigabitEthernet1/0/1": 0.28}
    (community,) = value(facts.snmp).communities
    assert (community.access, community.name_class, community.acl) == ("rw", "default", None)
    states = [(n.router_id, n.interface, n.state) for n in value(facts.ospf)]
    assert states == [
        ("192.0.2.3", "Vlan-interface101", "FULL"),
        ("192.0.2.4", "Vlan-interface102", "EXSTART"),
    ]


def test_core_is_a_pair_that_agrees() -> None:
    facts = FACTS["demo-core"]
    stack = value(facts.stack)
    assert [(m.member, m.role, m.software_version) for m in stack.members] == [
        (1, "master", "6616P05H01"),
        (2, "standby", "6616P05H01"),
    ]
    assert {patch.effective for patch in value(facts.patches)} == {True}
    assert value(facts.saved_state).differences == ()


def test_access_planted_faults() -> None:
    facts = FACTS["demo-acc-h1"]
    hot = [t for t in value(facts.temperatures) if t.celsius >= t.warn_c]
    assert [(f"{t.location} {t.sensor}", t.celsius < t.alarm_c) for t in hot] == [("slot 1 hotspot 1", True)]
    ntp = value(facts.ntp)
    assert (ntp.configured, ntp.synchronized) == (True, False)
    assert value(facts.saved_state).differences == (
        ("+", "interface GigabitEthernet1/0/5 / storm-constrain broadcast pps 500 300"),
    )


@pytest.mark.parametrize("device", DEVICES)
def test_nothing_else_is_wrong(device: str) -> None:
    facts = FACTS[device]
    assert value(facts.uptime).uptime_s > 30 * 86400
    assert all(cpu.used_5m_pct < 60 for cpu in value(facts.cpu))
    assert all(memory.used_pct < 80 for memory in value(facts.memory))
    assert {fan.state for fan in value(facts.fans)} == {"Normal"}
    assert value(facts.err_disabled) == ()
    assert {port.duplex for port in value(facts.interfaces) if port.oper_up} <= {"full", None}
    assert all(member.selected for lag in value(facts.lags) for member in lag.members)
    recent = [e for e in value(facts.log_events) if e.time > NOW.replace(tzinfo=None) - timedelta(days=30)]
    assert min(event.severity for event in recent) > 2
    assert sum(event.severity == 3 for event in recent) < 20
    assert abs(value(facts.clock).device_time - NOW) < timedelta(seconds=1)
    assert {line.acl_in for line in value(facts.vty)} == {acl.id for acl in value(facts.acls)} == {"2001"}
    assert not value(facts.telnet).enabled


@pytest.mark.parametrize("device", DEVICES)
def test_tables_agree_with_each_other(device: str) -> None:
    facts = FACTS[device]
    used = {use.table: use.used for use in value(facts.table_use)}
    listed = {"mac": value(facts.macs), "arp": value(facts.arp), "route": value(facts.routes)}
    assert used == {table: len(rows) for table, rows in listed.items()}
    ports = {port.name for port in value(facts.interfaces)}
    assert {port for vlan in value(facts.vlans) for port in vlan.ports} <= ports
    assert {entry.interface for entry in (*value(facts.macs), *value(facts.arp))} <= ports
    assert {port.name for port in value(facts.stp_ports)} <= ports
    numbers = {vlan.vlan for vlan in value(facts.vlans)}
    assert {entry.vlan for entry in value(facts.macs)} <= numbers
    direct = {a.address for a in value(facts.addresses)}
    assert direct <= {route.prefix.removesuffix("/32") for route in value(facts.routes)}


@pytest.mark.parametrize("device", DEVICES)
def test_nothing_is_wrong_in_what_later_checks_read(device: str) -> None:
    facts = FACTS[device]
    assert [service.name for service in value(facts.services) if service.enabled] == []
    assert {line.auth_mode for line in (*value(facts.vty), value(facts.console))} == {"aaa"}
    assert {line.idle_min for line in value(facts.vty)} == {5.0}
    assert (value(facts.login_policy).max_fail, value(facts.login_policy).lock_min) == (3, 10.0)
    assert {group.security for group in value(facts.snmp_groups)} == {"priv"}
    assert value(facts.alarms) == value(facts.crashes) == value(facts.mac_moves) == ()
    assert {port.protection for port in value(facts.stp_ports)} == {None}
    assert all(port.up for port in value(facts.stack_ports))
    assert all(pool.used < 0.8 * pool.total for pool in value(facts.hardware_resources))
    assert all(storage.free_bytes > 0.2 * storage.total_bytes for storage in value(facts.filesystems))


def test_core_would_notice_a_split() -> None:
    facts = FACTS["demo-core"]
    assert (value(facts.mad).modes, value(facts.mad).faulty) == (("lacp",), False)
    assert [port.name for port in value(facts.stack_ports)] == ["IRF-port1/2", "IRF-port2/1"]
    assert value(facts.stack).topology == "chain"


CANARIES = {"demo-core": 7, "demo-acc-h1": 6}
"""Lines of the configuration with a planted secret."""


@pytest.mark.parametrize("device", DEVICES)
def test_canaries_are_masked(device: str) -> None:
    lines = [line.text for line in value(FACTS[device].config).walk()]
    canaries = [line for line in lines if "XJCANARY" in line]
    assert len(canaries) == CANARIES[device]
    assert [line for line in canaries if "XJCANARY" in mask_line(line)] == []
