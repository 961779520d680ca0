"""What the device does for its own protection: records, banners, audit, its processor, its neighbours."""

from collections.abc import Iterator

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import (
    Banner,
    CommandAudit,
    ControlPlane,
    InfoCenter,
    NtpAuth,
    Reason,
    RoutingAuth,
    Unknown,
)

_PROTOCOLS = {"isis": "IS-IS", "rip": "RIP", "ospfv3": "OSPFv3"}


@check("LOG-004", "info_center")
def audit_trail(context: Context) -> list[Result]:
    """What is logged survives a restart; that logging is on at all is the matter of LOG-003."""
    row: InfoCenter = value_of(context.facts.info_center)
    if not row.enabled:
        return [not_applicable("日志功能已关闭，由 LOG-003 判定")]
    if row.log_file is None:
        why = "没有写明是否把日志保存为文件，缺省值没有依据"
        return [not_assessed(Reason.UNPARSED, why, "", row.seen)]
    if not row.log_file:
        return [failed("", Severity.MINOR, "日志不保存为文件，重启后本机没有记录可查", row.seen)]
    return [passed("", "日志同时保存为文件", row.seen)]


@check("LOG-005", "info_center")
def log_format(context: Context) -> list[Result]:
    """Records say when it was, and the buffer holds enough of them."""
    row: InfoCenter = value_of(context.facts.info_center)
    if not row.enabled:
        return [not_applicable("日志功能已关闭，由 LOG-003 判定")]
    if row.dated is None:
        return [not_assessed(Reason.UNPARSED, "没有写明日志的时间格式，缺省值没有依据", "", row.seen)]
    if not row.dated:
        return [failed("", Severity.MINOR, "日志的时间不含日期，不能与其他设备对照", row.seen)]
    least = context.params["buffer_min"]
    if row.buffer_records is None:
        return [passed("", "日志带日期；缓冲不按条数计，不判大小", row.seen)]
    said = f"日志缓冲 {row.buffer_records} 条"
    if row.buffer_records < least:
        return [failed("", Severity.INFO, f"{said}，少于 {least} 条", row.seen)]
    return [passed("", f"日志带日期，{said[2:]}", row.seen)]


@check("NTP-003", "ntp_auth")
def time_authentication(context: Context) -> list[Result]:
    """Time is taken only from servers that prove who they are."""
    row: NtpAuth = value_of(context.facts.ntp_auth)
    if not row.sources:
        return [not_applicable("没有配置 NTP 时钟源")]
    if not row.enabled:
        return [failed("", Severity.MINOR, "NTP 没有启用认证", row.seen)]
    if row.keyed < row.sources:
        said = f"NTP 启用了认证，但 {row.sources} 个时钟源中 {row.sources - row.keyed} 个没有指定密钥"
        return [failed("", Severity.MINOR, said, row.seen)]
    return [passed("", f"{row.sources} 个时钟源都经过认证", row.seen)]


@check("MGT-014", "banners", also=("identity", "software"))
def banners(context: Context) -> list[Result]:
    """Whoever logs in is warned, and not told what box it is."""
    rows: tuple[Banner, ...] = value_of(context.facts.banners)
    if not rows:
        said = "登录前没有警示语"
        return [lacking("", Severity.INFO, said, *context.facts.banners.sources)]
    for row in rows:
        told = [word for word in _giveaways(context) if word in row.text.lower()]
        if told:
            return [failed("", Severity.INFO, f"警示语透露了设备信息（{'、'.join(told)}）", row.seen)]
    return [passed("", "登录前有警示语", *(row.seen for row in rows))]


def _giveaways(context: Context) -> Iterator[str]:
    if not isinstance(context.facts.identity, Unknown):
        yield context.facts.identity.value.model.lower()
    if not isinstance(context.facts.software, Unknown):
        yield context.facts.software.value.version.lower()
    yield from context.params["words"]


@check("MGT-015", "command_audit")
def command_audit(context: Context) -> list[Result]:
    """On devices that matter a server is told what each administrator did."""
    if context.device.role not in context.params["roles"]:
        return [not_applicable("清单中的角色不是核心设备")]
    row: CommandAudit = value_of(context.facts.command_audit)
    if not row.accounting:
        return [failed("", Severity.MINOR, "没有把执行的命令记到认证服务器", row.seen)]
    if not row.authorization:
        return [failed("", Severity.INFO, "命令有记录，但没有逐条授权", row.seen)]
    return [passed("", "执行的命令逐条授权并记到认证服务器", row.seen)]


@check("CTL-001", "control_plane")
def control_plane(context: Context) -> list[Result]:
    """Something limits what reaches the processor of devices that others depend on."""
    if context.device.role not in context.params["roles"]:
        return [not_applicable("清单中的角色不是核心或汇聚设备")]
    row: ControlPlane = value_of(context.facts.control_plane)
    if row.policies:
        return [passed("", f"控制面应用了策略 {'、'.join(row.policies)}", row.seen)]
    if row.default_policy:
        return [passed("", "控制面用厂家缺省的防护策略", row.seen)]
    return [lacking("", Severity.MAJOR, "控制面没有任何防护策略", row.seen)]


@check("CTL-004", "routing_auth")
def routing_authentication(context: Context) -> list[Result]:
    """IS-IS, RIP and OSPFv3 talk only to neighbours that know the key."""
    rows: tuple[RoutingAuth, ...] = value_of(context.facts.routing_auth)
    return [_routing(row) for row in rows] or [not_applicable("没有接口运行 IS-IS、RIP 或 OSPFv3")]


def _routing(row: RoutingAuth) -> Result:
    name = f"{_PROTOCOLS[row.protocol]} {row.process}"
    if row.bare:
        said = f"{name} 在 {'、'.join(row.bare)} 上没有认证"
        return failed(name, Severity.MAJOR, said, row.seen)
    return passed(name, f"{name} 在 {len(row.protected)} 个接口上都有认证", row.seen)
