"""What a device and the customer's baseline give for the placeholders of remedies."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from ipaddress import IPv4Network

from baselines.hardening import HardeningValues
from checks.hardening.filling import Row, Values
from checks.inspection import DeviceReport
from checks.verdict import Result
from parsers.facts import Facts, Known, Unknown
from parsers.seen import Seen

FREE_ACL = "ACL编号"
PORTS = ("接口", "闲置口", "终端口", "下联口", "被镜像口")
"""Placeholders for the interfaces that a check has found fault with."""
FAST_MODES = ("rstp", "mstp", "pvst", "rapid-pvst", "vbst")
"""Modes of spanning tree that are kept when it is switched on, as the devices print them."""
PROTOCOL_PORTS = {"isis": "ISIS口", "rip": "RIP口", "ospfv3": "OSPFv3口"}
"""Placeholders for the interfaces on which a routing protocol lacks authentication."""
BASIC_ACLS = range(2001, 3000)
"""Numbers of access lists by source address, where a platform numbers its lists; others name them."""


def values_for(
    report: DeviceReport,
    fails: Sequence[Result],
    customer: HardeningValues,
    taken: Collection[str] = (),
) -> Values:
    """Give what is known for one device; `fails` is what a check has found fault with.

    `taken`: numbers of access lists that the plan gives to the device already.
    """
    facts = report.facts
    single = dict(_single(facts, report.device.host, taken))
    sources = _time_sources(facts)
    single |= {name: value for name, value in _servers(customer, sources) if value}
    ports, bare = _interfaces(facts, fails), unprotected(facts)
    groups: tuple[Sequence[Row], ...] = (
        _vtys(facts),
        [dict.fromkeys(PORTS, name) for name in ports],
        [{"上联口": name} for name in report.device.expect.uplinks],
        _users(facts, fails),
        _networks(customer),
        [{"接入口": name} for name in _with_mode(facts, ports, "access")],
        [{"Trunk口": name} for name in _with_mode(facts, ports, "trunk")],
        [{"现用NTP服务器": address} for address in sources],
        [{"用户VLAN": vlan} for vlan in _user_vlans(facts)],
        [{"无引用ACL": name} for name in _named(fails, "ACL ")],
        _communities(facts),
        *([{place: name} for name in bare.get(place, ())] for place in PROTOCOL_PORTS.values()),
    )
    # Only what is known to be something else is left out; what nobody knows stays to be filled in.
    none = {"NTP服务器"} if sources else set()
    none |= {
        each for each in ("接入口", "Trunk口") if ports and not any(each in row for g in groups for row in g)
    }
    none |= {place for place in PROTOCOL_PORTS.values() if bare and place not in bare}
    return Values(single, groups, frozenset(none))


def _single(facts: Facts, host: str, taken: Collection[str]) -> Iterator[tuple[str, str]]:
    number = _free_acl(facts, taken)
    if number is not None:
        yield FREE_ACL, number
    if isinstance(facts.stp, Known) and facts.stp.value.mode:
        yield "原模式", facts.stp.value.mode
        if facts.stp.value.mode in FAST_MODES:
            yield "目标模式", facts.stp.value.mode
    if isinstance(facts.snmp, Known) and facts.snmp.value.versions:
        yield "原版本", " ".join(facts.snmp.value.versions)
    own = _interface_of(facts, host)
    if own is not None:
        yield "源接口", own


def _free_acl(facts: Facts, taken: Collection[str]) -> str | None:
    """The lowest number that no list of the device has; None where its lists are not known for certain."""
    if not isinstance(facts.acls, Known):
        return None
    used = {*taken, *(acl.id for acl in facts.acls.value)}
    return next(str(number) for number in BASIC_ACLS if str(number) not in used)


def _interface_of(facts: Facts, host: str) -> str | None:
    """The interface that has the address by which the device is managed."""
    addresses = facts.addresses
    if isinstance(addresses, Unknown):
        return None
    return next((row.interface for row in addresses.value if row.address == host), None)


def _servers(customer: HardeningValues, sources: Collection[str]) -> Iterator[tuple[str, str]]:
    """The customer's servers; a time source that the device has already is no further one."""
    yield "日志服务器", customer.log_servers[0] if customer.log_servers else ""
    first, second, *_ = (*(each for each in customer.ntp_servers if each not in sources), "", "")
    if sources:
        yield "备用NTP服务器", first
    else:
        yield "NTP服务器", first
        yield "备用NTP服务器", second
    yield "认证服务器", customer.aaa_servers[0] if customer.aaa_servers else ""
    yield "网管服务器", customer.snmp_managers[0] if customer.snmp_managers else ""


