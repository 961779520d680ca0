"""What tells of loops and of trouble in spanning tree: blocked ports, loop detection, wandering addresses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import LoopDetection, MacMove, Reason, Stp, StpPort

STP_OFF = "生成树未启用（由 L2-001 判定）"


@check("L2-003", "stp", "stp_ports")
def blocked_by_protection(context: Context) -> list[Result]:
    """Ports that a protection of spanning tree holds back."""
    row: Stp = value_of(context.facts.stp)
    if not row.enabled:
        return [not_applicable(STP_OFF)]
    ports: tuple[StpPort, ...] = value_of(context.facts.stp_ports)
    held = {port.name: port for port in ports if port.protection}
    results = [
        failed(name, Severity.MAJOR, f"被生成树保护阻塞：{port.protection}", port.seen)
        for name, port in held.items()
    ]
    return results or [passed("", "没有被生成树保护阻塞的端口", *context.facts.stp_ports.sources)]


@check("L2-007", "loop_detection")
def loop_detection(context: Context) -> list[Result]:
    """Ports in a loop; and where end users connect, somebody must be looking."""
    row: LoopDetection = value_of(context.facts.loop_detection)
    if row.looped_ports:
        return [
            failed(port, Severity.MAJOR, "环路检测发现该端口存在环路", row.seen) for port in row.looped_ports
        ]
    if row.enabled:
        return [passed("", "环路检测已启用，没有发现环路", row.seen)]
    if context.device.role == "access":
        return [lacking("", Severity.MINOR, "接入设备未启用环路检测", row.seen)]
    if context.device.role == "unknown":
        why = "环路检测未启用；清单没有登记设备角色，不知是否为接入设备"
        return [not_assessed(Reason.NO_BASELINE, why, "", row.seen)]
    return [not_applicable("环路检测未启用，且不是接入设备")]


@check("L2-008", "mac_moves")
def wandering_addresses(context: Context) -> list[Result]:
    """MAC addresses that wander between ports, but for those that are meant to."""
    rows: tuple[MacMove, ...] = value_of(context.facts.mac_moves)
    rows = _together(row for row in rows if not _meant_to(row.mac, context.params["virtual_macs"]))
    sources = context.facts.mac_moves.sources
    if not rows:
        return [passed("", "没有 MAC 漂移记录", *sources)]
    results = [
        _moved(row, context.params) for row in rows if (row.count or 0) >= context.params["moves_warn"]
    ]
    different = len({row.mac for row in rows})
    if different >= context.params["macs_warn"]:
        said = f"{different} 个不同的 MAC 发生过漂移，门限 {context.params['macs_warn']} 个"
        results.append(failed("", Severity.MAJOR, said, *(row.seen for row in rows)))
    if results:
        return results
    uncounted = [row for row in rows if row.count is None]
    if uncounted:
        why = f"{different} 个 MAC 发生过漂移，设备没有给出各自的次数"
        return [not_assessed(Reason.UNSUPPORTED, why, "", *(row.seen for row in uncounted))]
    most = max(row.count or 0 for row in rows)
    return [
        passed("", f"{different} 个 MAC 发生过漂移，最多 {most} 次，未达门限", *(row.seen for row in rows))
    ]


def _together(rows: Iterable[MacMove]) -> tuple[MacMove, ...]:
    """One row for each address in a VLAN, whatever the ports, with the moves of all and the last time."""
    found: dict[tuple[str, int | None], MacMove] = {}
    for row in rows:
        before = found.get((row.mac, row.vlan))
        counts = [each.count for each in (before, row) if each is not None and each.count is not None]
        found[row.mac, row.vlan] = replace(row, count=sum(counts) if counts else None)
    return tuple(found.values())


def _meant_to(mac: str, virtual: Sequence[str]) -> bool:
    """Virtual addresses of gateway groups move when the master does."""
    plain = "".join(c for c in mac.lower() if c.isalnum())
    return plain.startswith(tuple(virtual))


def _moved(row: MacMove, params: Mapping[str, Any]) -> Result:
    vlan = "" if row.vlan is None else f" VLAN {row.vlan}"
    last = f"，最近一次 {row.last_at}" if row.last_at else ""
    said = f"漂移 {row.count} 次，门限 {params['moves_warn']} 次{last}"
    return failed(f"{row.mac}{vlan}", Severity.MAJOR, said, row.seen)
