"""Both ends of the cables between inspected devices, side by side.

What the two ends show together is reported once, by the device that stands first in the inventory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.check import Context, check
from checks.fleet import Fleet, Member
from checks.links import End, Link, interface_of, links_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Interface, Known, Lag, PortSetting, Reason, Unknown
from parsers.seen import Seen


@dataclass(frozen=True, slots=True)
class _Side:
    """One end of a cable: its port, the aggregation that port is in, and what is set on the outermost."""

    end: End
    port: Interface | None
    lag: Lag | None
    setting: PortSetting | None
    existing: frozenset[int] | None
    """VLANs of the device; None where they are not known."""

    @property
    def vlans(self) -> set[int]:
        """VLANs that it lets through and that are there; VLAN 1 is everywhere, and L2-012 judges it."""
        ranges = self.setting.allowed_vlans if self.setting else ()
        allowed = {vlan for first, last in ranges for vlan in range(first, last + 1)}
        return (allowed if self.existing is None else allowed & self.existing) - {1}

    @property
    def name(self) -> str:
        """The aggregation, or the port that is in none."""
        return self.end.port if self.lag is None else self.lag.name

    @property
    def seen(self) -> tuple[Seen, ...]:
        return tuple(row.seen for row in (self.port, self.lag, self.setting) if row is not None)


@dataclass(frozen=True, slots=True)
class _Device:
    """What is completely known of one device, by name of the port in small letters."""

    lags: dict[str, Lag]
    """By member, and by their own name."""
    settings: dict[str, PortSetting]
    existing: frozenset[int] | None
    whole: bool
    """Aggregations, settings and VLANs are known without a gap."""


def _devices(fleet: Fleet) -> dict[str, _Device]:
    return {member.device.name: _device(member) for member in fleet.members}


def _device(member: Member) -> _Device:
    lags, settings = member.facts.lags, member.facts.port_settings
    found: dict[str, Lag] = {}
    for lag in () if isinstance(lags, Unknown) else lags.value:
        found |= {row.interface.lower(): lag for row in lag.members} | {lag.name.lower(): lag}
    rows = settings.value if isinstance(settings, Known) else ()
    vlans = member.facts.vlans
    return _Device(
        found,
        {row.interface.lower(): row for row in rows},
        frozenset(row.vlan for row in vlans.value) if isinstance(vlans, Known) else None,
        all(isinstance(fact, Known) for fact in (lags, settings, vlans)),
    )


def _side(fleet: Fleet, end: End) -> _Side:
    device = fleet.once(_devices)[end.device]
    lag = device.lags.get(end.port.lower())
    name = end.port if lag is None else lag.name
    return _Side(end, interface_of(fleet, end), lag, device.settings.get(name.lower()), device.existing)


def _own_links(context: Context) -> Iterator[tuple[End, End]]:
    """Ends of every cable from this device to another one of the inventory, this device's end first."""
    links: Sequence[Link] = context.fleet.once(links_of).of.get(context.device.name, ())
    for link in links:
        mine = link.a.device == context.device.name
        here, there = (link.a, link.b) if mine else (link.b, link.a)
        if context.fleet.get(there.device) is not None and there.device != here.device:
            yield here, there


def _unseen(context: Context, here: End, there: End) -> Result | None:
    """Why a cable cannot be compared: nobody has looked at the other end."""
    member = context.fleet.get(there.device)
    if member is None or member.reason is None:
        return None
    return not_assessed(member.reason, f"对端 {there.device} 未能采集，只有单端数据", here.port)


def _first(context: Context, other: str) -> bool:
    order = context.fleet.once(_order)
    return order[context.device.name] < order[other]


def _order(fleet: Fleet) -> dict[str, int]:
    return {member.device.name: number for number, member in enumerate(fleet.members)}


NO_LINK = "没有与清单中其他设备的 LLDP 互联"


@check("IF-006", "lldp", "interfaces")
def packet_sizes(context: Context) -> list[Result]:
    """The largest packet of both ends, where both print it; a largest frame is something else."""
    results = [_packet_size(context, *ends) for ends in _own_links(context)]
    return results or [not_applicable(NO_LINK)]


def _packet_size(context: Context, here: End, there: End) -> Result:
    unseen = _unseen(context, here, there)
    if unseen is not None:
        return unseen
    own, other = _side(context.fleet, here), _side(context.fleet, there)
    if own.port is None or other.port is None:
        why = f"对端 {there.device} {there.port} 的接口数据未知"
        return not_assessed(Reason.NOT_COLLECTED, why, here.port)
    sizes = (own.port.mtu_bytes, other.port.mtu_bytes)
    if None in sizes:
        return not_applicable("至少一端是只有最大帧长的二层口，没有可比的 IP MTU", here.port)
    if sizes[0] == sizes[1]:
        return passed(here.port, f"两端 MTU 均为 {sizes[0]}", *own.seen)
    if not _first(context, there.device):
        return not_applicable(f"两端 MTU 不同，由 {there.device} 报告", here.port)
    said = f"本端 MTU {sizes[0]}，对端 {there.device} {there.port} 为 {sizes[1]}"
    return failed(here.port, Severity.MINOR, said, *own.seen)


