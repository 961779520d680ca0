"""Stacking links and M-LAG of a VRP8 device."""

from collections.abc import Iterable
from typing import Literal

from parsers.facts import Mlag, MlagMember, StackPort
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError
from parsers.vrp8_network import lags
from parsers.vrp_config import running

TOPOLOGY = "display stack topology"
STATE = "display dfs-group 1 m-lag"
MEMBERS = ("display dfs-group 1 m-lag brief", "display dfs-group 1 node 1 m-lag brief")

_ROLES: dict[str, Literal["primary", "secondary"]] = {"Master": "primary", "Backup": "secondary"}


def stack_ports(outputs: Outputs) -> tuple[StackPort, ...]:
    """Member ports of the stack ports; a device alone, or one that cannot stack, has none."""
    # V300R0xx has no stacking.
    alone = any(row["VERSION"].startswith("V3") for row in outputs.need("display version").rows)
    if alone and TOPOLOGY not in outputs.captures:
        return ()
    parsed = outputs.need(TOPOLOGY)
    if not any(line.startswith("Stack Topology") for line in parsed.lines):
        raise UnreadableError("display stack topology: no topology in it")
    return tuple(
        StackPort(seen=row.seen, name=f"{row['PORT']} {row['MEMBER_PORT']}", up=row["STATUS"].lower() == "up")
        for row in parsed.rows
    )


def mlag(outputs: Outputs) -> Mlag:
    """M-LAG of DFS group 1, the only one there can be; without the group in the configuration, none.

    The peer is reachable when the two have agreed on their roles; the peer-link is up when the
    aggregation that the configuration makes it of is.
    """
    tree = running(outputs)
    group = next(tree.find(r"dfs-group 1"), None)
    if group is None:
        return Mlag(
            seen=tree.seen(),
            role=None,
            peer_reachable=None,
            keepalive_ok=None,
            peer_link_up=None,
            consistent=None,
        )
    nodes = outputs.need(STATE).rows
    local = next((row for row in nodes if row["LOCAL"]), None)
    if local is None:
        raise UnreadableError(f"{STATE}: this device is not in it")
    peers = [row for row in nodes if row is not local and row["STATE"] in _ROLES]
    members = outputs.need(*MEMBERS).rows
    peer_link = next(
        (block[1] for block in tree.find(r"interface (\S+)") if any(block[0].find(r"peer-link \d+"))), None
    )
    return Mlag(
        seen=local.seen,
        role=_ROLES.get(local["STATE"]),
        peer_reachable=bool(peers),
        keepalive_ok=local["HEARTBEAT"] == "OK" if local["HEARTBEAT"] else None,
        peer_link_up=None if peer_link is None else _is_up(outputs, peer_link[1]),
        consistent=_consistent(members),
        peer_version=next((row.maybe("VERSION") for row in peers), None),
        members=tuple(_member(row) for row in members),
        peer_link=None if peer_link is None else peer_link[1],
    )


def _is_up(outputs: Outputs, name: str) -> bool | None:
    return next((lag.oper_up for lag in lags(outputs) if lag.name == name), None)


def _consistent(members: Iterable[Row]) -> bool | None:
    """Tell whether every member was found consistent; None where a member was not checked."""
    results = [row["CONSISTENCY"] for row in members]
    if any(result.startswith("fail") for result in results):
        return False
    return True if results and all(result == "success" for result in results) else None


def _member(row: Row) -> MlagMember:
    local, peer = row["FIRST"], row["SECOND"]
    if row["SECOND_LOCAL"]:
        local, peer = peer, local
    failed = row["CONSISTENCY"].startswith("fail")
    return MlagMember(
        seen=row.seen,
        name=row["INTERFACE"].replace(" ", ""),
        local_up=local == "active",
        peer_up=peer == "active",
        reason=row["CONSISTENCY"] if failed else None,
    )
