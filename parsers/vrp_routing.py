"""Routing protocols, redundancy and routes, in the tables that VRP prints them in.

Where one of these is not set up, releases answer with different words or with nothing. So the
configuration is looked at first, where it may be read: what it does not hold has no neighbours.
"""

import re
from typing import Literal

from parsers.facts import BfdSession, BgpPeer, Fhrp, IsisNeighbor, Route, Track
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.vrp_config import RUNNING, running

PUBLIC = ("Public", "_public_")
"""Names of the routing table that belongs to no VPN instance."""


def absent(outputs: Outputs, pattern: str) -> bool:
    """Tell whether the configuration was read and no line in it matches."""
    if RUNNING not in outputs.captures:
        return False
    return not any(re.fullmatch(pattern, line.text) for line in running(outputs).walk())


def bgp(outputs: Outputs) -> tuple[BgpPeer, ...]:
    """Peers of the public IPv4 unicast family."""
    if absent(outputs, r"bgp \d.*"):
        return ()
    return tuple(_bgp_peer(row) for row in outputs.need("display bgp peer").rows)


def _bgp_peer(row: Row) -> BgpPeer:
    # `Idle(Admin)` is a peer that somebody has shut down.
    state, _, remark = row["STATE"].rstrip(")").partition("(")
    return BgpPeer(
        seen=row.seen,
        address=row["PEER"].removeprefix("*"),
        remote_as=row["AS"],
        state=state.upper(),
        admin_up=remark.lower() != "admin",
        prefixes_received=row.integer("PREFIXES"),
        up_s=_seconds(row["UP_DOWN"]) if state == "Established" else None,
        local_as=row.maybe("LOCAL_AS"),
        router_id=row.maybe("ROUTER_ID"),
        family="ipv4",
    )


def _seconds(said: str) -> int | None:
    """Read `01:09:57`, or hours and minutes as in `0099h36m`."""
    if clock := re.fullmatch(r"(\d+):(\d\d):(\d\d)", said):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    if hours := re.fullmatch(r"(\d+)h(\d+)m", said):
        return int(hours[1]) * 3600 + int(hours[2]) * 60
    return None


def isis(outputs: Outputs) -> tuple[IsisNeighbor, ...]:
    """Neighbours of every IS-IS process, by system ID or by the name that stands for it."""
    if absent(outputs, r"isis(?: \d.*)?"):
        return ()
    return tuple(
        IsisNeighbor(
            seen=row.seen,
            system_id=row["SYSTEM_ID"] + row["REST"],
            interface=row["INTERFACE"],
            state=row["STATE"].upper(),
        )
        for row in outputs.need("display isis peer").rows
    )


_BFD_SHUT = re.compile(r"^ADM(?:IN)? ?DOWN$")
"""As the tables and the detailed form print the state of a session that was shut."""


def bfd(outputs: Outputs) -> tuple[BfdSession, ...]:
    """Sessions of every kind."""
    if absent(outputs, r"bfd(?: .*)?"):
        return ()
    return tuple(
        BfdSession(
            seen=row.seen,
            peer=_said(row, "PEER"),
            interface=row.maybe("INTERFACE"),
            state=_BFD_SHUT.sub("ADMINDOWN", _said(row, "STATE").upper()),
        )
        for row in outputs.need("display bfd session all", "display bfd session all verbose").rows
    )


def _said(row: Row, name: str) -> str:
    if not row[name]:
        raise UnreadableError(f"{row.seen.command}: no {name.lower()}")
    return row[name]


_FHRP_STATES: dict[str, Literal["master", "backup", "init"]] = {
    "Master": "master",
    "Backup": "backup",
    "Initialize": "init",
    "Non-active": "init",
}


def fhrp(outputs: Outputs) -> tuple[Fhrp, ...]:
    """VRRP groups; only the verbose form holds priorities."""
    if absent(outputs, r"vrrp vrid .*"):
        return ()
    return tuple(
        Fhrp(
            seen=row.seen,
            interface=row["INTERFACE"],
            group=int(row["GROUP"]),
            vip=row.maybe("ADDRESS"),
            state=_FHRP_STATES[_said(row, "STATE")],
            priority=row.integer("PRIORITY") if "PRIORITY" in row.values else None,
        )
        for row in outputs.need("display vrrp brief", "display vrrp verbose").rows
    )


def routes(outputs: Outputs) -> tuple[Route, ...]:
    """Routes of the public table; one row for each next hop. The device's own are never missing."""
    rows = outputs.need("display ip routing-table").rows
    if not rows:
        raise UnreadableError("display ip routing-table: no route in it")
    return tuple(
        Route(
            seen=row.seen,
            prefix=row["PREFIX"],
            protocol=row["PROTOCOL"],
            next_hop=row.maybe("NEXT_HOP"),
            interface=row["INTERFACE"] + row["REST"],
            vrf=None if row["VPN"] in PUBLIC else row.maybe("VPN"),
        )
        for row in rows
    )


_TRACK_STATES: dict[str, Literal["positive", "negative"]] = {"success": "positive", "failed": "negative"}


def tracks(outputs: Outputs) -> tuple[Track, ...]:
    """NQA tests by the words that name one where it is tracked: `nqa ADMIN TEST`.

    The last run that came to an end decides; a test without any is not ready.
    """
    if absent(outputs, r"nqa test-instance .*"):
        return ()
    return tuple(_track(row) for row in outputs.need("display nqa results").rows)


def _track(row: Row) -> Track:
    ended = [outcome for outcome in row.all("OUTCOME") if outcome in _TRACK_STATES]
    name = f"nqa {row['ADMIN']} {_said(row, 'TEST')}"
    return Track(seen=row.seen, id=name, state=_TRACK_STATES[ended[-1]] if ended else "notready")