@check("IF-013", "lldp", "interfaces", "lags", "port_settings", "vlans")
def both_ends(context: Context) -> list[Result]:
    """Duplex, VLANs and aggregation of both ends; cables of one aggregation are one link."""
    found: dict[str, Result] = {}
    for here, there in _own_links(context):
        result = _compared(context, here, there)
        known = found.get(result.object)
        # Of several cables in one aggregation the one that shows a difference speaks for all.
        if known is None or (result.severity is not None and known.severity is None):
            found[result.object] = result
    return list(found.values()) or [not_applicable(NO_LINK)]


def _compared(context: Context, here: End, there: End) -> Result:
    unseen = _unseen(context, here, there)
    if unseen is not None:
        return unseen
    own, other = _side(context.fleet, here), _side(context.fleet, there)
    duplex = list(_duplex(own, other))
    devices = context.fleet.once(_devices)
    whole = devices[here.device].whole and devices[there.device].whole
    # That something is not configured at one end can only be told of what was read whole.
    wrong = [*duplex, *_aggregation(own, other), *_vlans(own, other)] if whole else duplex
    if wrong:
        if not _first(context, there.device):
            return not_applicable(f"两端不一致，由 {there.device} 报告", own.name)
        said = f"与对端 {there.device} {other.name} 不一致：{'；'.join(wrong)}"
        fail = failed if duplex else lacking
        return fail(own.name, Severity.MAJOR, said, *own.seen)
    if not devices[there.device].whole:
        why = f"对端 {there.device} 的聚合或端口配置没有完整取得"
        return not_assessed(Reason.NOT_COLLECTED, why, own.name, *own.seen)
    return passed(own.name, f"与对端 {there.device} {other.name} 一致", *own.seen)


def _duplex(own: _Side, other: _Side) -> Iterator[str]:
    sides = [side.port.duplex for side in (own, other) if side.port is not None and side.port.oper_up]
    if len(sides) > 1 and None not in sides and sides[0] != sides[1]:
        words = {"full": "全双工", "half": "半双工"}
        yield f"本端{words[sides[0] or 'full']}，对端{words[sides[1] or 'full']}"


def _aggregation(own: _Side, other: _Side) -> Iterator[str]:
    """Half an aggregation: one end of the cable is in one, or they negotiate in different ways."""
    if own.lag is None and other.lag is None:
        return
    if own.lag is None or other.lag is None:
        inside = f"本端在 {own.lag.name}" if own.lag else f"对端在 {other.lag.name if other.lag else ''}"
        yield f"{inside} 中，另一端没有加入聚合"
    elif own.lag.mode != other.lag.mode:
        yield f"聚合方式不同（本端 {own.lag.mode}，对端 {other.lag.mode}）"


def _vlans(own: _Side, other: _Side) -> Iterator[str]:
    a, b = own.setting, other.setting
    if a is None or b is None or None in (a.mode, b.mode):
        return
    if (a.mode == "routed") != (b.mode == "routed"):
        yield f"一端为三层口（本端 {a.mode}，对端 {b.mode}）"
    elif a.mode == "trunk" and b.mode == "trunk":
        only_here, only_there = own.vlans - other.vlans, other.vlans - own.vlans
        if only_here or only_there:
            yield f"放通的 VLAN 不同（只在本端：{_shown(only_here)}；只在对端：{_shown(only_there)}）"
    if "routed" not in (a.mode, b.mode) and None not in (a.vlan, b.vlan) and a.vlan != b.vlan:
        yield from _untagged(own, other, a, b)


def _untagged(own: _Side, other: _Side, a: PortSetting, b: PortSetting) -> Iterator[str]:
    """The VLAN of frames without a tag matters only where either end lets it through."""
    if any(row.mode != "trunk" or row.vlan in side.vlans for side, row in ((own, a), (other, b))):
        yield f"不带标签的报文所属 VLAN 不同（本端 {a.vlan}，对端 {b.vlan}）"


def _shown(vlans: set[int], most: int = 8) -> str:
    rows = sorted(vlans)
    more = f" 等 {len(rows)} 个" if len(rows) > most else ""
    return ("、".join(map(str, rows[:most])) or "无") + more
