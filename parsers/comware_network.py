"""What a Comware 7 switch prints of its interfaces, neighbours and protocols."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from parsers.comware_config import configuration
from parsers.comware_rows import evidence, required, rows_of
from parsers.facts import (
    ErrDisabled,
    Interface,
    Lag,
    LagMember,
    LldpNeighbor,
    OspfNeighbor,
    Stack,
    StackMember,
    Stp,
)
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.times import since_s, stretch_s

# Tables shorten interface names; everything else prints them in full.
_LONG = {
    "GE": "GigabitEthernet",
    "XGE": "Ten-GigabitEthernet",
    "WGE": "Twenty-FiveGigE",
    "FGE": "FortyGigE",
    "HGE": "HundredGigE",
    "MGE": "M-GigabitEthernet",
    "M-GE": "M-GigabitEthernet",
    "Eth": "Ethernet",
    "BAGG": "Bridge-Aggregation",
    "RAGG": "Route-Aggregation",
    "Vlan": "Vlan-interface",
    "Loop": "LoopBack",
    "InLoop": "InLoopBack",
    "NULL": "NULL",
    "Tun": "Tunnel",
    "Vsi": "Vsi-interface",
}
_NAME = re.compile(r"([A-Za-z-]+)(\d.*)")
_KINDS: tuple[tuple[str, Literal["ethernet", "lag", "vlan", "mgmt", "loopback"]], ...] = (
    (r"(?:Bridge|Route|Blade)-Aggregation", "lag"),
    (r"Vlan-interface", "vlan"),
    (r"M-(?:Gigabit)?Ethernet", "mgmt"),
    (r"(?:In)?LoopBack", "loopback"),
    (r"(?:Ten-|Smartrate-|SmartRate-)?(?:Gigabit)?Ethernet", "ethernet"),
    (r"(?:Twenty-Five|Forty|Fifty|Hundred|TwoHundred|FourHundred)GigE", "ethernet"),
)
_MBPS = {"G": 1000.0, "M": 1.0, "K": 0.001}
_UP = re.compile(r"UP(?: ?\(spoofing\))?")
# Down, but by nobody's protection: no cable, an administrator, or a shut aggregation above it.
_ORDINARY = re.compile(
    rf"{_UP.pattern}|DOWN|Standby|Administratively DOWN"
    r"|DOWN ?\( ?(?:Administratively|Link-Aggregation interface down) ?\)"
)
# The release stands behind a slot's model, hyphens and all: `S5560X-54C-EI-6615P05`, `7506-6708-US`.
_RELEASE = re.compile(r"-([A-Z]?\d{4}\w*(?:-[A-Z]{2})?)$")
_OSPF_ON = r"ospf(?: \d+)?(?: .*)?"


def full_name(short: str) -> str:
    """Give an interface's name in full; raise UnreadableError for an abbreviation nobody knows."""
    match = _NAME.fullmatch(short)
    if match is None:
        raise UnreadableError(f"interface name {short!r}")
    letters, numbers = match.groups()
    if letters in _LONG:
        return _LONG[letters] + numbers
    if _kind(short) == "other":
        raise UnreadableError(f"interface abbreviation {short!r}")
    return short


def _kind(name: str) -> Literal["ethernet", "lag", "vlan", "mgmt", "loopback", "other"]:
    return next((kind for pattern, kind in _KINDS if re.fullmatch(pattern + r"\d.*", name)), "other")


def interfaces(outputs: Outputs) -> tuple[Interface, ...]:
    """Read every interface with its state and lifetime counters; rates are those of the last interval."""
    return tuple(_interface(row) for row in _interface_rows(outputs))


def _interface_rows(outputs: Outputs) -> tuple[Row, ...]:
    rows = rows_of(outputs.need("display interface"))
    for row in rows:
        required(row, "STATE")
    return rows


