"""Security of the management plane."""

from collections.abc import Iterator, Sequence

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Acl, Identity, Known, Reason, Snmp, SnmpCommunity, Ssh, Telnet, Vty


@check("MGT-001", "telnet", also=("vty",))
def telnet(context: Context) -> list[Result]:
    """The Telnet server is off; when it is on, who may come in decides how bad that is.

    On is a problem in any case: lines that are not known whole can only make it worse.
    """
    row: Telnet = value_of(context.facts.telnet)
    why = "平台缺省" if row.by_default else "配置"
    if not row.enabled:
        return [passed("", f"Telnet 服务关闭（{why}）", row.seen)]
    said = f"Telnet 服务开启（{why}）"
    lines = context.facts.vty
    if isinstance(lines, Known):
        return [_telnet_on(row, said, lines.value)]
    return [failed("", Severity.MAJOR, f"{said}，VTY 的来源限制未取得，可能更严重", row.seen)]


def _telnet_on(row: Telnet, said: str, lines: Sequence[Vty]) -> Result:
    admitting = [line for line in lines if "telnet" in line.protocols]
    seen = [row.seen, *(line.seen for line in admitting)]
    if lines and not admitting:
        return failed("", Severity.MINOR, f"{said}，但没有 VTY 允许 Telnet 接入", *seen)
    bare = [line for line in admitting if line.acl_in is None]
    if bare:
        return failed("", Severity.CRITICAL, f"{said}，{_lines(bare)} 允许 Telnet 且没有来源 ACL", *seen)
    return failed("", Severity.MAJOR, f"{said}，允许 Telnet 的 VTY 有来源 ACL", *seen)


def _lines(rows: Sequence[Vty]) -> str:
    return "VTY " + "、".join(
        f"{row.first}～{row.last}" if row.last > row.first else str(row.first) for row in rows
    )


@check("MGT-006", "snmp")
def snmp(context: Context) -> list[Result]:
    """Communities first, the worst of them; without any, the users' security level."""
    row: Snmp = value_of(context.facts.snmp)
    if not row.enabled:
        return [not_applicable("SNMP 未启用")]
    if row.communities:
        return [_communities(row)]
    weak = [user for user in row.users if user.security != "priv"]
    if weak:
        said = f"SNMPv3 用户 {len(weak)} 个不加密（noauth 或 auth 级）"
        return [failed("", Severity.MINOR, said, *(user.seen for user in weak))]
    return [passed("", "没有 v1/v2c 团体字，SNMPv3 用户均认证并加密", row.seen)]


def _communities(row: Snmp) -> Result:
    seen = [community.seen for community in row.communities]
    said = "；".join(_community(community) for community in row.communities)
    if any(community.name_class == "hidden" for community in row.communities):
        said += "；密文团体字看不出是否为默认值，按非默认处理"
    if not set(row.versions) & {"v1", "v2c"}:
        said = f"v1/v2c 未开启，但残留团体字：{said}"
        return failed("", Severity.MINOR, said, *seen)
    open_wide = any(
        c.acl is None and (c.access == "rw" or c.name_class == "default") for c in row.communities
    )
    severity = Severity.CRITICAL if open_wide else Severity.MAJOR
    return failed("", severity, f"SNMP {'、'.join(row.versions)}：{said}", *seen)


def _community(row: SnmpCommunity) -> str:
    access = "可写" if row.access == "rw" else "只读"
    name = "默认" if row.name_class == "default" else ""
    return f"{access}{name}团体字，{'有 ACL' if row.acl else '无 ACL'}"


@check("MGT-008", "vty", "ssh", "telnet", "acls")
def login_sources(context: Context) -> list[Result]:
    """Every way in names the addresses it is for, by an access list that really restricts."""
    lines: tuple[Vty, ...] = value_of(context.facts.vty)
    ssh: Ssh = value_of(context.facts.ssh)
    if not lines:
        return [not_assessed(Reason.UNPARSED, "配置里没有 VTY 线路，不能判断登录来源", "", ssh.seen)]
    telnet_on = value_of(context.facts.telnet).enabled
    if not ssh.enabled and not telnet_on:
        why = "SSH 与 Telnet 服务都没有开启，没有在用的远程登录入口；开启之前先限定来源"
        return [not_assessed(Reason.UNSUPPORTED, why, "", ssh.seen)]
    ways = [(line, _ways_in(line, telnet_on=telnet_on)) for line in lines]
    usable = [(line, ways_in) for line, ways_in in ways if ways_in]
    if not usable:
        return [not_applicable("没有可远程登录的 VTY")]
    bare = [line for line, ways_in in usable if not _restricted(line, ways_in, ssh)]
    if bare:
        return [_unrestricted(bare, [line for line, _ in usable], ssh)]
    return [_lists_in_use([line for line, _ in usable], ssh, value_of(context.facts.acls))]


def _ways_in(line: Vty, *, telnet_on: bool) -> set[str]:
    """Protocols that really come in on it: a Telnet server that is off lets nobody in."""
    return {protocol for protocol in line.protocols if protocol != "telnet" or telnet_on}


def _restricted(line: Vty, ways_in: set[str], ssh: Ssh) -> bool:
    return line.acl_in is not None or (ways_in == {"ssh"} and ssh.acl is not None)


def _unrestricted(bare: Sequence[Vty], usable: Sequence[Vty], ssh: Ssh) -> Result:
    seen = [line.seen for line in bare]
    if len(bare) == len(usable) and ssh.acl is None:
        said = f"全部可登录的 VTY（{_lines(bare)}）都没有来源 ACL，SSH 服务也没有"
        return failed("", Severity.CRITICAL, said, *seen)
    return failed("", Severity.MAJOR, f"{_lines(bare)} 没有来源 ACL，其余入口有", *seen)


def _lists_in_use(usable: Sequence[Vty], ssh: Ssh, acls: Sequence[Acl]) -> Result:
    used = dict.fromkeys([line.acl_in for line in usable if line.acl_in] + ([ssh.acl] if ssh.acl else []))
    seen = [*(line.seen for line in usable), *(acl.seen for acl in acls if acl.id in used)]
    missing = [name for name in used if name not in {acl.id for acl in acls}]
    weak = list(_weak([acl for acl in acls if acl.id in used]))
    named = "、".join(used)
    said = "；".join([*(f"ACL {name} 不存在" for name in missing), *weak])
    if weak:
        return failed("", Severity.MAJOR, said, *seen)
    if missing:
        return lacking("", Severity.MAJOR, said, *seen)
    return passed("", f"全部可登录的 VTY 都有来源限制（ACL {named}）", *seen)


def _weak(acls: Sequence[Acl]) -> Iterator[str]:
    for acl in acls:
        if not acl.rules:
            yield f"ACL {acl.id} 没有规则"
        elif acl.permits_any:
            yield f"ACL {acl.id} 允许任意来源"


@check("MGT-017", "identity")
def inspected_in_clear(context: Context) -> list[Result]:
    """The inspection itself does not send its password in clear; judged from the inventory.

    The evidence is what the device said over that session, beginning with its name.
    """
    if context.device.protocol == "ssh":
        return [not_applicable("清单规定以 SSH 登录本设备")]
    row: Identity = value_of(context.facts.identity)
    said = "巡检以 Telnet 登录本设备，口令与会话以明文传输"
    return [failed("", Severity.MAJOR, said, row.seen)]
