"""The demo's outputs agree with its plan and with one another, whichever device tells it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from itertools import chain
from typing import TypeVar

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.device import SimulatedDevice, load_outputs
from collector.simulator.faults import EVERY, CommandFaults, Faults, printed
from collector.simulator.site import DEMO, Link, demo_devices, load_plan
from collector.simulator.texts import render
from parsers.facts import Fact, Facts, Interface, Known, Partial
from parsers.reader import read_facts
from parsers.seen import Seen

T = TypeVar("T")
PLAN = load_plan()
DEVICES = {device.name: device for device in PLAN.devices if device.name not in PLAN.unreachable}
MGMT = {device.name: str(device.mgmt) for device in PLAN.devices}
NOW = datetime.now(UTC)
NOWHERE = Seen("", "", ())

every_device = pytest.mark.parametrize("name", sorted(DEVICES))


@cache
def facts(name: str, *, realism: bool = False) -> Facts:
    """What a device says of itself to an account that may ask everything."""
    switch = simulated(name, realism=realism)
    return facts_of(switch, switch.faults, own_log_line(switch))


def facts_of(switch: SimulatedDevice, faults: Faults, log_line: str) -> Facts:
    captures = [
        Capture(
            device=switch.name,
            command=command,
            status=CaptureStatus.OK,
            raw=printed(render(text, NOW), faults.of(command), log_line),
            started_at=NOW,
            elapsed_s=0.1,
        )
        for command, text in switch.outputs.items()
    ]
    return read_facts(switch.platform, captures)


def simulated(name: str, *, realism: bool = False) -> SimulatedDevice:
    return next(device for device in demo_devices("unused", realism=realism) if device.name == name)


def own_log_line(switch: SimulatedDevice) -> str:
    return render(switch.dialect.syslog.format(name=switch.name), NOW)


def known(fact: Fact[T]) -> T:
    assert isinstance(fact, Known), fact
    return fact.value


def ends(link: Link) -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    """Both ends, each with the other one."""
    return ((link.a, link.b), (link.b, link.a))


def config_text(name: str) -> str:
    platform = platforms()[DEVICES[name].platform]
    command = "show running-config" if platform.id == "inspur_inos_cn" else "display current-configuration"
    return load_outputs(DEMO / name, platform)[command]


@every_device
def test_name_and_model_are_the_planned_ones(name: str) -> None:
    identity = known(facts(name).identity)
    assert (identity.hostname, identity.model) == (name, DEVICES[name].model)


@every_device
def test_software_and_address_agree_with_the_configuration(name: str) -> None:
    assert known(facts(name).software).version in config_text(name)
    assert MGMT[name] in config_text(name).replace("/", " ").split()


@every_device
def test_the_cables_that_are_up_are_heard_and_no_others(name: str) -> None:
    planned = {
        (here[1], there[0], there[1])
        for link in PLAN.links
        for here, there in ends(link)
        if link.up and here[0] == name
    }
    heard = {(n.local_port, n.remote_system, n.remote_port) for n in known(facts(name).lldp)}
    assert heard == planned


@every_device
def test_the_ports_of_cables_are_in_the_planned_state(name: str) -> None:
    planned = {here[1]: link.up for link in PLAN.links for here, _ in ends(link) if here[0] == name}
    states = {port.name: port.oper_up for port in known(facts(name).interfaces)}
    assert {port: states.get(port) for port in planned} == planned


@every_device
def test_aggregations_have_the_planned_members_in_the_planned_state(name: str) -> None:
    planned: dict[str, dict[str, bool]] = defaultdict(dict)
    for link in PLAN.links:
        for (here, _), lag in zip(ends(link), link.lag or ("", ""), strict=True):
            if link.lag and here[0] == name:
                planned[lag][here[1]] = link.up
    found = {lag.name: {m.interface: m.selected for m in lag.members} for lag in known(facts(name).lags)}
    assert found == planned


@every_device
def test_both_ends_of_an_adjacency_say_the_same(name: str) -> None:
    planned = {
        (MGMT[there[0]], here[1], adjacency.state)
        for adjacency in PLAN.ospf
        for here, there in ((adjacency.a, adjacency.b), (adjacency.b, adjacency.a))
        if here[0] == name
    }
    found = {(n.router_id, n.interface, n.state) for n in known(facts(name).ospf)}
    assert found == planned


def test_addresses_of_adjacencies_are_configured_where_they_belong() -> None:
    for device, interface, address in chain.from_iterable((adj.a, adj.b) for adj in PLAN.ospf):
        _, _, block = config_text(device).partition(f"interface {interface}\n")
        assert str(address.ip) in block.split("\n#")[0].split(), (device, interface)


def test_an_elected_router_is_the_same_for_both_ends() -> None:
    roles = {
        (name, neighbor.router_id): (neighbor.local_role, neighbor.role)
        for name in DEVICES
        for neighbor in known(facts(name).ospf)
    }
    for adjacency in PLAN.ospf:
        a, b = adjacency.a[0], adjacency.b[0]
        here, there = roles[a, MGMT[b]], roles[b, MGMT[a]]
        said = [(x, y) for x, y in zip(here, reversed(there), strict=True) if None not in (x, y)]
        assert all(x == y for x, y in said), (a, here, b, there)


def test_every_root_bridge_is_a_bridge_of_the_site() -> None:
    trees = [known(facts(name).stp) for name in DEVICES]
    bridges = {tree.bridge_id for tree in trees}
    assert {tree.root_bridge for tree in trees if tree.root_bridge} <= bridges


def owners() -> dict[str, str]:
    """Every address of the site's devices, with the device that has it."""
    return {row.address: name for name in DEVICES for row in known(facts(name).addresses)}


