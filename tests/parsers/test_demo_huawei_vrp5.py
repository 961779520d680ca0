"""The demo's VRP5 switches: every fact is read, the planted faults are in it and nothing else is wrong."""

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

PLATFORM = platforms()["huawei_vrp5"]
DEMO = Path("collector/simulator/demo")
NOW = datetime(2026, 3, 1, 4, 5, 6, 789000, tzinfo=UTC)
DEVICES = ("demo-acc-w1", "demo-acc-w2")


def text_of(device: str, command: str) -> str:
    path = DEMO / device / f"{command.replace('-', '_').replace(' ', '_')}.txt"
    return render(path.read_text("utf-8"), NOW)


@cache
def facts_of(device: str) -> Facts:
    """Read as to a privileged account; the simulator refuses the configuration to demo-acc-w2's."""
    return read_facts(
        PLATFORM,
        [
            Capture(
                device=device,
                command=command,
                status=CaptureStatus.OK,
                raw=f"{command}\r\n{text_of(device, command)}<{device}>".encode(),
                started_at=NOW,
                elapsed_s=0.2,
            )
            for command in PLATFORM.commands()
        ],
    )


def known(device: str, name: str) -> Any:
    fact = getattr(facts_of(device), name)
    assert isinstance(fact, Known), fact
    return fact.value


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", PLATFORM.facts)
def test_every_fact_is_known(device: str, name: str) -> None:
    assert isinstance(getattr(facts_of(device), name), Known)


@pytest.mark.parametrize("device", DEVICES)
def test_who_it_is(device: str) -> None:
    identity, software = known(device, "identity"), known(device, "software")
    assert (identity.hostname, identity.model) == (device, "S5735-L24P4X-A1")
    assert (software.os, software.version) == ("VRP", "V200R021C00SPC100")
    assert known(device, "uptime").uptime_s > 7 * 86400


@pytest.mark.parametrize(("device", "load"), [("demo-acc-w1", 85.0), ("demo-acc-w2", 9.0)])
def test_load(device: str, load: float) -> None:
    assert [(row.unit, row.used_5m_pct) for row in known(device, "cpu")] == [("Slot 0", load)]
    assert all(row.used_pct < 80 for row in known(device, "memory"))


def test_the_stack_of_w1() -> None:
    members = known("demo-acc-w1", "stack").members
    assert [(m.member, m.role, m.software_version) for m in members] == [
        (0, "master", "V200R021C00SPC100"),
        (1, "standby", "V200R021C00SPC100"),
    ]
    assert not known("demo-acc-w2", "stack").enabled
    assert known("demo-acc-w1", "mad").modes == ("direct",)


# What is not up, and why: everything else is.
DOWN = {
    "demo-acc-w1": {
        "GigabitEthernet0/0/4": False,
        "GigabitEthernet1/0/4": False,
        "XGigabitEthernet1/0/1": True,
    },
    "demo-acc-w2": {
        "GigabitEthernet0/0/4": True,
        "GigabitEthernet0/0/5": True,
        "GigabitEthernet0/0/7": True,
        "GigabitEthernet0/0/8": False,
    },
}


@pytest.mark.parametrize("device", DEVICES)
def test_interfaces(device: str) -> None:
    rows = known(device, "interfaces")
    assert {row.name: row.admin_up for row in rows if not row.oper_up} == DOWN[device]
    assert all(row.duplex == "full" for row in rows if row.kind == "ethernet")
    assert all(not row.in_errors and not row.crc_errors for row in rows)


@pytest.mark.parametrize(
    ("device", "shut"),
    [("demo-acc-w1", []), ("demo-acc-w2", [("GigabitEthernet0/0/5", "bpdu-protection")])],
)
def test_shut_by_a_protection(device: str, shut: list[tuple[str, str]]) -> None:
    assert [(row.interface, row.reason) for row in known(device, "err_disabled")] == shut


@pytest.mark.parametrize(("device", "port"), [("demo-acc-w1", "10GE1/0/2"), ("demo-acc-w2", "10GE1/0/3")])
def test_neighbours_are_those_of_the_cables(device: str, port: str) -> None:
    heard = [(row.local_port, row.remote_system, row.remote_port) for row in known(device, "lldp")]
    assert heard == [("XGigabitEthernet0/0/1", "demo-agg-w1", port)]


@pytest.mark.parametrize("device", DEVICES)
def test_light_is_well_inside_the_limits_where_the_link_is_up(device: str) -> None:
    up = {row.name for row in known(device, "interfaces") if row.oper_up}
    lanes = [lane for row in known(device, "optics") if row.interface in up for lane in row.lanes]
    assert lanes
    for lane in lanes:
        assert lane.rx_low_warn_dbm < lane.rx_power_dbm < lane.rx_high_warn_dbm
        assert lane.rx_low_alarm_dbm + 1 < lane.rx_power_dbm < lane.rx_high_alarm_dbm - 1