def _interface(row: Row) -> Interface:
    state, protocol = row["STATE"], row.maybe("PROTOCOL")
    return Interface(
        seen=row.seen,
        name=row["NAME"],
        kind=_kind(row["NAME"]),
        admin_up="Administratively" not in state,
        oper_up=bool(_UP.fullmatch(state)),
        protocol_up=None if protocol is None else protocol.startswith("UP"),
        description=row["DESCRIPTION"] or None,
        speed_mbps=_speed_mbps(row),
        duplex=_duplex(row["DUPLEX"].lower()),
        mtu_bytes=row.integer("MTU"),
        mac=row.maybe("MAC"),
        last_flap_s=_last_flap(row),
        cleared_s=_cleared(row),
        in_bytes=_traffic(row, "input", "BYTES"),
        out_bytes=_traffic(row, "output", "BYTES"),
        in_unicast_packets=_traffic(row, "input", "UNICASTS"),
        out_unicast_packets=_traffic(row, "output", "UNICASTS"),
        in_multicast_packets=_traffic(row, "input", "MULTICASTS"),
        out_multicast_packets=_traffic(row, "output", "MULTICASTS"),
        in_broadcast_packets=_traffic(row, "input", "BROADCASTS"),
        out_broadcast_packets=_traffic(row, "output", "BROADCASTS"),
        in_errors=row.integer("IN_ERRORS"),
        out_errors=row.integer("OUT_ERRORS"),
        crc_errors=row.integer("CRC_ERRORS"),
        in_drops=row.integer("IN_DROPS"),
        out_drops=row.integer("OUT_DROPS"),
        in_bps=_bits(row.decimal("IN_BYTES_PER_S")),
        out_bps=_bits(row.decimal("OUT_BYTES_PER_S")),
    )


def _last_flap(row: Row) -> int | None:
    """Read how long ago the link changed, or work it out from when it came up and went down.

    A link that never changed has a time, too: that of the start, by a clock that may not have been set then.
    """
    if row["FLAPPED"] == "Never":
        return None
    if row["FLAPPED"]:
        return stretch_s(row["FLAPPED"])
    return since_s(row["NOW"], row["WENT_UP"], row["WENT_DOWN"])


def _cleared(row: Row) -> int | None:
    """Work out how long ago the counters were cleared, by the device's clock; the zone is the same."""
    if not row["CLEARED"] or not row["NOW"]:
        return None
    try:
        moment = datetime.strptime(row["CLEARED"].split(" ", 1)[0], "%H:%M:%S")  # noqa: DTZ007 - see above
        day = datetime.strptime(row["CLEARED"].rsplit(" ", 1)[1], "%m/%d/%Y").date()  # noqa: DTZ007
    except ValueError:
        raise UnreadableError(f"{row['CLEARED']!r} is no time") from None
    cleared = f"{day:%Y-%m-%d} {moment:%H:%M:%S}"
    return since_s(" ".join(row["NOW"].split()[:2]), cleared)


def _traffic(row: Row, way: str, what: str) -> int | None:
    """Read a counter of one way; of `(total)` and `(normal)`, which leaves out bad frames, the former.

    What has no such word beside them is of IPv4 or IPv6 alone. None where this kind of packets is not
    printed for every way: which one is meant would be a guess.
    """
    ways, printed = row.all("WAYS"), row.all(what)
    of_all = [name for name in ways if "(" in name] or ways
    if len(printed) not in (len(of_all), len(ways)):
        return None
    for name, count in zip(ways, printed, strict=False):
        if name.lower().startswith(way) and "normal" not in name.lower():
            return None if count == "-" else int(count)
    return None


def _speed_mbps(row: Row) -> int | None:
    speed = row.decimal("SPEED")
    return None if speed is None else round(speed * _MBPS[row["SPEED_UNIT"]])


def _duplex(word: str) -> Literal["full", "half"] | None:
    if word == "full":
        return "full"
    return "half" if word == "half" else None


def _bits(bytes_per_s: float | None) -> int | None:
    return None if bytes_per_s is None else round(bytes_per_s * 8)


