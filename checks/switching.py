"""Spanning tree and link aggregation."""

from collections.abc import Mapping

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, not_applicable, not_assessed, passed
from parsers.facts import Interface, Lag, LagMember, Reason


@check("L2-001", "stp")
def spanning_tree(context: Context) -> list[Result]:
    """Spanning tree is on, in a mode that converges fast."""
    instead = context.device.expect.stp_replaced_by
    if instead:
        return [not_applicable(f"清单登记由 {instead} 代替生成树")]
    row = value_of(context.facts.stp)
    if not row.enabled:
        return [failed("", Severity.MAJOR, "生成树全局未启用", row.seen)]
    if row.mode is None:
        return [not_assessed(Reason.UNSUPPORTED, "生成树已启用，设备未给出模式", "", row.seen)]
    if row.mode in context.params["weak_modes"]:
        said = f"生成树已启用，模式为 {row.mode.upper()}（802.1D），收敛需 30～50 秒"
        return [failed("", Severity.MINOR, said, row.seen)]
    return [passed("", f"生成树已启用，模式为 {row.mode.upper()}", row.seen)]


@check("L2-009", "lags", "interfaces")
def aggregations(context: Context) -> list[Result]:
    """Each aggregation as a whole, then each of its members; what somebody shut does not count."""
    interfaces = {row.name.lower(): row for row in value_of(context.facts.interfaces)}
    results = [result for lag in value_of(context.facts.lags) for result in _aggregation(lag, interfaces)]
    return results or [not_applicable("没有链路聚合")]


def _aggregation(lag: Lag, interfaces: Mapping[str, Interface]) -> list[Result]:
    if _shut(lag.name, interfaces):
        return [not_applicable("聚合口被人工关闭", lag.name)]
    members = [member for member in lag.members if not _shut(member.interface, interfaces)]
    if not members:
        return [not_applicable("没有成员，或成员都被人工关闭", lag.name)]
    working = sum(_works(member) for member in members)
    if lag.oper_up is False or not working:
        state = "聚合口 down" if lag.oper_up is False else "聚合没有可用成员"
        return [
            failed(
                lag.name, Severity.CRITICAL, f"{state}，{len(members)} 个成员中 {working} 个被选中", lag.seen
            )
        ]
    return [_member(lag, member) for member in members]


def _shut(name: str, interfaces: Mapping[str, Interface]) -> bool:
    row = interfaces.get(name.lower())
    return row is not None and not row.admin_up


def _works(member: LagMember) -> bool:
    return member.selected and member.oper_up is not False


def _member(lag: Lag, member: LagMember) -> Result:
    object_ = f"{lag.name} {member.interface}"
    if _works(member):
        return passed(object_, "成员被选中", lag.seen)
    state = "down" if member.oper_up is False else "未被选中"
    return failed(object_, Severity.MAJOR, f"成员{state}，该聚合的带宽与冗余打折", lag.seen)


@check("L2-010", "lags")
def negotiation(context: Context) -> list[Result]:
    """Each aggregation negotiates with the other end: a static one never notices that it leads nowhere."""
    rows: tuple[Lag, ...] = value_of(context.facts.lags)
    results = [_mode(row) for row in rows if row.members]
    return results or [not_applicable("没有链路聚合")]


def _mode(row: Lag) -> Result:
    if row.mode == "static":
        return failed(row.name, Severity.MINOR, "静态聚合，对端异常时无法发现", row.seen)
    return passed(row.name, "LACP 聚合", row.seen)