@pytest.mark.parametrize("device", DEVICES)
def test_hardware_is_well(device: str) -> None:
    assert all(
        row.celsius + 5 < row.alarm_c and row.state == "Normal" for row in known(device, "temperatures")
    )
    assert {row.state for row in known(device, "fans")} == {"Normal"}
    assert {row.state for row in known(device, "power_supplies")} == {"Supply"}
    assert {row.state for row in known(device, "boards")} == {"Normal"}
    assert all(row.serial.startswith("DEMO") for row in known(device, "inventory"))


@pytest.mark.parametrize(
    ("device", "enabled", "mode"), [("demo-acc-w1", True, "rstp"), ("demo-acc-w2", False, "mstp")]
)
def test_spanning_tree(device: str, enabled: bool, mode: str) -> None:
    row = known(device, "stp")
    assert (row.enabled, row.mode) == (enabled, mode)


@pytest.mark.parametrize(("device", "ahead_s"), [("demo-acc-w1", 0), ("demo-acc-w2", 90)])
def test_clock(device: str, ahead_s: int) -> None:
    ahead = known(device, "clock").device_time - NOW.replace(microsecond=0)
    assert ahead == timedelta(seconds=ahead_s)
    ntp = known(device, "ntp")
    assert (ntp.configured, ntp.synchronized, ntp.stratum) == (True, True, 4)


@pytest.mark.parametrize("device", DEVICES)
def test_nothing_severe_in_the_log(device: str) -> None:
    events = known(device, "log_events")
    assert events
    assert min(event.severity for event in events) >= 4
    # The clock of demo-acc-w2 is ahead, and its log with it.
    assert all(event.time < NOW + timedelta(seconds=90) for event in events)
    assert [event.time for event in events] == sorted((event.time for event in events), reverse=True)


@pytest.mark.parametrize("device", DEVICES)
def test_services_apart_from_the_planted_faults(device: str) -> None:
    assert [(host.address, host.level) for host in known(device, "info_center").hosts] == [("192.0.2.210", 6)]
    assert [patch.effective for patch in known(device, "patches")] == [True]
    snmp = known(device, "snmp")
    assert (snmp.versions, snmp.communities) == (("v3",), ())
    assert [user.security for user in snmp.users] == ["priv"]
    assert known(device, "saved_state").differences == ()
    assert known(device, "ospf") == known(device, "lags") == ()


@pytest.mark.parametrize(
    ("device", "telnet", "acl"), [("demo-acc-w1", True, None), ("demo-acc-w2", False, "2001")]
)
def test_who_may_log_in(device: str, telnet: bool, acl: str | None) -> None:
    assert known(device, "telnet").enabled is telnet
    assert {row.acl_in for row in known(device, "vty")} == {acl}
    assert known(device, "ssh").acl == acl
    protocols = {protocol for row in known(device, "vty") for protocol in row.protocols}
    assert ("telnet" in protocols) is telnet
    assert all(not row.permits_any and row.rules for row in known(device, "acls"))


@pytest.mark.parametrize("device", DEVICES)
def test_tables_agree_with_the_ports(device: str) -> None:
    up = {row.name for row in known(device, "interfaces") if row.oper_up}
    assert {row.vlan: set(row.ports) & up for row in known(device, "vlans")}[99] == {"XGigabitEthernet0/0/1"}
    assert {row.interface for row in known(device, "arp")} == {"Vlanif99", "XGigabitEthernet0/0/1"}
    learnt = {row.interface for row in known(device, "macs")}
    assert learnt <= up
    assert {row.name for row in known(device, "stp_ports")} == (
        learnt if known(device, "stp").enabled else set()
    )
    assert [(row.interface, row.prefix_length) for row in known(device, "addresses")] == [("Vlanif99", 24)]
    assert {row.table: row.used for row in known(device, "table_use")} == {
        "mac": len(known(device, "macs")),
        "arp": len(known(device, "arp")) - 1,
        "route": len(known(device, "routes")),
    }
    assert known(device, "mac_moves") == ()


@pytest.mark.parametrize("device", DEVICES)
def test_one_port_is_fed(device: str) -> None:
    master = known(device, "poe")[0]
    assert (master.budget_w, master.used_w) == (380.0, 7.2)
    assert [port.interface for port in master.ports if port.state == "Powered"] == ["GigabitEthernet0/0/2"]


@pytest.mark.parametrize("device", DEVICES)
def test_the_files_of_the_next_start_are_there(device: str) -> None:
    startup = known(device, "startup")
    assert {startup.image_next, startup.config_next} <= {row.name for row in known(device, "files")}
    (flash,) = known(device, "filesystems")
    assert flash.free_bytes > flash.total_bytes / 5


@pytest.mark.parametrize("device", DEVICES)
def test_canaries_stand_in_the_configuration_and_are_masked(device: str) -> None:
    text = text_of(device, "display current-configuration")
    assert f"XJCANARY-SNMP-{device}" in text
    assert f"XJCANARY-CIPHER-{device}" in text
    assert "XJCANARY" not in "\n".join(mask_line(line) for line in text.splitlines())
