"""Ways in for administrators: SSH and its algorithms, web and file servers, how logins are checked."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import AaaMethod, Console, LoginPolicy, Reason, Service, Ssh, Vty

_WEB = ("http", "https", "nxapi")
_FILES = ("ftp", "tftp")
_NAMES = {"http": "HTTP", "https": "HTTPS", "nxapi": "NX-API", "ftp": "FTP", "tftp": "TFTP"}


@check("MGT-002", "ssh", "telnet")
def ssh_server(context: Context) -> list[Result]:
    """SSH is there, and version 1 is not let in; where nobody can log in from afar it is not missed."""
    row: Ssh = value_of(context.facts.ssh)
    if not row.enabled:
        if not value_of(context.facts.telnet).enabled:
            return [not_applicable("SSH 与 Telnet 服务都没有开启，只能从 Console 或带外登录")]
        return [lacking("", Severity.MAJOR, "SSH 服务没有开启，远程登录只有 Telnet", row.seen)]
    if row.v1_compatible is None:
        why = "SSH 服务已开启，设备与配置都没有说明是否兼容 SSHv1"
        return [not_assessed(Reason.UNSUPPORTED, why, "", row.seen)]
    if row.v1_compatible:
        return [failed("", Severity.MAJOR, "SSH 服务兼容 SSHv1（版本号 1.99）", row.seen)]
    return [passed("", "SSH 服务开启，只接受 SSHv2", row.seen)]


@check("MGT-003", "ssh")
def ssh_algorithms(context: Context) -> list[Result]:
    """No weak algorithm is offered; which ones are must be known for a pass."""
    row: Ssh = value_of(context.facts.ssh)
    if not row.enabled:
        return [not_applicable("SSH 服务没有开启")]
    params = context.params
    kinds = (
        ("加密算法", row.ciphers, params["weak_ciphers"]),
        ("MAC 算法", row.macs, params["weak_macs"]),
        ("密钥交换", row.kex, params["weak_kex"]),
    )
    weak = [f"{name} {'、'.join(bad)}" for name, had, list_ in kinds if (bad := _matching(had, list_))]
    if row.hostkey_bits is not None and row.hostkey_bits < params["hostkey_min_bits"]:
        weak.append(f"RSA 主机密钥 {row.hostkey_bits} 位，少于 {params['hostkey_min_bits']} 位")
    if weak:
        return [failed("", Severity.MAJOR, f"SSH 服务提供弱算法：{'；'.join(weak)}", row.seen)]
    unknown = [name for name, had, _ in kinds if not had]
    if unknown:
        why = f"设备没有显示、配置也没有限定{'、'.join(unknown)}，不知道实际提供哪些"
        return [not_assessed(Reason.UNSUPPORTED, why, "", row.seen)]
    bits = f"主机密钥 {row.hostkey_bits} 位" if row.hostkey_bits else "主机密钥长度设备未显示"
    return [passed("", f"限定的 SSH 算法中没有弱算法，{bits}", row.seen)]


def _matching(names: Sequence[str], patterns: Sequence[str]) -> list[str]:
    """Names that a list of patterns covers; vendors write one name with `-` and `_`, large and small."""
    plain = [(name, name.lower().replace("_", "-")) for name in names]
    return [name for name, word in plain if any(fnmatchcase(word, pattern) for pattern in patterns)]


@check("MGT-004", "services")
def web_servers(context: Context) -> list[Result]:
    """No web management; in clear is worst, enciphered with an access list is worth a word."""
    rows = [row for row in value_of(context.facts.services) if row.name in _WEB]
    if not rows:
        why = "配置没有写明 Web 管理服务是否开启，平台的缺省值没有依据"
        return [not_assessed(Reason.UNPARSED, why, "", *context.facts.services.sources)]
    in_the_open = any(row.enabled for row in rows if row.name != "nxapi")
    # NX-API is what opens the web ports: where one is named, it is the finding.
    return [_web(row) for row in rows if row.name != "nxapi" or not in_the_open]


def _web(row: Service) -> Result:
    name = _NAMES[row.name]
    if not row.enabled:
        return passed(name, f"{name} 服务关闭（{_why(row)}）", row.seen)
    if row.name == "http":
        return failed(name, Severity.CRITICAL, f"HTTP 服务开启（{_why(row)}），口令以明文传输", row.seen)
    if row.acl is None:
        return failed(name, Severity.MAJOR, f"{name} 服务开启（{_why(row)}），没有来源 ACL", row.seen)
    return failed(name, Severity.INFO, f"{name} 服务开启，来源由 ACL {row.acl} 限定", row.seen)


def _why(row: Service) -> str:
    return "平台缺省" if row.by_default else "配置"


@check("MGT-005", "services")
def file_servers(context: Context) -> list[Result]:
    """No FTP and no TFTP server; platforms without any have no row for them."""
    rows = [row for row in value_of(context.facts.services) if row.name in _FILES]
    if not rows:
        return [not_applicable("该平台没有 FTP、TFTP 服务端")]
    return [_files(row) for row in rows]


def _files(row: Service) -> Result:
    name = _NAMES[row.name]
    if not row.enabled:
        return passed(name, f"{name} 服务关闭（{_why(row)}）", row.seen)
    if row.acl is None:
        return failed(name, Severity.MAJOR, f"{name} 服务开启，没有来源 ACL", row.seen)
    return failed(name, Severity.MINOR, f"{name} 服务开启，来源由 ACL {row.acl} 限定", row.seen)


@check("MGT-009", "vty", "aaa")
def authentication(context: Context) -> list[Result]:
    """Every line that lets anybody in asks for an account, and the accounts do not hang on a server alone."""
    lines = [line for line in value_of(context.facts.vty) if line.protocols]
    if not lines:
        return [not_applicable("没有可远程登录的 VTY")]
    results = [_line_mode(line) for line in lines]
    if any(line.auth_mode == "aaa" for line in lines):
        results.append(_methods([row for row in value_of(context.facts.aaa) if row.for_logins]))
    return results


def _line_mode(line: Vty) -> Result:
    name = line_name(line)
    if line.auth_mode is None:
        why = f"{name} 没有写明认证方式，该平台的缺省值随版本不同"
        return not_assessed(Reason.UNPARSED, why, name, line.seen)
    if line.auth_mode == "none":
        return failed(name, Severity.CRITICAL, f"{name} 登录不认证", line.seen)
    if line.auth_mode == "password":
        return failed(name, Severity.MAJOR, f"{name} 只问线路口令，不问账号", line.seen)
    return passed(name, f"{name} 按账号认证", line.seen)


def _methods(rows: Sequence[AaaMethod]) -> Result:
    name = "登录认证方案"
    if not rows:
        return not_assessed(Reason.UNPARSED, "配置里没有管理员登录所用的认证方案", name)
    seen = [row.seen for row in rows]
    open_to_all = [row for row in rows if "none" in row.methods]
    if open_to_all:
        said = f"方案 {_schemes(open_to_all)} 在其他方法不可用时不认证（none）"
        return failed(name, Severity.CRITICAL, said, *seen)
    alone = [row for row in rows if "local" not in row.methods and not row.falls_back]
    if alone:
        said = f"方案 {_schemes(alone)} 只用远端认证，服务器不可达时没有本地账号可用"
        return failed(name, Severity.MINOR, said, *seen)
    if all(set(row.methods) == {"local"} for row in rows):
        said = f"方案 {_schemes(rows)} 只用本地账号，没有集中认证"
        return failed(name, Severity.INFO, said, *seen)
    if all(row.unserved or set(row.methods) == {"local"} for row in rows):
        said = f"方案 {_schemes(rows)} 写了远端认证而配置里没有认证服务器，实际只用本地账号"
        return failed(name, Severity.INFO, said, *seen)
    return passed(name, f"方案 {_schemes(rows)} 有远端认证并以本地账号为后备", *seen)


def _schemes(rows: Sequence[AaaMethod]) -> str:
    return "、".join(row.scheme for row in rows)


def line_name(line: Vty) -> str:
    """Name a range of lines as results do."""
    return f"VTY {line.first}" + (f"～{line.last}" if line.last > line.first else "")


@check("MGT-012", "login_policy", "vty", "console")
def login_limits(context: Context) -> Iterator[Result]:
    """Failed logins lock, and nobody's session stays open for ever."""
    yield _locking(value_of(context.facts.login_policy), context)
    for line in value_of(context.facts.vty):
        if line.protocols:
            yield _idle(line_name(line), line.idle_min, line, context)
    console: Console = value_of(context.facts.console)
    yield _idle("Console", console.idle_min, console, context)