def err_disabled(outputs: Outputs) -> tuple[ErrDisabled, ...]:
    """Read the interfaces that a protection has shut: `Current state` names it in place of DOWN."""
    return tuple(
        ErrDisabled(seen=row.seen, interface=row["NAME"], reason=row["STATE"])
        for row in _interface_rows(outputs)
        if not _ORDINARY.fullmatch(row["STATE"])
    )


def lldp(outputs: Outputs) -> tuple[LldpNeighbor, ...]:
    """Read the neighbours; one heard by several agents of a port counts once.

    Raises UnreadableError for an empty answer: the legend comes first even without neighbours.
    """
    parsed = outputs.need("display lldp neighbor-information list")
    if not any(line.strip() for line in parsed.lines):
        raise UnreadableError("display lldp neighbor-information list: printed nothing")
    found: dict[tuple[str, str, str], LldpNeighbor] = {}
    for row in parsed.rows:
        name = (row.maybe("SYSTEM") or "") + row["SYSTEM_MORE"]
        neighbor = LldpNeighbor(
            seen=row.seen,
            local_port=full_name(row["LOCAL_PORT"]),
            remote_system=name,
            remote_port=row["PORT_ID"],
            chassis_id=row.maybe("CHASSIS_ID"),
        )
        found.setdefault((neighbor.local_port, name, neighbor.remote_port), neighbor)
    return tuple(found.values())


def lags(outputs: Outputs) -> tuple[Lag, ...]:
    """Read the aggregations with their members' selection; states of links are `display interface`'s.

    Raises UnreadableError when the two commands do not agree on which aggregations there are.
    """
    rows = outputs.need("display link-aggregation verbose").rows
    up = {row["NAME"]: bool(_UP.fullmatch(row["STATE"])) for row in _interface_rows(outputs)}
    names = tuple(dict.fromkeys(row["LAG"] for row in rows))
    missing = {name for name in up if _kind(name) == "lag"} ^ set(names)
    if missing:
        raise UnreadableError(f"aggregation in one output only: {', '.join(sorted(missing))}")
    return tuple(_lag(name, [row for row in rows if row["LAG"] == name], up) for name in names)


def _lag(name: str, rows: Sequence[Row], up: dict[str, bool]) -> Lag:
    head, *ports = rows
    for row in ports:
        required(row, "PORT", "STATUS")
    return Lag(
        seen=evidence(rows),
        name=name,
        mode="lacp" if head["MODE"] == "Dynamic" else "static",
        oper_up=up[name],
        members=tuple(_lag_member(row, up) for row in ports),
    )


def _lag_member(row: Row, up: dict[str, bool]) -> LagMember:
    name = full_name(row["PORT"])
    return LagMember(interface=name, selected=row["STATUS"] == "S", oper_up=up.get(name))


def stack(outputs: Outputs) -> Stack:
    """Read the IRF's members; a switch alone prints itself as the only one.

    In a chassis every main board has a row of its own: the member is what its best board is. The
    version a member runs is that of its slot (box) or boards (chassis) in `display version`.
    """
    return irf(outputs, _versions(outputs.need("display version").rows))


def irf(outputs: Outputs, versions: Mapping[str, str]) -> Stack:
    """Read the IRF's members; `versions` says which software a member runs, where that is printed."""
    rows = rows_of(outputs.need("display irf"))
    numbers = tuple(dict.fromkeys(row["MEMBER"] for row in rows))
    members = tuple(_member([row for row in rows if row["MEMBER"] == n], versions.get(n)) for n in numbers)
    topology = outputs.parsed("display irf topology")
    return Stack(
        enabled=len(members) > 1,
        members=members,
        topology=_topology(topology.rows) if topology and len(members) > 1 else None,
    )


def _topology(rows: Sequence[Row]) -> Literal["ring", "chain"] | None:
    """Tell a ring, in which both IRF ports of every member are up, from a chain."""
    for row in rows:
        required(row, "LINK1", "LINK2")
    if len(rows) < 2:
        return None
    return "ring" if all(row["LINK1"] == row["LINK2"] == "UP" for row in rows) else "chain"


