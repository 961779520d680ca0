"""Ports as such: load, descriptions, idle ones, one-way links, the management port."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Interface, LinkDetection, Reason, Unknown

DAY_S = 86400


@check("IF-004", "interfaces")
def load(context: Context) -> list[Result]:
    """Each Ethernet port that is up: both directions as a share of its speed, by the device's own mean."""
    rows = [row for row in value_of(context.facts.interfaces) if row.kind == "ethernet" and row.oper_up]
    return [_load(row, context) for row in rows] or [not_applicable("没有 up 的以太网口")]


def _load(row: Interface, context: Context) -> Result:
    if not row.speed_mbps or row.in_bps is None or row.out_bps is None:
        return not_assessed(Reason.UNSUPPORTED, "接口 up，设备未给出速率或流量", row.name, row.seen)
    pcts = [100.0 * bps / (row.speed_mbps * 1_000_000) for bps in (row.in_bps, row.out_bps)]
    said = f"入方向 {pcts[0]:.1f}%，出方向 {pcts[1]:.1f}%（设备给出的平均流量）"
    if max(pcts) >= context.params["crit_pct"]:
        said += f"，门限 {context.params['crit_pct']:g}%"
        return failed(row.name, Severity.MAJOR, said, row.seen)
    if max(pcts) >= context.params["warn_pct"]:
        said += f"，门限 {context.params['warn_pct']:g}%"
        return failed(row.name, Severity.MINOR, said, row.seen)
    return passed(row.name, said, row.seen)


@check("IF-009", "interfaces", "lldp")
def descriptions(context: Context) -> list[Result]:
    """Ports that lead to other devices say where: those registered, else those that hear a neighbour."""
    named = {name.lower() for name in context.device.expect.uplinks}
    heard = {row.local_port.lower() for row in value_of(context.facts.lldp)}
    wanted = named or heard
    rows = [
        row for row in value_of(context.facts.interfaces) if row.name.lower() in wanted and row.kind != "mgmt"
    ]
    if not rows:
        return [not_applicable("没有登记上行口，也没有端口收到 LLDP 邻居")]
    without = [row for row in rows if not row.description]
    share = 100.0 * (len(rows) - len(without)) / len(rows)
    said = f"{len(rows)} 个互联口中 {len(rows) - len(without)} 个有描述（{share:.0f}%）"
    if share >= context.params["coverage_pct_warn"]:
        return [passed("", said, *(row.seen for row in rows))]
    names = _listed(without)
    said += f"，要求 {context.params['coverage_pct_warn']:g}%；缺少描述：{names}"
    return [failed("", Severity.INFO, said, *(row.seen for row in without))]


def _listed(rows: Sequence[Interface], most: int = 8) -> str:
    return "、".join(row.name for row in rows[:most]) + (f" 等 {len(rows)} 个" if len(rows) > most else "")


@check("IF-010", "interfaces", also=("lags", "uptime", "err_disabled"))
def idle_ports(context: Context) -> list[Result]:
    """Ports that nobody has used for long and that are open all the same.

    Uplinks and members of aggregations are wanted, though they are down, and what a protection has shut is
    not open: other checks judge them.
    """
    ports = [row for row in value_of(context.facts.interfaces) if row.kind == "ethernet"]
    if not ports:
        return [not_applicable("没有以太网口")]
    wanted = _wanted(context, ports)
    down = [row for row in ports if row.admin_up and not row.oper_up and row.name.lower() not in wanted]
    idle, unknown = _idle(down, context)
    share = 100.0 * len(idle) / len(ports)
    least, days = context.params["unused_enabled_pct_warn"], context.params["idle_days"]
    said = f"{len(ports)} 个以太网口中 {len(idle)} 个未关闭而已 down 超过 {days:g} 天（{share:.0f}%）"
    if share >= least and idle:
        said += f"，门限 {least:g}%：{_listed(idle)}"
        return [failed("", Severity.MINOR, said, *(row.seen for row in idle))]
    if 100.0 * (len(idle) + len(unknown)) / len(ports) >= least and unknown:
        why = f"{len(unknown)} 个端口 down 而未关闭，设备没有给出已持续多久，也没有足够早的上次巡检可比"
        return [not_assessed(Reason.NOT_COLLECTED, why, "", *(row.seen for row in unknown))]
    return [passed("", said, *(row.seen for row in (down or ports)))]


def _wanted(context: Context, ports: Sequence[Interface]) -> set[str]:
    """Names of ports that other checks judge, in small letters."""
    lags, shut = context.facts.lags, context.facts.err_disabled
    members = [] if isinstance(lags, Unknown) else [m.interface for lag in lags.value for m in lag.members]
    members += [port.name for port in ports if port.lag]
    protected = [] if isinstance(shut, Unknown) else [row.interface for row in shut.value]
    return {name.lower() for name in (*members, *protected, *context.device.expect.uplinks)}