def test_one_network_is_in_one_vlan() -> None:
    vlans: dict[IPv4Network, set[str]] = defaultdict(set)
    for name in DEVICES:
        for row in known(facts(name).addresses):
            if row.interface.lower().startswith("vlan"):
                network = IPv4Interface(f"{row.address}/{row.prefix_length}").network
                vlans[network].add(re.sub(r"\D+", "", row.interface))
    assert vlans[IPv4Network("192.0.2.0/24")] == {"99"}
    assert {network: ids for network, ids in vlans.items() if len(ids) > 1} == {}


@every_device
def test_every_gateway_is_a_device_of_the_site(name: str) -> None:
    routes = known(facts(name).static_routes)
    assert {(row.prefix, owners().get(row.next_hop or "")) for row in routes} <= {("0.0.0.0/0", "demo-core")}


def test_an_address_has_one_mac_whoever_tells_it() -> None:
    macs: dict[str, set[str]] = defaultdict(set)
    for name in DEVICES:
        for row in known(facts(name).arp):
            macs[row.ip].add(re.sub(r"[^0-9a-f]", "", row.mac.lower()))
    assert macs["192.0.2.1"] == {"00005e0053a1"}
    assert {ip: found for ip, found in macs.items() if len(found) > 1} == {}


def within(address: str, network: str, wildcard: str) -> bool:
    differs = int(IPv4Address(address)) ^ int(IPv4Address(network))
    return differs & ~int(IPv4Address(wildcard)) == 0


@every_device
def test_ospf_runs_where_it_has_a_neighbour_and_is_silent_elsewhere(name: str) -> None:
    text = config_text(name)
    networks = re.findall(r"(?m)^ +network (\S+) (\S+)$", text)
    on = {
        row.interface
        for row in known(facts(name).addresses)
        if any(within(row.address, network, wildcard) for network, wildcard in networks)
    }
    silent = set(re.findall(r"(?m)^ +silent-interface (\S+)$", text))
    assert on - silent == {row.interface for row in known(facts(name).ospf)}


KEY = re.compile(r"(?m)^ *(?:key authentication|hwtacacs[- ]server shared-key|tacacs-server host \S+ key) ")


