"""Routes: the default, static ones, and those over several paths."""

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, lacking, not_assessed, passed
from collector.inventory import Device
from parsers.facts import ArpEntry, Fact, Partial, Reason, Route, Unknown

DEFAULT = "0.0.0.0/0"
_NOT_IN_ARP = ("ospf", "o_", "isis", "bgp", "ibgp", "ebgp", "rip")
"""Protocols that look after their next hops themselves; L3-001 and others judge that."""


def _no_default_wanted(device: Device) -> str:
    return "" if device.expect.default_route else "清单没有要求缺省路由（expect.default_route）"


@check("L3-011", "routes", also=("arp",), unless=_no_default_wanted)
def default_route(context: Context) -> list[Result]:
    """A default route where one is wanted, to a next hop that answers."""
    rows: tuple[Route, ...] = value_of(context.facts.routes)
    found = [row for row in rows if row.prefix == DEFAULT and row.vrf is None]
    if not found:
        said = "清单要求有缺省路由，路由表中没有"
        return [lacking(DEFAULT, Severity.MAJOR, said, *context.facts.routes.sources)]
    return [_next_hop(row, context.facts.arp) for row in found]


def _next_hop(row: Route, arp: Fact[tuple[ArpEntry, ...]]) -> Result:
    if row.next_hop is None or row.protocol.lower().startswith(_NOT_IN_ARP):
        return passed(
            DEFAULT, f"缺省路由来自 {row.protocol}，下一跳 {row.next_hop or row.interface}", row.seen
        )
    object_ = f"{DEFAULT} {row.next_hop}"
    if isinstance(arp, Unknown):
        why = f"缺省路由的下一跳 {row.next_hop} 是否应答未知：没有 ARP 表"
        return not_assessed(arp.reason, why, object_, row.seen)
    known = [entry for entry in arp.value if entry.ip == row.next_hop]
    if known:
        return passed(object_, f"缺省路由来自 {row.protocol}，下一跳 {row.next_hop} 在 ARP 表中", row.seen)
    if isinstance(arp, Partial):
        why = f"ARP 表没有完整识别，其中没有找到缺省路由的下一跳 {row.next_hop}"
        return not_assessed(Reason.UNPARSED, why, object_, row.seen)
    return lacking(
        object_, Severity.MINOR, f"缺省路由的下一跳 {row.next_hop} 不在 ARP 表中", row.seen, *arp.sources
    )


def _no_equal_paths_wanted(device: Device) -> str:
    return "" if device.expect.ecmp_prefixes else "清单没有登记应有等价路径的前缀（expect.ecmp_prefixes）"


@check("L3-013", "routes", unless=_no_equal_paths_wanted)
def equal_paths(context: Context) -> list[Result]:
    """The prefixes that ought to be reached over several next hops."""
    rows: tuple[Route, ...] = value_of(context.facts.routes)
    return [_paths(prefix, rows, context) for prefix in context.device.expect.ecmp_prefixes]


def _paths(prefix: str, rows: tuple[Route, ...], context: Context) -> Result:
    least = context.params["ecmp_min"]
    mine = [row for row in rows if row.vrf is None and row.prefix == prefix]
    hops = sorted({row.next_hop or row.interface or "" for row in mine})
    if len(hops) >= least:
        return passed(prefix, f"下一跳 {len(hops)} 个：{'、'.join(hops)}", *(row.seen for row in mine))
    seen = [row.seen for row in mine] or context.facts.routes.sources
    return lacking(prefix, Severity.INFO, f"下一跳 {len(hops)} 个，至少应有 {least} 个", *seen)