def _idle(down: Sequence[Interface], context: Context) -> tuple[list[Interface], list[Interface]]:
    """Those that have been down for long, and those of which nobody can tell.

    Without a time of the device's own a port counts that was down at an inspection long enough ago.
    """
    limit_s = context.params["idle_days"] * DAY_S
    then = _down_then(context, limit_s)
    idle, unknown = [], []
    for row in down:
        since = _down_s(row, context)
        if since is not None:
            if since >= limit_s:
                idle.append(row)
        elif then is None:
            unknown.append(row)
        elif row.name in then:
            idle.append(row)
    return idle, unknown


def _down_s(row: Interface, context: Context) -> int | None:
    """Seconds since the link went down, which is no longer than the device has been up.

    Where the device says it of other ports, one without a time has not been up since the device started.
    """
    says = any(each.last_flap_s is not None for each in value_of(context.facts.interfaces))
    uptime = context.facts.uptime
    if isinstance(uptime, Unknown):
        return row.last_flap_s
    up_s = int(uptime.value.uptime_s)
    if row.last_flap_s is None:
        return up_s if says else None
    return min(row.last_flap_s, up_s)


def _down_then(context: Context, limit_s: float) -> set[str] | None:
    """Ports that were down at the last inspection; None where that was not, or not long enough ago."""
    if context.previous is None or context.previous_at is None or context.collected_at is None:
        return None
    fact = context.previous.interfaces
    if isinstance(fact, Unknown) or (context.collected_at - context.previous_at).total_seconds() < limit_s:
        return None
    return {row.name for row in fact.value if not row.oper_up}


@check("IF-011", "link_detection", "optics", "interfaces")
def one_way_links(context: Context) -> list[Result]:
    """Optical uplinks watch for a fibre that carries light one way only."""
    lit = {row.interface.lower() for row in value_of(context.facts.optics)}
    uplinks = {name.lower() for name in context.device.expect.uplinks}
    rows = {row.interface.lower(): row for row in value_of(context.facts.link_detection)}
    ports = [
        row for row in value_of(context.facts.interfaces) if row.name.lower() in lit & uplinks and row.oper_up
    ]
    others = [row for name, row in rows.items() if name not in {port.name.lower() for port in ports}]
    results = [_watched(port, rows.get(port.name.lower()), context) for port in ports]
    # A port that nobody calls an uplink need not watch; where it does and something is wrong, it counts.
    results += [_detection(row, context) for row in others]
    return results or [not_applicable("没有登记为上行口且 up 的光口，也没有端口启用单向检测")]


def _watched(port: Interface, row: LinkDetection | None, context: Context) -> Result:
    if row is None:
        said = "上行光口未启用单向链路检测"
        return lacking(port.name, Severity.MINOR, said, port.seen, *context.facts.link_detection.sources)
    return _detection(row, context)


def _detection(row: LinkDetection, context: Context) -> Result:
    word = standing(row.state, context.params)
    if word == "unlisted":
        return unlisted(row.interface, row.state, row.seen)
    if word == "bad":
        return failed(row.interface, Severity.MAJOR, f"单向链路检测状态 {row.state}", row.seen)
    if word == "absent":
        return not_applicable(f"单向链路检测状态 {row.state}，接口没有连线", row.interface)
    return passed(row.interface, f"单向链路检测状态 {row.state}", row.seen)


@check("IF-014", "interfaces", "addresses")
def management_port(context: Context) -> list[Result]:
    """A way in that does not run over the service ports: the management port, or a VRF of management."""
    ports = [row for row in value_of(context.facts.interfaces) if row.kind == "mgmt"]
    vrfs = {row.vrf.lower(): row for row in value_of(context.facts.addresses) if row.vrf}
    apart = [row for name, row in vrfs.items() if any(word in name for word in context.params["vrf_words"])]
    up = [row for row in ports if row.oper_up]
    if up:
        names = "、".join(row.name for row in up)
        return [passed("", f"管理口 {names} up", *(row.seen for row in up))]
    if apart:
        names = "、".join(row.vrf or "" for row in apart)
        return [passed("", f"有独立的管理 VRF：{names}", *(row.seen for row in apart))]
    if not ports:
        return [not_applicable("设备没有管理以太网口，也没有独立的管理 VRF")]
    said = "管理口 down，也没有独立的管理 VRF，业务中断时无法从带外登录"
    return [lacking("", Severity.MINOR, said, *(row.seen for row in ports))]