@every_device
def test_logins_are_asked_of_a_server_with_a_key(name: str) -> None:
    methods = [row for row in known(facts(name).aaa) if "tacacs" in row.methods]
    assert [row.unserved for row in methods] == [False]
    assert KEY.search(config_text(name))


@every_device
def test_what_the_inventory_expects_exists(name: str) -> None:
    expected = PLAN.expect[name]
    ports = {port.name for port in known(facts(name).interfaces)}
    assert ports.issuperset(expected.uplinks)
    if expected.stack_members is not None:
        assert len(known(facts(name).stack).members) == expected.stack_members
    if expected.psu_min is not None:
        assert sum(psu.present for psu in known(facts(name).power_supplies)) >= expected.psu_min
    if expected.ospf_neighbors is not None:
        assert len(known(facts(name).ospf)) == expected.ospf_neighbors


def test_no_serial_number_stands_in_two_devices() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for name in DEVICES:
        for module in known(facts(name).inventory):
            owners[module.serial].add(name)
    assert {serial: names for serial, names in owners.items() if len(names) > 1} == {}


@every_device
def test_every_planted_fault_is_of_a_thing_that_the_device_shows(name: str) -> None:
    """Only the objects that are interfaces: what else they name is for the checks to find."""
    ports = {port.name for port in known(facts(name).interfaces)}
    for fault in PLAN.faults:
        if fault.device == name and fault.check in {"IF-001", "IF-005", "IF-008", "OPT-001"}:
            assert fault.object in ports


def test_a_description_in_gb18030_is_read_everywhere_as_it_was_written() -> None:
    plain, real = facts("demo-acc-h1"), facts("demo-acc-h1", realism=True)
    before = {port.name: port.description for port in known(plain.interfaces)}
    after = {port.name: port.description for port in known(real.interfaces)}
    changed = {port: text for port, text in after.items() if text != before[port]}
    assert list(changed.values()) == ["一号楼办公"]
    assert known(real.saved_state).differences == known(plain.saved_state).differences


@every_device
def test_a_log_line_in_an_output_is_no_part_of_it(name: str) -> None:
    switch = simulated(name)
    found = interrupted(switch, own_log_line(switch), every=7)
    assert unplaced(known(found)) == unplaced(known(facts(name).interfaces))


@every_device
def test_a_log_line_of_another_form_never_goes_unnoticed(name: str) -> None:
    switch = simulated(name)
    command = switch.platform.facts["interfaces"][0].any_of[0]
    line = "<189>17: core-9: LINK: a port has flapped"
    found = interrupted(switch, line, every=2 * len(switch.outputs[command].splitlines()) // 3)
    assert isinstance(found, Partial)
    assert line in {unread.text for unread in found.unread}
    rows = unplaced(known(facts(name).interfaces))
    assert [row for row in unplaced(found.value) if row not in rows] == []


def interrupted(switch: SimulatedDevice, line: str, *, every: int) -> Fact[tuple[Interface, ...]]:
    """The ports of a device that prints a log line into what it says of them."""
    asked = {command for step in switch.platform.facts["interfaces"] for command in step.any_of}
    switch.outputs = {command: text for command, text in switch.outputs.items() if command in asked}
    faults = Faults(commands={EVERY: CommandFaults(syslog_every=every)})
    return facts_of(switch, faults, line).interfaces


def test_the_demo_has_a_device_that_logs_into_its_outputs() -> None:
    switch = simulated("demo-acc-w1", realism=True)
    assert switch.faults.of("display interface").syslog_every > 0
    plain, real = facts(switch.name).interfaces, facts(switch.name, realism=True).interfaces
    assert unplaced(known(real)) == unplaced(known(plain))


def unplaced(ports: Iterable[Interface]) -> list[Interface]:
    """The rows without where they were read, so that those of different outputs compare."""
    return [replace(port, seen=NOWHERE) for port in ports]