def _member(rows: list[Row], version: str | None) -> StackMember:
    best = next((row for row in rows if row["ROLE"] == "Master"), rows[0])
    required(best, "ROLE", "PRIORITY")
    return StackMember(
        seen=best.seen,
        member=int(best["MEMBER"]),
        role=_stack_role(best["ROLE"]),
        state=best["ROLE"],
        priority=best.integer("PRIORITY"),
        mac=best.maybe("MAC"),
        software_version=version,
    )


def _stack_role(word: str) -> Literal["master", "standby", "slave"]:
    """Give the role; a member that is still loading or waiting is nothing more than a slave."""
    if word == "Master":
        return "master"
    return "standby" if word == "Standby" else "slave"


def _versions(rows: Iterable[Row]) -> dict[str, str]:
    """By member number: release and patch, without the model in front of the release."""
    found: dict[str, str] = {}
    for row in rows:
        release, patch = row["SLOT_RELEASE"], row["SLOT_PATCH"]
        if release:
            said = _RELEASE.search(release)
            version = said[1] if said else release
            if patch not in {"", "None"}:
                # A patch's own version mostly begins with that of the release it is for.
                version = patch if patch.startswith(version) else f"{version} {patch}"
            found.setdefault(row["CHASSIS"] or row["SLOT"], version)
    return found


def ospf(outputs: Outputs) -> tuple[OspfNeighbor, ...]:
    """Read the neighbours of every OSPF process; roles follow from the segment's DR and BDR.

    A switch without OSPF prints nothing. Raises UnreadableError when OSPF is configured and no
    process shows up.
    """
    parsed = outputs.need("display ospf peer verbose")
    configured = any(configuration(outputs).find(_OSPF_ON))
    if configured and not any("OSPF Process" in line for line in parsed.lines):
        raise UnreadableError("display ospf peer verbose: OSPF is configured, but no process is printed")
    return tuple(_ospf_neighbor(row) for row in parsed.rows)


def _ospf_neighbor(row: Row) -> OspfNeighbor:
    required(row, "INTERFACE", "LOCAL_ADDRESS", "ADDRESS", "STATE", "DR", "BDR")
    return OspfNeighbor(
        seen=row.seen,
        router_id=row["ROUTER_ID"],
        interface=row["INTERFACE"],
        state=row["STATE"].upper().replace("-", ""),
        role=_ospf_role(row, row["ADDRESS"]),
        local_role=_ospf_role(row, row["LOCAL_ADDRESS"]),
        up_s=stretch_s(row["UP"]) if row["UP"] else None,
    )


def _ospf_role(row: Row, address: str) -> Literal["DR", "BDR", "DROTHER"] | None:
    if row["DR"] == "None":
        return None
    if row["DR"] == address:
        return "DR"
    return "BDR" if row["BDR"] == address else "DROTHER"


def stp(outputs: Outputs) -> Stp:
    """Read spanning tree's global state; under PVST the first VLAN's bridges stand for all."""
    row = rows_of(outputs.need("display stp"))[0]
    scope = row["SCOPE"]
    if scope.lower() == "disabled":
        return Stp(seen=row.seen, enabled=False, mode=None)
    required(row, "BRIDGE")
    return Stp(
        seen=row.seen,
        enabled=True,
        mode="pvst" if scope.startswith("VLAN") else _stp_mode(row["MODE"].lower()),
        bridge_id=row["BRIDGE"].replace(" ", ""),
        root_bridge=row["ROOT"].replace(" ", "") or None,
    )


def _stp_mode(word: str) -> Literal["stp", "rstp", "mstp", "pvst"]:
    for mode in ("stp", "rstp", "mstp", "pvst"):
        if word == mode:
            return mode
    raise UnreadableError(f"display stp: mode {word!r}")
