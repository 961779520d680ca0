"""Drops in front of the processor and attack sources, from whole outputs of each platform."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import AttackSource, ControlPlaneDrop, Known, Partial, Reason, Unknown
from parsers.reader import read_facts

FIXTURES = Path(__file__).parent / "fixtures"
AT = datetime(2026, 11, 20, tzinfo=UTC)
FACTS = {"control_plane_drops", "attack_tracing"}
SLOT_1, SLOT_2 = "display qos policy control-plane slot 1", "display qos policy control-plane slot 2"
CONFIG = "display current-configuration"
FLOODS = "display arp source-mac"
CPU = "display cpu-defend statistics all"
SOURCES, POLICIES = "display auto-defend attack-source", "display auto-defend configuration"
COPP = "show policy-map interface control-plane"
OFF = "#\n version 7.1.070, Release 6616P01\n#\n sysname sw1\n#\nreturn\n"
ON = OFF.replace(" sysname sw1\n", " sysname sw1\n#\n arp source-mac monitor\n")


def text(platform: str, folder: str, name: str) -> str:
    return (FIXTURES / platform / folder / f"{name}.txt").read_text("utf-8")


def read(platform: str, fact: str, outputs: Mapping[str, str]) -> Any:
    captures = [
        Capture(
            device="sw1",
            command=command,
            status=CaptureStatus.OK,
            raw=said.encode(),
            started_at=AT,
            elapsed_s=0,
        )
        for command, said in outputs.items()
    ]
    return getattr(read_facts(platforms()[platform], captures, (fact,)), fact)


def drops(platform: str, outputs: Mapping[str, str]) -> list[tuple[Any, ...]]:
    known = read(platform, "control_plane_drops", outputs)
    assert isinstance(known, Known)
    rows: tuple[ControlPlaneDrop, ...] = known.value
    assert all(row.seen.lines for row in rows)
    return [(str(row.location), row.protocol, row.dropped, row.dropped_bytes) for row in rows]


def sources(platform: str, outputs: Mapping[str, str]) -> tuple[bool, list[tuple[Any, ...]]]:
    known = read(platform, "attack_tracing", outputs)
    assert isinstance(known, Known), known
    found: tuple[AttackSource, ...] = known.value.sources
    assert all(row.seen.lines for row in found)
    return known.value.enabled, [
        (str(row.location), row.mac or row.ip, row.interface, row.vlan, row.protocol, row.packets)
        for row in found
    ]


def comware(name: str) -> str:
    return text("h3c_comware7", "display_qos_policy_control_plane_slot", name)


def test_comware_counts_what_a_class_discards_on_both_members() -> None:
    second = comware("member").replace("slot 1", "slot 2").replace("2044 (", "1 (")
    assert drops("h3c_comware7", {SLOT_1: comware("member"), SLOT_2: second}) == [
        ("slot 1", "arp-in", 2044, 130816),
        ("slot 2", "arp-in", 1, 130816),
    ]


def test_comware_passes_over_classes_that_let_everything_through() -> None:
    found = drops("h3c_comware7", {SLOT_1: comware("two_classes_in_a_chassis")})
    assert found == [("chassis 1 slot 0", "ospf", 0, 0)]


def test_comware_may_count_bytes_alone() -> None:
    assert drops("h3c_comware7", {SLOT_1: comware("bytes_only")}) == [("slot 3", "icmp", None, 91136)]


def test_comware_without_a_policy_of_its_own_counts_nothing() -> None:
    assert drops("h3c_comware7", {SLOT_1: "\n"}) == []


def test_a_class_that_discards_without_a_count_is_not_read() -> None:
    said = comware("bytes_only").replace("        Red   :91136(Bytes)\n", "")
    fact = read("h3c_comware7", "control_plane_drops", {SLOT_1: said})
    assert isinstance(fact, Unknown)
    assert (fact.reason, "icmp" in fact.detail) == (Reason.UNPARSED, True)


def test_comware_names_who_floods_with_arp() -> None:
    found = text("h3c_comware7", "display_arp_source_mac", "found")
    assert sources("h3c_comware7", {CONFIG: ON, FLOODS: found}) == (
        True,
        [
            ("", "0000-5e00-5341", "GigabitEthernet1/0/7", 10, "ARP", None),
            ("", "0000-5e00-5342", "Bridge-Aggregation1", 20, "ARP", None),
        ],
    )


@pytest.mark.parametrize(
    ("config", "on"), [(ON, True), (ON.replace("monitor", "filter"), True), (OFF, False)]
)
def test_comware_is_on_by_configuration_alone(config: str, on: bool) -> None:
    none = text("h3c_comware7", "display_arp_source_mac", "none")
    assert sources("h3c_comware7", {CONFIG: config, FLOODS: none}) == (on, [])


def test_comware_5_is_known_to_be_off_and_else_not_known() -> None:
    old = OFF.replace("7.1.070, Release 6616P01", "5.20.99, Release 2222P11")
    assert sources("h3c_comware5", {CONFIG: old}) == (False, [])
    on = old.replace(" sysname sw1\n", " sysname sw1\n#\n arp anti-attack source-mac filter\n")
    fact = read("h3c_comware5", "attack_tracing", {CONFIG: on})
    assert isinstance(fact, Unknown)
    assert fact.reason is Reason.UNPARSED


def test_vrp8_counts_every_kind_on_every_slot() -> None:
    said = text("huawei_vrp8", "display_cpu_defend_statistics_all", "two_slots")
    assert drops("huawei_vrp8", {CPU: said}) == [
        ("slot 1", "arp-miss", 0, None),
        ("slot 1", "arp-request", 9204, None),
        ("slot 1", "8021x", 0, None),
        ("slot 2", "bgp", 0, None),
    ]


def test_vrp5_counts_in_one_line_or_in_two() -> None:
    folder = "display_cpu_defend_statistics_all"
    assert drops("huawei_vrp5", {CPU: text("huawei_vrp5", folder, "one_line_each")}) == [
        ("", "arp-miss", 0, 0),
        ("", "arp-request", 3444, 220416),
        ("slot 3", "icmp", 0, 0),
    ]
    assert drops("huawei_vrp5", {CPU: text("huawei_vrp5", folder, "two_lines_each")}) == [
        ("slot 0", "8021x", 0, 0),
        ("slot 0", "arp-reply", 12, None),
        ("slot 0", "ttl-expired", 0, 0),
    ]


@pytest.mark.parametrize("platform", ["huawei_vrp5", "huawei_vrp8"])
def test_vrp_that_prints_no_counter_is_not_read(platform: str) -> None:
    fact = read(platform, "control_plane_drops", {CPU: "\n"})
    assert isinstance(fact, Unknown)
    assert fact.reason is Reason.UNPARSED


def policies(name: str = "two_policies") -> str:
    return text("huawei_vrp8", "display_auto_defend_configuration", name)


def test_vrp8_names_attackers_by_address() -> None:
    said = text("huawei_vrp8", "display_auto_defend_attack_source", "user")
    assert sources("huawei_vrp8", {SOURCES: said, POLICIES: policies()}) == (
        True,
        [
            ("slot 1", "0000-5e00-5351", "10GE1/0/12", 10, "ARP", 4021),
            ("slot 1", "0000-5e00-5352", "100GE1/0/1:2", None, "DHCP", 611),
        ],
    )


def test_vrp5_names_attackers_by_address_and_port() -> None:
    said = text("huawei_vrp5", "display_auto_defend_attack_source", "three_tables")
    assert sources("huawei_vrp5", {SOURCES: said, POLICIES: policies()}) == (
        True,
        [
            ("slot 0", "0000-5e00-5361", "GigabitEthernet0/0/9", 20, None, 1744),
            ("slot 0", None, "GigabitEthernet0/0/9", 20, None, 902),
            ("slot 0", "203.0.113.77", None, None, None, 811),
        ],
    )


@pytest.mark.parametrize("platform", ["huawei_vrp5", "huawei_vrp8"])
@pytest.mark.parametrize(
    ("said", "on"),
    [
        (policies("off"), False),
        (policies(), True),
        # One slot's policy has it off.
        (policies().replace("enable", "disable", 1), False),
        # The policy that has it off is applied to nothing.
        (policies().replace("<2>", "<>").replace("enable", "disable", 1), True),
    ],
)
def test_vrp_tracing_is_on_where_every_applied_policy_has_it_on(platform: str, said: str, on: bool) -> None:
    none = text(platform, "display_auto_defend_attack_source", "none")
    assert sources(platform, {SOURCES: none, POLICIES: said}) == (on, [])


def test_vrp_says_whether_tracing_is_on_or_nothing_is_known() -> None:
    silent = policies("off").replace(" auto-defend                      : disable\n", "")
    fact = read("huawei_vrp5", "attack_tracing", {SOURCES: "\n", POLICIES: silent})
    assert isinstance(fact, Unknown)
    assert "does not say" in fact.detail


def test_vrp_a_total_that_the_rows_do_not_reach_is_not_read() -> None:
    said = text("huawei_vrp8", "display_auto_defend_attack_source", "user").replace("Total: 2", "Total: 3")
    fact = read("huawei_vrp8", "attack_tracing", {SOURCES: said, POLICIES: policies()})
    assert isinstance(fact, Unknown)
    assert "3 by its totals, 2 in its tables" in fact.detail


def test_vrp8_rows_of_a_form_nobody_saw_are_unread() -> None:
    said = text("huawei_vrp8", "display_auto_defend_attack_source", "user")
    strange = said + "  Attack Source IP Table on Slot 1 :\n  203.0.113.77   ARP   811\n  Total: 1\n"
    fact = read("huawei_vrp8", "attack_tracing", {SOURCES: strange, POLICIES: policies()})
    assert isinstance(fact, Partial)
    assert [line.text.strip() for line in fact.unread] == ["203.0.113.77   ARP   811"]
    assert [source.mac for source in fact.value.sources] == ["0000-5e00-5351", "0000-5e00-5352"]


def test_inos_counts_each_class_in_packets_or_in_bytes() -> None:
    folder = "show_policy_map_interface_control_plane"
    assert drops("inspur_inos_cn", {COPP: text("inspur_inos_cn", folder, "packets")}) == [
        ("slot 1", "copp-system-p-class-l3uc-data", 0, None),
        ("slot 1", "copp-system-p-class-critical", 46, None),
    ]
    assert drops("inspur_inos_cn", {COPP: text("inspur_inos_cn", folder, "bytes_on_two_modules")}) == [
        ("slot 1", "class-default", None, 2048),
        ("slot 22", "class-default", None, 0),
    ]


def test_inos_that_prints_no_control_plane_is_not_read() -> None:
    fact = read("inspur_inos_cn", "control_plane_drops", {COPP: "\n"})
    assert isinstance(fact, Unknown)
    assert fact.reason is Reason.UNPARSED
