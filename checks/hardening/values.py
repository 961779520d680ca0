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
PORTS = ("接口", "闲置口", "接入口", "终端口", "下联口", "被镜像口")
"""Placeholders for the interfaces that a check has found fault with."""
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
    single |= {name: value for name, value in _servers(customer) if value}
    groups = (
        _vtys(facts),
        _interfaces(facts, fails),
        [{"上联口": name} for name in report.device.expect.uplinks],
        _users(facts, fails),
        _networks(customer),
    )
    return Values(single, groups)


def _single(facts: Facts, host: str, taken: Collection[str]) -> Iterator[tuple[str, str]]:
    number = _free_acl(facts, taken)
    if number is not None:
        yield FREE_ACL, number
    if isinstance(facts.stp, Known) and facts.stp.value.mode:
        yield "原模式", facts.stp.value.mode
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


def _servers(customer: HardeningValues) -> Iterator[tuple[str, str]]:
    yield "日志服务器", customer.log_servers[0] if customer.log_servers else ""
    first, second, *_ = (*customer.ntp_servers, "", "")
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


def _interfaces(facts: Facts, fails: Sequence[Result]) -> list[Row]:
    """The interfaces that are named as objects, or whose very lines a fail of several of them rests on."""
    words = {word for fail in fails for word in re.split(r"[\s、，]+", fail.object)}
    shown = {seen for fail in fails for seen in fail.seen}
    found = [name for name, seen in _ports(facts) if name in words or seen in shown]
    return [dict.fromkeys(PORTS, name) for name in dict.fromkeys(found)]


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
    return [{"用户": user.name} for user in facts.users.value if user.name in objects]


def _networks(customer: HardeningValues) -> list[Row]:
    return [_network(network) for network in customer.management_networks]


def _network(network: IPv4Network) -> Mapping[str, str]:
    return {
        "管理网段": str(network.network_address),
        "反掩码": str(network.hostmask),
        "掩码": str(network.netmask),
        "掩码位": str(network.prefixlen),
    }
