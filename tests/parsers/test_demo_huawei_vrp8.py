"""The demo's VRP8 switches: every fact is read, the planted faults are in it and nothing else is wrong."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers.facts import Facts, Known
from parsers.masking import mask_line
from parsers.reader import read_facts

PLATFORM = platforms()["huawei_vrp8"]
DEMO = Path("collector/simulator/demo")
NOW = datetime(2026, 3, 1, 4, 5, 6, 789000, tzinfo=UTC)
DEVICES = ("demo-agg-w1", "demo-agg-w2")
# Second choices, which V200R019 refuses: it answers the first ones. M-LAG: none is configured.
REFUSED = {
    "display cpu-usage",
    "display device temperature",
    "display device elabel brief",
    "display arp",
    "display alarm active",
    "display arp statistics all",
    "display bfd session all verbose",
    "display vrrp verbose",
    "display dfs-group 1 m-lag",
    "display dfs-group 1 m-lag brief",
    "display dfs-group 1 node 1 m-lag brief",
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
                status=CaptureStatus.OK if text is not None else CaptureStatus.REFUSED,
                raw=(text or "").encode(),
                started_at=NOW,
                elapsed_s=0.2,
            )
            for command, text in texts.items()
        ],
    )


def known(device: str, name: str) -> Any:
    fact = getattr(facts_of(device), name)
    assert isinstance(fact, Known), fact
    return fact.value


@pytest.mark.parametrize("device", DEVICES)
def test_every_fact_is_known(device: str) -> None:
    facts = {name: getattr(facts_of(device), name) for name in PLATFORM.facts}
    assert {name: fact for name, fact in facts.items() if not isinstance(fact, Known)} == {}


@pytest.mark.parametrize("device", DEVICES)
def test_who_it_is(device: str) -> None:
    identity, software = known(device, "identity"), known(device, "software")
    assert (identity.hostname, identity.model) == (device, "CE6857-48S6CQ-EI")
    assert (software.os, software.version) == ("VRP", "V200R019C10SPC800")
    assert known(device, "uptime").uptime_s > 7 * 86400


def test_the_fan_of_w1_and_only_it_is_abnormal() -> None:
    states = {
        (device, str(fan.location), fan.name): fan.state
        for device in DEVICES
        for fan in known(device, "fans")
    }
    assert len(states) == 8
    assert {where for where, state in states.items() if state != "Normal"} == {
        ("demo-agg-w1", "slot 1", "FAN2")
    }


@pytest.mark.parametrize(
    ("device", "severe"),
    [("demo-agg-w1", ["DEVM/hwFanInvalid_active", "DEVM/hwFanMinorAlarm_active"]), ("demo-agg-w2", [])],
)
def test_severe_events_of_the_last_month(device: str, severe: list[str]) -> None:
    events = known(device, "log_events")
    recent = [event for event in events if event.time > NOW - timedelta(days=30)]
    assert [event.mnemonic for event in recent if event.severity <= 2] == severe
    assert sum(event.severity == 3 for event in recent) < 20
    assert min(event.time for event in events) < NOW - timedelta(days=30)
    assert [event.time for event in events] == sorted((event.time for event in events), reverse=True)


@pytest.mark.parametrize("device", DEVICES)
def test_one_member_of_the_aggregation_is_down(device: str) -> None:
    (lag,) = known(device, "lags")
    ports = {port.name: port for port in known(device, "interfaces")}
    assert (lag.name, lag.mode, lag.oper_up) == ("Eth-Trunk1", "lacp", True)
    assert [(m.interface, m.selected, ports[m.interface].oper_up) for m in lag.members] == [
        ("10GE1/0/47", True, True),
        ("10GE1/0/48", False, False),
    ]
    assert ports["10GE1/0/48"].admin_up


@pytest.mark.parametrize(
    ("device", "neighbours"),
    [
        ("demo-agg-w1", [("192.0.2.4", "Vlanif100", "FULL"), ("192.0.2.1", "Vlanif101", "FULL")]),
        ("demo-agg-w2", [("192.0.2.3", "Vlanif100", "FULL"), ("192.0.2.1", "Vlanif102", "EXSTART")]),
    ],
)
def test_ospf(device: str, neighbours: list[tuple[str, str, str]]) -> None:
    assert [(n.router_id, n.interface, n.state) for n in known(device, "ospf")] == neighbours


@pytest.mark.parametrize(
    ("device", "state", "effective"), [("demo-agg-w1", "Running", True), ("demo-agg-w2", "Deactive", False)]
)
def test_patch(device: str, state: str, effective: bool) -> None:
    (patch,) = known(device, "patches")
    assert (patch.name, patch.state, patch.effective) == ("CE6857EI-V200R019SPH008.PAT", state, effective)


@pytest.mark.parametrize("device", DEVICES)
def test_hardware_and_load_are_in_order(device: str) -> None:
    assert {board.state for board in known(device, "boards")} == {"Normal"}
    assert {(psu.name, psu.state) for psu in known(device, "power_supplies")} == {
        ("PWR1", "Supply"),
        ("PWR2", "Supply"),
    }
    assert all(sensor.celsius + 5 < sensor.warn_c for sensor in known(device, "temperatures"))
    assert all(cpu.used_5m_pct < 60 for cpu in known(device, "cpu"))
    assert all(memory.used_pct < 80 for memory in known(device, "memory"))


@pytest.mark.parametrize("device", DEVICES)
def test_optics_of_ports_that_are_up_receive_well(device: str) -> None:
    up = {port.name for port in known(device, "interfaces") if port.oper_up}
    optics = {optic.interface: optic for optic in known(device, "optics")}
    assert {name for name in up if name.startswith("10GE")} <= optics.keys()
    for name, optic in optics.items():
        (lane,) = optic.lanes
        if name in up:
            assert lane.rx_low_alarm_dbm + 1 < lane.rx_power_dbm < lane.rx_high_alarm_dbm - 1
            assert optic.alarms == ()
        else:
            assert lane.rx_power_dbm is None


@pytest.mark.parametrize("device", DEVICES)
def test_time_logs_and_access_are_in_order(device: str) -> None:
    clock, ntp = known(device, "clock"), known(device, "ntp")
    assert abs(clock.device_time - NOW) < timedelta(seconds=1)
    assert (ntp.configured, ntp.synchronized, ntp.stratum) == (True, True, 3)
    assert [(host.address, host.level) for host in known(device, "info_center").hosts] == [("192.0.2.210", 6)]
    assert not known(device, "telnet").enabled
    assert [(line.acl_in, line.protocols) for line in known(device, "vty")] == [("2001", ("ssh",))]
    assert [(acl.id, acl.rules > 0, acl.permits_any) for acl in known(device, "acls")] == [
        ("2001", True, False)
    ]
    snmp = known(device, "snmp")
    assert (snmp.versions, snmp.communities) == (("v3",), ())
    assert [user.security for user in snmp.users] == ["priv"]
    assert known(device, "stp").mode == "rstp"
    assert known(device, "saved_state").differences == ()
    assert known(device, "err_disabled") == ()
    assert not known(device, "stack").enabled


@pytest.mark.parametrize("device", DEVICES)
def test_secrets_are_canaries_and_masking_hides_them(device: str) -> None:
    secrets = [line.text for line in known(device, "config").walk() if "XJCANARY" in line.text]
    kinds = {
        kind for kind in ("SNMP", "CIPHER") if any(f"XJCANARY-{kind}-{device}" in line for line in secrets)
    }
    assert kinds == {"SNMP", "CIPHER"}
    assert sum("cipher" in line for line in secrets) == 6
    assert not any("XJCANARY" in mask_line(line) for line in secrets)