def _locking(row: LoginPolicy, context: Context) -> Result:
    name = "登录失败锁定"
    if row.max_fail is None:
        return lacking(name, Severity.MAJOR, "登录失败不锁定", row.seen)
    most, least = context.params["max_fail"], context.params["lock_min"]
    said = f"登录失败 {row.max_fail} 次后锁定"
    weak = [f"多于 {most} 次"] if row.max_fail > most else []
    if row.lock_min is not None:
        said += f" {row.lock_min:g} 分钟"
        weak += [f"锁定少于 {least:g} 分钟"] if row.lock_min < least else []
    if weak:
        return failed(name, Severity.MINOR, f"{said}，{'、'.join(weak)}", row.seen)
    return passed(name, said, row.seen)


def _idle(name: str, minutes: float | None, row: Vty | Console, context: Context) -> Result:
    most = context.params["idle_max_min"]
    if minutes is None:
        return not_assessed(Reason.UNPARSED, f"{name} 没有写明空闲超时，缺省值没有依据", name, row.seen)
    if minutes == 0:
        return failed(name, Severity.MAJOR, f"{name} 空闲会话永不断开", row.seen)
    if minutes > most:
        return failed(
            name, Severity.MINOR, f"{name} 空闲 {minutes:g} 分钟才断开，多于 {most:g} 分钟", row.seen
        )
    return passed(name, f"{name} 空闲 {minutes:g} 分钟后断开", row.seen)
