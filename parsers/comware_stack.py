"""What several Comware 7 switches form together: IRF ports, multi-active detection, M-LAG."""

from parsers.comware_config import config_lines, configuration
from parsers.comware_network import full_name
from parsers.comware_rows import evidence, required, rows_of
from parsers.facts import Mad, Mlag, MlagMember, StackPort
from parsers.reader import Outputs
from parsers.template import Row

_M_LAG = r"(?:m-lag|drni) (?:system-number|system-mac|keepalive) .+"


def stack_ports(outputs: Outputs) -> tuple[StackPort, ...]:
    """Read the IRF ports that have physical ports: one is up when any of its physical ports is."""
    ports: dict[str, list[Row]] = {}
    for row in rows_of(outputs.need("display irf link")):
        required(row, "MEMBER", "PORT", "STATUS")
        if row["INTERFACE"] != "disable":
            ports.setdefault(f"IRF-port{row['MEMBER']}/{row['PORT']}", []).append(row)
    return tuple(
        StackPort(seen=evidence(rows), name=name, up=any(row["STATUS"] == "UP" for row in rows))
        for name, rows in ports.items()
    )


def mad(outputs: Outputs) -> Mad:
    """Read multi-active detection.

    It is faulty where one way of it says so or ports are shut to recover from a split; not known
    where no way that is on says how it does (ARP and ND print no state).
    """
    row = rows_of(outputs.need("display mad verbose"))[0]
    states = row.all("STATUS")
    faulty = row["STATE"] not in {"", "No", "Detect"} or any(state != "Normal" for state in states)
    return Mad(
        seen=row.seen,
        modes=tuple("lacp" if mode == "aggregation" else mode.lower() for mode in row.all("ENABLED")),
        faulty=True if faulty else (False if states else None),
    )


def mlag(outputs: Outputs) -> Mlag:
    """Read M-LAG; a switch without it in its configuration has neither members nor states.

    The summary names neither roles nor results of the consistency check.
    """
    tree = configuration(outputs)
    on = config_lines(tree, _M_LAG)
    if not on:
        return Mlag(
            seen=tree.seen(),
            role=None,
            peer_reachable=None,
            keepalive_ok=None,
            peer_link_up=None,
            consistent=None,
        )
    head, *members = rows_of(outputs.need("display m-lag summary"))
    required(head, "PEER_LINK_STATE", "KEEPALIVE_STATE")
    return Mlag(
        seen=head.seen,
        role=None,
        peer_reachable=None,
        keepalive_ok=head["KEEPALIVE_STATE"] == "UP",
        peer_link_up=head["PEER_LINK_STATE"] == "UP",
        consistent=None,
        members=tuple(_mlag_member(row) for row in members),
        peer_link=full_name(head["PEER_LINK"]) if head["PEER_LINK"] else None,
    )


def _mlag_member(row: Row) -> MlagMember:
    required(row, "LOCAL_STATE", "PEER_STATE")
    peer = row.maybe("PEER_STATE")
    return MlagMember(
        seen=row.seen,
        name=full_name(row["KIND"]),
        local_up=row["LOCAL_STATE"] == "UP",
        peer_up=None if peer is None else peer == "UP",
        reason=row["LOCAL_CAUSE"] or None,
    )