def _vtys(facts: Facts) -> list[Row]:
    if isinstance(facts.vty, Unknown):
        return []
    return [
        {"起始编号": str(vty.first), "结束编号": str(vty.last)} for vty in facts.vty.value if vty.protocols
    ]


def _interfaces(facts: Facts, fails: Sequence[Result]) -> list[str]:
    """The interfaces that are named as objects, or whose very lines a fail of several of them rests on."""
    words = {word for fail in fails for word in re.split(r"[\s、，]+", fail.object)}
    shown = {seen for fail in fails for seen in fail.seen}
    found = [name for name, seen in _ports(facts) if name in words or seen in shown]
    return list(dict.fromkeys(found))


def _with_mode(facts: Facts, ports: Sequence[str], mode: str) -> list[str]:
    """Of the ports that were found fault with, those of a mode; all access ports where no port was named."""
    if isinstance(facts.port_settings, Unknown):
        return []
    rows = [row.interface for row in facts.port_settings.value if row.mode == mode]
    if ports:
        return [name for name in rows if name in ports]
    return rows if mode == "access" else []


def _time_sources(facts: Facts) -> list[str]:
    """The time sources that the device has now, where all of them are known."""
    return [source.address for source in facts.ntp.value.sources] if isinstance(facts.ntp, Known) else []


def _user_vlans(facts: Facts) -> list[str]:
    """The VLANs of all access ports, VLAN 1 excepted, since nobody is meant to be there."""
    if not isinstance(facts.port_settings, Known):
        return []
    vlans = {row.vlan for row in facts.port_settings.value if row.mode == "access" and row.vlan}
    return [str(vlan) for vlan in sorted(vlans - {1})]


def _named(fails: Sequence[Result], kind: str) -> list[str]:
    return [fail.object.removeprefix(kind) for fail in fails if fail.object.startswith(kind)]


def _communities(facts: Facts) -> list[Row]:
    """How each community was allowed to be used; its name is a secret and never given."""
    if not isinstance(facts.snmp, Known):
        return []
    return [
        {
            "读写": "write" if each.access == "rw" else "read",
            "团体角色": "network-admin" if each.access == "rw" else "network-operator",
            "ACL限定": f" acl {each.acl}" if each.acl else "",
        }
        for each in facts.snmp.value.communities
    ]


def unprotected(facts: Facts) -> dict[str, list[str]]:
    """The interfaces of each routing protocol that lack authentication, by the placeholder for them."""
    found: dict[str, list[str]] = {}
    if not isinstance(facts.routing_auth, Unknown):
        for row in facts.routing_auth.value:
            if row.bare:
                found.setdefault(PROTOCOL_PORTS[row.protocol], []).extend(row.bare)
    return found


def _ports(facts: Facts) -> Iterator[tuple[str, Seen]]:
    """Every interface, where its state and where its settings are shown."""
    if not isinstance(facts.interfaces, Unknown):
        yield from ((row.name, row.seen) for row in facts.interfaces.value)
    if not isinstance(facts.port_settings, Unknown):
        yield from ((row.interface, row.seen) for row in facts.port_settings.value)
    if not isinstance(facts.ip_settings, Unknown):
        yield from ((row.interface, row.seen) for row in facts.ip_settings.value)


def _users(facts: Facts, fails: Sequence[Result]) -> list[Row]:
    """The objects that are local users of the device."""
    if isinstance(facts.users, Unknown):
        return []
    objects = {fail.object for fail in fails}
    return [
        {"用户": user.name} | ({} if user.level is None else {"原级别": str(user.level)})
        for user in facts.users.value
        if user.name in objects or f"账号 {user.name}" in objects
    ]


def _networks(customer: HardeningValues) -> list[Row]:
    return [_network(network) for network in customer.management_networks]


def _network(network: IPv4Network) -> Mapping[str, str]:
    return {
        "管理网段": str(network.network_address),
        "反掩码": str(network.hostmask),
        "掩码": str(network.netmask),
        "掩码位": str(network.prefixlen),
    }
